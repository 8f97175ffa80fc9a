//! The superior outside the bureau who decided, where no level of it is above.

use sanben_clock::Ts;
use sanben_host::{Call, Error, Problem, Refusal, parse_date};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::Superior;

/// What no annotation can say.
pub fn check(call: &Call, superior: Option<&Superior>) -> Result<(), Error> {
    let Some(superior) = superior else { return Ok(()) };
    let wrong = |field: &str, problem: Problem| Err(Refusal::field(ErrorReason::InvalidFields, field, problem).into());
    for (field, text) in [("authority", &superior.authority), ("document_number", &superior.document_number)] {
        if text.trim().is_empty() {
            return wrong(&format!("superior.{field}"), Problem::blank());
        }
    }
    if Ts::start_of(parse_date("superior.document_date", &superior.document_date)?) > call.now {
        return wrong("superior.document_date", Problem::future());
    }
    Ok(())
}

/// What was written, and under it the decision from outside.
pub fn paper(text: &str, superior: Option<&Superior>) -> String {
    let Some(superior) = superior else { return text.to_owned() };
    let Superior { authority, document_number, document_date } = superior;
    format!("{text}\n{authority} {document_number} {document_date}")
}
