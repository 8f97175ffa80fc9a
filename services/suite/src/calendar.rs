use std::io::ErrorKind;

use clap::ArgMatches;
use comfy_table::{Table, presets};
use sanben_clock::{Calendar, CalendarError, Clock, Day, Year};
use sanben_host::Catalog;
use sanben_ledger::SERVICE;
use sanben_ledger::catalogue::calendar::{self, Refusal, fault};
use time::{Date, Month};

use crate::config;
use crate::terminal::say;
use crate::words::Words;

/// Says whether the file holds the days of one notice as they must be; looks at nothing else.
pub fn check(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let year = read(given, words)?;
    say(&summary("calendar-right", &year, &[], words));
    Ok(())
}

/// Loads the file as the next edition. What runs takes it up within seconds.
pub async fn load(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let year = read(given, words)?;
    let reason = given.get_one::<String>("reason").map_or("", String::as_str);
    let db = config::store(given, SERVICE.name, words).await?;
    let loaded = calendar::load_as_operator(&db, &Clock::system(), year, reason).await.map_err(|error| away(&error, words))?;
    match loaded {
        Ok(loaded) => {
            say(&summary("calendar-loaded", &loaded.year, &[("edition", loaded.edition.to_string())], words));
            Ok(())
        }
        Err(Refusal::Wrong(error)) => Err(wrong(&error, words)),
        Err(Refusal::Changed { present }) => Err(words.say_with("calendar-changed", &[("edition", present.to_string())])),
        Err(Refusal::ReasonMissing) => Err(words.say("calendar-reason-missing")),
    }
}

/// Shows the days of a year, the present one if none is named.
pub async fn show(given: &ArgMatches, words: &Words) -> Result<(), String> {
    let year = given.get_one::<i32>("year").copied().unwrap_or_else(|| Clock::system().now().date().year());
    let db = config::store(given, SERVICE.name, words).await?;
    let edition = calendar::in_force(&db).await.map_err(|error| away(&error, words))?;
    let notice = edition.calendar.notice(year).unwrap_or_default().to_owned();
    let known = if notice.is_empty() { "calendar-not-announced" } else { "calendar-announced" };
    let number = edition.number.to_string();
    say(&words.say_with(known, &[("year", year.to_string()), ("notice", notice), ("edition", number)]));
    let days = days_of(&edition.calendar, year);
    if !days.is_empty() {
        say(&draw(&days, words));
    }
    Ok(())
}

fn days_of(calendar: &Calendar, year: i32) -> Vec<(Date, &Day)> {
    let day = |month, day| Date::from_calendar_date(year, month, day).ok();
    let whole = day(Month::January, 1).zip(day(Month::December, 31));
    whole.map(|(first, last)| calendar.exceptions(first, last).collect()).unwrap_or_default()
}

fn read(given: &ArgMatches, words: &Words) -> Result<Year, String> {
    let file = given.get_one::<String>("file").map_or("", String::as_str);
    let csv = if file == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    let csv = csv.map_err(|error| {
        let key = match error.kind() {
            ErrorKind::NotFound => "calendar-file-missing",
            ErrorKind::InvalidData => "calendar-file-not-utf8",
            _ => "calendar-file-unreadable",
        };
        words.say_with(key, &[("file", file.to_owned())])
    })?;
    Year::parse(&csv).map_err(|error| format!("{file}: {}", wrong(&error, words)))
}

/// What the engine says of it stands in the text as it is.
fn away(error: &sanben_db::Error, words: &Words) -> String {
    words.say_with("store-away", &[("service", SERVICE.name.to_owned()), ("why", error.to_string())])
}

/// The line and what is wrong with it, as the ledger says it.
fn wrong(error: &CalendarError, words: &Words) -> String {
    fault::problem(error).text(&Catalog::new(&[SERVICE.texts]), words.lang)
}

fn summary(key: &str, year: &Year, more: &[(&str, String)], words: &Words) -> String {
    let count = |workday: bool| year.days().filter(|(_, day)| day.workday == workday).count().to_string();
    let known = [("year", year.year.to_string()), ("notice", year.notice.clone()), ("off", count(false)), ("worked", count(true))];
    words.say_with(key, &[&known, more].concat())
}

fn draw(days: &[(Date, &Day)], words: &Words) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_header(["date", "kind", "festival", "notice"].map(|column| words.say(&format!("calendar-{column}"))));
    for (date, day) in days {
        let kind = if day.workday { words.say("calendar-workday") } else { words.say("calendar-holiday") };
        let (festival, notice) = day.named().unwrap_or_default();
        table.add_row([date.to_string(), kind, festival.to_owned(), notice.to_owned()]);
    }
    table.to_string()
}
