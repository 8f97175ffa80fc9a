use sanben_db::Tx;
use sanben_host::{App, Call, Error, Problem, Refusal, parse_date};
use sanben_proto::kinds::ErrorReason;
use sanben_proto::ledger::{GetCalendarRequest, GetCalendarResponse};
use time::{Date, Month};

use crate::catalogue::calendar;

const DAYS_MAX: i64 = 400;
const YEAR_MIN: i32 = 1900;
const YEAR_MAX: i32 = 9000;

/// Shows the days of the calendar in force that a notice names.
pub async fn run(app: &App, call: &Call, input: GetCalendarRequest) -> Result<GetCalendarResponse, Error> {
    let (first, last) = period(call, &input)?;
    app.db.read(async |tx: &mut Tx| calendar::catch_up(tx, &app.editions).await).await?;
    let edition = app.editions.current();
    Ok(GetCalendarResponse {
        edition: calendar::number(edition.number),
        days: edition.calendar.exceptions(first, last).map(|(date, day)| calendar::shown(date, day)).collect(),
        announced_years: (first.year()..=last.year()).filter(|year| edition.calendar.covers(*year)).collect(),
    })
}

/// From its first day to its last.
fn period(call: &Call, input: &GetCalendarRequest) -> Result<(Date, Date), Error> {
    let wrong = |field: &str, problem: Problem| Error::from(Refusal::field(ErrorReason::InvalidFields, field, problem));
    let dates = [("from_date", &input.from_date), ("to_date", &input.to_date)];
    let given = dates.iter().filter(|(_, text)| !text.is_empty()).count();
    if given == 0 {
        let year = if input.year == 0 { call.now.date().year() } else { input.year };
        let day = |month, day| Date::from_calendar_date(year, month, day).ok().filter(|_| year >= YEAR_MIN);
        let whole = day(Month::January, 1).zip(day(Month::December, 31));
        let no_year = || Problem::new("problem-calendar-no-year").with("first", YEAR_MIN).with("last", YEAR_MAX);
        return whole.ok_or_else(|| wrong("year", no_year()));
    }
    if input.year != 0 {
        return Err(wrong("year", Problem::excluded_by("from_date")));
    }
    if let Some((field, _)) = dates.iter().find(|(_, text)| text.is_empty()) {
        return Err(wrong(field, Problem::missing()));
    }
    let (first, last) = (parse_date("from_date", &input.from_date)?, parse_date("to_date", &input.to_date)?);
    match (last - first).whole_days() {
        ..0 => Err(wrong("to_date", Problem::new("problem-before-first-day"))),
        DAYS_MAX.. => Err(wrong("to_date", Problem::new("problem-too-many-days").with("most", DAYS_MAX))),
        _ => Ok((first, last)),
    }
}
