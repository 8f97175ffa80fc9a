//! 外单位会办: an authority outside the bureau is asked, its own system answers, and nobody else finds anything.

use sanben_access::Role;
use sanben_proto::kinds::Track;
use sanben_proto::ledger::*;
use tonic::Code;

use crate::matter::{self, Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::refusals::{LEDGER, Table};
use crate::roads::{URGENT, assign_urgently, case_of, told};
use crate::start::BOTH;
use crate::wire::{Ask, Who, Wire, ZH};

const SYSTEM: &str = "system-chengguan";
const AUTHORITY: &str = "市城管局";
const REQUEST: &str = "请核实该路口路灯的权属，并提出增设意见。";
const ANSWER: &str = "该路口路灯由我局管养，十日内增设两盏。";
const CO_HANDLINGS_MAX: usize = 20;
/// A demand, but somebody is accused.
const ACCUSATION: Spec = Spec { track: Track::Accusation, ..DEMAND };

fn ask(matter: &Matter) -> AskAuthorityRequest {
    AskAuthorityRequest {
        request_id: new_id(),
        case_id: matter.case_id.clone(),
        etag: String::new(),
        authority: AUTHORITY.to_owned(),
        system_id: SYSTEM.to_owned(),
        request: REQUEST.to_owned(),
        due_date: "2099-01-05".to_owned(),
    }
}

fn answer(case_id: &str, number: i32) -> AnswerCoHandlingRequest {
    AnswerCoHandlingRequest { request_id: new_id(), case_id: case_id.to_owned(), number, text: ANSWER.to_owned() }
}

impl Bench {
    fn system(&self, person: &str) -> Who {
        self.wire.officer(person, "", &[Role::DepartmentSystem])
    }

    async fn asked(&self, matter: &Matter) -> Case {
        let asked: AskAuthorityResponse = self.wire.ok(&self.chief("lianhu"), &ask(matter)).await;
        asked.case.expect("a case")
    }

    /// What a system finds, in pages of `size`.
    async fn found(&self, who: &Who, open_only: bool, size: i32) -> Vec<CoHandlingRequest> {
        let (mut found, mut page_token) = (Vec::new(), String::new());
        loop {
            let request = ListCoHandlingsRequest { open_only, page_size: size, page_token };
            let page: ListCoHandlingsResponse = self.wire.ok(who, &request).await;
            found.extend(page.co_handlings);
            page_token = page.next_page_token;
            if page_token.is_empty() {
                return found;
            }
        }
    }

    async fn documents(&self, matter: &Matter) -> Vec<(DocumentKind, String, String, String)> {
        let request = ListCaseDocumentsRequest { case_id: matter.case_id.clone(), ..ListCaseDocumentsRequest::default() };
        let found: ListCaseDocumentsResponse = self.wire.ok(&self.handler("lianhu"), &request).await;
        let outside = |one: &Document| [DocumentKind::CoHandling, DocumentKind::CoHandlingAnswer].contains(&one.kind());
        found.documents.into_iter().filter(outside).map(|one| (one.kind(), one.unit_id, one.authority, one.text)).collect()
    }
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let (chief, system) = (bench.chief("lianhu"), bench.system(SYSTEM));
    let (registered, undertaken) = (bench.matter(&DEMAND, Stage::Registered).await, bench.matter(&DEMAND, Stage::Undertaken).await);
    table.rule(LEDGER, "WRONG_STATE", &chief, Ask::of(&ask(&registered)));
    table.rule(LEDGER, "NOT_THE_CHIEF", &bench.chief("city"), Ask::of(&ask(&undertaken)));
    let unsigned = bench.matter(&URGENT, Stage::Proposed).await;
    let duty = bench.officer("lianhu", "duty", &[Role::DutyOfficer]);
    let _: AssignCaseUrgentlyResponse = bench.wire.ok(&duty, &assign_urgently(&unsigned)).await;
    table.rule(LEDGER, "NOT_SIGNED", &chief, Ask::of(&ask(&unsigned)));
    for spec in [COMPLAINT, ACCUSATION] {
        let kept = bench.matter(&spec, Stage::Undertaken).await;
        table.rule(LEDGER, "CO_HANDLING_SEALED", &chief, Ask::of(&ask(&kept)));
    }
    let full = bench.matter(&DEMAND, Stage::Assigned).await;
    for _ in 0..CO_HANDLINGS_MAX {
        bench.asked(&full).await;
    }
    table.rule(LEDGER, "TOO_MANY_CO_HANDLINGS", &chief, Ask::of(&ask(&full)));
    let _: AnswerCoHandlingResponse = bench.wire.ok(&system, &answer(&full.case_id, 1)).await;
    table.rule(LEDGER, "CO_HANDLING_ANSWERED", &system, Ask::of(&answer(&full.case_id, 1)));
    let mut late = bench.matter(&DEMAND, Stage::Undertaken).await;
    bench.asked(&late).await;
    bench.advance(&mut late, Stage::Undertaken, Stage::Replied).await;
    table.rule(LEDGER, "CO_HANDLING_WITHDRAWN", &system, Ask::of(&answer(&late.case_id, 1)));
}

/// Asked, listed, answered while it is under review; the handler is told and reads the answer.
#[tokio::test(flavor = "multi_thread")]
async fn an_authority_outside_is_asked_and_answers_once() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let system = bench.system(SYSTEM);
        let mut matter = bench.matter(&DEMAND, Stage::Undertaken).await;
        for (field, wrong) in [
            ("authority", AskAuthorityRequest { authority: " ".to_owned(), ..ask(&matter) }),
            ("system_id", AskAuthorityRequest { system_id: "system 1".to_owned(), ..ask(&matter) }),
            ("due_date", AskAuthorityRequest { due_date: "2020-01-01".to_owned(), ..ask(&matter) }),
        ] {
            assert_eq!(bench.wire.refused(&bench.chief("lianhu"), ZH, &Ask::of(&wrong)).await.why().fields, [field]);
        }
        let request = ask(&matter);
        for _ in 0..2 {
            let asked: AskAuthorityResponse = bench.wire.ok(&bench.chief("lianhu"), &request).await;
            let case = asked.case.expect("a case");
            let shown: Vec<_> = case.co_handlings.iter().map(|one| (one.number, one.authority.as_str(), one.answered)).collect();
            assert_eq!(shown, [(1, AUTHORITY, false)], "{engine:?}: asked twice, done once");
        }
        bench.advance(&mut matter, Stage::Undertaken, Stage::Reported).await;

        let found = bench.found(&system, true, 0).await;
        let CoHandlingRequest { case_id, number, ask_time, .. } = found[0].clone();
        assert!(ask_time.is_some());
        let expected = CoHandlingRequest {
            case_id: matter.case_id.clone(),
            number: 1,
            authority: AUTHORITY.to_owned(),
            title: DEMAND.title.to_owned(),
            summary: format!("{}的摘要", DEMAND.title),
            request: REQUEST.to_owned(),
            due_date: "2099-01-05".to_owned(),
            ask_time,
            answered: false,
            withdrawn: false,
        };
        assert_eq!(found, std::slice::from_ref(&expected), "{engine:?}");

        let request = answer(&case_id, number);
        for _ in 0..2 {
            let answered: AnswerCoHandlingResponse = bench.wire.ok(&system, &request).await;
            assert_eq!(answered.co_handling, Some(CoHandlingRequest { answered: true, ..expected.clone() }), "{engine:?}");
        }
        assert_eq!(bench.found(&system, true, 0).await, []);
        assert_eq!(bench.found(&system, false, 0).await, [CoHandlingRequest { answered: true, ..expected.clone() }]);

        bench.stores.settled().await;
        let told = told(&bench, &bench.handler("lianhu"), &matter).await;
        assert_eq!(told.iter().filter(|key| *key == "result-co-handling").count(), 1, "{engine:?}: {told:?}");
        assert!(case_of(&bench, &matter).await.co_handlings[0].answered);
        let texts = [
            (DocumentKind::CoHandling, "lianhu".to_owned(), AUTHORITY.to_owned(), REQUEST.to_owned()),
            (DocumentKind::CoHandlingAnswer, String::new(), AUTHORITY.to_owned(), ANSWER.to_owned()),
        ];
        assert_eq!(bench.documents(&matter).await, texts, "{engine:?}");
        bench.end().await;
    }
}

/// Another system, whoever is in the bureau, and somebody without a token find nothing, and nothing tells what is there.
#[tokio::test(flavor = "multi_thread")]
async fn what_one_system_is_asked_is_there_for_no_other() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&DEMAND, Stage::Undertaken).await;
        bench.asked(&matter).await;
        let other = bench.system("system-zhujian");
        assert_eq!(bench.found(&other, false, 0).await, [], "{engine:?}");
        let missing = bench.wire.refused(&other, ZH, &Ask::of(&answer(&new_id(), 1))).await;
        assert_eq!(missing.code, Code::NotFound);
        for (who, number) in [(&other, 1), (&other, 2), (&bench.system(SYSTEM), 2)] {
            let case = matter::Case {
                name: format!("{engine:?} {} {number}", who.name),
                who: who.clone(),
                ask: Ask::of(&answer(&matter.case_id, number)),
                code: Code::NotFound,
                domain: "sanben",
                reason: "NOT_FOUND".to_owned(),
                fields: Vec::new(),
            };
            bench.check(&case).await;
            let refused = bench.wire.refused(who, ZH, &case.ask).await;
            assert_eq!(refused.message, missing.message, "{}", case.name);
        }
        let list = || Ask::of(&ListCoHandlingsRequest::default());
        for who in [bench.chief("lianhu"), bench.handler("lianhu"), bench.chief("lianhu-beiyuanmen")] {
            for asked in [list(), Ask::of(&answer(&matter.case_id, 1))] {
                assert_eq!(bench.wire.refused(&who, ZH, &asked).await.code, Code::PermissionDenied, "{engine:?} {}", who.name);
            }
        }
        assert_eq!(bench.wire.refused(&Wire::anonymous(), ZH, &list()).await.code, Code::Unauthenticated);
        // An administrator sees no matters, whatever else the token says.
        let both = bench.wire.officer(SYSTEM, "", &[Role::DepartmentSystem, Role::Administrator]);
        assert_eq!(bench.found(&both, false, 0).await, [], "{engine:?}");
        assert_eq!(bench.wire.refused(&both, ZH, &Ask::of(&answer(&matter.case_id, 1))).await.code, Code::NotFound, "{engine:?}");

        // The one that is asked sees that, and nothing else of the case.
        let id = || matter.case_id.clone();
        let system = bench.system(SYSTEM);
        for asked in [
            Ask::of(&GetCaseRequest { case_id: id() }),
            Ask::of(&ListCasesRequest::default()),
            Ask::of(&ListCaseEventsRequest { case_id: id(), ..ListCaseEventsRequest::default() }),
            Ask::of(&ListCaseDocumentsRequest { case_id: id(), ..ListCaseDocumentsRequest::default() }),
            Ask::of(&ListPapersRequest { case_id: id(), ..ListPapersRequest::default() }),
        ] {
            assert_eq!(bench.wire.refused(&system, ZH, &asked).await.code, Code::PermissionDenied, "{engine:?} {}", asked.path);
        }
        assert_eq!(told(&bench, &system, &matter).await, [""; 0], "{engine:?}");
        bench.end().await;
    }
}

/// The reply withdraws what waits; so does that it becomes an accusation, and then what was answered shows no words any more, either.
#[tokio::test(flavor = "multi_thread")]
async fn what_needs_no_answer_any_more_is_withdrawn() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let system = bench.system(SYSTEM);
        let mut replied = bench.matter(&DEMAND, Stage::Undertaken).await;
        bench.asked(&replied).await;
        let accusing = bench.matter(&DEMAND, Stage::Undertaken).await;
        bench.asked(&accusing).await;
        bench.asked(&accusing).await;
        let _: AnswerCoHandlingResponse = bench.wire.ok(&system, &answer(&accusing.case_id, 1)).await;
        bench.advance(&mut replied, Stage::Undertaken, Stage::Replied).await;
        let request = ReclassifyCaseRequest {
            request_id: new_id(),
            case_id: accusing.case_id.clone(),
            etag: String::new(),
            book: accusing.spec.book as i32,
            track: Track::Accusation as i32,
            reason: "实为检举。".to_owned(),
        };
        let _: ReclassifyCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &request).await;
        assert_eq!(bench.found(&system, true, 1).await, [], "{engine:?}");
        let mut found: Vec<_> = bench
            .found(&system, false, 1)
            .await
            .into_iter()
            .map(|one| {
                (one.case_id == replied.case_id, one.number, one.answered, one.withdrawn, one.title + &one.summary + &one.request)
            })
            .collect();
        found.sort();
        let none = String::new;
        let expected = [(false, 1, true, false, none()), (false, 2, false, true, none()), (true, 1, false, true, none())];
        assert_eq!(found, expected, "{engine:?}");
        let withdrawn: Vec<bool> = case_of(&bench, &replied).await.co_handlings.iter().map(|one| one.withdrawn).collect();
        assert_eq!(withdrawn, [true]);
        bench.end().await;
    }
}
