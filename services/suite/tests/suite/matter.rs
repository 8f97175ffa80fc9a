//! A matter brought as far as a test needs it.

use prost::{Message, Name};
use sanben_access::Role;
use sanben_clock::Clock;
use sanben_proto::intake::*;
use sanben_proto::kinds::{Book, Channel, HandlingOpinion, Outcome, Track, Verdict};
use sanben_proto::ledger::*;

use crate::rows::{Counts, Stores};
use crate::start::{Engine, Suite};
use crate::wire::{Ask, EN, Who, Wire, ZH, check_texts};

/// A suite with everything that a test looks at it by.
pub struct Bench {
    pub suite: Suite,
    pub wire: Wire,
    pub stores: Stores,
}

/// What is said, and what triage makes of it.
#[derive(Clone, Debug)]
pub struct Spec {
    pub kind: SubmissionKind,
    /// Whom it is addressed to.
    pub unit: &'static str,
    pub book: Book,
    pub track: Track,
    pub title: &'static str,
    pub lead: &'static str,
    pub accused_units: &'static [&'static str],
    pub accused_persons: &'static [&'static str],
}

/// A demand to a sub-bureau, which leads it.
pub const DEMAND: Spec = Spec {
    kind: SubmissionKind::Demand,
    unit: "lianhu",
    book: Book::Demand,
    track: Track::Petition,
    title: "请求增设路口照明",
    lead: "lianhu",
    accused_units: &[],
    accused_persons: &[],
};

/// A complaint about a station, which the sub-bureau leads.
pub const COMPLAINT: Spec = Spec {
    kind: SubmissionKind::Complaint,
    unit: "lianhu-beiyuanmen",
    book: Book::Complaint,
    track: Track::Accusation,
    title: "反映窗口态度",
    lead: "lianhu",
    accused_units: &["lianhu-beiyuanmen"],
    accused_persons: &[],
};

/// How far a matter is. Each comes after the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Received,
    Proposed,
    Registered,
    Assigned,
    Undertaken,
    Reported,
    HandlerReviewed,
    OfficeReviewed,
    Approved,
    Replied,
    Settled,
    Published,
    Examined,
    StruckOff,
    Archived,
}

pub const STAGES: [Stage; 15] = [
    Stage::Received,
    Stage::Proposed,
    Stage::Registered,
    Stage::Assigned,
    Stage::Undertaken,
    Stage::Reported,
    Stage::HandlerReviewed,
    Stage::OfficeReviewed,
    Stage::Approved,
    Stage::Replied,
    Stage::Settled,
    Stage::Published,
    Stage::Examined,
    Stage::StruckOff,
    Stage::Archived,
];

/// A matter under way.
#[derive(Clone, Debug)]
pub struct Matter {
    pub spec: Spec,
    pub submission_id: String,
    pub receipt_code: String,
    pub case_id: String,
    pub number: String,
}

pub fn new_id() -> String {
    Clock::system().id().to_string()
}

impl Bench {
    pub async fn on(engine: Engine) -> Bench {
        Bench::of(Suite::on(engine).await).await
    }

    pub async fn of(suite: Suite) -> Bench {
        let wire = Wire::to(&suite).await;
        let stores = Stores::of(&suite).await;
        Bench { suite, wire, stores }
    }

    pub async fn end(self) {
        self.stores.close().await;
        drop(self.wire);
        self.suite.end().await;
    }

    /// Somebody of `unit`, named after what they do there.
    pub fn officer(&self, unit: &str, post: &str, roles: &[Role]) -> Who {
        self.wire.officer(&format!("p-{unit}-{post}"), unit, roles)
    }

    pub fn chief(&self, unit: &str) -> Who {
        self.officer(unit, "chief", &[Role::Chief])
    }

    pub fn handler(&self, unit: &str) -> Who {
        self.officer(unit, "handler", &[Role::Handler])
    }

    pub fn office(&self, unit: &str) -> Who {
        self.officer(unit, "office", &[Role::Office])
    }

    pub fn desk(&self) -> Who {
        self.officer("city", "desk", &[Role::DeskOfficer])
    }

    /// What is refused says why, in both languages, and leaves no trace.
    pub async fn check(&self, case: &Case) {
        let before = self.stores.settled().await;
        self.check_why(case).await;
        self.check_unchanged(&case.name, &before).await;
    }

    /// What is refused says why, in both languages.
    pub async fn check_why(&self, case: &Case) {
        let zh = self.wire.refused(&case.who, ZH, &case.ask).await;
        let en = self.wire.refused(&case.who, EN, &case.ask).await;
        let fields: Vec<&str> = case.fields.iter().map(String::as_str).collect();
        check_texts(&case.name, &zh, &en, case.code, case.domain, &case.reason, &fields);
    }

    pub async fn check_unchanged(&self, name: &str, before: &Counts) {
        assert_eq!(&self.stores.counts().await, before, "{name} has written something");
    }

    pub async fn matter(&self, spec: &Spec, stage: Stage) -> Matter {
        let request = CreateSubmissionRequest {
            request_id: new_id(),
            kind: spec.kind as i32,
            channel: Channel::Online as i32,
            text: "原话".to_owned(),
            unit_id: spec.unit.to_owned(),
            ..CreateSubmissionRequest::default()
        };
        let answer: CreateSubmissionResponse = self.wire.ok(&Wire::anonymous(), &request).await;
        let mut matter = Matter {
            spec: spec.clone(),
            submission_id: answer.submission_id,
            receipt_code: answer.receipt_code,
            case_id: String::new(),
            number: String::new(),
        };
        self.advance(&mut matter, Stage::Received, stage).await;
        matter
    }

    /// Brings a matter from one stage to a later one.
    pub async fn advance(&self, matter: &mut Matter, from: Stage, to: Stage) {
        for stage in STAGES.into_iter().filter(|stage| from < *stage && *stage <= to) {
            match stage {
                Stage::Received => {}
                Stage::Proposed => self.propose(matter).await,
                Stage::Registered => self.register(matter).await,
                Stage::Replied | Stage::Settled => self.answer(matter, stage).await,
                _ => self.carry(matter, stage).await,
            }
        }
    }

    /// The proposal of a matter.
    pub fn proposal(spec: &Spec) -> Proposal {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Proposal {
            book: spec.book as i32,
            track: spec.track as i32,
            title: spec.title.to_owned(),
            summary: format!("{}的摘要", spec.title),
            lead_unit_id: spec.lead.to_owned(),
            accused_unit_ids: owned(spec.accused_units),
            accused_person_ids: owned(spec.accused_persons),
        }
    }

    async fn propose(&self, matter: &mut Matter) {
        let request = ProposeSubmissionRequest {
            request_id: new_id(),
            submission_id: matter.submission_id.clone(),
            etag: String::new(),
            proposal: Some(Bench::proposal(&matter.spec)),
        };
        let _: ProposeSubmissionResponse = self.wire.ok(&self.desk(), &request).await;
        self.stores.settled().await;
        let request = GetSubmissionRequest { submission_id: matter.submission_id.clone() };
        let found: GetSubmissionResponse = self.wire.ok(&self.desk(), &request).await;
        matter.case_id = found.submission.expect("a submission").case_id;
        assert!(!matter.case_id.is_empty(), "everybody has heard of the case");
    }

    async fn register(&self, matter: &mut Matter) {
        let request = RegisterCaseRequest { request_id: new_id(), case_id: matter.case_id.clone(), etag: String::new() };
        let found: RegisterCaseResponse = self.wire.ok(&self.chief(matter.spec.lead), &request).await;
        matter.number = found.case.expect("a case").number;
    }

    async fn answer(&self, matter: &Matter, stage: Stage) {
        if stage == Stage::Replied {
            let request = ReplyToCaseRequest { request_id: new_id(), case_id: matter.case_id.clone(), etag: String::new() };
            let _: ReplyToCaseResponse = self.wire.ok(&self.handler(matter.spec.lead), &request).await;
            return;
        }
        let _: GiveVerdictResponse = self.wire.ok(&Wire::anonymous(), &verdict(matter, 1, Verdict::Satisfied)).await;
    }

    async fn carry(&self, matter: &Matter, stage: Stage) {
        let unit = matter.spec.lead;
        let (request_id, case_id, etag) = (new_id(), matter.case_id.clone(), String::new());
        let published = Some(false);
        match stage {
            Stage::Assigned => self.act::<AssignCaseResponse>(&self.chief(unit), &assign(matter, "", &[])).await,
            Stage::Undertaken => {
                self.act::<UndertakeCaseResponse>(&self.handler(unit), &UndertakeCaseRequest { request_id, case_id, etag }).await;
            }
            Stage::Reported => self.act::<ReportBackOnCaseResponse>(&self.handler(unit), &report(matter)).await,
            Stage::HandlerReviewed => {
                let second = self.officer(unit, "handler-2", &[Role::Handler]);
                self.act::<ReviewReplyResponse>(&second, &review(matter, true)).await;
            }
            Stage::OfficeReviewed => self.act::<ReviewReplyResponse>(&self.office(unit), &review(matter, true)).await,
            Stage::Approved => {
                let leader = self.officer(unit, "leader", &[Role::LeaderInCharge]);
                self.act::<ReviewReplyResponse>(&leader, &review(matter, true)).await;
            }
            Stage::Published => {
                let request =
                    RecordPublicationRequest { request_id, case_id, etag, published, ground: "依法不予公开".to_owned() };
                self.act::<RecordPublicationResponse>(&self.office(unit), &request).await;
            }
            Stage::Examined => {
                let request =
                    ExamineAccountabilityRequest { request_id, case_id, etag, finding: "无".to_owned(), persons: Vec::new() };
                self.act::<ExamineAccountabilityResponse>(&self.office(unit), &request).await;
            }
            Stage::StruckOff => {
                self.act::<StrikeOffCaseResponse>(&self.chief(unit), &StrikeOffCaseRequest { request_id, case_id, etag }).await;
            }
            Stage::Archived => {
                self.act::<ArchiveCaseResponse>(&self.office(unit), &ArchiveCaseRequest { request_id, case_id, etag }).await;
            }
            Stage::Received | Stage::Proposed | Stage::Registered | Stage::Replied | Stage::Settled => {}
        }
    }

    async fn act<R: Message + Default>(&self, who: &Who, request: &impl Name) {
        let _: R = self.wire.ok(who, request).await;
    }
}

/// Something that is refused.
#[derive(Clone, Debug)]
pub struct Case {
    pub name: String,
    pub who: Who,
    pub ask: Ask,
    pub code: tonic::Code,
    pub domain: &'static str,
    pub reason: String,
    pub fields: Vec<String>,
}

pub fn verdict(matter: &Matter, round: i32, verdict: Verdict) -> GiveVerdictRequest {
    GiveVerdictRequest { request_id: new_id(), receipt_code: matter.receipt_code.clone(), round, verdict: verdict as i32, part: 0 }
}

pub fn assign(matter: &Matter, lead: &str, assisting: &[&str]) -> AssignCaseRequest {
    AssignCaseRequest {
        request_id: new_id(),
        case_id: matter.case_id.clone(),
        etag: String::new(),
        lead_unit_id: lead.to_owned(),
        assisting_unit_ids: assisting.iter().map(|unit| (*unit).to_owned()).collect(),
        instruction: "请核实。".to_owned(),
        ..AssignCaseRequest::default()
    }
}

/// What a petition ends with.
pub fn opinion() -> HandlingOpinion {
    HandlingOpinion {
        request: "请求增设路口照明。".to_owned(),
        facts: "经现场勘查，该路口夜间照明不足。".to_owned(),
        opinion: "予以支持，十日内增设。".to_owned(),
        basis: "《城市道路照明设计标准》。".to_owned(),
    }
}

pub fn report(matter: &Matter) -> ReportBackOnCaseRequest {
    ReportBackOnCaseRequest {
        request_id: new_id(),
        case_id: matter.case_id.clone(),
        etag: String::new(),
        report_text: "已核实。".to_owned(),
        reply_text: "已办理。".to_owned(),
        outcome: Outcome::Supported as i32,
        opinion: Some(opinion()),
    }
}

pub fn review(matter: &Matter, approve: bool) -> ReviewReplyRequest {
    ReviewReplyRequest {
        request_id: new_id(),
        case_id: matter.case_id.clone(),
        etag: String::new(),
        approve: Some(approve),
        policy_correct: true,
        opinion_fitting: true,
        rectified: approve,
        reason: String::new(),
    }
}
