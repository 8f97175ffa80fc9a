//! The roads of a case beside the straight one: what they refuse, and where they lead.

use std::time::Duration;

use prost::Name;
use sanben_access::Role;
use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Track, Verdict};
use sanben_proto::ledger::*;
use sanben_proto::notification::{ListNoticesRequest, ListNoticesResponse};
use tonic::Code;

use crate::matter::{self, Bench, COMPLAINT, DEMAND, Matter, Spec, Stage, assign, new_id, report};
use crate::refusals::{LEDGER, Table};
use crate::start::{BOTH, Engine, Suite};
use crate::wire::{Ask, Who};

pub const URGENT: Spec = Spec { track: Track::Urgent, ..DEMAND };
/// Nobody in the bureau is above it.
const AT_THE_TOP: Spec = Spec { unit: "city", lead: "city", ..DEMAND };
const URGINGS_MAX: usize = 50;
const DAY_SECS: u64 = 24 * 3600;

/// What every verb begins with.
fn target(matter: &Matter) -> (String, String, String) {
    (new_id(), matter.case_id.clone(), String::new())
}

pub fn assign_urgently(matter: &Matter) -> AssignCaseUrgentlyRequest {
    let (request_id, case_id, etag) = target(matter);
    let instruction = "立即处置。".to_owned();
    AssignCaseUrgentlyRequest { request_id, case_id, etag, instruction, ..AssignCaseUrgentlyRequest::default() }
}

pub fn object(matter: &Matter) -> ObjectToAssignmentRequest {
    let (request_id, case_id, etag) = target(matter);
    ObjectToAssignmentRequest { request_id, case_id, etag, reason: "不属于本单位管辖。".to_owned() }
}

pub fn decide(matter: &Matter, lead: &str) -> DecideObjectionRequest {
    let (request_id, case_id, etag) = target(matter);
    DecideObjectionRequest { request_id, case_id, etag, lead_unit_id: lead.to_owned(), reason: "按管辖范围。".to_owned() }
}

fn reclassify(matter: &Matter, book: Book, track: Track) -> ReclassifyCaseRequest {
    let (request_id, case_id, etag) = target(matter);
    ReclassifyCaseRequest {
        request_id, case_id, etag, book: book as i32, track: track as i32, reason: "实为建议。".to_owned()
    }
}

fn contribute(matter: &Matter) -> ContributeToCaseRequest {
    let (request_id, case_id, etag) = target(matter);
    ContributeToCaseRequest { request_id, case_id, etag, text: "路口监控已调取。".to_owned() }
}

pub fn urge(matter: &Matter, unit: &str) -> UrgeCaseRequest {
    let (request_id, case_id, etag) = target(matter);
    let due_date = "2099-01-05".to_owned();
    UrgeCaseRequest { request_id, case_id, etag, unit_id: unit.to_owned(), text: "请抓紧。".to_owned(), due_date, form: 0 }
}

pub fn refer(matter: &Matter) -> ReferCaseToDisciplineRequest {
    let (request_id, case_id, etag) = target(matter);
    ReferCaseToDisciplineRequest { request_id, case_id, etag, reason: "反映的作风问题请核查。".to_owned() }
}

fn answer_referral(matter: &Matter) -> AnswerReferralRequest {
    let (request_id, case_id, etag) = target(matter);
    AnswerReferralRequest { request_id, case_id, etag, text: "查无实据。".to_owned() }
}

fn archive(matter: &Matter) -> ArchiveCaseRequest {
    let (request_id, case_id, etag) = target(matter);
    ArchiveCaseRequest { request_id, case_id, etag }
}

pub fn own(matter: &Matter) -> TakeCaseOwnershipRequest {
    let (request_id, case_id, etag) = target(matter);
    TakeCaseOwnershipRequest { request_id, case_id, etag, duty: PersonalDuty::Petition as i32 }
}

fn link_repeat(matter: &Matter, earlier: &Matter) -> LinkRepeatCaseRequest {
    let (request_id, case_id, etag) = target(matter);
    LinkRepeatCaseRequest { request_id, case_id, etag, earlier_case_id: earlier.case_id.clone() }
}

fn examine(matter: &Matter) -> ExamineAccountabilityRequest {
    let (request_id, case_id, etag) = target(matter);
    ExamineAccountabilityRequest { request_id, case_id, etag, finding: "窗口管理有疏漏。".to_owned(), persons: Vec::new() }
}

fn accounted(person: &str) -> AccountedPerson {
    AccountedPerson { person_id: person.to_owned(), measure: AccountabilityMeasure::Reminder as i32 }
}

fn answer_urge(matter: &Matter, number: i32) -> AnswerUrgingRequest {
    let (request_id, case_id, etag) = target(matter);
    AnswerUrgingRequest { request_id, case_id, etag, number, text: "三日内办完。".to_owned() }
}

pub fn visit(matter: &Matter, verdict: Verdict) -> RecordReturnVisitRequest {
    let (request_id, case_id, etag) = target(matter);
    let (submission_id, note) = (matter.submission_id.clone(), "电话回访。".to_owned());
    RecordReturnVisitRequest { request_id, case_id, etag, submission_id, round: 1, verdict: verdict as i32, note }
}

impl Bench {
    /// Acts, and answers the case as it is then.
    async fn goes<R: prost::Message + Default>(&self, who: &Who, request: &impl Name) -> R {
        self.wire.ok(who, request).await
    }

    fn duty_officer(&self, unit: &str) -> Who {
        self.officer(unit, "duty", &[Role::DutyOfficer])
    }

    fn supervisor(&self, unit: &str) -> Who {
        self.officer(unit, "supervisor", &[Role::Supervisor])
    }

    async fn assigned_urgently(&self) -> Matter {
        let matter = self.matter(&URGENT, Stage::Proposed).await;
        let _: AssignCaseUrgentlyResponse = self.goes(&self.duty_officer("lianhu"), &assign_urgently(&matter)).await;
        matter
    }

    async fn objected(&self) -> Matter {
        let matter = self.matter(&DEMAND, Stage::Assigned).await;
        let _: ObjectToAssignmentResponse = self.goes(&self.handler("lianhu"), &object(&matter)).await;
        matter
    }
}

/// The case of a matter, as the office of the city sees it.
pub async fn case_of(bench: &Bench, matter: &Matter) -> Case {
    let request = GetCaseRequest { case_id: matter.case_id.clone() };
    let found: GetCaseResponse = bench.wire.ok(&bench.office("city"), &request).await;
    found.case.expect("a case")
}

/// Which notices of a matter somebody finds.
pub async fn told(bench: &Bench, who: &Who, matter: &Matter) -> Vec<String> {
    let request = ListNoticesRequest { page_size: 200, ..ListNoticesRequest::default() };
    let found: ListNoticesResponse = bench.wire.ok(who, &request).await;
    found.notices.into_iter().filter(|notice| notice.case_id == matter.case_id).map(|notice| notice.key).collect()
}

/// What a rule refuses.
pub fn refused(name: &str, who: &Who, ask: Ask, reason: &str) -> matter::Case {
    let (name, who, reason) = (name.to_owned(), who.clone(), reason.to_owned());
    matter::Case { name, who, ask, code: Code::FailedPrecondition, domain: LEDGER, reason, fields: Vec::new() }
}

/// What is refused on these roads.
pub async fn refusals(table: &mut Table<'_>) {
    let bench = table.bench;
    let (chief, city_chief, handler) = (bench.chief("lianhu"), bench.chief("city"), bench.handler("lianhu"));
    let (proposed, registered) = (bench.matter(&DEMAND, Stage::Proposed).await, bench.matter(&DEMAND, Stage::Registered).await);
    let (unsigned, objected) = (bench.assigned_urgently().await, bench.objected().await);
    let closed = bench.objected().await;
    let _: DecideObjectionResponse = bench.goes(&city_chief, &decide(&closed, "")).await;
    let at_the_top = bench.matter(&AT_THE_TOP, Stage::Assigned).await;
    let undertaken = bench.matter(&DEMAND, Stage::Undertaken).await;
    let urged = bench.matter(&DEMAND, Stage::Undertaken).await;
    for _ in 0..URGINGS_MAX {
        let _: UrgeCaseResponse = bench.goes(&chief, &urge(&urged, "lianhu")).await;
    }
    let _: AnswerUrgingResponse = bench.goes(&handler, &answer_urge(&urged, 1)).await;
    table.rule(LEDGER, "NOT_URGENT", &bench.duty_officer("lianhu"), Ask::of(&assign_urgently(&proposed)));
    table.rule(LEDGER, "NOT_SIGNED", &chief, Ask::of(&reclassify(&unsigned, Book::Suggestion, Track::Suggestion)));
    table.rule(LEDGER, "URGENT_GOES_ON", &handler, Ask::of(&object(&unsigned)));
    let complaint = reclassify(&registered, Book::Complaint, Track::Accusation);
    table.rule(LEDGER, "COMPLAINT_THROUGH_TRIAGE", &chief, Ask::of(&complaint));
    table.rule(LEDGER, "OBJECTION_CLOSED", &handler, Ask::of(&object(&closed)));
    table.rule(LEDGER, "NOBODY_ABOVE", &bench.handler("city"), Ask::of(&object(&at_the_top)));
    table.rule(LEDGER, "NOT_THE_SUPERIOR", &chief, Ask::of(&decide(&objected, "")));
    table.field(LEDGER, "UNCHANGED", &city_chief, Ask::of(&decide(&objected, "lianhu")), &["lead_unit_id"]);
    table.field(LEDGER, "ALREADY_IN_BOOK", &chief, Ask::of(&reclassify(&registered, Book::Demand, Track::Petition)), &["book"]);
    table.rule(LEDGER, "NOT_ASSISTING", &handler, Ask::of(&contribute(&undertaken)));
    table.rule(LEDGER, "NOT_INVOLVED", &chief, Ask::of(&urge(&undertaken, "beilin")));
    table.field(LEDGER, "URGING_UNKNOWN", &handler, Ask::of(&answer_urge(&undertaken, 1)), &["number"]);
    table.rule(LEDGER, "URGING_ANSWERED", &handler, Ask::of(&answer_urge(&urged, 1)));
    let replied = bench.matter(&DEMAND, Stage::Replied).await;
    let visitor = bench.officer("lianhu", "visitor", &[Role::LiaisonOfficer]);
    let _: RecordReturnVisitResponse = bench.goes(&visitor, &visit(&replied, Verdict::Unreachable)).await;
    let (referred, quiet) = (bench.matter(&DEMAND, Stage::StruckOff).await, bench.matter(&DEMAND, Stage::Undertaken).await);
    let _: ReferCaseToDisciplineResponse = bench.goes(&chief, &refer(&referred)).await;
    table.rule(LEDGER, "REFERRED_ALREADY", &chief, Ask::of(&refer(&referred)));
    table.rule(LEDGER, "REFERRAL_OPEN", &bench.office("lianhu"), Ask::of(&archive(&referred)));
    let own_chief = bench.officer("lianhu", "chief", &[Role::Supervisor]);
    table.rule(LEDGER, "ANSWERER_INVOLVED", &own_chief, Ask::of(&answer_referral(&referred)));
    table.rule(LEDGER, "NO_OPEN_REFERRAL", &bench.supervisor("lianhu"), Ask::of(&answer_referral(&quiet)));
    table.rule(LEDGER, "VISITOR_INVOLVED", &bench.office("lianhu"), Ask::of(&visit(&replied, Verdict::Satisfied)));
    table.rule(LEDGER, "VISITED_TODAY", &visitor, Ask::of(&visit(&replied, Verdict::Unreachable)));
    let office = bench.office("lianhu");
    let _: TakeCaseOwnershipResponse = bench.goes(&chief, &own(&quiet)).await;
    table.rule(LEDGER, "OWNED_ALREADY", &chief, Ask::of(&own(&quiet)));
    let examined = ExamineAccountabilityRequest { persons: vec![accounted("p-lianhu-office")], ..examine(&replied) };
    table.rule(LEDGER, "EXAMINER_IS_EXAMINED", &office, Ask::of(&examined));
    let again = bench.matter(&DEMAND, Stage::Registered).await;
    table.rule(LEDGER, "NOT_EARLIER", &office, Ask::of(&link_repeat(&again, &again)));
    table.rule(LEDGER, "NOT_EARLIER", &office, Ask::of(&link_repeat(&replied, &again)));
    let kept = bench.matter(&COMPLAINT, Stage::Replied).await;
    bench.suite.clock.advance(Duration::from_secs(1)).expect("a fake clock");
    let open = bench.matter(&DEMAND, Stage::Registered).await;
    table.rule(LEDGER, "REPEAT_LESS_SEALED", &office, Ask::of(&link_repeat(&open, &kept)));
    let linked = bench.matter(&DEMAND, Stage::Registered).await;
    let _: LinkRepeatCaseResponse = bench.goes(&office, &link_repeat(&linked, &replied)).await;
    table.rule(LEDGER, "REPEAT_LINKED", &office, Ask::of(&link_repeat(&linked, &replied)));
    table.rule(LEDGER, "TOO_MANY_URGINGS", &chief, Ask::of(&urge(&urged, "lianhu")));
}

/// Danger to life is handed out at once; the signature follows, and without it the case is not struck off.
#[tokio::test(flavor = "multi_thread")]
async fn an_urgent_case_is_signed_afterwards() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let mut matter = bench.assigned_urgently().await;
        let case = case_of(&bench, &matter).await;
        assert_eq!((case.state(), case.number.as_str()), (CaseState::Assigned, ""));
        assert!(case.sign_due.is_some(), "the chief is told by when to sign");
        bench.advance(&mut matter, Stage::Assigned, Stage::Examined).await;
        let (request_id, case_id, etag) = target(&matter);
        let strike_off = Ask::of(&StrikeOffCaseRequest { request_id, case_id, etag });
        bench.check(&refused("unsigned", &bench.chief("lianhu"), strike_off, "NOT_SIGNED")).await;
        bench.advance(&mut matter, Stage::Proposed, Stage::Registered).await;
        let case = case_of(&bench, &matter).await;
        assert_eq!((case.state(), case.number, case.sign_due), (CaseState::Settled, matter.number.clone(), None));
        bench.advance(&mut matter, Stage::Examined, Stage::Archived).await;
        bench.end().await;
    }
}

/// A unit that thinks it is not its matter says so once; the superior gives the case to another unit, which cannot return it.
#[tokio::test(flavor = "multi_thread")]
async fn an_objection_is_decided_once_and_for_all() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.objected().await;
        let case = case_of(&bench, &matter).await;
        assert_eq!((case.state(), case.objection_decider_unit_id.as_str()), (CaseState::Objected, "city"));
        let decided: DecideObjectionResponse = bench.goes(&bench.chief("city"), &decide(&matter, "beilin")).await;
        let case = decided.case.expect("a case");
        assert_eq!((case.state(), case.lead_unit_id.as_str()), (CaseState::Assigned, "beilin"));
        assert!(case.objection.is_some_and(|objection| objection.decided && objection.upheld && objection.unit_id == "lianhu"));
        let again = Ask::of(&object(&matter));
        bench.check(&refused("returned", &bench.handler("beilin"), again, "OBJECTION_CLOSED")).await;
        let (request_id, case_id, etag) = target(&matter);
        let undertake = UndertakeCaseRequest { request_id, case_id, etag };
        let _: UndertakeCaseResponse = bench.goes(&bench.handler("beilin"), &undertake).await;
        bench.end().await;
    }
}

/// A sealed case goes to another unit: who led it finds it no more, and whoever gave it to another signs for it.
#[tokio::test(flavor = "multi_thread")]
async fn a_sealed_case_that_goes_to_another_unit_is_gone_for_the_first() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&COMPLAINT, Stage::Assigned).await;
        let _: ObjectToAssignmentResponse = bench.goes(&bench.handler("lianhu"), &object(&matter)).await;
        let _: DecideObjectionResponse = bench.goes(&bench.chief("city"), &decide(&matter, "beilin")).await;
        let case = case_of(&bench, &matter).await;
        assert_eq!((case.lead_unit_id.as_str(), case.gate_unit_id.as_str(), case.sealed), ("beilin", "city", true));
        let gone = Ask::of(&GetCaseRequest { case_id: matter.case_id.clone() });
        for who in [bench.handler("lianhu"), bench.chief("lianhu"), bench.chief("lianhu-beiyuanmen")] {
            let case = matter::Case { code: Code::NotFound, domain: "sanben", ..refused("gone", &who, gone.clone(), "NOT_FOUND") };
            bench.check(&case).await;
        }
        bench.end().await;
    }
}

/// What two units and a chief do beside the way stands in the papers, each in its unit's name.
#[tokio::test(flavor = "multi_thread")]
async fn what_goes_on_beside_the_way_is_on_record() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&DEMAND, Stage::Registered).await;
        let (chief, handler, assistant) = (bench.chief("lianhu"), bench.handler("lianhu"), bench.handler("beilin"));
        let _: AssignCaseResponse = bench.goes(&chief, &assign(&matter, "", &["beilin"])).await;
        let (request_id, case_id, etag) = target(&matter);
        let _: UndertakeCaseResponse = bench.goes(&handler, &UndertakeCaseRequest { request_id, case_id, etag }).await;
        let (request_id, case_id, etag) = target(&matter);
        let text = "莲湖牵头，碑林配合取证。".to_owned();
        let _: CoordinateCaseResponse = bench.goes(&chief, &CoordinateCaseRequest { request_id, case_id, etag, text }).await;
        let _: UrgeCaseResponse = bench.goes(&chief, &urge(&matter, "beilin")).await;
        let _: AnswerUrgingResponse = bench.goes(&assistant, &answer_urge(&matter, 1)).await;
        let _: ContributeToCaseResponse = bench.goes(&assistant, &contribute(&matter)).await;
        let kinds = [RecordKind::JointConsultation, RecordKind::SiteSurvey, RecordKind::Measure, RecordKind::Mediation];
        for kind in kinds {
            let (request_id, case_id, etag) = target(&matter);
            let request = AddCaseRecordRequest { request_id, case_id, etag, kind: kind as i32, text: "记录。".to_owned() };
            let _: AddCaseRecordResponse = bench.goes(&handler, &request).await;
        }
        let _: ReclassifyCaseResponse = bench.goes(&chief, &reclassify(&matter, Book::Suggestion, Track::Suggestion)).await;
        let _: ReportBackOnCaseResponse = bench.goes(&handler, &report(&matter)).await;

        let case = case_of(&bench, &matter).await;
        assert_eq!((case.book(), case.track(), &case.number), (Book::Suggestion, Track::Suggestion, &matter.number));
        assert!(case.contributions.iter().all(|one| one.made && one.unit_id == "beilin" && !one.due_date.is_empty()));
        assert!(case.urgings.iter().all(|one| one.answered && one.number == 1 && one.unit_id == "beilin"));
        let listed = |book: Book| ListCasesRequest { book: book as i32, ..ListCasesRequest::default() };
        let moved: ListCasesResponse = bench.goes(&bench.office("city"), &listed(Book::Suggestion)).await;
        let left: ListCasesResponse = bench.goes(&bench.office("city"), &listed(Book::Demand)).await;
        assert_eq!((moved.cases.len(), left.cases.len()), (1, 0), "counted once, where it is");
        let request =
            ListCaseDocumentsRequest { case_id: matter.case_id.clone(), page_size: 50, ..ListCaseDocumentsRequest::default() };
        let papers: ListCaseDocumentsResponse = bench.goes(&handler, &request).await;
        let papers: Vec<_> = papers.documents.iter().map(|paper| (paper.kind(), paper.unit_id.as_str())).collect();
        let expected = [
            (DocumentKind::Instruction, "lianhu"),
            (DocumentKind::Coordination, "lianhu"),
            (DocumentKind::Urging, "lianhu"),
            (DocumentKind::UrgingAnswer, "beilin"),
            (DocumentKind::Contribution, "beilin"),
            (DocumentKind::JointConsultation, "lianhu"),
            (DocumentKind::SiteSurvey, "lianhu"),
            (DocumentKind::Measure, "lianhu"),
            (DocumentKind::Mediation, "lianhu"),
            (DocumentKind::Reclassification, "lianhu"),
            (DocumentKind::Report, "lianhu"),
            (DocumentKind::Reply, "lianhu"),
        ];
        assert_eq!(papers, expected);
        bench.end().await;
    }
}

/// The supervisor is told, answers, and the file is sealed with both papers in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_referral_is_answered_before_the_file_is_sealed() {
    for engine in BOTH {
        let bench = Bench::on(engine).await;
        let matter = bench.matter(&DEMAND, Stage::StruckOff).await;
        let (chief, supervisor) = (bench.chief("lianhu"), bench.supervisor("lianhu"));
        let referred: ReferCaseToDisciplineResponse = bench.goes(&chief, &refer(&matter)).await;
        assert_eq!(referred.case.expect("a case").referral(), ReferralState::Open);
        bench.stores.settled().await;
        let told = told(&bench, &supervisor, &matter).await;
        assert!(told.iter().any(|key| key == "duty-answer-referral"), "{told:?}");
        let found: GetCaseResponse = bench.goes(&supervisor, &GetCaseRequest { case_id: matter.case_id.clone() }).await;
        assert_eq!(found.case.expect("a case").open_verbs, [CaseVerb::AnswerReferral as i32], "and sees what is theirs to do");

        let answered: AnswerReferralResponse = bench.goes(&supervisor, &answer_referral(&matter)).await;
        assert_eq!(answered.case.expect("a case").referral(), ReferralState::Answered);
        bench.stores.settled().await;
        let told = self::told(&bench, &chief, &matter).await;
        assert!(told.iter().any(|key| key == "result-referral-answered"), "{told:?}");
        let request =
            ListCaseDocumentsRequest { case_id: matter.case_id.clone(), page_size: 50, ..ListCaseDocumentsRequest::default() };
        let papers: ListCaseDocumentsResponse = bench.goes(&chief, &request).await;
        let kinds: Vec<_> = papers.documents.iter().map(Document::kind).collect();
        assert!(kinds.ends_with(&[DocumentKind::Referral, DocumentKind::ReferralAnswer]), "{kinds:?}");
        let sealed: ArchiveCaseResponse = bench.goes(&bench.office("lianhu"), &archive(&matter)).await;
        assert_eq!(sealed.case.expect("a case").state(), CaseState::Archived);
        bench.end().await;
    }
}

/// The verb is offered as long as the window is open.
#[tokio::test(flavor = "multi_thread")]
async fn an_objection_is_offered_for_five_workdays() {
    let start = Ts::parse("2026-03-02T02:00:00Z").expect("a Monday");
    let bench = Bench::of(Suite::with_clock(Engine::Sqlite, sanben_clock::Clock::fake(start)).await).await;
    let matter = bench.matter(&DEMAND, Stage::Assigned).await;
    let offered = async || {
        let request = GetCaseRequest { case_id: matter.case_id.clone() };
        let found: GetCaseResponse = bench.wire.ok(&bench.handler("lianhu"), &request).await;
        let case = found.case.expect("a case");
        let offered = case.open_verbs.contains(&(CaseVerb::Object as i32));
        assert_eq!(offered, case.objection_deadline.is_some());
        offered
    };
    assert!(offered().await);
    bench.suite.clock.advance(Duration::from_secs(7 * DAY_SECS)).expect("a fake clock");
    assert!(offered().await, "Monday a week later is the fifth workday");
    bench.suite.clock.advance(Duration::from_secs(DAY_SECS)).expect("a fake clock");
    assert!(!offered().await);
    bench.end().await;
}
