//! The receipt code: the only key that a person needs.

use sanben_clock::Clock;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Lang, timestamp};
use sanben_proto::intake::{
    GetReceiptRequest, GetReceiptResponse, PublicReply, Receipt, ReceiptStep, ResolveReceiptRequest, ResolveReceiptResponse,
};
use sanben_proto::kinds::Outcome;
use sanben_proto::ledger::ledger_service_client::LedgerServiceClient;
use sanben_proto::ledger::{DeliveredReply, GetReplyRequest, GetReplyResponse};
use sha2::{Digest as _, Sha256};

use crate::store::Step;
use crate::submission::Submission;
use crate::{error, store};

/// Digits of Crockford's Base32: no letter that reads like a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 80 bits: nobody guesses one.
const CODE_CHARS: usize = 16;
const GROUP_CHARS: usize = 4;

/// A new code, for example `7K3Q-0ZXC-9M2T-4WAB`.
pub fn new_code(clock: &Clock) -> String {
    let random = clock.random::<CODE_CHARS>();
    let mut code = String::with_capacity(CODE_CHARS + CODE_CHARS / GROUP_CHARS);
    for (index, byte) in random.into_iter().enumerate() {
        if index > 0 && index % GROUP_CHARS == 0 {
            code.push('-');
        }
        code.push(char::from(DIGITS[usize::from(byte) % DIGITS.len()]));
    }
    code
}

/// What is kept of a code. A code of 80 random bits needs no salt and no slow hash.
pub fn hash(code: &str) -> Vec<u8> {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(plain.as_bytes()).to_vec()
}

/// The submission that a code opens. Unknown, withdrawn and sealed codes answer alike.
pub async fn opened(tx: &mut Tx, code: &str) -> Result<Submission, Error> {
    let found = store::find_by_receipt(tx, &hash(code)).await?;
    found.filter(|submission| submission.receipt_open).ok_or_else(|| error::receipt_unknown().into())
}

/// Shows how far a matter is.
pub async fn get(app: &App, call: &Call, input: GetReceiptRequest) -> Result<GetReceiptResponse, Error> {
    Ok(GetReceiptResponse { receipt: Some(read(app, call, &input.receipt_code).await?) })
}

/// Tells which submission a code opens, to the notification service only.
pub async fn resolve(app: &App, _: &Call, input: ResolveReceiptRequest) -> Result<ResolveReceiptResponse, Error> {
    let submission = app.db.read(async |tx: &mut Tx| opened(tx, &input.receipt_code).await).await?;
    Ok(ResolveReceiptResponse { submission_id: submission.id.to_string() })
}

/// Everything that the person may see.
pub async fn read(app: &App, call: &Call, code: &str) -> Result<Receipt, Error> {
    let (submission, steps, desk) = app
        .db
        .read(async |tx: &mut Tx| {
            let submission = opened(tx, code).await?;
            let steps = store::steps(tx, submission.id).await?;
            let desk = store::find_answer(tx, submission.id).await?;
            Ok::<_, Error>((submission, steps, desk))
        })
        .await?;
    let desk = desk.map(|(text, at)| PublicReply {
        text,
        deliver_time: Some(timestamp(at)),
        round: 0,
        outcome: Outcome::Explained as i32,
        verdict_deadline: None,
    });
    let case = match submission.case_id {
        None => GetReplyResponse::default(),
        Some(case_id) => {
            let mut ledger = LedgerServiceClient::new(app.peers.for_service_on("ledger", call));
            ledger.get_reply(GetReplyRequest { case_id: case_id.to_string() }).await?.into_inner()
        }
    };
    Ok(Receipt {
        submission_id: submission.id.to_string(),
        state: submission.state.named() as i32,
        steps: steps.into_iter().map(step).collect(),
        case_number: case.number,
        lead_unit_name: unit_name(app, call, submission.lead_unit.as_deref()),
        reply: case.reply.map(reply).or(desk),
        verdict: case.verdict,
        due_date: case.due.map(|due| due.date).unwrap_or_default(),
    })
}

fn unit_name(app: &App, call: &Call, unit: Option<&str>) -> String {
    let unit = unit.and_then(|id| app.org.unit(id));
    unit.map(|unit| if call.lang == Lang::En { unit.name_en.clone() } else { unit.name.clone() }).unwrap_or_default()
}

fn step(step: Step) -> ReceiptStep {
    ReceiptStep { step: step.step as i32, time: Some(timestamp(step.time)) }
}

fn reply(of: DeliveredReply) -> PublicReply {
    PublicReply {
        text: of.text,
        deliver_time: of.deliver_time,
        round: of.round,
        outcome: of.outcome,
        verdict_deadline: of.verdict_deadline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_people_write_them() {
        let code = new_code(&Clock::system());
        assert_eq!(code.len(), 19);
        assert_eq!(hash(&code), hash(&code.to_lowercase().replace('-', " ")));
        assert_eq!(hash("O0I1-L111"), hash("0011-1111"));
        assert_ne!(hash(&code), hash(&new_code(&Clock::system())));
    }
}
