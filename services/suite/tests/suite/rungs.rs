//! What clocks bring about: a colour at once, drafts for a person to sign, each rung once and in working hours.

use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{PaperKind, Track};
use sanben_proto::ledger::*;
use tonic::Code;

use crate::calendar::{NEXT, load};
use crate::clocks::{at, bench_at, contact, pause, publish, resume};
use crate::load::eventually;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::papers::extend;
use crate::refusals::{LEDGER, Table};
use crate::roads::{case_of, told};
use crate::start::BOTH;
use crate::wire::{Ask, Who, ZH};

/// Five workdays.
pub const QUESTION: Spec = Spec { track: Track::Consultation, title: "咨询路灯报修", ..DEMAND };
/// A Monday, and no holiday for weeks.
const MONDAY: &str = "2026-03-02T10:00:00+08:00";

pub fn sign(matter: &Matter, draft_number: i32, due_date: &str) -> SignDraftRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    let (text, due_date) = ("请抓紧办理。".to_owned(), due_date.to_owned());
    SignDraftRequest { request_id, case_id, etag, draft_number, text, due_date }
}

pub fn drop_draft(matter: &Matter, draft_number: i32, reason: &str) -> DropDraftRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    DropDraftRequest { request_id, case_id, etag, draft_number, reason: reason.to_owned() }
}

/// The drafts of a case: kind, state, which clock, who signs.
fn drafts(of: &Case) -> Vec<(DraftKind, DraftState, ClockKind, &str)> {
    of.drafts.iter().map(|one| (one.kind(), one.state(), one.clock_kind(), one.signer_unit_id.as_str())).collect()
}

impl Bench {
    pub fn goes_to(&self, instant: &str) {
        self.suite.clock.set(at(instant)).expect("a fake clock");
    }

    /// Undertaken, and its person was spoken to.
    pub async fn handled(&self, spec: &Spec) -> Matter {
        let matter = self.matter(spec, Stage::Undertaken).await;
        let _: RecordContactResponse = self.wire.ok(&self.handler(spec.lead), &contact(&matter)).await;
        matter
    }

    /// The case, once it has so many drafts.
    pub async fn drafted(&self, matter: &Matter, many: usize) -> Case {
        eventually("it is drafted", async || case_of(self, matter).await.drafts.len() >= many).await;
        let case = case_of(self, matter).await;
        assert_eq!(case.drafts.len(), many, "{:?}", case.drafts);
        case
    }

    /// The rungs of a case in the order of its history, each with when it was reached.
    pub async fn rungs(&self, matter: &Matter) -> Vec<String> {
        let request = ListCaseEventsRequest { case_id: matter.case_id.clone(), page_size: 200, ..Default::default() };
        let found: ListCaseEventsResponse = self.wire.ok(&self.office("city"), &request).await;
        let reached = found.events.into_iter().filter(|event| event.r#type.ends_with(".RungReached"));
        reached
            .map(|event| {
                let act = event.act.expect("an act");
                assert_eq!((act.person_id.as_str(), act.tenure_id.as_str()), ("service:ledger", ""), "nobody signed it");
                let at = act.time.expect("a time");
                Ts::from_micros(at.seconds * 1_000_000 + i64::from(at.nanos) / 1000).rfc3339()
            })
            .collect()
    }

    async fn waiting(&self, who: &Who) -> Vec<WaitingDraft> {
        let found: ListDraftsResponse = self.wire.ok(who, &ListDraftsRequest::default()).await;
        found.drafts
    }

    /// A case whose offices never close: once it has come to a rung, the clocks of all others were looked at at that instant, too.
    pub async fn canary(&self) -> Matter {
        let administrator = self.officer("city", "administrator", &[Role::Administrator]);
        let hours = vec![OpeningHours { from_minute: 0, until_minute: 1440 }];
        let request = PublishPresetsRequest { hours, ..publish(self.presets(&administrator, 0).await) };
        let _: PublishPresetsResponse = self.wire.ok(&administrator, &request).await;
        self.handled(&QUESTION).await
    }
}

/// What is refused of drafts.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let undertaken = bench.matter(&DEMAND, Stage::Undertaken).await;
    table.field(LEDGER, "DRAFT_UNKNOWN", &bench.chief("city"), Ask::of(&sign(&undertaken, 1, "2099-01-05")), &["draft_number"]);
}

/// What is refused of drafts that are there: once they are.
pub async fn later_refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let matter = bench.matter(&DEMAND, Stage::Undertaken).await;
    until_open(bench, 2).await;
    // The first contact was never made.
    eventually("it is drafted", async || case_of(bench, &matter).await.drafts.len() == 2).await;
    table.rule(LEDGER, "DRAFT_CLOSED", &bench.chief("city"), Ask::of(&sign(&matter, 1, "2099-01-05")));
    table.rule(LEDGER, "NOT_THE_SIGNER", &bench.chief("lianhu"), Ask::of(&sign(&matter, 2, "2099-01-05")));
}

/// So many workdays later, at ten in the morning.
async fn until_open(bench: &Bench, workdays: u32) {
    let calendar = sanben_clock::Calendar::shipped();
    let day = calendar.add_workdays(bench.suite.clock.now().date(), workdays).date;
    bench.goes_to(&format!("{day}T10:00:00+08:00"));
}

/// 70 % used: a letter that the level above signs, since the unit that is late would sign for the case itself. It says so to whoever signs, and to
/// nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_drafts_and_a_person_signs() {
    for engine in BOTH {
        let bench = bench_at(engine, MONDAY).await;
        let mut matter = bench.handled(&QUESTION).await;
        bench.goes_to("2026-03-06T09:00:00+08:00");
        let case = bench.drafted(&matter, 1).await;
        assert_eq!(drafts(&case), [(DraftKind::Letter, DraftState::Open, ClockKind::Finish, "city")], "{engine:?}");
        let draft = &case.drafts[0];
        assert!(draft.text.contains(&case.number) && draft.text.contains("2026-03-09"), "{}", draft.text);
        assert_eq!((draft.unit_id.as_str(), draft.rung(), draft.clock_date.as_str()), ("lianhu", Rung::Warn, "2026-03-09"));
        bench.stores.settled().await;
        for (who, expected) in [(bench.chief("city"), 1), (bench.chief("lianhu"), 0), (bench.office("city"), 0)] {
            let told = told(&bench, &who, &matter).await.into_iter().filter(|key| key == "duty-sign-draft").count();
            assert_eq!(told, expected, "{engine:?} {}", who.name);
        }
        let waiting = bench.waiting(&bench.office("city")).await;
        assert_eq!((waiting.len(), &waiting[0].case_number, waiting[0].draft.as_ref()), (1, &case.number, Some(draft)));
        assert!(bench.waiting(&bench.chief("lianhu")).await.is_empty());
        let city = bench.chief("city");
        let offered =
            |case: &Case| case.open_verbs().filter(|verb| [CaseVerb::SignDraft, CaseVerb::DropDraft].contains(verb)).count();
        let seen: GetCaseResponse = bench.wire.ok(&city, &GetCaseRequest { case_id: matter.case_id.clone() }).await;
        assert_eq!((offered(&seen.case.expect("a case")), offered(&case)), (2, 0), "{engine:?}: to the chief, not to the office");

        let without_day = bench.wire.refused(&city, ZH, &Ask::of(&sign(&matter, 1, ""))).await;
        assert_eq!((without_day.code, without_day.why().fields), (Code::InvalidArgument, vec!["due_date".to_owned()]));
        let signed: SignDraftResponse = bench.wire.ok(&city, &sign(&matter, 1, "2026-03-09")).await;
        let case = signed.case.expect("a case");
        assert_eq!((case.drafts[0].state(), case.drafts[0].text.as_str()), (DraftState::Signed, ""));
        assert_eq!((case.urgings.len(), case.urgings[0].unit_id.as_str()), (1, "lianhu"));
        let request = ListPapersRequest { case_id: matter.case_id.clone(), ..ListPapersRequest::default() };
        let papers: ListPapersResponse = bench.wire.ok(&city, &request).await;
        let paper = papers.papers.first().expect("a paper");
        assert!(paper.kind() == PaperKind::ReminderLetter && paper.number.contains("提醒"), "{paper:?}");
        assert!(bench.waiting(&city).await.is_empty());
        bench.stores.settled().await;
        for (who, expected) in [(bench.chief("lianhu"), 1), (bench.officer("lianhu", "deputy", &[Role::Chief]), 1), (city, 0)] {
            let told = told(&bench, &who, &matter).await.into_iter().filter(|key| key == "result-draft-signed").count();
            assert_eq!(told, expected, "{engine:?} {}: the unit that the letter goes to", who.name);
        }

        // Overdue: an order; answered, it lapses, and nothing follows.
        bench.goes_to("2026-03-10T09:00:00+08:00");
        let case = bench.drafted(&matter, 2).await;
        assert_eq!(drafts(&case)[1], (DraftKind::Order, DraftState::Open, ClockKind::Finish, "city"));
        bench.advance(&mut matter, Stage::Undertaken, Stage::Replied).await;
        assert_eq!(case_of(&bench, &matter).await.drafts[1].state(), DraftState::Lapsed, "{engine:?}");
        assert!(bench.waiting(&bench.chief("city")).await.is_empty());
        let late = bench.handled(&QUESTION).await;
        bench.goes_to("2026-04-20T10:00:00+08:00");
        bench.drafted(&late, 4).await;
        assert_eq!(bench.rungs(&matter).await.len(), 2, "{engine:?}: none after the clock has stopped");
        bench.end().await;
    }
}

/// Nobody looked for weeks: letter, order, bulletin and referral, in this order and once.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_is_caught_up_in_order() {
    for engine in BOTH {
        let bench = bench_at(engine, MONDAY).await;
        let matter = bench.handled(&QUESTION).await;
        bench.goes_to("2026-03-20T11:00:00+08:00");
        let case = bench.drafted(&matter, 4).await;
        let kinds: Vec<DraftKind> = case.drafts.iter().map(|one| one.kind()).collect();
        assert_eq!(kinds, [DraftKind::Letter, DraftKind::Order, DraftKind::Bulletin, DraftKind::Referral], "{engine:?}");
        assert_eq!(bench.rungs(&matter).await, vec!["2026-03-20T03:00:00.000000Z"; 3]);
        let city = bench.chief("city");
        let _: SignDraftResponse = bench.wire.ok(&city, &sign(&matter, 3, "")).await;
        let signed: SignDraftResponse = bench.wire.ok(&city, &sign(&matter, 4, "")).await;
        let case = signed.case.expect("a case");
        assert_eq!(case.referral(), ReferralState::Open);
        bench.stores.settled().await;
        let told = told(&bench, &bench.chief("lianhu"), &matter).await;
        assert!(!told.iter().any(|key| key == "result-draft-signed"), "{engine:?}: a bulletin and a referral: {told:?}");
        assert_eq!(case.drafts[0].state(), DraftState::Lapsed, "{engine:?}: the order followed");
        let request = ListPapersRequest { case_id: matter.case_id.clone(), ..ListPapersRequest::default() };
        let papers: ListPapersResponse = bench.wire.ok(&city, &request).await;
        assert_eq!(papers.papers.iter().map(|paper| paper.kind()).collect::<Vec<_>>(), [PaperKind::Bulletin]);
        let waiting = bench.waiting(&city).await;
        assert_eq!(waiting.iter().map(|one| one.draft.as_ref().map_or(0, |draft| draft.number)).collect::<Vec<_>>(), [2]);
        let dropped: DropDraftResponse = bench.wire.ok(&city, &drop_draft(&matter, 2, "已约谈。")).await;
        assert_eq!(dropped.case.expect("a case").drafts[1].state(), DraftState::Dropped);
        bench.end().await;
    }
}

/// Whoever is complained about finds no draft of their case, though they look after the drafts of their unit.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_complained_about_finds_no_draft() {
    for engine in BOTH {
        let bench = bench_at(engine, MONDAY).await;
        let spec = Spec { accused_persons: &["p-city-office"], ..COMPLAINT };
        let sealed = bench.matter(&spec, Stage::Undertaken).await;
        let beside = bench.matter(&spec, Stage::Undertaken).await;
        bench.goes_to("2026-03-04T09:00:00+08:00");
        let other = bench.officer("city", "office-2", &[Role::Office]);
        eventually("it is drafted", async || bench.waiting(&other).await.len() == 2).await;
        let waiting = bench.waiting(&other).await;
        assert!(waiting.iter().all(|one| [&sealed.case_id, &beside.case_id].contains(&&one.case_id)), "{engine:?}");
        assert!(bench.waiting(&bench.office("city")).await.is_empty(), "{engine:?}: about them");
        assert!(bench.waiting(&bench.chief("lianhu-beiyuanmen")).await.is_empty(), "{engine:?}");
        let accused = bench.chief("lianhu-beiyuanmen");
        let hidden = bench.wire.refused(&accused, ZH, &Ask::of(&sign(&sealed, 1, "2026-03-09"))).await;
        let nothing = Matter { case_id: new_id(), ..sealed.clone() };
        let missing = bench.wire.refused(&accused, ZH, &Ask::of(&sign(&nothing, 1, "2026-03-09"))).await;
        assert_eq!(hidden, missing, "{engine:?}");
        let one: ListDraftsResponse =
            bench.wire.ok(&other, &ListDraftsRequest { page_size: 1, ..ListDraftsRequest::default() }).await;
        let page_token = one.next_page_token.clone();
        let next: ListDraftsResponse = bench.wire.ok(&other, &ListDraftsRequest { page_size: 1, page_token }).await;
        assert_eq!([one.drafts, next.drafts].concat(), waiting, "{engine:?}: page by page");
        bench.end().await;
    }
}

/// More time, and a clock that stands still, move what is ahead.
#[tokio::test(flavor = "multi_thread")]
async fn more_time_and_pauses_move_the_rungs() {
    for engine in BOTH {
        let bench = bench_at(engine, MONDAY).await;
        let (extended, plain, paused) =
            (bench.handled(&DEMAND).await, bench.handled(&DEMAND).await, bench.handled(&QUESTION).await);
        let _: ExtendCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &extend(&extended)).await;
        let _: PauseCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &pause(&paused)).await;
        // 42 of 60 days are used; the notice of the path is overdue, too.
        bench.goes_to("2026-04-13T09:00:00+08:00");
        let finish = |case: &Case| case.drafts.iter().filter(|one| one.clock_kind() == ClockKind::Finish).count();
        eventually("it is drafted", async || finish(&case_of(&bench, &plain).await) == 1).await;
        let given: ExtendCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &extend(&plain)).await;
        let case = given.case.expect("a case");
        let letter = case.drafts.iter().find(|one| one.clock_kind() == ClockKind::Finish).expect("a letter");
        assert_eq!((letter.state(), letter.text.as_str()), (DraftState::Lapsed, ""), "{engine:?}: nothing is near its end");
        let number = letter.number;
        assert!(
            bench
                .waiting(&bench.chief("city"))
                .await
                .iter()
                .all(|one| { (one.case_id != case.case_id) || one.draft.as_ref().is_some_and(|draft| draft.number != number) })
        );
        let other = bench.handled(&QUESTION).await;
        assert_eq!(finish(&case_of(&bench, &extended).await), 0, "{engine:?}: it has 90 days now");
        assert!(case_of(&bench, &paused).await.drafts.is_empty(), "{engine:?}: it stands still");
        let _: ResumeCaseResponse = bench.wire.ok(&bench.handler("lianhu"), &resume(&paused)).await;
        bench.goes_to("2026-04-30T10:00:00+08:00");
        bench.drafted(&other, 4).await;
        assert_eq!(finish(&case_of(&bench, &extended).await), 0, "{engine:?}");
        // 63 of 90 days were used on a holiday.
        bench.goes_to("2026-05-06T09:00:00+08:00");
        eventually("it is drafted", async || finish(&case_of(&bench, &extended).await) == 1).await;
        let case = bench.drafted(&paused, 4).await;
        assert!(case.drafts.iter().all(|one| one.clock_kind() == ClockKind::Finish), "{engine:?}");
        bench.end().await;
    }
}

/// Near its end by a calendar without New Year, and not by the one that is loaded: the letter lapses, and comes when it is near its end by that.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_lapses_when_another_calendar_moves_its_clock() {
    for engine in BOTH {
        let bench = bench_at(engine, "2026-12-28T10:00:00+08:00").await;
        let matter = bench.handled(&QUESTION).await;
        bench.goes_to("2027-01-01T09:00:00+08:00");
        let city = bench.chief("city");
        let case = bench.drafted(&matter, 1).await;
        assert_eq!(drafts(&case), [(DraftKind::Letter, DraftState::Open, ClockKind::Finish, "city")], "{engine:?}");
        bench.loads(&load(0, NEXT, "")).await;
        let refused = bench.wire.refused(&city, ZH, &Ask::of(&sign(&matter, 1, "2027-01-04"))).await.why();
        assert_eq!(refused.reason, "DRAFT_CLOSED", "{engine:?}: at once");
        eventually("it has lapsed", async || case_of(&bench, &matter).await.drafts[0].state() == DraftState::Lapsed).await;
        assert_eq!(bench.waiting(&city).await, [], "{engine:?}");
        // Four of five workdays are used on Monday; on Wednesday it is overdue.
        bench.goes_to("2027-01-04T10:00:00+08:00");
        let case = bench.drafted(&matter, 2).await;
        assert_eq!(drafts(&case)[1], (DraftKind::Letter, DraftState::Open, ClockKind::Finish, "city"), "{engine:?}");
        assert_eq!(bench.rungs(&matter).await, ["2027-01-01T01:00:00.000000Z"], "{engine:?}: the rung was reached once");
        assert_eq!(bench.waiting(&bench.chief("city")).await.len(), 1, "{engine:?}");
        let other = bench.handled(&QUESTION).await;
        bench.goes_to("2027-01-06T09:00:00+08:00");
        let case = bench.drafted(&matter, 3).await;
        assert_eq!(drafts(&case)[1].1, DraftState::Lapsed, "{engine:?}: it has come further");
        assert_eq!(drafts(&case)[2], (DraftKind::Order, DraftState::Open, ClockKind::Finish, "city"), "{engine:?}");
        assert!(case_of(&bench, &other).await.drafts.is_empty());
        bench.end().await;
    }
}

/// Two replicas look at the same clocks, and one of them is stopped and started again: each rung is there once.
#[tokio::test(flavor = "multi_thread")]
async fn several_replicas_reach_each_rung_once() {
    for engine in BOTH {
        let bench = bench_at(engine, MONDAY).await;
        let matters = [bench.handled(&QUESTION).await, bench.handled(&QUESTION).await, bench.handled(&DEMAND).await];
        let beside = bench.suite.beside().await;
        bench.goes_to("2026-03-06T09:00:00+08:00");
        bench.drafted(&matters[0], 1).await;
        let beside = beside.restarted().await;
        bench.goes_to("2026-03-10T09:00:00+08:00");
        for matter in &matters[..2] {
            bench.drafted(matter, 2).await;
        }
        beside.end().await;
        bench.goes_to("2026-03-17T09:00:00+08:00");
        for matter in &matters[..2] {
            let case = bench.drafted(matter, 4).await;
            assert_eq!(case.drafts.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2, 3, 4], "{engine:?}");
            let due = ["2026-03-06T01:00:00.000000Z", "2026-03-10T01:00:00.000000Z", "2026-03-17T01:00:00.000000Z"];
            assert_eq!(bench.rungs(matter).await, due, "{engine:?}");
        }
        bench.end().await;
    }
}
