use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_proto::kinds::Book;

use crate::case::book_sign;
use crate::store;

/// Digits of Crockford's Base32: no letter that reads like a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS_OF_NUMBER: usize = 6;

/// A number of `book` in `year` that is not given out, for example `投〔2026〕7F3K2Q`. Numbers are random, so that neither a gap nor
/// the size of a number tells anything.
pub async fn new(tx: &mut Tx, clock: &Clock, book: Book, year: i32) -> Result<String, Error> {
    loop {
        let random = clock.random::<DIGITS_OF_NUMBER>();
        let digits: String = random.iter().map(|byte| char::from(DIGITS[usize::from(*byte) % DIGITS.len()])).collect();
        let number = format!("{}〔{year}〕{digits}", book_sign(book));
        // A thousand million numbers a book and year: the second try is rare, the third never seen.
        if !store::number_taken(tx, &number).await? {
            return Ok(number);
        }
    }
}
