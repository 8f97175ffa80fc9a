//! The straight road of a case, from the chief's gate to the archive, as every journey takes it.

use sanben_access::Role;
use sanben_proto::intake::GiveVerdictRequest;
use sanben_proto::kinds::{HandlingOpinion, Outcome, Verdict};
use sanben_proto::ledger::*;

use super::{RequestIds, Stopped, Told, ensure, notices_about};
use crate::client::{Somebody, Town, patient};

/// The keys of the steps, in order.
pub const STEPS: [&str; 10] = [
    "case-registered",
    "case-assigned",
    "case-undertaken",
    "case-reported",
    "case-reviewed-handler",
    "case-reviewed-office",
    "case-reviewed-leader",
    "case-replied",
    "case-published",
    "case-examined",
];
/// The keys of the steps after the person has confirmed.
pub const LAST_STEPS: [&str; 2] = ["case-struck-off", "case-archived"];

/// Who handles a case, and what they write.
#[derive(Clone, Debug)]
pub struct Road {
    pub town: Town,
    pub ids: RequestIds,
    /// The unit that leads and whose chief signs.
    pub unit: &'static str,
    pub assisting: &'static [&'static str],
    pub instruction: &'static str,
    pub report: &'static str,
    pub reply: &'static str,
    pub publication: (bool, &'static str),
    pub case_id: String,
}

impl Road {
    pub fn chief(&self) -> Somebody {
        self.officer("chief", Role::Chief)
    }

    pub fn officer(&self, who: &str, role: Role) -> Somebody {
        self.town.officer(&format!("p-{}-{who}", self.unit), self.unit, &[role])
    }

    fn target(&self, step: usize) -> (String, String, String) {
        (self.ids.of(step), self.case_id.clone(), String::new())
    }

    /// Makes step `index` of [`STEPS`].
    pub async fn step(&self, index: usize) -> Result<Told, Stopped> {
        let told = match index {
            0 => return self.register(index).await,
            1 => self.assign(index).await?,
            2 => self.undertake(index).await?,
            3 => self.report(index).await?,
            4 => self.approve(index, "handler-2", Role::Handler).await?,
            5 => self.approve(index, "office", Role::Office).await?,
            6 => self.approve(index, "leader", Role::LeaderInCharge).await?,
            7 => self.deliver(index).await?,
            8 => self.publish(index).await?,
            _ => self.examine(index).await?,
        };
        Ok(vec![("unit", self.unit.to_owned()), ("state", told.state().as_str_name().to_owned())])
    }

    /// Makes step `index` of [`LAST_STEPS`].
    pub async fn last_step(&self, index: usize) -> Result<Told, Stopped> {
        if index == 0 { self.strike_off().await } else { self.archive().await }
    }

    async fn strike_off(&self) -> Result<Told, Stopped> {
        notices_about(&self.chief(), &self.case_id, "duty-strike-off", 1).await?;
        let (request_id, case_id, etag) = self.target(STEPS.len());
        let request = StrikeOffCaseRequest { request_id, case_id, etag };
        let case = self.chief().direction.strike_off_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("the case to be confirmed and off the open book", case.door() == Door::Confirmed)?;
        Ok(vec![("number", case.number)])
    }

    /// Seals the file, by whichever door the case has left the open book.
    pub async fn archive(&self) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(STEPS.len() + 1);
        let request = ArchiveCaseRequest { request_id, case_id, etag };
        let mut office = self.officer("office", Role::Office).handling;
        let case = office.archive_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("the case to be archived", case.state() == CaseState::Archived && case.door() != Door::Unspecified)?;
        Ok(vec![("number", case.number)])
    }

    async fn register(&self, step: usize) -> Result<Told, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = RegisterCaseRequest { request_id, case_id, etag };
        let case = self.chief().direction.register_case(patient(request)).await?.into_inner().case.unwrap_or_default();
        ensure("a number", !case.number.is_empty())?;
        let due = case.due.unwrap_or_default();
        let kind = if due.provisional { "provisional" } else { "fixed" };
        Ok(vec![("unit", self.unit.to_owned()), ("number", case.number), ("due", due.date), ("kind", kind.to_owned())])
    }

    async fn assign(&self, step: usize) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = AssignCaseRequest {
            request_id,
            case_id,
            etag,
            lead_unit_id: String::new(),
            assisting_unit_ids: self.assisting.iter().map(|unit| (*unit).to_owned()).collect(),
            instruction: self.instruction.to_owned(),
            ..AssignCaseRequest::default()
        };
        Ok(self.chief().direction.assign_case(patient(request)).await?.into_inner().case.unwrap_or_default())
    }

    async fn undertake(&self, step: usize) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = UndertakeCaseRequest { request_id, case_id, etag };
        let mut handler = self.officer("handler", Role::Handler).handling;
        Ok(handler.undertake_case(patient(request)).await?.into_inner().case.unwrap_or_default())
    }

    /// Reports back; also after a review has sent it back.
    pub async fn report(&self, step: usize) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = ReportBackOnCaseRequest {
            request_id,
            case_id,
            etag,
            report_text: self.report.to_owned(),
            reply_text: self.reply.to_owned(),
            outcome: Outcome::Supported as i32,
            opinion: Some(self.opinion()),
        };
        let mut handler = self.officer("handler", Role::Handler).handling;
        Ok(handler.report_back_on_case(patient(request)).await?.into_inner().case.unwrap_or_default())
    }

    /// What a petition ends with.
    fn opinion(&self) -> HandlingOpinion {
        HandlingOpinion {
            request: self.instruction.to_owned(),
            facts: self.report.to_owned(),
            opinion: self.reply.to_owned(),
            basis: "《信访工作条例》第三十二条；有关法律法规和政策规定。".to_owned(),
        }
    }

    /// Passes the next review.
    pub async fn approve(&self, step: usize, who: &str, role: Role) -> Result<Case, Stopped> {
        self.review(step, who, role, "").await
    }

    /// Makes the next review; a reason sends it back.
    pub async fn review(&self, step: usize, who: &str, role: Role, reason: &str) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let approve = reason.is_empty();
        let request = ReviewReplyRequest {
            request_id,
            case_id,
            etag,
            approve: Some(approve),
            policy_correct: true,
            opinion_fitting: true,
            rectified: approve,
            reason: reason.to_owned(),
        };
        let mut reviewer = self.officer(who, role).handling;
        Ok(reviewer.review_reply(patient(request)).await?.into_inner().case.unwrap_or_default())
    }

    async fn deliver(&self, step: usize) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let request = ReplyToCaseRequest { request_id, case_id, etag };
        let mut handler = self.officer("handler", Role::Handler).handling;
        Ok(handler.reply_to_case(patient(request)).await?.into_inner().case.unwrap_or_default())
    }

    async fn publish(&self, step: usize) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let (published, ground) = self.publication;
        let request = RecordPublicationRequest { request_id, case_id, etag, published: Some(published), ground: ground.to_owned() };
        let mut office = self.officer("office", Role::Office).handling;
        Ok(office.record_publication(patient(request)).await?.into_inner().case.unwrap_or_default())
    }

    async fn examine(&self, step: usize) -> Result<Case, Stopped> {
        let (request_id, case_id, etag) = self.target(step);
        let finding = "经审查，未发现需要追究责任的情形。".to_owned();
        let request = ExamineAccountabilityRequest { request_id, case_id, etag, finding, persons: Vec::new() };
        let mut office = self.officer("office", Role::Office).handling;
        Ok(office.examine_accountability(patient(request)).await?.into_inner().case.unwrap_or_default())
    }
}

/// The citizen says what they think of the reply of a round.
pub async fn judge(citizen: &Somebody, request: GiveVerdictRequest) -> Result<(), Stopped> {
    let (part, verdict) = (request.part, request.verdict());
    let receipt = citizen.receipts.clone().give_verdict(patient(request)).await?.into_inner().receipt.unwrap_or_default();
    let judged = if part == 0 { Some(&receipt) } else { receipt.parts.iter().find(|shown| shown.part == part) };
    ensure("the verdict on the receipt", judged.is_some_and(|judged| judged.verdict() == verdict))
}

/// The citizen confirms the first reply.
pub async fn confirm(citizen: &Somebody, request_id: String, receipt_code: &str, verdict: Verdict) -> Result<(), Stopped> {
    let receipt_code = receipt_code.to_owned();
    judge(citizen, GiveVerdictRequest { request_id, receipt_code, round: 1, verdict: verdict as i32, part: 0 }).await
}
