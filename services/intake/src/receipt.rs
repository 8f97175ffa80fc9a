//! The receipt code: the only key that a person needs.

use sanben_clock::Clock;
use sanben_db::Tx;
use sanben_host::{App, Call, Error, Lang, timestamp};
use sanben_proto::intake::{
    GetReceiptRequest, GetReceiptResponse, Receipt, ReceiptStep, ResolveReceiptRequest, ResolveReceiptResponse,
};
use sha2::{Digest as _, Sha256};

use crate::store::Step;
use crate::submission::{Command, Submission, decide};
use crate::{error, reply, store};

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

/// The submission that a verb of the code is about: the whole, or one of its parts.
pub async fn chosen(tx: &mut Tx, code: &str, part: i32) -> Result<Submission, Error> {
    let whole = opened(tx, code).await?;
    if whole.parts.is_empty() && part == 0 {
        return Ok(whole);
    }
    let index = usize::try_from(part).ok().and_then(|part| part.checked_sub(1));
    let id = index.and_then(|index| whole.parts.get(index)).ok_or_else(|| error::part_unknown(whole.parts.len()))?;
    store::find(tx, *id).await?.ok_or(Error::Defect("a part that is not there"))
}

/// As [`chosen`], in its turn to be changed.
pub async fn taken(tx: &mut Tx, code: &str, part: i32) -> Result<Submission, Error> {
    let before = chosen(tx, code, part).await?;
    store::take_turn(tx, before.id).await?;
    chosen(tx, code, part).await
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
    let (whole, parts) = app
        .db
        .read(async |tx: &mut Tx| {
            let whole = opened(tx, code).await?;
            let mut parts = Vec::with_capacity(whole.parts.len());
            for id in &whole.parts {
                parts.push(store::find(tx, *id).await?.ok_or(Error::Defect("a part that is not there"))?);
            }
            Ok::<_, Error>((whole, parts))
        })
        .await?;
    let mut receipt = of(app, call, &whole).await?;
    for part in &parts {
        receipt.parts.push(of(app, call, part).await?);
    }
    Ok(receipt)
}

/// Of one submission, without its parts.
async fn of(app: &App, call: &Call, submission: &Submission) -> Result<Receipt, Error> {
    let steps = app.db.read(async |tx: &mut Tx| store::steps(tx, submission.id).await).await?;
    let case = reply::of_case(app, call, submission).await?;
    let replies = reply::all(app, submission, &case).await?;
    let is_final = case.r#final;
    let reopen = Command::Reopen { reply: replies.open_to_objection(), is_final, now: call.now };
    let right = reply::appealable(&case);
    let appeal = decide(submission, Command::Appeal { right, is_final, now: call.now }).ok().and(right);
    let part = submission.part_of.as_ref();
    Ok(Receipt {
        submission_id: submission.id.to_string(),
        state: submission.state.named() as i32,
        steps: steps.into_iter().map(step).collect(),
        case_number: case.number,
        lead_unit_name: unit_name(app, call, submission.lead_unit.as_deref()),
        reply: replies.present,
        verdict: case.verdict,
        due_date: case.due.map(|due| due.date).unwrap_or_default(),
        earlier_replies: replies.earlier,
        reopen_allowed: decide(submission, reopen).is_ok(),
        parts: Vec::new(),
        part: part.map_or(0, |part| part.number),
        title: part.map(|part| part.title.clone()).unwrap_or_default(),
        joined: submission.joined.is_some(),
        appeal_deadline: appeal.map(|right| timestamp(right.deadline)),
        papers: case.papers,
        appeals: case.appeal_decisions.into_iter().map(reply::public_appeal).collect(),
    })
}

fn unit_name(app: &App, call: &Call, unit: Option<&str>) -> String {
    let unit = unit.and_then(|id| app.org.unit(id));
    unit.map(|unit| if call.lang == Lang::En { unit.name_en.clone() } else { unit.name.clone() }).unwrap_or_default()
}

fn step(step: Step) -> ReceiptStep {
    ReceiptStep { step: step.step as i32, time: Some(timestamp(step.time)) }
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
