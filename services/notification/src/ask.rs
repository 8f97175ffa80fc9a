//! What other services know of a matter. Asked in the suite's own right; nothing personal is among it.

use sanben_host::{App, Error};
use sanben_proto::intake::desk_service_client::DeskServiceClient;
use sanben_proto::intake::submission_peer_service_client::SubmissionPeerServiceClient;
use sanben_proto::intake::{GetMailboxRequest, GetMailboxResponse, GetProposalRequest, GetSubmissionRequest, Proposal, Submission};
use sanben_proto::kinds::Track;
use sanben_proto::ledger::case_service_client::CaseServiceClient;
use sanben_proto::ledger::{Case, DraftKind, DraftState, Evidence, GetCaseRequest};
use sanben_proto::meeting::GetMeetingRequest;
use sanben_proto::meeting::meeting_service_client::MeetingServiceClient;
use tonic::Code;
use uuid::Uuid;

use crate::facts::{Accused, CaseFacts, SubmissionFacts};

/// Of a submission, as it is now.
pub async fn submission(app: &App, id: Uuid) -> Result<SubmissionFacts, Error> {
    let (submission, proposal) = of_intake(app, id).await?;
    let submission = submission.ok_or(Error::Defect("intake answered without the submission"))?;
    let accused = proposal.map(|proposal| Accused { units: proposal.accused_unit_ids, persons: proposal.accused_person_ids });
    Ok(SubmissionFacts {
        id,
        part_of: Uuid::try_parse(&submission.part_of).ok(),
        is_case: !submission.case_id.is_empty(),
        sealed: submission.sealed,
        unit: submission.unit_id,
        accused: accused.unwrap_or_default(),
    })
}

/// Where notices of a submission go by mail; an empty address if nowhere.
pub async fn mailbox(app: &App, id: Uuid) -> Result<GetMailboxResponse, Error> {
    let mut intake = SubmissionPeerServiceClient::new(app.peers.for_service("intake"));
    Ok(intake.get_mailbox(GetMailboxRequest { submission_id: id.to_string() }).await?.into_inner())
}

/// The submission, with what triage has proposed for it last. Before triage there is no proposal.
async fn of_intake(app: &App, id: Uuid) -> Result<(Option<Submission>, Option<Proposal>), Error> {
    let mut peer = SubmissionPeerServiceClient::new(app.peers.for_service("intake"));
    match peer.get_proposal(GetProposalRequest { submission_id: id.to_string() }).await {
        Ok(found) => {
            let found = found.into_inner();
            Ok((found.submission, found.proposal))
        }
        Err(status) if status.code() == Code::NotFound => {
            let mut desk = DeskServiceClient::new(app.peers.for_service("intake"));
            let found = desk.get_submission(GetSubmissionRequest { submission_id: id.to_string() }).await?;
            Ok((found.into_inner().submission, None))
        }
        Err(status) => Err(status.into()),
    }
}

/// What of a case an event is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// What was said of the reply of that round; of the present one for 0.
    pub round: i32,
    /// Which urging; 0 for none.
    pub urging: i32,
    /// Which draft was signed; 0 for none.
    pub signed: i32,
}

/// Of a case, as it is now, and of these of its submissions.
pub async fn case(app: &App, id: Uuid, submission_ids: &[Uuid], about: About) -> Result<CaseFacts, Error> {
    let mut ledger = CaseServiceClient::new(app.peers.for_service("ledger"));
    let found = ledger.get_case(GetCaseRequest { case_id: id.to_string() }).await?.into_inner();
    let case = found.case.ok_or(Error::Defect("the ledger answered without the case"))?;
    let mut submissions = Vec::with_capacity(submission_ids.len());
    for submission_id in submission_ids {
        submissions.push(submission(app, *submission_id).await?);
    }
    let urgent = case.track() == Track::Urgent;
    let waiting = case.drafts.iter().filter(|draft| draft.state() == DraftState::Open);
    let waiting_drafts = waiting.map(|draft| (draft.number, draft.signer_unit_id.clone())).collect();
    let signed = case.drafts.iter().find(|draft| draft.number == about.signed);
    let signed = signed.filter(|draft| matches!(draft.kind(), DraftKind::Letter | DraftKind::Order));
    let letter_unit = signed.map(|draft| draft.unit_id.clone()).unwrap_or_default();
    let (complete, record_missing) = (is_complete(&case), is_record_missing(&case));
    Ok(CaseFacts {
        id,
        state: case.state(),
        round: case.round,
        verdict: case
            .earlier_rounds
            .iter()
            .find(|earlier| earlier.round == about.round)
            .map_or(case.verdict(), |earlier| earlier.verdict()),
        sealed: case.sealed,
        urgent,
        objection_unit: case.objection_decider_unit_id,
        urged_unit: case.urgings.into_iter().find(|one| one.number == about.urging).map(|one| one.unit_id).unwrap_or_default(),
        letter_unit,
        complete,
        record_missing,
        number: case.number,
        gate_unit: case.gate_unit_id,
        exception_unit: case.exception_unit_id,
        lead_unit: case.lead_unit_id,
        assisting_units: case.assisting_unit_ids,
        handler: case.handler_id,
        owner: case.owner_id,
        asker: None,
        waiting_drafts,
        appeal_unit: case.appeals.last().map(|appeal| appeal.unit_id.clone()).unwrap_or_default(),
        submissions,
    })
}

/// A case has its lists from the signature on.
fn is_complete(case: &Case) -> bool {
    let required = case.checklists.iter().filter(|list| list.required);
    !case.number.is_empty() && required.flat_map(|list| &list.items).all(|item| item.done)
}

/// Whether a required list waits for what its handler puts on record.
fn is_record_missing(case: &Case) -> bool {
    let records = [Evidence::Consultation, Evidence::SiteSurvey, Evidence::Measure, Evidence::Mediation];
    let required = case.checklists.iter().filter(|list| list.required).flat_map(|list| &list.items);
    required.filter(|item| !item.done).any(|item| records.contains(&item.evidence()))
}

/// The unit that holds a meeting.
pub async fn meeting_unit(app: &App, meeting_id: &str) -> Result<String, Error> {
    let mut meeting = MeetingServiceClient::new(app.peers.for_service("meeting"));
    let found = meeting.get_meeting(GetMeetingRequest { meeting_id: meeting_id.to_owned() }).await?.into_inner();
    Ok(found.meeting.ok_or(Error::Defect("meeting answered without the meeting"))?.unit_id)
}
