//! 共性问题: like cases, a measure against what they have in common, and its effect, counted by the service.

use std::time::Duration;

use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_host::parse_time;
use sanben_proto::ledger::*;
use tonic::Code;

use crate::clocks::bench_at;
use crate::duties;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id};
use crate::refusals::{LEDGER, Table};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, Who, ZH};

const DAY_SECS: u64 = 24 * 3600;
const STATION: &str = "lianhu-beiyuanmen";
const MEASURES_MAX: usize = 20;
/// A demand that a station leads.
const AT_STATION: Spec = Spec { unit: STATION, lead: STATION, ..DEMAND };

fn ids(matters: &[&Matter]) -> Vec<String> {
    matters.iter().map(|matter| matter.case_id.clone()).collect()
}

pub fn open(unit: &str, matters: &[&Matter]) -> OpenProblemRequest {
    OpenProblemRequest {
        request_id: new_id(),
        title: "路口照明不足".to_owned(),
        description: "多个路口路灯不亮。".to_owned(),
        unit_id: unit.to_owned(),
        case_ids: ids(matters),
    }
}

fn link(problem_id: &str, matters: &[&Matter]) -> LinkCasesToProblemRequest {
    let (request_id, problem_id, etag) = (new_id(), problem_id.to_owned(), String::new());
    LinkCasesToProblemRequest { request_id, problem_id, etag, case_ids: ids(matters) }
}

fn day(bench: &Bench, from_now: i64) -> String {
    let days = from_now * i64::try_from(DAY_SECS).expect("short") * 1_000_000;
    Ts::from_micros(bench.suite.clock.now().micros() + days).date().to_string()
}

pub fn adopt(problem_id: &str, effective_date: String) -> AdoptMeasureRequest {
    AdoptMeasureRequest {
        request_id: new_id(),
        problem_id: problem_id.to_owned(),
        etag: String::new(),
        text: "统一排查检修路灯。".to_owned(),
        responsible_unit_id: "lianhu".to_owned(),
        effective_date,
        observe_days: 7,
    }
}

fn judge(problem_id: &str, judgement: EffectJudgement) -> MeasureEffectRequest {
    MeasureEffectRequest {
        request_id: new_id(),
        problem_id: problem_id.to_owned(),
        etag: String::new(),
        judgement: judgement as i32,
        text: "来件变化如数。".to_owned(),
    }
}

impl Bench {
    pub async fn problem(&self, unit: &str, matters: &[&Matter]) -> String {
        let opened: OpenProblemResponse = self.wire.ok(&self.office(unit), &open(unit, matters)).await;
        opened.problem.expect("a problem").problem_id
    }

    async fn shown(&self, who: &Who, problem_id: &str) -> Problem {
        let found: GetProblemResponse = self.wire.ok(who, &GetProblemRequest { problem_id: problem_id.to_owned() }).await;
        found.problem.expect("a problem")
    }

    /// The linked cases in pages of one.
    async fn linked(&self, who: &Who, problem_id: &str) -> Vec<String> {
        let (mut found, mut page_token) = (Vec::new(), String::new());
        loop {
            let request = ListProblemCasesRequest { problem_id: problem_id.to_owned(), page_size: 1, page_token };
            let page: ListProblemCasesResponse = self.wire.ok(who, &request).await;
            found.extend(page.cases.into_iter().map(|case| case.case_id));
            page_token = page.next_page_token;
            if page_token.is_empty() {
                let count = usize::try_from(self.shown(who, problem_id).await.case_count).expect("a number");
                assert_eq!(count, found.len(), "the number is that of the list");
                return found;
            }
        }
    }

    async fn listed(&self, who: &Who, state: ProblemState) -> Vec<String> {
        let request = ListProblemsRequest { state: state as i32, ..ListProblemsRequest::default() };
        let found: ListProblemsResponse = self.wire.ok(who, &request).await;
        found.problems.into_iter().map(|problem| problem.problem_id).collect()
    }

    fn wait(&self, days: u64) {
        self.suite.clock.advance(Duration::from_secs(days * DAY_SECS)).expect("a fake clock");
    }
}

/// As many as a problem may have, behind the service's back.
async fn fill(bench: &Bench, engine: Engine) {
    let links = match engine {
        Engine::Sqlite => {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1998)
             INSERT INTO problem_cases (problem_id, case_id)
             SELECT p.problem_id, randomblob(16) FROM n, (SELECT problem_id FROM problems WHERE unit_id = 'xincheng') AS p"
        }
        Engine::Postgres => {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1998)
             INSERT INTO problem_cases (problem_id, case_id)
             SELECT p.problem_id, gen_random_uuid() FROM n, (SELECT problem_id FROM problems WHERE unit_id = 'xincheng') AS p"
        }
    };
    bench.stores.spoil("ledger", links).await;
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>, engine: Engine) {
    let bench = table.bench;
    let (office, chief) = (bench.office("lianhu"), bench.chief("lianhu"));
    let mut cases = Vec::new();
    for _ in 0..7 {
        cases.push(bench.matter(&DEMAND, Stage::Registered).await);
    }
    let [a, b, c, d, e, f, free] = &cases[..] else { panic!("seven") };
    let (proposed, sealed) = (bench.matter(&DEMAND, Stage::Proposed).await, bench.matter(&COMPLAINT, Stage::Registered).await);
    let elsewhere = Spec { unit: "xincheng", lead: "xincheng", ..DEMAND };
    let mut there = Vec::new();
    for _ in 0..3 {
        there.push(bench.matter(&elsewhere, Stage::Registered).await);
    }
    bench.problem("xincheng", &[&there[0], &there[1]]).await;
    let full = bench.listed(&bench.office("xincheng"), ProblemState::Unspecified).await.swap_remove(0);
    fill(bench, engine).await;
    let (waiting, running, used) =
        (bench.problem("lianhu", &[a, b]).await, bench.problem("lianhu", &[c, d]).await, bench.problem("lianhu", &[e, f]).await);
    let _: AdoptMeasureResponse = bench.wire.ok(&chief, &adopt(&running, day(bench, 0))).await;
    for _ in 0..MEASURES_MAX {
        let _: AdoptMeasureResponse = bench.wire.ok(&chief, &adopt(&used, day(bench, -30))).await;
        let _: MeasureEffectResponse = bench.wire.ok(&office, &judge(&used, EffectJudgement::Partly)).await;
    }
    let outside = AdoptMeasureRequest { responsible_unit_id: "yanta".to_owned(), ..adopt(&waiting, day(bench, 0)) };
    let nowhere = AdoptMeasureRequest { responsible_unit_id: "nowhere".to_owned(), ..adopt(&waiting, day(bench, 0)) };
    let mut field = |reason: &str, who: &Who, ask: Ask, field: &str| table.field(LEDGER, reason, who, ask, &[field]);
    field("PROBLEM_OUTSIDE_REACH", &office, Ask::of(&open("yanta", &[free, &proposed])), "unit_id");
    field("PROBLEM_CASE_NOT_REGISTERED", &office, Ask::of(&open("lianhu", &[free, &proposed])), "case_ids[1]");
    field("PROBLEM_CASE_SEALED", &office, Ask::of(&open("lianhu", &[free, &sealed])), "case_ids[1]");
    field("PROBLEM_CASE_TAKEN", &office, Ask::of(&open("lianhu", &[free, a])), "case_ids[1]");
    field("PROBLEM_CASE_TAKEN", &chief, Ask::of(&link(&waiting, &[a])), "case_ids[0]");
    field("MEASURE_DATE", &chief, Ask::of(&adopt(&waiting, day(bench, -31))), "effective_date");
    field("MEASURE_DATE", &chief, Ask::of(&adopt(&waiting, day(bench, 366))), "effective_date");
    field("MEASURE_OUTSIDE_UNIT", &chief, Ask::of(&outside), "responsible_unit_id");
    field("UNIT_UNKNOWN", &chief, Ask::of(&nowhere), "responsible_unit_id");
    let mut rule = |reason: &str, who: &Who, ask: Ask| table.rule(LEDGER, reason, who, ask);
    rule("PROBLEM_TOO_LARGE", &bench.office("xincheng"), Ask::of(&link(&full, &[&there[2]])));
    rule("PROBLEM_WRONG_STATE", &office, Ask::of(&judge(&waiting, EffectJudgement::Effective)));
    rule("PROBLEM_WRONG_STATE", &chief, Ask::of(&adopt(&running, day(bench, 0))));
    rule("NOT_THE_CHIEF", &bench.chief("city"), Ask::of(&adopt(&waiting, day(bench, 0))));
    rule("TOO_MANY_MEASURES", &chief, Ask::of(&adopt(&used, day(bench, 0))));
    rule("EFFECT_TOO_EARLY", &office, Ask::of(&judge(&running, EffectJudgement::Effective)));
    let signer = bench.officer("lianhu", "chief", &[Role::Office]);
    rule("EFFECT_BY_SIGNER", &signer, Ask::of(&judge(&running, EffectJudgement::Effective)));
    rule("NOT_THE_PROBLEM_OFFICE", &bench.office(STATION), Ask::of(&judge(&running, EffectJudgement::Effective)));
}

/// Two measures: the first does not work, the second does; the service counts what came in before and after.
#[tokio::test(flavor = "multi_thread")]
async fn the_effect_of_a_measure_is_counted_before_and_after() {
    let start = Ts::parse("2026-03-02T02:00:00Z").expect("a Monday");
    for engine in BOTH {
        let bench = Bench::of(Suite::with_clock(engine, Clock::fake(start)).await).await;
        let old = bench.matter(&DEMAND, Stage::Registered).await;
        bench.wait(6);
        let (first, second) = (bench.matter(&DEMAND, Stage::Registered).await, bench.matter(&AT_STATION, Stage::Registered).await);
        let request = open("lianhu", &[&old, &first]);
        let opened: OpenProblemResponse = bench.wire.ok(&bench.office("lianhu"), &request).await;
        let again: OpenProblemResponse = bench.wire.ok(&bench.office("lianhu"), &request).await;
        assert_eq!(opened, again, "a repetition opens nothing");
        let opened = opened.problem.expect("a problem");
        assert_eq!((opened.state(), opened.case_count), (ProblemState::Open, 2));
        let id = opened.problem_id;
        let _: LinkCasesToProblemResponse = bench.wire.ok(&bench.chief("lianhu"), &link(&id, &[&second])).await;

        bench.wait(2);
        let adopted: AdoptMeasureResponse = bench.wire.ok(&bench.chief("lianhu"), &adopt(&id, "2026-03-10".to_owned())).await;
        let adopted = adopted.problem.expect("a problem");
        assert_eq!((adopted.state(), adopted.measures[0].judge_from_date.as_str()), (ProblemState::Measured, "2026-03-17"));
        let signature = adopted.measures[0].adopted.clone().expect("a signature");
        assert_eq!((signature.tenure_id.as_str(), signature.person_id.as_str()), ("t-lianhu-chief", "p-lianhu-chief"));
        let since = bench.matter(&DEMAND, Stage::Registered).await;
        bench.wait(6);
        let early = bench.wire.refused(&bench.office("lianhu"), ZH, &Ask::of(&judge(&id, EffectJudgement::Partly))).await.why();
        assert!(early.reason == "EFFECT_TOO_EARLY" && early.text.contains("2026-03-17"), "{}", early.text);
        bench.wait(1);
        let too_late = bench.matter(&DEMAND, Stage::Registered).await;
        let _: LinkCasesToProblemResponse = bench.wire.ok(&bench.office("lianhu"), &link(&id, &[&since, &too_late])).await;
        let judged: MeasureEffectResponse = bench.wire.ok(&bench.office("city"), &judge(&id, EffectJudgement::NotEffective)).await;
        let judged = judged.problem.expect("a problem");
        let effect = judged.measures[0].effect.clone().expect("an effect");
        assert_eq!((effect.before, effect.after), (Some(2), Some(1)), "{engine:?}");
        assert_eq!((judged.state(), effect.judgement()), (ProblemState::Open, EffectJudgement::NotEffective));

        let _: AdoptMeasureResponse = bench.wire.ok(&bench.chief("lianhu"), &adopt(&id, "2026-03-18".to_owned())).await;
        bench.wait(8);
        let judged: MeasureEffectResponse = bench.wire.ok(&bench.office("lianhu"), &judge(&id, EffectJudgement::Effective)).await;
        let judged = judged.problem.expect("a problem");
        let counts = judged.measures.iter().map(|one| one.effect.as_ref().map(|effect| (effect.before, effect.after)));
        assert_eq!(counts.collect::<Vec<_>>(), [Some((Some(2), Some(1))), Some((Some(1), Some(0)))], "{engine:?}");
        assert_eq!(judged.state(), ProblemState::Closed);
        let listed: ListProblemsResponse = bench.wire.ok(&bench.office("lianhu"), &ListProblemsRequest::default()).await;
        assert_eq!(listed.problems[0].measures, judged.measures[1..], "a list shows the last measure");

        // Closed for good; its cases may be in another one.
        let more = Ask::of(&link(&id, &[&bench.matter(&DEMAND, Stage::Registered).await]));
        assert_eq!(bench.wire.refused(&bench.office("lianhu"), ZH, &more).await.why().reason, "PROBLEM_WRONG_STATE");
        let next = bench.problem("lianhu", &[&old, &first]).await;
        let by_state = async |state| bench.listed(&bench.office("lianhu"), state).await;
        assert_eq!(by_state(ProblemState::Closed).await, std::slice::from_ref(&id), "{engine:?}");
        assert_eq!(by_state(ProblemState::Open).await, std::slice::from_ref(&next), "{engine:?}");
        assert_eq!(by_state(ProblemState::Unspecified).await, [next, id], "{engine:?}");
        bench.end().await;
    }
}

fn end(problem_id: &str, reason: &str) -> EndProblemRequest {
    let (request_id, problem_id, etag) = (new_id(), problem_id.to_owned(), String::new());
    EndProblemRequest { request_id, problem_id, etag, reason: reason.to_owned() }
}

/// Its chief has to find a measure and, when its days of observation are over, its office to judge that; nobody else has, and nobody once it is over.
#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_first_the_chiefs_and_then_the_offices_to_go_on_with() {
    use DutyKind::{AdoptMeasure, MeasureEffect};
    for engine in BOTH {
        let bench = bench_at(engine, "2026-03-02T02:00:00Z").await;
        let (first, second) = (bench.matter(&DEMAND, Stage::Registered).await, bench.matter(&DEMAND, Stage::Registered).await);
        let id = bench.problem("lianhu", &[&first, &second]).await;
        let chief = || bench.chief("lianhu");
        let office = || bench.office("lianhu");
        let held = async |who: &Who, expected: &[(DutyKind, &str)]| {
            let duties = duties::others(&bench, who).await;
            let since = |duty: &Duty| duty.since_time.as_ref().map(|at| parse_time(at).date().to_string()).expect("known");
            let found: Vec<(DutyKind, String)> = duties.iter().map(|duty| (duty.kind(), since(duty))).collect();
            let expected: Vec<(DutyKind, String)> = expected.iter().map(|(kind, day)| (*kind, (*day).to_owned())).collect();
            assert_eq!(found, expected, "{engine:?} {}", who.name);
            assert!(duties.iter().all(|duty| duty.service == "ledger" && duty.due.is_none()), "{engine:?} {duties:?}");
        };
        let nobody_else = async || {
            let (signer, late) = ([Role::Office], [Role::Chief]);
            for who in [
                bench.chief("city"),
                bench.chief("beilin"),
                bench.chief(STATION),
                bench.office("city"),
                bench.office("beilin"),
                bench.office(STATION),
                bench.handler("lianhu"),
                bench.officer("lianhu", "chief", &signer),
                bench.officer("lianhu", "chief-2021", &late),
            ] {
                held(&who, &[]).await;
            }
        };
        held(&chief(), &[(AdoptMeasure, "2026-03-02")]).await;
        held(&bench.officer("lianhu", "deputy", &[Role::Chief]), &[(AdoptMeasure, "2026-03-02")]).await;
        held(&office(), &[]).await;
        nobody_else().await;
        let duty = duties::others(&bench, &chief()).await.swap_remove(0);
        assert_eq!((duty.title.as_str(), &duty.item_id, duty.reason()), ("路口照明不足", &id, DutyReason::Chief));

        bench.wait(1);
        let _: AdoptMeasureResponse = bench.wire.ok(&chief(), &adopt(&id, "2026-03-10".to_owned())).await;
        held(&chief(), &[]).await;
        bench.wait(13);
        held(&office(), &[]).await;
        bench.wait(1);
        held(&office(), &[(MeasureEffect, "2026-03-17")]).await;
        held(&chief(), &[]).await;
        nobody_else().await;
        let duty = duties::others(&bench, &office()).await.swap_remove(0);
        assert_eq!((duty.reason(), duty.role.as_str(), duty.unit_id.as_str()), (DutyReason::Role, "office", "lianhu"));

        bench.wait(1);
        let _: MeasureEffectResponse = bench.wire.ok(&office(), &judge(&id, EffectJudgement::Partly)).await;
        held(&office(), &[]).await;
        held(&chief(), &[(AdoptMeasure, "2026-03-18")]).await;
        let _: EndProblemResponse = bench.wire.ok(&chief(), &end(&id, "并入全市整治")).await;
        held(&chief(), &[]).await;
        bench.end().await;
    }
}

/// A station has no office: that of its sub-bureau judges for it, and that of the city what is the city's own.
#[tokio::test(flavor = "multi_thread")]
async fn the_measure_of_a_station_is_judged_above_it() {
    for engine in BOTH {
        let bench = bench_at(engine, "2026-03-02T02:00:00Z").await;
        let measured = async |unit: &'static str| {
            let spec = Spec { unit, lead: unit, ..DEMAND };
            let (one, other) = (bench.matter(&spec, Stage::Registered).await, bench.matter(&spec, Stage::Registered).await);
            let id = bench.problem(unit, &[&one, &other]).await;
            let request = AdoptMeasureRequest { responsible_unit_id: unit.to_owned(), ..adopt(&id, day(&bench, -7)) };
            let _: AdoptMeasureResponse = bench.wire.ok(&bench.chief(unit), &request).await;
            id
        };
        let (station, city) = (measured(STATION).await, measured("city").await);
        let held = async |unit: &str| {
            let duties = duties::others(&bench, &bench.office(unit)).await;
            duties.into_iter().map(|duty| (duty.kind(), duty.item_id, duty.unit_id)).collect::<Vec<_>>()
        };
        let of = |id: &str, unit: &str| (DutyKind::MeasureEffect, id.to_owned(), unit.to_owned());
        assert_eq!(held("lianhu").await, [of(&station, "lianhu")], "{engine:?}");
        assert_eq!(held(STATION).await, [of(&station, STATION)], "{engine:?}");
        assert_eq!(held("city").await, [of(&city, "city")], "{engine:?}");
        assert_eq!(held("beilin").await, [], "{engine:?}");
        let _: MeasureEffectResponse = bench.wire.ok(&bench.office("lianhu"), &judge(&station, EffectJudgement::Effective)).await;
        assert_eq!(held("lianhu").await, [], "{engine:?}");
        bench.end().await;
    }
}

/// Given up, with a reason and a signature: its cases are free, and nothing changes it any more.
#[tokio::test(flavor = "multi_thread")]
async fn a_problem_is_ended_and_its_cases_are_free() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (first, second) = (bench.matter(&DEMAND, Stage::Registered).await, bench.matter(&DEMAND, Stage::Registered).await);
        let id = bench.problem("lianhu", &[&first, &second]).await;
        let chief = bench.chief("lianhu");
        let blank = bench.wire.refused(&chief, ZH, &Ask::of(&end(&id, " "))).await;
        assert_eq!(blank.why().fields, ["reason"]);
        let other = bench.wire.refused(&bench.chief("city"), ZH, &Ask::of(&end(&id, "并入全市整治"))).await;
        assert_eq!(other.why().reason, "NOT_THE_CHIEF", "{engine:?}");
        let ended: EndProblemResponse = bench.wire.ok(&chief, &end(&id, "并入全市整治")).await;
        let ended = ended.problem.expect("a problem");
        assert_eq!((ended.state(), ended.end_reason.as_str()), (ProblemState::Ended, "并入全市整治"), "{engine:?}");
        assert_eq!(ended.ended.expect("a signature").tenure_id, "t-lianhu-chief");
        let again = bench.wire.refused(&chief, ZH, &Ask::of(&end(&id, "再来一次"))).await;
        assert_eq!(again.why().reason, "PROBLEM_WRONG_STATE", "{engine:?}");
        let next = bench.problem("lianhu", &[&first, &second]).await;
        assert_ne!(next, id, "{engine:?}");
        bench.end().await;
    }
}

/// A number that was counted over cases that a reader does not see is not shown to them when it is small.
#[tokio::test(flavor = "multi_thread")]
async fn small_counts_are_for_whoever_sees_what_was_counted() {
    let bench = Bench::of(Suite::with_clock(Engine::Sqlite, Clock::fake(Clock::system().now())).await).await;
    let here = bench.matter(&DEMAND, Stage::Registered).await;
    let there = bench.matter(&DEMAND, Stage::Registered).await;
    let id = bench.problem("lianhu", &[&here, &there]).await;
    let _: AdoptMeasureResponse = bench.wire.ok(&bench.chief("lianhu"), &adopt(&id, day(&bench, 1))).await;
    bench.wait(10);
    let judged: MeasureEffectResponse = bench.wire.ok(&bench.office("lianhu"), &judge(&id, EffectJudgement::Partly)).await;
    let effect = |problem: &Problem| problem.measures[0].effect.clone().map(|effect| (effect.before, effect.after));
    assert_eq!(effect(&judged.problem.expect("a problem")), Some((Some(2), Some(0))));
    let below = bench.shown(&bench.handler("lianhu-zaoyuan"), &id).await;
    assert_eq!((below.case_count, effect(&below)), (0, Some((None, None))));
    bench.end().await;
}

/// Each reader sees the linked cases that they may see, and no others can be linked.
#[tokio::test(flavor = "multi_thread")]
async fn a_problem_shows_each_reader_the_cases_that_they_may_see() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (here, at_station) =
            (bench.matter(&DEMAND, Stage::Registered).await, bench.matter(&AT_STATION, Stage::Registered).await);
        let elsewhere = bench.matter(&Spec { unit: "beilin", lead: "beilin", ..DEMAND }, Stage::Registered).await;
        let id = bench.problem("lianhu", &[&here, &at_station]).await;
        let office = bench.office("lianhu");
        assert_eq!(bench.linked(&office, &id).await, ids(&[&at_station, &here]), "{engine:?}: newest first");
        assert_eq!(bench.linked(&bench.handler(STATION), &id).await, ids(&[&at_station]), "{engine:?}");
        assert!(bench.linked(&bench.handler("lianhu-zaoyuan"), &id).await.is_empty(), "{engine:?}");
        assert_eq!(bench.linked(&bench.chief("city"), &id).await.len(), 2, "{engine:?}");

        // What one may not see is like what is not there.
        let sealed = Spec { accused_units: &[], accused_persons: &["p-lianhu-office"], ..COMPLAINT };
        let sealed = bench.matter(&sealed, Stage::Registered).await;
        let nothing = Matter { case_id: new_id(), ..here.clone() };
        let refused = async |matter: &Matter| {
            let refused = bench.wire.refused(&office, ZH, &Ask::of(&link(&id, &[matter]))).await;
            assert_eq!(refused.why().fields, ["case_ids[0]"]);
            refused
        };
        let missing = refused(&nothing).await;
        assert_eq!(missing.code, Code::NotFound);
        assert_eq!(refused(&sealed).await, missing, "{engine:?}");
        assert_eq!(refused(&elsewhere).await, missing, "{engine:?}");
        let twice = Ask::of(&open("lianhu", &[&here, &here]));
        assert_eq!(bench.wire.refused(&office, ZH, &twice).await.why().fields, ["case_ids[1]"]);
        for who in [bench.chief("beilin"), bench.office("beilin"), bench.handler("yanta")] {
            assert!(bench.listed(&who, ProblemState::Unspecified).await.is_empty(), "{engine:?} {}", who.name);
            for ask in [
                Ask::of(&GetProblemRequest { problem_id: id.clone() }),
                Ask::of(&ListProblemCasesRequest { problem_id: id.clone(), ..ListProblemCasesRequest::default() }),
            ] {
                assert_eq!(bench.wire.refused(&who, ZH, &ask).await.code, Code::NotFound, "{engine:?} {}", who.name);
            }
        }
        let handler = Ask::of(&open("lianhu", &[&here, &at_station]));
        assert_eq!(bench.wire.refused(&bench.handler("lianhu"), ZH, &handler).await.code, Code::PermissionDenied);
        // A station may ask those above it to look after what it sees.
        let (one, other) = (bench.matter(&AT_STATION, Stage::Registered).await, bench.matter(&AT_STATION, Stage::Registered).await);
        let upwards: OpenProblemResponse = bench.wire.ok(&bench.office(STATION), &open("city", &[&one, &other])).await;
        assert_eq!(upwards.problem.expect("a problem").unit_id, "city");
        bench.end().await;
    }
}
