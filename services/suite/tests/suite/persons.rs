//! Who answers for which case: in person, and after an examination.

use sanben_access::Role;
use sanben_proto::ledger::*;

use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::start::BOTH;
use crate::wire::{Ask, Who, ZH};

fn examine(matter: &Matter, persons: &[(&str, AccountabilityMeasure)]) -> ExamineAccountabilityRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    let accounted = |(person, measure): &(&str, AccountabilityMeasure)| AccountedPerson {
        person_id: (*person).to_owned(),
        measure: *measure as i32,
    };
    let persons = persons.iter().map(accounted).collect();
    ExamineAccountabilityRequest { request_id, case_id, etag, finding: "窗口管理有疏漏。".to_owned(), persons }
}

async fn found(bench: &Bench, who: &Who, person: &str) -> Vec<(String, String, AccountabilityMeasure)> {
    let request = ListAccountabilitiesRequest { person_id: person.to_owned(), ..ListAccountabilitiesRequest::default() };
    let found: ListAccountabilitiesResponse = bench.wire.ok(who, &request).await;
    let row = |one: Accountability| {
        let person = one.person.unwrap_or_default();
        (one.case_id, person.person_id.clone(), person.measure())
    };
    let mut rows: Vec<_> = found.accountabilities.into_iter().map(row).collect();
    // Of one examination, in no particular order.
    rows.sort_by(|one, other| (&other.0, &one.1).cmp(&(&one.0, &other.1)));
    rows
}

/// A case has several persons, a person several cases; whoever is complained about finds none of theirs.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_found_for_whom_is_listed_for_those_who_look_after_the_bureau() {
    use AccountabilityMeasure::{None, Reminder};
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let about = Spec { accused_persons: &["p-lianhu-supervisor"], ..COMPLAINT };
        let (first, second) = (bench.matter(&DEMAND, Stage::Replied).await, bench.matter(&about, Stage::Replied).await);
        let office = bench.office("lianhu");
        let twice = Ask::of(&examine(&first, &[("p-a", None), ("p-a", Reminder)]));
        assert_eq!(bench.wire.refused(&office, ZH, &twice).await.why().fields, ["persons[1].person_id"]);
        for (matter, persons) in
            [(&first, [("p-a", None)].as_slice()), (&first, &[("p-a", Reminder), ("p-b", None)]), (&second, &[("p-a", None)])]
        {
            let _: ExamineAccountabilityResponse = bench.wire.ok(&office, &examine(matter, persons)).await;
        }
        let row = |matter: &Matter, person: &str, measure| (matter.case_id.clone(), person.to_owned(), measure);
        let of_first = [row(&first, "p-a", Reminder), row(&first, "p-b", None)];
        let auditor = bench.officer("lianhu", "auditor", &[Role::Auditor]);
        assert_eq!(found(&bench, &auditor, "").await, [vec![row(&second, "p-a", None)], of_first.to_vec()].concat(), "{engine:?}");
        assert_eq!(found(&bench, &auditor, "p-b").await, of_first[1..]);
        let accused = bench.officer("lianhu", "supervisor", &[Role::Supervisor]);
        assert_eq!(found(&bench, &accused, "").await, of_first, "{engine:?}: the case about them is not there");
        assert!(found(&bench, &bench.office("yanta"), "").await.is_empty(), "{engine:?}: elsewhere");
        let refused = bench.wire.refused(&bench.handler("lianhu"), ZH, &Ask::of(&ListAccountabilitiesRequest::default())).await;
        assert_eq!(refused.code, tonic::Code::PermissionDenied);
        bench.end().await;
    }
}

/// By leader and duty; one level up may take a case over, and then it is theirs.
#[tokio::test(flavor = "multi_thread")]
async fn what_leaders_answer_for_in_person_is_counted() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let own = |matter: &Matter, duty: PersonalDuty| TakeCaseOwnershipRequest {
            request_id: new_id(),
            case_id: matter.case_id.clone(),
            etag: String::new(),
            duty: duty as i32,
        };
        let mut first = bench.matter(&DEMAND, Stage::Registered).await;
        let second = bench.matter(&DEMAND, Stage::Registered).await;
        let (chief, city) = (bench.chief("lianhu"), bench.chief("city"));
        let _: TakeCaseOwnershipResponse = bench.wire.ok(&chief, &own(&first, PersonalDuty::Petition)).await;
        let _: TakeCaseOwnershipResponse = bench.wire.ok(&chief, &own(&second, PersonalDuty::Petition)).await;
        let _: TakeCaseOwnershipResponse = bench.wire.ok(&city, &own(&second, PersonalDuty::Safety)).await;
        bench.advance(&mut first, Stage::Registered, Stage::StruckOff).await;
        let count = async |who: &Who, from: &str, to: &str| {
            let request = CountPersonalDutiesRequest { from_date: from.to_owned(), to_date: to.to_owned() };
            let counted: CountPersonalDutiesResponse = bench.wire.ok(who, &request).await;
            counted
                .counts
                .into_iter()
                .map(|one| (one.person_id.clone(), one.duty(), one.owned, one.settled, one.closed))
                .collect::<Vec<_>>()
        };
        let expected = [
            ("p-city-chief".to_owned(), PersonalDuty::Safety, 1, 0, 0),
            ("p-lianhu-chief".to_owned(), PersonalDuty::Petition, 1, 1, 1),
        ];
        assert_eq!(count(&bench.office("city"), "", "").await, expected, "{engine:?}");
        assert_eq!(count(&bench.office("lianhu"), "2020-01-01", "2099-12-31").await, expected, "{engine:?}");
        assert!(count(&bench.office("city"), "", "2020-01-01").await.is_empty());
        assert!(count(&bench.office("yanta"), "", "").await.is_empty());
        let inverted =
            Ask::of(&CountPersonalDutiesRequest { from_date: "2026-12-31".to_owned(), to_date: "2026-01-01".to_owned() });
        assert_eq!(bench.wire.refused(&bench.office("city"), ZH, &inverted).await.why().fields, ["to_date"]);
        let no_day = Ask::of(&CountPersonalDutiesRequest { from_date: "2026-02-30".to_owned(), to_date: String::new() });
        assert_eq!(bench.wire.refused(&bench.office("city"), ZH, &no_day).await.why().fields, ["from_date"]);
        bench.end().await;
    }
}
