//! How long cases wait at the chiefs' gates (rule 1), as a figure.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_proto::ledger::*;

use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::roads::{URGENT, assign_urgently, case_of};
use crate::start::{BOTH, Suite};
use crate::wire::{Ask, Who, ZH};

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn measured(bench: &Bench, who: &Who, from: &str, to: &str) -> Vec<GateMeasure> {
    let request = MeasureGatesRequest { from_date: from.to_owned(), to_date: to.to_owned() };
    let found: MeasureGatesResponse = bench.wire.ok(who, &request).await;
    found.gates
}

async fn waited(bench: &Bench, matter: &Matter) -> i64 {
    case_of(bench, matter).await.gate_wait.expect("it is known").seconds
}

async fn handed_out(bench: &Bench) -> Matter {
    let matter = bench.matter(&URGENT, Stage::Proposed).await;
    let duty = bench.officer("lianhu", "duty", &[Role::DutyOfficer]);
    let _: AssignCaseUrgentlyResponse = bench.wire.ok(&duty, &assign_urgently(&matter)).await;
    matter
}

fn days(number: u64) -> i64 {
    i64::try_from(DAY.as_secs() * number).expect("a few days")
}

/// What the figure is of: two in the middle are one day and three, and one signature came on Tuesday that was due on Monday.
fn expected(waiting: i32, longest_waiting: i64) -> GateMeasure {
    let wait = |seconds: i64| Some(sanben_host::duration(seconds * 1_000_000));
    GateMeasure {
        unit_id: "lianhu".to_owned(),
        registered: 3,
        declined: 1,
        median_wait: wait(days(2)),
        longest_wait: wait(days(4)),
        waiting,
        longest_waiting: wait(longest_waiting),
        urgent_signed: 2,
        signed_late: 1,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_long_cases_wait_for_their_chief_is_measured() {
    for engine in BOTH {
        let monday = Ts::parse("2026-03-02T02:00:00Z").expect("a Monday");
        let bench = Bench::of(Suite::with_clock(engine, Clock::fake(monday)).await).await;
        let goes_by = |days: u32| bench.suite.clock.advance(DAY * days).expect("a fake clock");
        let mut first = bench.matter(&DEMAND, Stage::Proposed).await;
        let second = bench.matter(&DEMAND, Stage::Proposed).await;
        assert_eq!(waited(&bench, &first).await, 0, "{engine:?}");
        goes_by(1);
        assert_eq!(waited(&bench, &first).await, days(1), "{engine:?}: until now");
        bench.advance(&mut first, Stage::Proposed, Stage::Registered).await;
        let waits = bench.matter(&DEMAND, Stage::Proposed).await;
        let about = Spec { accused_persons: &["p-lianhu-supervisor"], ..COMPLAINT };
        bench.matter(&about, Stage::Proposed).await;
        goes_by(2);
        let (request_id, case_id, etag) = (new_id(), second.case_id.clone(), String::new());
        let decline = DeclineCaseRequest { request_id, case_id, etag, reason: "不属于公安机关职责。".to_owned() };
        let _: DeclineCaseResponse = bench.wire.ok(&bench.chief("lianhu"), &decline).await;
        let mut in_time = handed_out(&bench).await;
        goes_by(1);
        bench.advance(&mut in_time, Stage::Proposed, Stage::Registered).await;
        let mut late = handed_out(&bench).await;
        goes_by(4);
        assert_eq!(waited(&bench, &late).await, days(4), "{engine:?}: handed out, and not signed");
        bench.advance(&mut late, Stage::Proposed, Stage::Registered).await;
        goes_by(1);
        let seen = [&first, &second, &in_time, &late, &waits];
        for (matter, expected) in seen.into_iter().zip([1, 3, 1, 4, 8]) {
            assert_eq!(waited(&bench, matter).await, days(expected), "{engine:?}");
        }

        let (office, accused) = (bench.office("city"), bench.officer("lianhu", "supervisor", &[Role::Supervisor]));
        let whole = [expected(2, days(8))];
        assert_eq!(measured(&bench, &office, "", "").await, whole, "{engine:?}");
        assert_eq!(measured(&bench, &office, "2026-03-02", "2026-03-10").await, whole, "{engine:?}: both days count");
        assert_eq!(measured(&bench, &accused, "", "").await, [expected(1, days(8))], "{engine:?}: but the case about them");
        let only = |of: Vec<GateMeasure>| of.into_iter().map(|it| (it.registered, it.declined, it.waiting, it.signed_late)).next();
        assert_eq!(only(measured(&bench, &office, "2026-03-05", "2026-03-09").await), Some((1, 1, 2, 0)), "{engine:?}");
        assert_eq!(only(measured(&bench, &office, "2026-03-11", "").await), Some((0, 0, 2, 0)), "{engine:?}: they wait now");
        assert!(measured(&bench, &bench.office("yanta"), "", "").await.is_empty(), "{engine:?}: elsewhere");

        let no_day = Ask::of(&MeasureGatesRequest { from_date: "2026-02-30".to_owned(), to_date: String::new() });
        assert_eq!(bench.wire.refused(&office, ZH, &no_day).await.why().fields, ["from_date"]);
        let inverted = Ask::of(&MeasureGatesRequest { from_date: "2026-12-31".to_owned(), to_date: "2026-01-01".to_owned() });
        assert_eq!(bench.wire.refused(&office, ZH, &inverted).await.why().fields, ["to_date"]);
        let everything = Ask::of(&MeasureGatesRequest::default());
        let refused = bench.wire.refused(&bench.handler("lianhu"), ZH, &everything).await;
        assert_eq!(refused.code, tonic::Code::PermissionDenied);
        bench.end().await;
    }
}
