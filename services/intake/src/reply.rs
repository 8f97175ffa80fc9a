//! What the person was answered: by the desk, and by the ledger in each round.

use sanben_clock::{Calendar, Roll, Ts};
use sanben_db::Tx;
use sanben_host::{App, Call, Error, parse_time, timestamp};
use sanben_proto::intake::{PublicAppeal, PublicReply};
use sanben_proto::kinds::Outcome;
use sanben_proto::ledger::case_peer_service_client::CasePeerServiceClient;
use sanben_proto::ledger::{AppealDecision, AppealStep, DeliveredReply, GetReplyRequest, GetReplyResponse};

use crate::submission::{Appealable, Appealed, Reply, State, Submission};
use crate::{calendar, store};

/// How long the person may object to an answer of the desk; as long as to a reply of the ledger.
const OBJECTION_DAYS: u32 = 15;
/// Earlier replies that are shown.
const EARLIER_MAX: usize = 20;

/// All replies of a submission.
pub struct Replies {
    /// The one that stands now.
    pub present: Option<PublicReply>,
    /// The last so many before it, oldest first.
    pub earlier: Vec<PublicReply>,
}

impl Replies {
    /// The reply that the person may object to.
    pub fn open_to_objection(&self) -> Option<Reply> {
        let present = self.present.as_ref()?;
        let deadline = present.verdict_deadline.as_ref().map(parse_time)?;
        Some(Reply { round: present.round, deadline })
    }
}

/// What the ledger has delivered; nothing if there is no case.
pub async fn of_case(app: &App, call: &Call, submission: &Submission) -> Result<GetReplyResponse, Error> {
    let Some(case_id) = submission.case_id else { return Ok(GetReplyResponse::default()) };
    let mut ledger = CasePeerServiceClient::new(app.peers.for_service_on("ledger", call));
    Ok(ledger
        .get_reply(GetReplyRequest { case_id: case_id.to_string(), submission_id: submission.id.to_string() })
        .await?
        .into_inner())
}

/// What a superior may be asked to look at now.
pub fn appealable(case: &GetReplyResponse) -> Option<Appealable> {
    let (right, reply) = (case.appeal_right.as_ref()?, case.reply.as_ref()?);
    let deadline = right.deadline.as_ref().map(parse_time)?;
    Some(Appealable { appeal: Appealed { step: right.step(), round: reply.round }, deadline })
}

/// As the person sees it.
pub fn public_appeal(of: AppealDecision) -> PublicAppeal {
    PublicAppeal {
        rereview: of.step() == AppealStep::Rereview,
        round: of.round,
        upheld: of.upheld,
        text: of.text,
        decide_time: of.decide_time,
    }
}

/// What the desk and the ledger have answered.
pub async fn all(app: &App, submission: &Submission, case: &GetReplyResponse) -> Result<Replies, Error> {
    let (desk, calendar) = app
        .db
        .read(async |tx: &mut Tx| Ok::<_, Error>((store::answers(tx, submission.id).await?, calendar::in_force(tx, app).await?)))
        .await?;
    let mut desk: Vec<PublicReply> = desk.into_iter().map(|(text, at)| of_desk(&calendar, text, at)).collect();
    let stands = matches!(submission.state, State::Answered | State::Refused) && !desk.is_empty();
    let present = if stands { Some(desk.remove(0)) } else { case.reply.clone().map(delivered) };
    let mut earlier: Vec<PublicReply> = case.earlier_replies.iter().cloned().map(delivered).chain(desk).collect();
    earlier.sort_by_key(|reply| reply.deliver_time.as_ref().map(parse_time));
    let earlier = earlier.split_off(earlier.len().saturating_sub(EARLIER_MAX));
    Ok(Replies { present, earlier })
}

fn of_desk(calendar: &Calendar, text: String, at: Ts) -> PublicReply {
    let deadline = Ts::end_of(calendar.add_days(at.date(), OBJECTION_DAYS, Roll::Forward).date);
    PublicReply {
        text,
        deliver_time: Some(timestamp(at)),
        round: 0,
        outcome: Outcome::Explained as i32,
        verdict_deadline: Some(timestamp(deadline)),
    }
}

fn delivered(of: DeliveredReply) -> PublicReply {
    PublicReply {
        text: of.text,
        deliver_time: of.deliver_time,
        round: of.round,
        outcome: of.outcome,
        verdict_deadline: of.verdict_deadline,
    }
}
