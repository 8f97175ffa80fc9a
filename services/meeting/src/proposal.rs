//! What intake holds of a suggestion that was proposed to the ledger.

use sanben_host::{App, Error};
use sanben_proto::intake::submission_peer_service_client::SubmissionPeerServiceClient;
use sanben_proto::intake::{GetProposalRequest, SubmissionState};
use tonic::Code;
use uuid::Uuid;

use crate::suggestion::{Accused, Link};

/// The last proposal of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Whether it stands: it is on its way to the ledger, or there.
    pub stands: bool,
    /// The case that it became, as far as intake has heard.
    pub case_id: Option<Uuid>,
    /// Whom it names as complained about.
    pub accused: Accused,
}

impl Proposal {
    /// Whether it stands and is not the one whose case was declined. Intake may hear of that later than we do, and until then only a
    /// proposal that was just accepted (`fresh`) can be told from the declined one without its case.
    pub fn holds(&self, link: Option<Link>, fresh: bool) -> bool {
        let declined = link.filter(|link| link.declined).map(|link| link.case_id);
        match self.case_id {
            Some(case_id) => self.stands && declined != Some(case_id),
            None => self.stands && fresh,
        }
    }
}

/// Asks intake, in the suite's own right; nothing if the submission was never proposed.
pub async fn of(app: &App, submission: Uuid) -> Result<Option<Proposal>, Error> {
    let mut intake = SubmissionPeerServiceClient::new(app.peers.for_service("intake"));
    let answer = match intake.get_proposal(GetProposalRequest { submission_id: submission.to_string() }).await {
        Ok(answer) => answer.into_inner(),
        Err(status) if status.code() == Code::NotFound => return Ok(None),
        Err(status) => return Err(status.into()),
    };
    let submission = answer.submission.unwrap_or_default();
    let proposal = answer.proposal.unwrap_or_default();
    Ok(Some(Proposal {
        stands: submission.state() == SubmissionState::Proposed,
        case_id: Uuid::try_parse(&submission.case_id).ok(),
        accused: Accused { units: proposal.accused_unit_ids, persons: proposal.accused_person_ids },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declined_proposal_does_not_hold() {
        let (old, new) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let declined = Some(Link { case_id: old, declined: true });
        let open = Some(Link { case_id: old, declined: false });
        // Stands, its case, the case we know, just accepted: holds.
        let table = [
            (true, None, None, true, true),
            (true, None, None, false, false),
            (true, Some(old), open, true, true),
            (true, Some(old), open, false, true),
            (true, Some(old), declined, true, false),
            (true, Some(old), declined, false, false),
            (true, None, declined, true, true),
            (true, Some(new), declined, false, true),
            (false, None, declined, true, false),
        ];
        for (stands, case_id, link, fresh, expected) in table {
            let proposal = Proposal { stands, case_id, accused: Accused::default() };
            assert_eq!(proposal.holds(link, fresh), expected, "{stands} {case_id:?} {link:?} {fresh}");
        }
    }
}
