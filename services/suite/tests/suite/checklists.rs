//! What must be complete before a case is struck off: named lists in versions.

use sanben_access::Role;
use sanben_proto::kinds::Channel;
use sanben_proto::ledger::*;
use tonic::Code;

use crate::matter::{Bench, DEMAND, Matter, Stage, new_id};
use crate::refusals::{LEDGER, Table};
use crate::roads::{URGENT, assign_urgently, case_of, told};
use crate::start::{BOTH, Engine};
use crate::wire::{Ask, Who, ZH};

const NAMES_MAX: usize = 20;

fn item(key: &str, title: &str, evidence: Evidence) -> ChecklistItem {
    ChecklistItem { key: key.to_owned(), title: title.to_owned(), evidence: evidence as i32 }
}

fn three_ones() -> Vec<ChecklistItem> {
    vec![
        item("feedback", "一事一反馈", Evidence::Feedback),
        item("publication", "一事一公开", Evidence::Publication),
        item("accountability", "一事一问责", Evidence::Accountability),
    ]
}

fn publish(name: &str, after: i32, required: bool, items: Vec<ChecklistItem>) -> PublishChecklistRequest {
    let (name, title) = (name.to_owned(), "清单".to_owned());
    PublishChecklistRequest { request_id: new_id(), name, expected_version: after, title, origins: Vec::new(), required, items }
}

/// The three ones, and a joint consultation.
fn with_consultation() -> PublishChecklistRequest {
    let consultation = item("consultation", "一事一会诊", Evidence::Consultation);
    publish("three-ones", 1, true, [three_ones(), vec![consultation]].concat())
}

fn strike_off(matter: &Matter) -> StrikeOffCaseRequest {
    StrikeOffCaseRequest { request_id: new_id(), case_id: matter.case_id.clone(), etag: String::new() }
}

fn consult(matter: &Matter) -> AddCaseRecordRequest {
    let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
    let kind = RecordKind::JointConsultation as i32;
    AddCaseRecordRequest { request_id, case_id, etag, kind, text: "交警、城管到场会商。".to_owned() }
}

impl Bench {
    pub fn administrator(&self, post: &str) -> Who {
        self.officer("city", post, &[Role::Administrator])
    }

    async fn publishes(&self, request: &PublishChecklistRequest) -> Checklist {
        let answer: PublishChecklistResponse = self.wire.ok(&self.administrator("admin"), request).await;
        answer.checklist.expect("a checklist")
    }

    async fn checklists(&self, who: &Who, request: ListChecklistsRequest) -> (Vec<(String, i32)>, String) {
        let found: ListChecklistsResponse = self.wire.ok(who, &request).await;
        (found.checklists.into_iter().map(|one| (one.name, one.version)).collect(), found.next_page_token)
    }
}

/// Name, version and whether each item is done.
fn seen(case: &Case) -> Vec<(&str, i32, Vec<bool>)> {
    case.checklists
        .iter()
        .map(|list| (list.name.as_str(), list.version, list.items.iter().map(|item| item.done).collect()))
        .collect()
}

/// What is refused.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let admin = bench.administrator("admin");
    let listed = bench.checklists(&admin, ListChecklistsRequest::default()).await.0.len();
    for number in listed..NAMES_MAX {
        let items = vec![item("visit", "一事一回访", Evidence::ReturnVisit)];
        bench.publishes(&publish(&format!("own-{number}"), 0, false, items)).await;
    }
    let one = |evidence| vec![item("a", "一", evidence)];
    let measure = || one(Evidence::Measure);
    let first = PublishChecklistRequest { expected_version: 0, ..with_consultation() };
    table.aborted(LEDGER, "CHECKLIST_CHANGED", &admin, Ask::of(&first));
    let hall = Channel::Hall as i32;
    for (request, field) in [
        (PublishChecklistRequest { required: false, ..with_consultation() }, "required"),
        (PublishChecklistRequest { origins: vec![hall], ..with_consultation() }, "origins"),
        (publish("three-ones", 1, true, measure()), "items"),
    ] {
        table.field(LEDGER, "THREE_ONES_WEAKENED", &admin, Ask::of(&request), &[field]);
    }
    table.aborted(LEDGER, "CHECKLIST_CHANGED", &admin, Ask::of(&publish("unheard-of", 1, true, measure())));
    table.rule(LEDGER, "TOO_MANY_CHECKLISTS", &admin, Ask::of(&publish("one-more", 0, true, measure())));
    for evidence in [Evidence::Coordination, Evidence::Urging, Evidence::ReturnVisit] {
        let late = Ask::of(&publish("three-ones", 1, true, one(evidence)));
        table.field(LEDGER, "EVIDENCE_TOO_LATE", &admin, late, &["items[0].evidence"]);
    }
    let mut wrong = |request: PublishChecklistRequest, fields: &[&str]| {
        table.field("sanben", "INVALID_FIELDS", &admin, Ask::of(&request), fields);
    };
    let twice = vec![item("a", "一", Evidence::Measure), item("a", "一", Evidence::Mediation), item("B", " ", Evidence::Measure)];
    let fields = ["items[1].key", "items[1].title", "items[2].key", "items[2].title"];
    wrong(publish("three-ones", 1, true, twice), &fields);
    wrong(publish("Three ones", 1, true, measure()), &["name"]);
    wrong(PublishChecklistRequest { origins: vec![hall, hall], ..with_consultation() }, &["origins[1]"]);
    wrong(PublishChecklistRequest { title: " ".to_owned(), ..with_consultation() }, &["title"]);
    wrong(publish("three-ones", 1, true, one(Evidence::Unspecified)), &["items[0].evidence"]);
}

/// A case keeps what it was registered under; what is asked for since holds for those that come after.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_judged_by_the_version_it_was_registered_under() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (chief, handler) = (bench.chief("lianhu"), bench.handler("lianhu"));
        let mut before = bench.matter(&DEMAND, Stage::Registered).await;
        let mut waiting = bench.matter(&DEMAND, Stage::Proposed).await;
        let request = with_consultation();
        let published = bench.publishes(&request).await;
        assert_eq!((published.version, published.items.len(), published.publish_time.is_some()), (2, 4, true));
        assert_eq!(bench.publishes(&request).await, published, "{engine:?}: repeated, it is done once");

        assert_eq!(seen(&case_of(&bench, &before).await), [("three-ones", 1, vec![false; 3])]);
        bench.advance(&mut before, Stage::Registered, Stage::StruckOff).await;
        assert_eq!(seen(&case_of(&bench, &before).await), [("three-ones", 1, vec![true; 3])]);

        assert!(case_of(&bench, &waiting).await.checklists.is_empty(), "none at the gate");
        bench.advance(&mut waiting, Stage::Proposed, Stage::Examined).await;
        bench.stores.settled().await;
        assert_eq!(seen(&case_of(&bench, &waiting).await), [("three-ones", 2, vec![true, true, true, false])]);
        let refused = bench.wire.refused(&chief, ZH, &Ask::of(&strike_off(&waiting))).await.why();
        assert_eq!((refused.code, refused.reason.as_str()), (Code::FailedPrecondition, "THREE_ONES_INCOMPLETE"));
        assert!(refused.text.ends_with("：一事一会诊。"), "{}", refused.text);
        let due = || told(&bench, &chief, &waiting);
        assert!(!due().await.contains(&"duty-strike-off".to_owned()), "{engine:?}: it is not due");
        let _: AddCaseRecordResponse = bench.wire.ok(&handler, &consult(&waiting)).await;
        bench.stores.settled().await;
        assert!(due().await.contains(&"duty-strike-off".to_owned()), "{engine:?}: now it is");
        let closed: StrikeOffCaseResponse = bench.wire.ok(&chief, &strike_off(&waiting)).await;
        assert_eq!(seen(&closed.case.expect("a case")), [("three-ones", 2, vec![true; 4])]);
        bench.end().await;
    }
}

/// 五个一 comes with the suite, for what was said in a meeting, and holds nothing up; what is for another origin is not there.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_for_the_origins_that_it_names() {
    let bench = Bench::on(Engine::Sqlite).await;
    let visit = || vec![item("visit", "一事一回访", Evidence::ReturnVisit)];
    let origins = |origin: Channel| vec![origin as i32];
    bench.publishes(&PublishChecklistRequest { origins: origins(Channel::Hall), ..publish("hall", 0, false, visit()) }).await;
    bench.publishes(&PublishChecklistRequest { origins: origins(Channel::Online), ..publish("online", 0, false, visit()) }).await;
    let mut matter = bench.matter(&URGENT, Stage::Proposed).await;
    let duty = bench.officer("lianhu", "duty", &[Role::DutyOfficer]);
    let _: AssignCaseUrgentlyResponse = bench.wire.ok(&duty, &assign_urgently(&matter)).await;
    assert!(case_of(&bench, &matter).await.checklists.is_empty(), "before the signature");
    bench.advance(&mut matter, Stage::Assigned, Stage::Examined).await;
    bench.advance(&mut matter, Stage::Proposed, Stage::Registered).await;
    let names: Vec<String> = case_of(&bench, &matter).await.checklists.into_iter().map(|list| list.name).collect();
    assert_eq!(names, ["online", "three-ones"]);
    bench.advance(&mut matter, Stage::Examined, Stage::StruckOff).await;
    bench.end().await;
}

/// Of two who publish at once, one is told that the list has changed.
#[tokio::test(flavor = "multi_thread")]
async fn who_publishes_after_another_looks_again() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let (first, second) = (bench.administrator("admin-1"), bench.administrator("admin-2"));
        for (name, after) in [("three-ones", 1), ("own", 0), ("own", 1)] {
            let items = if name == "three-ones" { three_ones() } else { vec![item("a", "一", Evidence::Measure)] };
            let ask = || Ask::of(&publish(name, after, name == "three-ones", items.clone()));
            let (one, other) = (ask(), ask());
            let both = tokio::join!(bench.wire.ask(&first, ZH, &one), bench.wire.ask(&second, ZH, &other));
            let refused = match both {
                (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused.why(),
                other => panic!("{engine:?}: {other:?}"),
            };
            assert_eq!((refused.code, refused.reason.as_str()), (Code::Aborted, "CHECKLIST_CHANGED"), "{engine:?}");
        }
        let chief = Ask::of(&with_consultation());
        for who in [bench.chief("city"), bench.office("city"), bench.desk()] {
            assert_eq!(bench.wire.refused(&who, ZH, &chief).await.code, Code::PermissionDenied);
        }
        bench.end().await;
    }
}

/// Page by page, newest first, for everybody of the staff and the administrator.
#[tokio::test(flavor = "multi_thread")]
async fn lists_and_their_versions_are_listed() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let handler = bench.handler("lianhu");
        let named = |name: &str, page_size, page_token: &str| ListChecklistsRequest {
            page_size,
            page_token: page_token.to_owned(),
            name: name.to_owned(),
        };
        let pairs = |rows: &[(&str, i32)]| rows.iter().map(|(name, version)| ((*name).to_owned(), *version)).collect::<Vec<_>>();
        let all = bench.checklists(&handler, named("", 0, "")).await;
        assert_eq!(all, (pairs(&[("five-ones", 1), ("three-ones", 1)]), String::new()), "{engine:?}");
        bench.publishes(&with_consultation()).await;
        bench.publishes(&publish("three-ones", 2, true, three_ones())).await;
        let mut expected =
            [pairs(&[("three-ones", 3), ("five-ones", 1)]), pairs(&[("three-ones", 3), ("three-ones", 2), ("three-ones", 1)])];
        for (name, expected) in ["", "three-ones"].into_iter().zip(&mut expected) {
            for who in [&handler, &bench.administrator("admin")] {
                assert_eq!(bench.checklists(who, named(name, 0, "")).await, (expected.clone(), String::new()), "{engine:?}");
                let (mut rows, mut token) = (Vec::new(), String::new());
                loop {
                    let (page, next) = bench.checklists(who, named(name, 1, &token)).await;
                    assert_eq!(page.len(), 1);
                    rows.extend(page);
                    token = next;
                    if token.is_empty() {
                        break;
                    }
                }
                assert_eq!(rows, *expected, "{engine:?}");
            }
        }
        assert!(bench.checklists(&handler, named("unheard-of", 0, "")).await.0.is_empty());
        let outside = bench.wire.officer("citizen-1", "", &[Role::Citizen]);
        let refused = bench.wire.refused(&outside, ZH, &Ask::of(&named("", 0, ""))).await;
        assert_eq!(refused.code, Code::PermissionDenied);
        bench.end().await;
    }
}
