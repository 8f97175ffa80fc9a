//! Journeys through the suite, over public RPCs only: each a list of named steps, so that the demo can tell them one by one and a test
//! can stop anywhere and go on.
//!
//! Every step may be repeated: it uses the same request ids each time, so a step whose answer was lost is simply made again.

mod complaint;
mod consultation;
mod external;
mod joint_handling;
mod mass_party;
mod meeting;
mod mixed_letter;
mod praise;
mod repeated_petition;
mod road;
mod second_door;
mod visit;
mod voices;

pub use complaint::Complaint;
pub use consultation::Consultation;
pub use external::External;
pub use joint_handling::JointHandling;
pub use mass_party::MassParty;
pub use meeting::Meeting;
pub use mixed_letter::MixedLetter;
pub use praise::Praise;
pub use repeated_petition::RepeatedPetition;
pub use second_door::SecondDoor;
pub use visit::Visit;
pub use voices::Voices;

use std::time::Duration;

use sanben_proto::intake::{GetReceiptRequest, GetSubmissionRequest, Party, Proposal, ProposeSubmissionRequest, Receipt};
use sanben_proto::kinds::PublicStep;
use sanben_proto::notification::ListNoticesRequest;
use tonic::{Code, Status};
use uuid::Uuid;

use crate::client::{Somebody, patient};

const WAIT_SECS_MAX: u64 = 180;
const LOOK_MS: u64 = 40;

/// What a step has to tell: arguments of its text.
pub type Told = Vec<(&'static str, String)>;

/// Why a journey stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// A service refused or did not answer.
    #[error("{0}")]
    Answered(#[from] Status),
    /// Something was not as it should be.
    #[error("expected {0}")]
    Expected(String),
}

/// A journey.
#[expect(async_fn_in_trait, reason = "journeys are played where they stand, never sent to another thread")]
pub trait Journey {
    /// The key of its title.
    fn title(&self) -> &'static str;
    /// The keys of its steps, in order.
    fn steps(&self) -> Vec<&'static str>;
    /// Makes step `index`; may be repeated.
    async fn step(&mut self, index: usize) -> Result<Told, Stopped>;
}

/// Plays a journey from start to end.
///
/// # Errors
/// The step that failed, and why.
pub async fn play<J: Journey>(journey: &mut J, mut told: impl FnMut(&'static str, Told)) -> Result<(), String> {
    for (index, key) in journey.steps().into_iter().enumerate() {
        let facts = journey.step(index).await.map_err(|stopped| format!("{key}: {stopped}"))?;
        told(key, facts);
    }
    Ok(())
}

/// What somebody says and who they are, where a journey's own words are not wanted.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    pub words: String,
    pub place: String,
    /// Empty to stay anonymous, where the journey allows it.
    pub name: String,
    pub contact: String,
    /// Where notices go; empty for nowhere.
    pub email: String,
}

impl Spoken {
    fn party(&self) -> Party {
        Party { name: self.name.clone(), contact: self.contact.clone(), email: self.email.clone() }
    }
}

/// Request ids of one journey: the same for the same step, so that a repetition is recognised.
#[derive(Clone, Copy, Debug)]
pub struct RequestIds(pub Uuid);

impl RequestIds {
    pub(crate) fn of(self, step: usize) -> String {
        Uuid::from_u128(self.0.as_u128().wrapping_add(1 + step as u128)).to_string()
    }

    /// Ids of another part of the same journey.
    pub(crate) fn part(self, part: u128) -> RequestIds {
        RequestIds(Uuid::from_u128(self.0.as_u128().wrapping_add(part << 16)))
    }
}

/// Looks until something is there. What is refused ends it; what is not found or away may come.
pub(crate) async fn until<T>(what: &str, look: impl AsyncFn() -> Result<Option<T>, Status>) -> Result<T, Stopped> {
    let found = tokio::time::timeout(Duration::from_secs(WAIT_SECS_MAX), async {
        loop {
            match look().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                Err(status) if matches!(status.code(), Code::NotFound | Code::Unavailable) => {}
                Err(status) => return Err(Stopped::from(status)),
            }
            tokio::time::sleep(Duration::from_millis(LOOK_MS)).await;
        }
    });
    found.await.unwrap_or_else(|_| Err(Stopped::Expected(format!("{what} within {WAIT_SECS_MAX} s"))))
}

/// The receipt, once it shows `step`. Waits at most three minutes.
///
/// # Errors
/// When it does not come, or the code opens nothing.
pub async fn receipt_with(citizen: &Somebody, code: &str, step: PublicStep) -> Result<Receipt, Stopped> {
    until(step.as_str_name(), async || {
        let request = GetReceiptRequest { receipt_code: code.to_owned() };
        let receipt = citizen.receipts.clone().get_receipt(patient(request)).await?.into_inner().receipt.unwrap_or_default();
        Ok(Some(receipt).filter(|receipt| receipt.steps.iter().any(|seen| seen.step() == step)))
    })
    .await
}

/// The desk proposes a submission; its case, once the ledger has opened it.
pub(crate) async fn propose(
    desk: &Somebody,
    request_id: String,
    submission_id: &str,
    proposal: Proposal,
) -> Result<String, Stopped> {
    let (submission_id, etag) = (submission_id.to_owned(), String::new());
    let found = GetSubmissionRequest { submission_id: submission_id.clone() };
    let request = ProposeSubmissionRequest { request_id, submission_id, etag, proposal: Some(proposal) };
    desk.desk.clone().propose_submission(patient(request)).await?;
    until("a case for the submission", async || {
        let answer = desk.desk.clone().get_submission(patient(found.clone())).await?.into_inner();
        Ok(answer.submission.map(|submission| submission.case_id).filter(|id| !id.is_empty()))
    })
    .await
}

/// Waits until somebody was told `key` of a case so many times.
pub(crate) async fn notices_about(who: &Somebody, case_id: &str, key: &str, times: usize) -> Result<(), Stopped> {
    until(&format!("{times} times {key}"), async || {
        let request = ListNoticesRequest { page_size: 200, ..ListNoticesRequest::default() };
        let list = who.notices.clone().list_notices(patient(request)).await?.into_inner();
        let told = list.notices.iter().filter(|notice| notice.key == key && notice.case_id == case_id).count();
        Ok((told == times).then_some(()))
    })
    .await
}

/// Fails unless `result` was refused with `code`.
pub(crate) fn refused<T>(what: &str, result: Result<T, Status>, code: Code) -> Result<(), Stopped> {
    match result {
        Err(status) if status.code() == code => Ok(()),
        Err(status) => Err(Stopped::Expected(format!("{what} to be refused with {code:?}; was {:?}", status.code()))),
        Ok(_) => Err(Stopped::Expected(format!("{what} to be refused"))),
    }
}

/// Fails unless `holds`.
pub(crate) fn ensure(what: &str, holds: bool) -> Result<(), Stopped> {
    if holds { Ok(()) } else { Err(Stopped::Expected(what.to_owned())) }
}
