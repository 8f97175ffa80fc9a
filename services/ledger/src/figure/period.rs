use sanben_clock::Ts;
use sanben_host::{Error, Problem, Refusal, parse_date};
use sanben_proto::kinds::ErrorReason;

/// A period that a request names by its first and last day, each of them open if it is empty: from its first instant to its last.
///
/// # Errors
/// `INVALID_FIELDS` naming the day that is none, or a last day before the first.
pub fn period(from_date: &str, to_date: &str) -> Result<(Ts, Ts), Error> {
    let day = |field: &str, text: &str| if text.is_empty() { Ok(None) } else { parse_date(field, text).map(Some) };
    let from = day("from_date", from_date)?.map_or(Ts::from_micros(0), Ts::start_of);
    let until = day("to_date", to_date)?.map_or(Ts::from_micros(i64::MAX), Ts::end_of);
    if until < from {
        let problem = Problem::new("problem-before-first-day");
        return Err(Refusal::field(ErrorReason::InvalidFields, "to_date", problem).into());
    }
    Ok((from, until))
}
