//! The working calendar: the next year's notice is loaded, checked, and in force everywhere.

use std::path::Path;
use std::process::Output;

use sanben::client::patient;
use sanben_access::Role;
use sanben_clock::{Clock, Ts};
use sanben_proto::intake::*;
use sanben_proto::kinds::{Channel, Track, Verdict};
use sanben_proto::ledger::*;
use tokio::process::Command;
use tonic::Code;

use crate::clocks::due_of;
use crate::duties::of_matter;
use crate::fleet::Fleet;
use crate::load::{eventually, number};
use crate::matter::{Bench, DEMAND, Matter, Spec, Stage, new_id, verdict};
use crate::process::{Process, folder, free_port, town};
use crate::refusals::{LEDGER, Table};
use crate::roads::case_of;
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, EN, Who, Wire, ZH};

/// Made up, and says so: the notice of 2027 was not out.
pub const NEXT: &str = include_str!("../../../../libs/clock/src/year/made-up-2027.csv");
const NOTICE: &str = "国办发明电〔2026〕0号(虚构)";
const SHIPPED: &str = include_str!("../../../../libs/clock/calendar-cn.csv");
const HEADER: &str = "date,kind,festival,notice";

/// The rows of a shipped year, under another notice.
fn amended(notice: &str) -> String {
    let rows: String = SHIPPED.lines().filter(|row| row.ends_with(notice)).map(|row| format!("{row}\n")).collect();
    format!("{HEADER}\n{}", rows.replace(notice, "国办发明电〔2026〕0号(更正、虚构)"))
}

pub fn load(after: i32, csv: &str, reason: &str) -> LoadCalendarRequest {
    let (csv, reason) = (csv.to_owned(), reason.to_owned());
    LoadCalendarRequest { request_id: new_id(), expected_edition: after, csv, reason }
}

fn of_year(year: i32) -> GetCalendarRequest {
    GetCalendarRequest { year, ..GetCalendarRequest::default() }
}

fn between(from_date: &str, to_date: &str) -> GetCalendarRequest {
    GetCalendarRequest { year: 0, from_date: from_date.to_owned(), to_date: to_date.to_owned() }
}

impl Bench {
    async fn in_december(engine: Engine) -> Bench {
        Bench::at(engine, "2026-12-01T02:00:00Z").await
    }

    async fn at(engine: Engine, time: &str) -> Bench {
        Bench::of(Suite::with_clock(engine, Clock::fake(Ts::parse(time).expect("a time"))).await).await
    }

    pub async fn loads(&self, request: &LoadCalendarRequest) -> CalendarEdition {
        let answer: LoadCalendarResponse = self.wire.ok(&self.administrator("admin"), request).await;
        answer.edition.expect("an edition")
    }

    async fn editions(&self, who: &Who, page_size: i32, page_token: &str) -> (Vec<CalendarEdition>, String) {
        let request = ListCalendarEditionsRequest { page_size, page_token: page_token.to_owned() };
        let found: ListCalendarEditionsResponse = self.wire.ok(who, &request).await;
        (found.editions, found.next_page_token)
    }
}

/// By when it is to be replied to, and whether that may move.
async fn due(bench: &Bench, matter: &Matter) -> (String, bool) {
    let due = case_of(bench, matter).await.due.expect("a day");
    (due.date, due.provisional)
}

/// What is refused.
pub fn refusals(table: &mut Table<'_>) {
    let admin = table.bench.administrator("admin");
    let row = |date: &str, kind: &str, festival: &str| format!("{date},{kind},{festival},{NOTICE}\n");
    let without = |row: &str| {
        assert!(NEXT.contains(row), "{row}");
        NEXT.replacen(row, "", 1)
    };
    let wrong = [
        "date\n".to_owned(),
        NEXT.replacen("元旦,", "元旦,,", 1),
        NEXT.replacen("2027-01-31", "2027-02-31", 1),
        NEXT.replacen("holiday", "closed", 1),
        NEXT.replacen("元旦,", ",", 1),
        NEXT.replacen(NOTICE, "", 1),
        NEXT.replacen(NOTICE, &"号".repeat(41), 1),
        NEXT.replacen("2027-01-31", "2027-02-02", 1),
        NEXT.replacen("2027-01-02", "2027-01-01", 1),
        NEXT.replacen("2027-01-31", "2026-12-27", 1),
        format!("{NEXT}{}", "\n".repeat(200)),
        NEXT.replacen(NOTICE, "另一份", 1),
        without(&row("2027-01-01", "holiday", "元旦")),
        format!("{NEXT}{}", row("2028-01-01", "holiday", "元旦")),
        without(&row("2027-02-08", "holiday", "春节")),
        without(&row("2027-10-01", "holiday", "国庆节")),
        without(&row("2027-06-09", "holiday", "端午节")),
        NEXT.replacen("2027-02-20,workday,春节", "2027-02-20,workday,春运", 1),
        NEXT.replace(NOTICE, "国办发明电〔2025〕7号"),
        amended("国办发明电〔2025〕7号").replacen("2026-01-01", "2025-10-11", 1),
        amended("国办发明电〔2023〕7号").replacen("2023-12-30", "2023-12-29", 1).replacen("2023-12-31", "2023-12-30", 1),
    ];
    for csv in wrong.iter().chain([&NEXT.replacen("元旦", "\"元旦\"", 1)]) {
        table.field(LEDGER, "CALENDAR_WRONG", &admin, Ask::of(&load(0, csv, "更正")), &["csv"]);
    }
    table.aborted(LEDGER, "CALENDAR_CHANGED", &admin, Ask::of(&load(7, NEXT, "")));
    let correction = amended("国办发明电〔2025〕7号");
    table.field(LEDGER, "REASON_MISSING", &admin, Ask::of(&load(0, &correction, " ")), &["reason"]);
    let mut asked = |request: &GetCalendarRequest, field: &str| {
        table.field("sanben", "INVALID_FIELDS", &admin, Ask::of(request), &[field]);
    };
    asked(&of_year(1899), "year");
    asked(&GetCalendarRequest { year: 2026, ..between("2026-01-01", "2026-02-01") }, "year");
    asked(&between("2026-01-01", ""), "to_date");
    asked(&between("", "2026-01-01"), "from_date");
    asked(&between("2026-02-30", "2026-03-01"), "from_date");
    asked(&between("2026-02-02", "2026-02-01"), "to_date");
    asked(&between("2026-01-01", "2027-02-05"), "to_date");
}

/// Each wrong line is named, with the reason, in the caller's language.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_line_is_named_in_both_languages() {
    let bench = Bench::on(Engine::Sqlite).await;
    let admin = bench.administrator("admin");
    let festival = format!("2027-06-09,holiday,端午节,{NOTICE}\n");
    let rows = [
        (NEXT.replacen("2027-01-31", "2027-02-02", 1), "第 5 行：2027-02-02 是星期二", "line 5: 2027-02-02 is a Tuesday"),
        (NEXT.replacen("2027-01-02", "2027-01-01", 1), "第 3 行：2027-01-01 重复", "line 3: 2027-01-01 is there twice"),
        (
            NEXT.replacen("2027-05-03,holiday", "2027-05-09,holiday", 1),
            "第 22 行：2027-05-04 排在",
            "line 22: 2027-05-04 comes after",
        ),
        (NEXT.replacen(&festival, "", 1), "第 34 行：端午节没有放假", "line 34: the Dragon Boat Festival has no day off"),
        (
            NEXT.replace(NOTICE, "国办发明电〔2025〕7号"),
            "第 2 行：这是 2026 年通知的文号",
            "line 2: this is the number of the notice for 2026",
        ),
    ];
    for (csv, zh, en) in rows {
        let ask = Ask::of(&load(0, &csv, ""));
        for (language, expected) in [(ZH, zh), (EN, en)] {
            let why = bench.wire.refused(&admin, language, &ask).await.why();
            assert!(why.problems[0].contains(expected) && why.text.contains(expected), "{expected}: {}", why.text);
        }
    }
    bench.end().await;
}

/// A day that falls into a year without a notice may move; with the notice it stands, where the notice puts it.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_in_the_next_year_is_provisional_until_its_notice_is_loaded() {
    for engine in BOTH {
        let bench = Bench::in_december(engine).await;
        let matter = bench.matter(&DEMAND, Stage::Registered).await;
        assert_eq!(due(&bench, &matter).await, ("2027-02-01".to_owned(), true), "{engine:?}: a Saturday, so Monday");
        let request = load(0, NEXT, "");
        let edition = bench.loads(&request).await;
        assert_eq!((edition.edition, edition.year, edition.notice.as_str(), edition.replaces), (1, 2027, NOTICE, false));
        assert_eq!(due(&bench, &matter).await, ("2027-01-31".to_owned(), false), "{engine:?}: that Sunday is worked");
        assert_eq!(bench.loads(&request).await, edition, "{engine:?}: repeated, it is done once");
        let moved = async || {
            let request = ListCaseEventsRequest { case_id: matter.case_id.clone(), page_size: 200, ..Default::default() };
            let found: ListCaseEventsResponse = bench.wire.ok(&bench.office("city"), &request).await;
            let all = found.events.into_iter().flat_map(|event| event.moved_deadlines);
            all.map(|one| (one.kind(), one.before_date, one.after_date, one.provisional)).collect::<Vec<_>>()
        };
        eventually("its history says so", async || !moved().await.is_empty()).await;
        let finish = (ClockKind::Finish, "2027-02-01".to_owned(), "2027-01-31".to_owned(), false);
        assert_eq!(moved().await, [finish], "{engine:?}");

        let corrected = NEXT.replace(NOTICE, "更正").replacen("2027-01-31,workday", "2027-01-30,workday", 1);
        let second = bench.loads(&load(1, &corrected, "国务院办公厅更正")).await;
        assert_eq!((second.edition, second.replaces), (2, true));
        assert_eq!(due(&bench, &matter).await, ("2027-01-30".to_owned(), false), "{engine:?}");
        bench.end().await;
    }
}

/// Who loads after another looks again, also when both do so at once; nobody else loads.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_load_at_once_one_looks_again() {
    for engine in BOTH {
        let bench = Bench::in_december(engine).await;
        let (first, second) = (bench.administrator("admin-1"), bench.administrator("admin-2"));
        let (one, other) = (Ask::of(&load(0, NEXT, "")), Ask::of(&load(0, NEXT, "")));
        let refused = match tokio::join!(bench.wire.ask(&first, ZH, &one), bench.wire.ask(&second, ZH, &other)) {
            (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused.why(),
            both => panic!("{engine:?}: {both:?}"),
        };
        assert_eq!((refused.code, refused.reason.as_str()), (Code::Aborted, "CALENDAR_CHANGED"), "{engine:?}");
        assert!(refused.text.contains("第 1 版"), "{}", refused.text);
        for who in [bench.chief("city"), bench.office("city"), bench.desk(), Wire::anonymous()] {
            let code = bench.wire.refused(&who, ZH, &Ask::of(&load(1, NEXT, "更正"))).await.code;
            assert!([Code::PermissionDenied, Code::Unauthenticated].contains(&code), "{}: {code:?}", who.name);
        }
        bench.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_and_its_editions_are_shown_to_the_staff() {
    for engine in BOTH {
        let bench = Bench::in_december(engine).await;
        let (admin, handler) = (bench.administrator("admin"), bench.handler("lianhu"));
        let present: GetCalendarResponse = bench.wire.ok(&handler, &of_year(0)).await;
        assert_eq!((present.edition, present.days.len(), &present.announced_years[..]), (0, 39, &[2026][..]), "{engine:?}");
        let next: GetCalendarResponse = bench.wire.ok(&handler, &of_year(2027)).await;
        assert_eq!((next.edition, next.days.len(), next.announced_years.len()), (0, 0, 0));
        assert!(bench.editions(&handler, 0, "").await.0.is_empty());

        let first = bench.loads(&load(0, NEXT, "")).await;
        let second = bench.loads(&load(1, &NEXT.replace(NOTICE, "更正"), "更正文号")).await;
        let act = second.act.clone().expect("who and when");
        assert_eq!((act.person_id.as_str(), act.unit_id.as_str(), act.role.as_str()), ("p-city-admin", "city", "administrator"));
        assert_eq!((second.reason.as_str(), first.reason.as_str()), ("更正文号", ""));
        for who in [&admin, &handler] {
            assert_eq!(bench.editions(who, 0, "").await, (vec![second.clone(), first.clone()], String::new()));
            let (page, token) = bench.editions(who, 1, "").await;
            assert_eq!(page.as_slice(), std::slice::from_ref(&second));
            assert_eq!(bench.editions(who, 1, &token).await, (vec![first.clone()], String::new()));
            let period: GetCalendarResponse = bench.wire.ok(who, &between("2026-10-07", "2027-01-31")).await;
            let days: Vec<_> = period.days.iter().map(|day| (day.date.as_str(), day.kind(), day.notice.as_str())).collect();
            let (holiday, workday) = (CalendarDayKind::Holiday, CalendarDayKind::Workday);
            let of_2026 = "国办发明电〔2025〕7号";
            let expected = [
                ("2026-10-07", holiday, of_2026),
                ("2026-10-10", workday, of_2026),
                ("2027-01-01", holiday, "更正"),
                ("2027-01-02", holiday, "更正"),
                ("2027-01-03", holiday, "更正"),
                ("2027-01-31", workday, "更正"),
            ];
            assert_eq!((period.edition, days, &period.announced_years[..]), (2, expected.to_vec(), &[2026, 2027][..]));
        }
        let longest: GetCalendarResponse = bench.wire.ok(&admin, &between("2026-12-31", "2028-02-03")).await;
        assert_eq!((longest.days.len(), &longest.announced_years[..]), (34, &[2026, 2027][..]));
        let outside = bench.wire.officer("citizen-1", "", &[Role::Citizen]);
        for ask in [Ask::of(&of_year(2027)), Ask::of(&ListCalendarEditionsRequest::default())] {
            assert_eq!(bench.wire.refused(&outside, ZH, &ask).await.code, Code::PermissionDenied);
        }
        bench.end().await;
    }
}

/// By when the person may object to what the desk answered them.
async fn objection_until(bench: &Bench, receipt_code: &str) -> String {
    let request = GetReceiptRequest { receipt_code: receipt_code.to_owned() };
    let found: GetReceiptResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
    let reply = found.receipt.expect("a receipt").reply.expect("an answer");
    let deadline = reply.verdict_deadline.expect("a day");
    Ts::from_micros(deadline.seconds * 1_000_000).date().to_string()
}

/// The desk hears of it, and both services know it after a restart.
#[tokio::test(flavor = "multi_thread")]
async fn the_desk_follows_and_a_restart_keeps_it() {
    for engine in BOTH {
        let bench = Bench::at(engine, "2026-12-17T02:00:00Z").await;
        let matter = bench.matter(&DEMAND, Stage::Registered).await;
        let request = CreateSubmissionRequest {
            request_id: new_id(),
            kind: SubmissionKind::Consultation as i32,
            channel: Channel::Online as i32,
            text: "居住证怎么办理？".to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let asked: CreateSubmissionResponse = bench.wire.ok(&Wire::anonymous(), &request).await;
        let request = AnswerSubmissionRequest {
            request_id: new_id(),
            submission_id: asked.submission_id,
            text: "请到辖区派出所办理。".to_owned(),
            ..AnswerSubmissionRequest::default()
        };
        let _: AnswerSubmissionResponse = bench.wire.ok(&bench.desk(), &request).await;
        assert_eq!(objection_until(&bench, &asked.receipt_code).await, "2027-01-01", "{engine:?}: a Friday");
        bench.loads(&load(0, NEXT, "")).await;
        bench.stores.settled().await;
        assert_eq!(objection_until(&bench, &asked.receipt_code).await, "2027-01-04", "{engine:?}: New Year is over");
        let before = due(&bench, &matter).await;

        bench.stores.close().await;
        let bench = Bench::of(bench.suite.restarted().await).await;
        assert_eq!(due(&bench, &matter).await, before, "{engine:?}");
        assert!(!before.1, "{engine:?}: settled");
        assert_eq!(objection_until(&bench, &asked.receipt_code).await, "2027-01-04", "{engine:?}");
        assert_eq!(bench.loads(&load(1, &NEXT.replace(NOTICE, "更正"), "更正文号")).await.edition, 2, "{engine:?}: and goes on");
        bench.end().await;
    }
}

/// What one replica loads, the other answers by soon after.
#[tokio::test(flavor = "multi_thread")]
async fn another_replica_keeps_up() {
    let bench = Bench::in_december(Engine::Postgres).await;
    let beside = bench.suite.beside().await;
    let other = Wire::to(&beside).await;
    let matter = bench.matter(&DEMAND, Stage::Registered).await;
    let chief = bench.chief("lianhu");
    let provisional = async || {
        let found: GetCaseResponse = other.ok(&chief, &GetCaseRequest { case_id: matter.case_id.clone() }).await;
        found.case.expect("a case").due.expect("a day").provisional
    };
    assert!(provisional().await);
    bench.loads(&load(0, NEXT, "")).await;
    eventually("the other replica has it", async || !provisional().await).await;
    drop(other);
    beside.end().await;
    bench.end().await;
}

async fn command(arguments: &[&str], data: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sanben"));
    let lang: &[&str] = if arguments.contains(&"--lang") { &[] } else { &["--lang", "en"] };
    command.arg("calendar").args(lang).args(arguments);
    if let Some(data) = data {
        command.arg("--data").arg(data);
    }
    command.output().await.expect("the binary runs")
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The operator checks a file, loads it beside the process that runs, and looks at it.
#[tokio::test(flavor = "multi_thread")]
async fn the_command_checks_loads_and_shows() {
    let (_guard, data) = folder();
    let (right, wrong) = (data.join("2027.csv"), data.join("wrong.csv"));
    std::fs::write(&right, NEXT).expect("written");
    std::fs::write(&wrong, NEXT.replacen("2027-01-31", "2027-02-02", 1)).expect("written");
    let path = |file: &Path| file.to_str().expect("a path of this test").to_owned();
    let run = async |arguments: &[&str], data: Option<&Path>, code: i32, expected: &str| {
        let output = command(arguments, data).await;
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", printed(&output));
        assert!(printed(&output).contains(expected), "{arguments:?}: {}", printed(&output));
    };
    let (right, wrong) = (path(&right), path(&wrong));
    run(&["check", &right], None, 0, "28 days off, 6 worked weekend days").await;
    run(&["check", &wrong], None, 1, "line 5: 2027-02-02 is a Tuesday").await;
    run(&["load", &right], Some(&data), 1, "no store of ledger is there").await;
    run(&["check", "nowhere.csv"], None, 1, "nowhere.csv: there is no such file").await;
    run(&["check", "--lang", "zh-CN", "nowhere.csv"], None, 1, "nowhere.csv：没有这个文件").await;
    run(&["load", "--lang", "zh-CN", &right], Some(&data), 1, "没有 ledger 的数据库").await;
    let piped = std::fs::File::open(&right).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_sanben")).args(["calendar", "check", "-"]).stdin(piped).output().await;
    assert!(output.expect("the binary runs").status.success());

    let process = Process::start(&data, free_port(), &[]).await;
    run(&["show", "--year", "2027"], Some(&data), 0, "no notice is loaded (edition 0").await;
    run(&["load", &wrong], Some(&data), 1, "line 5: 2027-02-02 is a Tuesday").await;
    run(&["load", &right], Some(&data), 0, "loaded as edition 1").await;
    run(&["show", "--year", "2027"], Some(&data), 0, "2027-01-31 ┆ worked ┆ 春节").await;
    run(&["load", &right], Some(&data), 1, "--reason: needed").await;
    run(&["load", &right, "--reason", "again"], Some(&data), 0, "loaded as edition 2").await;
    let admin = town(&data, &process.address).officer("p-admin", "city", &[Role::Administrator]);
    let request = patient(ListCalendarEditionsRequest::default());
    let found = admin.calendar.clone().list_calendar_editions(request).await.expect("a list").into_inner();
    let seen: Vec<_> = found
        .editions
        .iter()
        .map(|one| (one.edition, one.reason.as_str(), one.act.as_ref().map(|act| act.person_id.as_str())))
        .collect();
    assert_eq!(seen, [(2, "again", Some("operator")), (1, "", Some("operator"))]);
    let shown = admin.calendar.clone().get_calendar(patient(of_year(2027))).await.expect("a calendar").into_inner();
    assert_eq!((shown.edition, shown.days.len()), (2, 34));
    process.stop().await;
}

/// In processes of their own, the desk hears of it over the broker.
#[tokio::test(flavor = "multi_thread")]
async fn a_fleet_hears_of_it() {
    let fleet = Fleet::start(1).await;
    let admin = fleet.town.officer("p-admin", "city", &[Role::Administrator]);
    let loaded = admin.calendar.clone().load_calendar(patient(load(0, NEXT, ""))).await.expect("loaded").into_inner();
    assert_eq!(loaded.edition.expect("an edition").edition, 1);
    let heard = "SELECT COUNT(*) FROM calendar_editions WHERE edition = 1";
    eventually("intake has heard of it", async || number(&fleet, "intake", heard).await == 1).await;
    fleet.end().await;
}

/// The history of a matter's case says how often its days were worked out again.
async fn projected(bench: &Bench, matter: &Matter) -> usize {
    let request = ListCaseEventsRequest { case_id: matter.case_id.clone(), ..ListCaseEventsRequest::default() };
    let found: ListCaseEventsResponse = bench.wire.ok(&bench.chief("lianhu"), &request).await;
    found.events.iter().filter(|event| event.r#type.ends_with(".DeadlinesProjected")).count()
}

/// Whatever was provisional says once that its day was worked out again, however many replicas do it; what the notice says nothing of stays
/// as it was, and the same calendar changes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn each_case_says_once_that_its_day_was_worked_out_again() {
    for engine in BOTH {
        let bench = Bench::in_december(engine).await;
        let beside = if engine == Engine::Postgres { Some(bench.suite.beside().await) } else { None };
        let touched = bench.matter(&DEMAND, Stage::Registered).await;
        let other = bench.matter(&DEMAND, Stage::Registered).await;
        let consultation = Spec { track: Track::Consultation, ..DEMAND };
        let near = bench.matter(&consultation, Stage::Registered).await;
        assert!(!due(&bench, &near).await.1, "{engine:?}: it is over before the year is");
        bench.loads(&load(0, NEXT, "")).await;
        eventually("both cases say so", async || projected(&bench, &touched).await == 1 && projected(&bench, &other).await == 1)
            .await;
        // The same days by another notice move nothing.
        let corrected = NEXT.replace(NOTICE, "更正");
        bench.loads(&load(1, &corrected, "国务院办公厅更正")).await;
        let changed = NEXT.replace(NOTICE, "再次更正").replacen("2027-01-31,workday", "2027-01-30,workday", 1);
        bench.loads(&load(2, &changed, "国务院办公厅再次更正")).await;
        eventually("the day has moved", async || projected(&bench, &touched).await == 2).await;
        bench.stores.settled().await;
        assert_eq!((projected(&bench, &touched).await, projected(&bench, &near).await), (2, 0), "{engine:?}");
        if let Some(beside) = beside {
            beside.end().await;
        }
        bench.end().await;
    }
}

/// What a person was told of their days, and a lead unit of its own, follows wherever they look.
#[tokio::test(flavor = "multi_thread")]
async fn the_days_of_a_person_and_of_a_lead_unit_follow() {
    for engine in BOTH {
        let bench = Bench::at(engine, "2026-12-17T02:00:00Z").await;
        let told = bench.matter(&DEMAND, Stage::Replied).await;
        assert_eq!(objection_until(&bench, &told.receipt_code).await, "2027-01-01", "{engine:?}: a Friday");
        bench.wait_days(13);
        let assigned = bench.matter(&DEMAND, Stage::Assigned).await;
        let objection = async || {
            let deadline = case_of(&bench, &assigned).await.objection_deadline.expect("a day");
            Ts::from_micros(deadline.seconds * 1_000_000).date().to_string()
        };
        let visitor = bench.officer("lianhu", "visitor", &[Role::LiaisonOfficer]);
        let visit = async || of_matter(&bench, &visitor, &told).await[0].due.clone().map(|due| (due.date, due.provisional));
        assert_eq!(objection().await, "2027-01-06", "{engine:?}");
        assert_eq!(visit().await, Some(("2027-01-01".to_owned(), true)), "{engine:?}");
        bench.loads(&load(0, NEXT, "")).await;
        assert_eq!(objection().await, "2027-01-07", "{engine:?}: New Year's Day is off");
        eventually("the case says so", async || projected(&bench, &told).await == 1).await;
        assert_eq!(objection_until(&bench, &told.receipt_code).await, "2027-01-04", "{engine:?}: New Year is over");
        assert_eq!(visit().await, Some(("2027-01-04".to_owned(), false)), "{engine:?}");
        assert_eq!(due_of(&case_of(&bench, &told).await, ClockKind::Verdict), "2027-01-04", "{engine:?}");
        bench.suite.clock.set(Ts::parse("2027-01-04T15:59:59Z").expect("a time")).expect("a fake clock");
        let dissatisfied = verdict(&told, 1, Verdict::Dissatisfied);
        let _: GiveVerdictResponse = bench.wire.ok(&Wire::anonymous(), &dissatisfied).await;
        let (request_id, receipt_code, reason) = (new_id(), told.receipt_code.clone(), "灯还是不亮".to_owned());
        let again = ReopenCaseRequest { request_id, receipt_code, reason, ..ReopenCaseRequest::default() };
        let _: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &again).await;
        bench.stores.settled().await;
        assert_eq!(case_of(&bench, &told).await.round, 2, "{engine:?}");
        bench.end().await;
    }
}
