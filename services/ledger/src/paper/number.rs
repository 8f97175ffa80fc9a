use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_proto::kinds::PaperKind;

use super::store;

/// Digits of Crockford's Base32: no letter that reads like a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS_OF_NUMBER: usize = 6;

/// A number that is not given out, of an official paper that `unit` issues, for example `莲湖分局告知〔2026〕7F3K2Q号`.
pub async fn of_paper(tx: &mut Tx, clock: &Clock, unit: &str, kind: PaperKind, year: i32) -> Result<String, Error> {
    loop {
        let number = format!("{unit}{}〔{year}〕{}号", paper_sign(kind), digits(clock));
        if !store::number_taken(tx, &number).await? {
            return Ok(number);
        }
    }
}

/// Random, so that neither a gap nor the size of a number tells anything.
pub fn digits(clock: &Clock) -> String {
    let random = clock.random::<DIGITS_OF_NUMBER>();
    random.iter().map(|byte| char::from(DIGITS[usize::from(*byte) % DIGITS.len()])).collect()
}

/// What a kind of paper is called in its number.
fn paper_sign(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Unspecified => "文",
        PaperKind::PathNotice => "告知",
        PaperKind::HandlingOpinion => "意见",
        PaperKind::ExtensionNotice => "延期",
        PaperKind::SettlementAgreement => "和解",
        PaperKind::SupervisionOrder => "督办",
        PaperKind::ReminderLetter => "提醒",
        PaperKind::Bulletin => "通报",
    }
}
