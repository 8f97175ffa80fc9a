//! Submissions that say the same: linked to one case, never merged.

use sanben_access::Role;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, External, PublicStep, Track, Verdict};
use sanben_proto::ledger::{CaseState, ClockKind, ReportBackOnCaseResponse};
use tonic::Code;

use crate::calendar::{NEXT, load};
use crate::clocks::bench_at;
use crate::load::eventually;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id, report};
use crate::refusals::{INTAKE, Table, split_request};
use crate::roads::{case_of, told};
use crate::start::{BOTH, Engine};
use crate::wire::{Ask, Who, Wire, ZH};

pub fn join(one: &Matter, to: &Matter) -> JoinSubmissionRequest {
    let (submission_id, to_submission_id) = (one.submission_id.clone(), to.submission_id.clone());
    JoinSubmissionRequest { request_id: new_id(), submission_id, etag: String::new(), to_submission_id }
}

fn detach(one: &Matter) -> DetachSubmissionRequest {
    let submission_id = one.submission_id.clone();
    DetachSubmissionRequest {
        request_id: new_id(), submission_id, etag: String::new(), reason: "说的不是同一件事。".to_owned()
    }
}

pub fn detach_by_person(one: &Matter) -> DetachReceiptRequest {
    DetachReceiptRequest { request_id: new_id(), receipt_code: one.receipt_code.clone(), part: 0 }
}

pub async fn receipt(bench: &Bench, one: &Matter) -> Receipt {
    let request = GetReceiptRequest { receipt_code: one.receipt_code.clone() };
    let found: GetReceiptResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
    found.receipt.expect("a receipt")
}

impl Bench {
    /// One that says the same, joined to it.
    pub async fn joined_to(&self, to: &Matter) -> Matter {
        let one = self.matter(&to.spec, Stage::Received).await;
        let _: JoinSubmissionResponse = self.wire.ok(&self.desk(), &join(&one, to)).await;
        self.stores.settled().await;
        Matter { case_id: to.case_id.clone(), ..one }
    }
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let (desk, citizen) = (bench.desk(), Wire::anonymous());
    let (waiting, other) = (bench.matter(&DEMAND, Stage::Received).await, bench.matter(&DEMAND, Stage::Received).await);
    let (open, sealed) = (bench.matter(&DEMAND, Stage::Undertaken).await, bench.matter(&COMPLAINT, Stage::Registered).await);
    let about_another = bench.matter(&Spec { unit: "lianhu-zaoyuan", ..COMPLAINT }, Stage::Received).await;
    let reported = bench.matter(&DEMAND, Stage::Reported).await;
    let mut answered = bench.matter(&DEMAND, Stage::Undertaken).await;
    let joined = bench.joined_to(&answered).await;
    bench.advance(&mut answered, Stage::Undertaken, Stage::Replied).await;
    let mut rule = |reason, who, ask| table.rule(INTAKE, reason, who, ask);
    rule("NOT_A_CASE", &desk, Ask::of(&join(&waiting, &other)));
    rule("NOT_A_CASE", &desk, Ask::of(&join(&waiting, &waiting)));
    rule("NOT_A_CASE", &desk, Ask::of(&join(&waiting, &joined)));
    rule("NOT_IN_TRIAGE", &desk, Ask::of(&join(&joined, &open)));
    rule("NOT_IN_TRIAGE", &desk, Ask::of(&join(&answered, &open)));
    rule("CASE_CLOSED_TO_JOINING", &desk, Ask::of(&join(&waiting, &reported)));
    rule("SEALED_DIFFERS", &desk, Ask::of(&join(&about_another, &open)));
    rule("ACCUSED_DIFFER", &desk, Ask::of(&join(&about_another, &sealed)));
    let mut in_a_meeting = mass_party(bench, SubmissionKind::Demand, Channel::Meeting, 1).await;
    in_a_meeting.case_id.clear();
    rule("FOLLOWED_ELSEWHERE", &desk, Ask::of(&join(&in_a_meeting, &open)));
    let alone = bench.joined_to(&open).await;
    let _: DetachReceiptResponse = bench.wire.ok(&citizen, &detach_by_person(&alone)).await;
    rule("PERSON_DETACHED", &desk, Ask::of(&join(&alone, &open)));
    rule("NOT_JOINED", &desk, Ask::of(&detach(&waiting)));
    rule("NOT_JOINED", &citizen, Ask::of(&detach_by_person(&open)));
    rule("PERSON_DETACHES", &desk, Ask::of(&detach(&joined)));
    let six = CreateSubmissionRequest {
        request_id: new_id(),
        kind: SubmissionKind::Demand as i32,
        channel: Channel::Online as i32,
        text: "我们一起说。".to_owned(),
        party_count: 100,
        representatives: vec![person("代表"); 6],
        ..CreateSubmissionRequest::default()
    };
    let from_hotline = |number: &str| CreateSubmissionRequest {
        request_id: new_id(),
        external: Some(External { authority: "12345".to_owned(), number: number.to_owned(), due_date: "2099-01-05".to_owned() }),
        channel: Channel::CityHotline as i32,
        ..six.clone()
    };
    let hotline = bench.wire.officer("system-12345", "", &[Role::DepartmentSystem]);
    let once = CreateSubmissionRequest { representatives: Vec::new(), ..from_hotline("20260101-7") };
    let _: CreateSubmissionResponse = bench.wire.ok(&hotline, &once).await;
    let twice = CreateSubmissionRequest { request_id: new_id(), ..once };
    table.rule(INTAKE, "EXTERNAL_KNOWN", &hotline, Ask::of(&twice));
    for day in ["0000-01-01", "0001-01-01", "9999-12-31"] {
        let external = Some(External { due_date: day.to_owned(), ..from_hotline("20260101-8").external.expect("its number") });
        let far = CreateSubmissionRequest { external, representatives: Vec::new(), ..from_hotline("20260101-8") };
        table.field("sanben", "INVALID_FIELDS", &hotline, Ask::of(&far), &["external.due_date"]);
    }
    let by_anybody = CreateSubmissionRequest { channel: Channel::Online as i32, representatives: Vec::new(), ..from_hotline("7") };
    let refused = bench.wire.refused(&citizen, ZH, &Ask::of(&by_anybody)).await;
    assert_eq!(refused.why().fields, ["external"]);
    table.field(INTAKE, "TOO_MANY_REPRESENTATIVES", &citizen, Ask::of(&six), &["representatives"]);
}

/// One letter of another authority, whose parts belong to the same case: its day stands there once, whatever the calendar does.
#[tokio::test(flavor = "multi_thread")]
async fn parts_of_one_letter_keep_its_day_once() {
    for engine in BOTH {
        let bench = bench_at(engine, "2026-12-01T10:00:00+08:00").await;
        let mut matter = bench.matter(&DEMAND, Stage::Registered).await;
        let external = External { authority: "12345".to_owned(), number: "7".to_owned(), due_date: "2026-12-20".to_owned() };
        let letter = CreateSubmissionRequest {
            request_id: new_id(),
            kind: SubmissionKind::Demand as i32,
            channel: Channel::CityHotline as i32,
            text: "原话".to_owned(),
            external: Some(external.clone()),
            ..CreateSubmissionRequest::default()
        };
        let hotline = bench.wire.officer("system-12345", "", &[Role::DepartmentSystem]);
        let taken: CreateSubmissionResponse = bench.wire.ok(&hotline, &letter).await;
        let split: SplitSubmissionResponse = bench.wire.ok(&bench.desk(), &split_request(&taken.submission_id)).await;
        for part in split.parts {
            let part = Matter { submission_id: part.submission_id, ..matter.clone() };
            let _: JoinSubmissionResponse = bench.wire.ok(&bench.desk(), &join(&part, &matter)).await;
        }
        bench.stores.settled().await;
        let days = async || {
            let case = case_of(&bench, &matter).await;
            assert_eq!((case.submission_ids.len(), &case.joined_externals[..]), (3, &[external.clone()][..]), "{engine:?}");
            let all = case.clocks.into_iter().filter(|clock| clock.kind() == ClockKind::External);
            all.map(|clock| (clock.subject, clock.due.expect("a day").date)).collect::<Vec<_>>()
        };
        let once = [("12345 7".to_owned(), "2026-12-20".to_owned())];
        assert_eq!(days().await, once, "{engine:?}");
        bench.loads(&load(0, NEXT, "")).await;
        let provisional = async || case_of(&bench, &matter).await.due.is_some_and(|due| due.provisional);
        eventually("the next year is known", async || !provisional().await).await;
        assert_eq!(days().await, once, "{engine:?}");
        bench.advance(&mut matter, Stage::Registered, Stage::Undertaken).await;
        assert_eq!(case_of(&bench, &matter).await.state(), CaseState::Undertaken, "{engine:?}: it goes on");
        bench.end().await;
    }
}

/// A mistake of the desk is undone before there is a reply, and the submission goes its own way.
#[tokio::test(flavor = "multi_thread")]
async fn a_mistake_is_undone_and_the_handler_is_told() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let first = bench.matter(&DEMAND, Stage::Undertaken).await;
        let mut second = bench.joined_to(&first).await;
        assert_eq!(case_of(&bench, &first).await.submission_ids, [first.submission_id.clone(), second.submission_id.clone()]);
        let shown = receipt(&bench, &second).await;
        assert_eq!((shown.state(), shown.joined), (SubmissionState::Joined, true));
        assert_eq!((shown.case_number.is_empty(), shown.lead_unit_name.as_str()), (false, "莲湖分局"), "{engine:?}");
        let again: DetachSubmissionResponse = bench.wire.ok(&bench.desk(), &detach(&second)).await;
        assert_eq!(again.submission.expect("a submission").state(), SubmissionState::Received);
        bench.stores.settled().await;
        assert_eq!(case_of(&bench, &first).await.submission_ids, [first.submission_id.as_str()]);
        let told = told(&bench, &bench.handler("lianhu"), &first).await;
        for key in ["result-joined", "result-detached"] {
            assert!(told.iter().any(|one| one == key), "{engine:?}: {told:?}");
        }
        second.case_id.clear();
        bench.advance(&mut second, Stage::Received, Stage::Registered).await;
        assert_ne!(second.case_id, first.case_id);
        bench.end().await;
    }
}

/// Whoever is complained about finds what is joined as little as what it is joined to.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_joined_is_kept_from_whoever_the_case_is_kept_from() {
    let bench = Bench::on(Engine::Sqlite).await;
    let about = Spec { accused_persons: &["p-lianhu-office"], ..COMPLAINT };
    let first = bench.matter(&about, Stage::Undertaken).await;
    let second = bench.matter(&Spec { unit: "lianhu", ..COMPLAINT }, Stage::Received).await;
    let _: JoinSubmissionResponse = bench.wire.ok(&bench.desk(), &join(&second, &first)).await;
    let find = Ask::of(&GetSubmissionRequest { submission_id: second.submission_id.clone() });
    let _: GetSubmissionResponse = bench.wire.ok(&bench.handler("lianhu"), &find_of(&second)).await;
    let refused = bench.wire.refused(&bench.office("lianhu"), ZH, &find).await;
    assert_eq!(refused.code, Code::NotFound);

    // Somebody of the desk who finds everything that is not about them; leaving the case does not give it back to them.
    let about = Spec { unit: "", accused_persons: &["p-city-clerk"], ..COMPLAINT };
    let first = bench.matter(&about, Stage::Undertaken).await;
    for by_person in [true, false] {
        let second = bench.matter(&about, Stage::Received).await;
        let clerk = bench.officer("city", "clerk", &[Role::DeskOfficer]);
        let _: GetSubmissionResponse = bench.wire.ok(&clerk, &find_of(&second)).await;
        let _: JoinSubmissionResponse = bench.wire.ok(&bench.desk(), &join(&second, &first)).await;
        let find = Ask::of(&find_of(&second));
        assert_eq!(bench.wire.refused(&clerk, ZH, &find).await.code, Code::NotFound);
        if by_person {
            let _: DetachReceiptResponse = bench.wire.ok(&Wire::anonymous(), &detach_by_person(&second)).await;
        } else {
            let _: DetachSubmissionResponse = bench.wire.ok(&bench.desk(), &detach(&second)).await;
        }
        assert_eq!(bench.wire.refused(&clerk, ZH, &find).await.code, Code::NotFound, "by its person: {by_person}");
    }
    bench.end().await;
}

fn find_of(one: &Matter) -> GetSubmissionRequest {
    GetSubmissionRequest { submission_id: one.submission_id.clone() }
}

/// The desk joins while the handler reports back: either it is in the case, or it is back at triage; never between.
#[tokio::test(flavor = "multi_thread")]
async fn joined_in_the_instant_of_the_report() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        for attempt in 0..6 {
            let first = bench.matter(&DEMAND, Stage::Undertaken).await;
            let second = bench.matter(&DEMAND, Stage::Received).await;
            let (handler, desk, reporting) = (bench.handler("lianhu"), bench.desk(), report(&first));
            let ask = Ask::of(&join(&second, &first));
            let (_, _) =
                tokio::join!(bench.wire.ok::<ReportBackOnCaseResponse>(&handler, &reporting), bench.wire.ask(&desk, ZH, &ask));
            bench.stores.settled().await;
            let found: GetSubmissionResponse = bench.wire.ok(&bench.desk(), &find_of(&second)).await;
            let case = case_of(&bench, &first).await;
            let state = found.submission.expect("a submission").state();
            assert_eq!(case.state(), CaseState::Reported);
            let taken = case.submission_ids.contains(&second.submission_id);
            let expected = if taken { SubmissionState::Joined } else { SubmissionState::Received };
            assert_eq!(state, expected, "{engine:?} {attempt}");
        }
        bench.end().await;
    }
}

/// Verdicts of those who are joined are each their own.
pub async fn judge(bench: &Bench, one: &Matter, verdict: Verdict) {
    let _: GiveVerdictResponse = bench.wire.ok(&Wire::anonymous(), &crate::matter::verdict(one, 1, verdict)).await;
}

fn person(name: &str) -> Party {
    Party { name: name.to_owned(), contact: "13800000000".to_owned(), ..Party::default() }
}

async fn mass_party(bench: &Bench, kind: SubmissionKind, channel: Channel, parties: i32) -> Matter {
    let request = CreateSubmissionRequest {
        request_id: new_id(),
        kind: kind as i32,
        channel: channel as i32,
        text: "商厦业主与物业的纠纷。".to_owned(),
        unit_id: "lianhu".to_owned(),
        party_count: parties,
        representatives: if parties > 1 { vec![person("代表甲"), person("代表乙")] } else { Vec::new() },
        ..CreateSubmissionRequest::default()
    };
    let answer: CreateSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
    let (submission_id, receipt_code) = (answer.submission_id, answer.receipt_code);
    Matter { spec: DEMAND, submission_id, receipt_code, case_id: String::new(), number: String::new() }
}

async fn names(bench: &Bench, who: &Who, one: &Matter) -> Vec<String> {
    let request = ReadWordsRequest { submission_id: one.submission_id.clone(), purpose: "联系代表协商".to_owned() };
    let read: ReadWordsResponse = bench.wire.ok(who, &request).await;
    read.representatives.into_iter().map(|one| one.name).collect()
}

/// Many speak through a few, whose names only those who handle it read; erasing one of them changes nothing of the matter.
#[tokio::test(flavor = "multi_thread")]
async fn many_people_speak_together_through_their_representatives() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = mass_party(&bench, SubmissionKind::Demand, Channel::Patrol, 100).await;
        bench.advance(&mut matter, Stage::Received, Stage::Undertaken).await;
        let more = bench.joined_to(&matter).await;
        assert_eq!(case_of(&bench, &matter).await.party_count, 101, "{engine:?}: and one more who says the same");
        let found: GetSubmissionResponse = bench.wire.ok(&bench.desk(), &find_of(&matter)).await;
        let found = found.submission.expect("a submission");
        assert_eq!((found.party_count, found.representative_count), (100, 2));
        assert_eq!(names(&bench, &bench.handler("lianhu"), &matter).await, ["代表甲", "代表乙"]);
        assert!(names(&bench, &bench.handler("lianhu"), &more).await.is_empty());

        // In the middle of a round, everybody who spoke is erased.
        bench.stores.spoil("intake", "DELETE FROM vault_keys").await;
        assert_eq!(names(&bench, &bench.handler("lianhu"), &matter).await, ["", ""], "{engine:?}");
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        judge(&bench, &more, Verdict::BasicallySatisfied).await;
        bench.advance(&mut matter, Stage::Replied, Stage::Archived).await;
        bench.stores.settled().await;
        for one in [&matter, &more] {
            let shown = receipt(&bench, one).await;
            assert_eq!(shown.steps.last().map(|step| step.step()), Some(PublicStep::Archived), "{engine:?}: the matter stands");
        }

        let sealed = mass_party(&bench, SubmissionKind::Complaint, Channel::Patrol, 100).await;
        assert!(names(&bench, &bench.desk(), &sealed).await.is_empty(), "{engine:?}: sealed from whoever handles it");
        let mut found = mass_party(&bench, SubmissionKind::Demand, Channel::Patrol, 100).await;
        found.spec = Spec { book: Book::Complaint, track: Track::Accusation, accused_units: &["lianhu-tumen"], ..DEMAND };
        bench.advance(&mut found, Stage::Received, Stage::Undertaken).await;
        let read = names(&bench, &bench.handler("lianhu"), &found).await;
        assert!(read.is_empty(), "{engine:?}: also what triage found to be a complaint");
        bench.end().await;
    }
}

/// Who speaks together is counted, and represented by five at most.
#[tokio::test(flavor = "multi_thread")]
async fn representatives_are_five_at_most_and_no_more_than_the_people() {
    let bench = Bench::on(Engine::Sqlite).await;
    let ask = |parties: i32, names: &[&str]| CreateSubmissionRequest {
        request_id: new_id(),
        kind: SubmissionKind::Demand as i32,
        channel: Channel::Online as i32,
        text: "我们一起说。".to_owned(),
        party_count: parties,
        representatives: names.iter().map(|name| person(name)).collect(),
        ..CreateSubmissionRequest::default()
    };
    for (parties, names, field) in [
        (6, ["甲"; 6].as_slice(), "representatives"),
        (1, &["甲", "乙"], "representatives"),
        (2, &["甲", " "], "representatives[1].name"),
        (100_001, &[], "party_count"),
    ] {
        let refused = bench.wire.refused(&Wire::anonymous(), ZH, &Ask::of(&ask(parties, names))).await;
        assert_eq!(refused.why().fields, [field], "{parties} {names:?}");
    }
    for (parties, names) in [(5, ["甲"; 5].as_slice()), (1, &["甲"]), (0, &["甲"]), (100_000, &[])] {
        let _: CreateSubmissionResponse = bench.wire.ok(&Wire::anonymous(), &ask(parties, names)).await;
    }
    bench.end().await;
}
