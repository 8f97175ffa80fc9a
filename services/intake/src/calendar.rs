//! The working calendar in force: what comes with the suite, and what the ledger said was loaded since.

use sanben_bus::Fault;
use sanben_clock::{Calendar, Year};
use sanben_db::{Error, Tx};
use sanben_host::{App, Edition};
use sanben_proto::ledger::{CalendarDay, CalendarDayKind, CalendarLoaded};

use crate::store;

/// So many editions are read at once.
const AT_ONCE: i64 = 100;

/// The calendar, by whatever edition this service has heard of, in whichever replica.
pub async fn in_force(tx: &mut Tx, app: &App) -> Result<Calendar, Error> {
    loop {
        let Edition { number, calendar } = app.editions.current();
        let later = store::calendar_after(tx, number, AT_ONCE).await?;
        let Some((last, _)) = later.last() else { return Ok(calendar) };
        let calendar = later.iter().fold(calendar, |calendar, (_, year)| calendar.with(year));
        app.editions.advance(Edition { number: *last, calendar });
    }
}

/// The year that was loaded.
pub fn year(of: &CalendarLoaded) -> Result<Year, Fault> {
    let row = |day: &CalendarDay| {
        let kind = if day.kind() == CalendarDayKind::Workday { "workday" } else { "holiday" };
        format!("{},{kind},{},{}\n", day.date, day.festival, day.notice)
    };
    let csv = format!("{}\n{}", Year::HEADER, of.days.iter().map(row).collect::<String>());
    Year::try_from(csv).map_err(|error| Fault::Poisoned(error.to_string()))
}
