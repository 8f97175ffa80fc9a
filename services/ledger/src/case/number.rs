use sanben_clock::Clock;
use sanben_db::{Error, Tx};
use sanben_ledger_rules::case::book_sign;
use sanben_proto::kinds::Book;

use crate::case::store;
use crate::paper::number::digits;

/// A number of `book` in `year` that is not given out, for example `投〔2026〕7F3K2Q`. Numbers are random, so that neither a gap nor
/// the size of a number tells anything.
pub async fn new(tx: &mut Tx, clock: &Clock, book: Book, year: i32) -> Result<String, Error> {
    loop {
        let number = format!("{}〔{year}〕{}", book_sign(book), digits(clock));
        // A thousand million numbers a book and year: the second try is rare, the third never seen.
        if !store::number_taken(tx, &number).await? {
            return Ok(number);
        }
    }
}
