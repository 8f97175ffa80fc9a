//! 清仓归零: old open cases are cleared over a list that is frozen, and everybody sees their own part of it.

use sanben_access::Role;
use sanben_host::parse_time;
use sanben_proto::intake::{GiveVerdictResponse, ReopenCaseRequest, ReopenCaseResponse};
use sanben_proto::kinds::{Book, Verdict};
use sanben_proto::ledger::*;
use tonic::Code;

use crate::clocks::bench_at;
use crate::duties;
use crate::matter::{Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, new_id, verdict};
use crate::refusals::{LEDGER, Table};
use crate::start::{BOTH, Engine};
use crate::wire::{Ask, Who, Wire, ZH};

/// Everything that was received so far.
const ALL_SO_FAR: &str = "2099-01-01";
const STATION: &str = "lianhu-beiyuanmen";
/// A demand that a station leads.
const AT_STATION: Spec = Spec { unit: STATION, lead: STATION, ..DEMAND };

pub fn open(unit: &str) -> OpenDriveRequest {
    OpenDriveRequest {
        request_id: new_id(),
        title: "积案清仓".to_owned(),
        unit_id: unit.to_owned(),
        received_before: ALL_SO_FAR.to_owned(),
        book: Book::Unspecified as i32,
        due_date: ALL_SO_FAR.to_owned(),
    }
}

fn close(drive_id: &str, reason: &str) -> CloseDriveRequest {
    CloseDriveRequest { request_id: new_id(), drive_id: drive_id.to_owned(), etag: String::new(), reason: reason.to_owned() }
}

impl Bench {
    pub async fn drive(&self, unit: &str) -> String {
        let opened: OpenDriveResponse = self.wire.ok(&self.chief(unit), &open(unit)).await;
        opened.drive.expect("a drive").drive_id
    }

    async fn seen(&self, who: &Who, drive_id: &str) -> Drive {
        let found: GetDriveResponse = self.wire.ok(who, &GetDriveRequest { drive_id: drive_id.to_owned() }).await;
        let drive = found.drive.expect("a drive");
        let listed: ListDrivesResponse = self.wire.ok(who, &ListDrivesRequest::default()).await;
        assert!(listed.drives.contains(&drive), "the list says the same to {}", who.name);
        drive
    }

    /// How far a drive is: all, open, by confirmation, by exception.
    async fn counts(&self, who: &Who, drive_id: &str) -> (i32, i32, i32, i32) {
        let drive = self.seen(who, drive_id).await;
        let (all, open) = (self.on_list(who, drive_id, false).await.len(), self.on_list(who, drive_id, true).await.len());
        let length = |number: usize| i32::try_from(number).expect("few");
        assert_eq!((drive.total, drive.open), (length(all), length(open)), "the numbers are those of the list");
        (drive.total, drive.open, drive.cleared_by_confirmation, drive.cleared_by_exception)
    }

    /// A drive's list in pages of one.
    async fn on_list(&self, who: &Who, drive_id: &str, only_open: bool) -> Vec<String> {
        let (mut found, mut page_token) = (Vec::new(), String::new());
        loop {
            let request = ListDriveCasesRequest { drive_id: drive_id.to_owned(), page_size: 1, page_token, only_open };
            let page: ListDriveCasesResponse = self.wire.ok(who, &request).await;
            found.extend(page.cases.into_iter().map(|case| case.case_id));
            page_token = page.next_page_token;
            if page_token.is_empty() {
                return found;
            }
        }
    }

    /// Struck off although the person did not confirm.
    async fn excepted(&self, matter: &mut Matter) {
        let _: GiveVerdictResponse = self.wire.ok(&Wire::anonymous(), &verdict(matter, 1, Verdict::Dissatisfied)).await;
        self.advance(matter, Stage::Settled, Stage::Examined).await;
        let request = StrikeOffCaseByExceptionRequest {
            request_id: new_id(),
            case_id: matter.case_id.clone(),
            etag: String::new(),
            reason: "已穷尽办理措施".to_owned(),
            superior: None,
        };
        let _: StrikeOffCaseByExceptionResponse = self.wire.ok(&self.chief("city"), &request).await;
    }
}

/// More than a drive may have, behind the service's back: copies of the cases that a unit has to do with.
async fn fill(bench: &Bench, engine: Engine) {
    let copies = match engine {
        Engine::Sqlite => {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2001)
             INSERT INTO cases (case_id, revision, number, book, state, propose_time, snapshot)
             SELECT randomblob(16), c.revision, 'copy ' || n.i, c.book, c.state, c.propose_time, c.snapshot
             FROM n, (SELECT * FROM cases WHERE case_id IN (SELECT case_id FROM case_reach WHERE unit_id = 'weiyang') LIMIT 1) AS c"
        }
        Engine::Postgres => {
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2001)
             INSERT INTO cases (case_id, revision, number, book, state, propose_time, snapshot)
             SELECT gen_random_uuid(), c.revision, 'copy ' || n.i, c.book, c.state, c.propose_time, c.snapshot
             FROM n, (SELECT * FROM cases WHERE case_id IN (SELECT case_id FROM case_reach WHERE unit_id = 'weiyang') LIMIT 1) AS c"
        }
    };
    bench.stores.spoil("ledger", copies).await;
    let reach =
        "INSERT INTO case_reach (case_id, unit_id, indexed) SELECT case_id, 'weiyang', 1 FROM cases WHERE number LIKE 'copy %'";
    bench.stores.spoil("ledger", reach).await;
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>, engine: Engine) {
    let bench = table.bench;
    let chief = bench.chief("beilin");
    bench.matter(&Spec { unit: "beilin", lead: "beilin", ..DEMAND }, Stage::Registered).await;
    bench.matter(&Spec { unit: "weiyang", lead: "weiyang", ..DEMAND }, Stage::Registered).await;
    fill(bench, engine).await;
    let (running, closed) = (bench.drive("beilin").await, bench.drive("beilin").await);
    let _: CloseDriveResponse = bench.wire.ok(&chief, &close(&closed, "转入常态办理")).await;
    let early = OpenDriveRequest { received_before: "2020-01-01".to_owned(), ..open("beilin") };
    let suggestions = OpenDriveRequest { book: Book::Suggestion as i32, ..open("beilin") };
    let nowhere = OpenDriveRequest { unit_id: "nowhere".to_owned(), ..open("beilin") };
    table.rule(LEDGER, "DRIVE_EMPTY", &chief, Ask::of(&early));
    table.rule(LEDGER, "DRIVE_EMPTY", &chief, Ask::of(&suggestions));
    table.rule(LEDGER, "DRIVE_TOO_LARGE", &bench.chief("weiyang"), Ask::of(&open("weiyang")));
    table.field(LEDGER, "UNIT_UNKNOWN", &chief, Ask::of(&nowhere), &["unit_id"]);
    table.rule(LEDGER, "NOT_THE_CHIEF", &bench.chief("lianhu"), Ask::of(&open("beilin")));
    table.rule(LEDGER, "NOT_THE_CHIEF", &bench.chief("city"), Ask::of(&close(&running, "转入常态办理")));
    table.field(LEDGER, "DRIVE_NOT_ZERO", &chief, Ask::of(&close(&running, " ")), &["reason"]);
    table.rule(LEDGER, "DRIVE_CLOSED", &chief, Ask::of(&close(&closed, "再次结束")));
}

/// The list stays as it was, the numbers follow the cases, and each reader has their own.
#[tokio::test(flavor = "multi_thread")]
async fn a_drive_is_as_far_as_its_cases_are_now() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut confirmed = bench.matter(&DEMAND, Stage::Registered).await;
        let mut excepted = bench.matter(&DEMAND, Stage::Replied).await;
        let at_station = bench.matter(&AT_STATION, Stage::Registered).await;
        let about_station = bench.matter(&COMPLAINT, Stage::Registered).await;
        let about_supervisor = Spec { accused_units: &[], accused_persons: &["p-lianhu-supervisor"], ..COMPLAINT };
        let about_supervisor = bench.matter(&about_supervisor, Stage::Registered).await;
        bench.matter(&DEMAND, Stage::Proposed).await;
        bench.matter(&Spec { unit: "beilin", lead: "beilin", ..DEMAND }, Stage::Registered).await;
        let cleared = bench.matter(&DEMAND, Stage::StruckOff).await;
        let chief = bench.chief("lianhu");
        let request = open("lianhu");
        let opened: OpenDriveResponse = bench.wire.ok(&chief, &request).await;
        let again: OpenDriveResponse = bench.wire.ok(&chief, &request).await;
        assert_eq!(opened, again, "a repetition opens nothing");
        let opened = opened.drive.expect("a drive");
        let signature = opened.opened.clone().expect("a signature");
        assert_eq!((signature.tenure_id.as_str(), signature.deputy), ("t-lianhu-chief", false));
        assert_eq!((opened.state(), opened.received_before.as_str()), (DriveState::Open, ALL_SO_FAR));
        let id = opened.drive_id;
        let late = bench.matter(&DEMAND, Stage::Registered).await;
        let list = bench.on_list(&chief, &id, false).await;
        let expected = [&confirmed, &excepted, &at_station, &about_station, &about_supervisor];
        assert_eq!(list, expected.map(|matter| matter.case_id.clone()), "{engine:?}: oldest first");
        assert!(!list.contains(&late.case_id) && !list.contains(&cleared.case_id));

        let supervisor = bench.officer("lianhu", "supervisor", &[Role::Supervisor]);
        let station = bench.handler(STATION);
        let elsewhere = bench.handler("lianhu-zaoyuan");
        assert_eq!(bench.counts(&bench.office("city"), &id).await, (5, 5, 0, 0), "{engine:?}");
        assert_eq!(bench.counts(&supervisor, &id).await, (4, 4, 0, 0), "{engine:?}: the case about them is not there");
        assert_eq!(bench.counts(&station, &id).await, (1, 1, 0, 0), "{engine:?}: nor the one about their station");
        let nothing = GetDriveRequest { drive_id: id.clone() };
        let unseen = bench.wire.refused(&elsewhere, ZH, &Ask::of(&nothing)).await;
        assert_eq!(unseen.code, Code::NotFound, "{engine:?}: of whose list they see nothing, that is not there");
        let listed: ListDrivesResponse = bench.wire.ok(&elsewhere, &ListDrivesRequest::default()).await;
        assert!(listed.drives.is_empty(), "{engine:?}");

        bench.advance(&mut confirmed, Stage::Registered, Stage::StruckOff).await;
        bench.excepted(&mut excepted).await;
        assert_eq!(bench.counts(&chief, &id).await, (5, 3, 1, 1), "{engine:?}");
        let (request_id, receipt_code) = (new_id(), confirmed.receipt_code.clone());
        let reopen = ReopenCaseRequest { request_id, receipt_code, reason: "又不亮了。".to_owned(), part: 0 };
        let _: ReopenCaseResponse = bench.wire.ok(&Wire::anonymous(), &reopen).await;
        bench.stores.settled().await;
        assert_eq!(bench.counts(&chief, &id).await, (5, 4, 0, 1), "{engine:?}: taken up again, it is open again");

        let refused = bench.wire.refused(&chief, ZH, &Ask::of(&close(&id, ""))).await.why();
        assert!(refused.text.contains("还有 4 件"), "{}", refused.text);
        let closed: CloseDriveResponse = bench.wire.ok(&chief, &close(&id, "转入常态办理")).await;
        let closed = closed.drive.expect("a drive");
        assert_eq!((closed.state(), closed.left, closed.close_reason.as_str()), (DriveState::NotZero, 4, "转入常态办理"));
        assert!(closed.closed.is_some());
        assert_eq!(bench.seen(&supervisor, &id).await.left, 3, "{engine:?}");
        for who in [bench.chief("beilin"), bench.office("beilin"), bench.handler("yanta")] {
            let listed: ListDrivesResponse = bench.wire.ok(&who, &ListDrivesRequest::default()).await;
            assert!(listed.drives.is_empty(), "{engine:?} {}", who.name);
            for ask in [
                Ask::of(&GetDriveRequest { drive_id: id.clone() }),
                Ask::of(&ListDriveCasesRequest { drive_id: id.clone(), ..ListDriveCasesRequest::default() }),
            ] {
                assert_eq!(bench.wire.refused(&who, ZH, &ask).await.code, Code::NotFound, "{engine:?} {}", who.name);
            }
        }
        let desk = Ask::of(&ListDrivesRequest::default());
        assert_eq!(bench.wire.refused(&bench.desk(), ZH, &desk).await.code, Code::PermissionDenied);
        bench.end().await;
    }
}

/// A deputy who is complained about closes what they see as cleared, and learns nothing of the case that is kept from them.
#[tokio::test(flavor = "multi_thread")]
async fn who_is_complained_about_does_not_learn_it_from_a_drive() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let about_deputy = Spec { accused_units: &[], accused_persons: &["p-lianhu-deputy"], ..COMPLAINT };
        let mut open_one = bench.matter(&DEMAND, Stage::Registered).await;
        // The deputy heads the unit, so the chief one level up signs.
        let kept = bench.matter(&about_deputy, Stage::Proposed).await;
        let register = RegisterCaseRequest { request_id: new_id(), case_id: kept.case_id, etag: String::new() };
        let _: RegisterCaseResponse = bench.wire.ok(&bench.chief("city"), &register).await;
        let id = bench.drive("lianhu").await;
        let (chief, deputy) = (bench.chief("lianhu"), bench.officer("lianhu", "deputy", &[Role::Chief]));
        let theirs: OpenDriveResponse = bench.wire.ok(&deputy, &open("lianhu")).await;
        let theirs = theirs.drive.expect("a drive");
        assert!(theirs.opened.expect("a signature").deputy);
        assert_eq!(bench.counts(&chief, &theirs.drive_id).await, (1, 1, 0, 0), "{engine:?}: frozen is what the signer sees");
        bench.advance(&mut open_one, Stage::Registered, Stage::StruckOff).await;
        let closed: CloseDriveResponse = bench.wire.ok(&deputy, &close(&id, "")).await;
        let closed = closed.drive.expect("a drive");
        assert_eq!((closed.state(), closed.total, closed.left), (DriveState::Zero, 1, 0), "{engine:?}");
        assert_eq!(bench.seen(&deputy, &id).await, closed, "{engine:?}");
        let whole = bench.seen(&chief, &id).await;
        assert_eq!((whole.state(), whole.total, whole.left), (DriveState::NotZero, 2, 1), "{engine:?}");
        assert!(whole.close_reason.is_empty());

        let last: CloseDriveResponse = bench.wire.ok(&chief, &close(&theirs.drive_id, "")).await;
        assert_eq!(last.drive.expect("a drive").state(), DriveState::Zero, "{engine:?}");
        bench.end().await;
    }
}

/// Its chief has it to do by its day, and so has a deputy who sees anything of it; nobody else has, and once it is closed nobody has.
#[tokio::test(flavor = "multi_thread")]
async fn a_drive_is_its_chiefs_to_close_by_its_day() {
    for engine in BOTH {
        let bench = bench_at(engine, "2026-03-02T02:00:00Z").await;
        let about_deputy = Spec { accused_units: &[], accused_persons: &["p-lianhu-deputy"], ..COMPLAINT };
        let kept = bench.matter(&about_deputy, Stage::Proposed).await;
        let register = RegisterCaseRequest { request_id: new_id(), case_id: kept.case_id, etag: String::new() };
        let _: RegisterCaseResponse = bench.wire.ok(&bench.chief("city"), &register).await;
        let chief = || bench.chief("lianhu");
        let deputy = || bench.officer("lianhu", "deputy", &[Role::Chief]);
        let opened = async |title: &str, due: &str| {
            let request = OpenDriveRequest { title: title.to_owned(), due_date: due.to_owned(), ..open("lianhu") };
            let opened: OpenDriveResponse = bench.wire.ok(&chief(), &request).await;
            opened.drive.expect("a drive").drive_id
        };
        let secret = opened("三月清仓", "2026-03-09").await;
        bench.matter(&DEMAND, Stage::Registered).await;
        let all = opened("一周清仓", "2026-03-04").await;

        let due = async |who: &Who| {
            let duties = duties::others(&bench, who).await;
            assert!(duties.iter().all(|duty| duty.kind() == DutyKind::CloseDrive && duty.service == "ledger"), "{duties:?}");
            let one = |duty: Duty| (duty.item_id.clone(), duty.due.as_ref().expect("a day").date.clone(), duty.colour());
            duties.into_iter().map(one).collect::<Vec<_>>()
        };
        let of = |id: &str, due: &str, colour: Colour| (id.to_owned(), due.to_owned(), colour);
        let expected = [of(&all, "2026-03-04", Colour::Green), of(&secret, "2026-03-09", Colour::Green)];
        assert_eq!(due(&chief()).await, expected, "{engine:?}: by their days");
        assert_eq!(due(&deputy()).await, expected[..1], "{engine:?}: of whose list they see nothing, that is not there");
        let duty = duties::others(&bench, &chief()).await.swap_remove(0);
        assert_eq!((duty.title.as_str(), duty.case_id.as_str(), duty.unit_id.as_str()), ("一周清仓", "", "lianhu"));
        assert_eq!((duty.reason(), duty.since_time.as_ref().map(parse_time)), (DutyReason::Chief, Some(bench.suite.clock.now())));
        assert_eq!(duties::others(&bench, &deputy()).await[0].reason(), DutyReason::Deputy);
        let others = [
            bench.chief("city"),
            bench.chief("beilin"),
            bench.chief(STATION),
            bench.officer("lianhu", "chief-2021", &[Role::Chief]),
            bench.officer("lianhu", "chief", &[Role::Handler, Role::Office]),
            bench.office("lianhu"),
            bench.handler("lianhu"),
        ];
        for who in others {
            assert_eq!(due(&who).await, [], "{engine:?} {}", who.name);
        }

        bench.wait_days(2);
        assert_eq!(due(&chief()).await[0], of(&all, "2026-03-04", Colour::Yellow), "{engine:?}: on its day");
        bench.wait_days(1);
        assert_eq!(due(&chief()).await[0], of(&all, "2026-03-04", Colour::Red), "{engine:?}: after it");
        let _: CloseDriveResponse = bench.wire.ok(&deputy(), &close(&all, "转入常态办理")).await;
        assert_eq!((due(&chief()).await, due(&deputy()).await), (vec![expected[1].clone()], Vec::new()), "{engine:?}");
        let _: CloseDriveResponse = bench.wire.ok(&chief(), &close(&secret, "转入常态办理")).await;
        assert_eq!(due(&chief()).await, [], "{engine:?}");
        bench.end().await;
    }
}

/// So many of them that not all are shown: what is due first is, whenever it was opened, and that there are more is said.
#[tokio::test(flavor = "multi_thread")]
async fn of_very_many_drives_those_that_are_due_first_are_shown() {
    const SHOWN: usize = 50;
    let bench = bench_at(Engine::Sqlite, "2026-03-02T02:00:00Z").await;
    let matter = bench.matter(&DEMAND, Stage::Registered).await;
    let chief = bench.chief("lianhu");
    for _ in 0..SHOWN {
        bench.drive("lianhu").await;
    }
    assert_eq!(duties::incomplete(&bench, &chief).await, [""; 0]);
    let soon = OpenDriveRequest { due_date: "2026-03-03".to_owned(), ..open("lianhu") };
    let soon: OpenDriveResponse = bench.wire.ok(&chief, &soon).await;
    let shown = duties::others(&bench, &chief).await;
    assert_eq!((shown.len(), &shown[0].item_id), (SHOWN, &soon.drive.expect("a drive").drive_id));
    assert_eq!(duties::incomplete(&bench, &chief).await, ["ledger"]);
    assert_eq!(duties::of_matter(&bench, &chief, &matter).await.len(), 2, "beside those of cases");
    bench.end().await;
}
