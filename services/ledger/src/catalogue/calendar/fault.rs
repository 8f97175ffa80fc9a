//! What is wrong with a notice, as the contract and as people say it.

use sanben_clock::{CalendarError, Fault};
use sanben_host::Problem;
use sanben_proto::ledger::CalendarFault;

/// What is wrong, and with which line.
pub fn problem(of: &CalendarError) -> Problem {
    named(of).1.with("line", of.line)
}

/// The name of what is wrong, as it stands in the metadata.
pub fn name(of: &CalendarError) -> &'static str {
    named(of).0.as_str_name().trim_start_matches("CALENDAR_FAULT_")
}

fn named(of: &CalendarError) -> (CalendarFault, Problem) {
    use CalendarFault as Name;
    let text = Problem::new;
    match &of.fault {
        Fault::Header => (Name::Header, text("problem-calendar-header")),
        Fault::Fields { count } => (Name::Fields, text("problem-calendar-fields").with("count", count)),
        Fault::NoDate => (Name::NoDate, text("problem-calendar-no-date")),
        Fault::Kind => (Name::Kind, text("problem-calendar-kind")),
        Fault::FestivalMissing => (Name::FestivalMissing, text("problem-calendar-festival-missing")),
        Fault::NoticeMissing => (Name::NoticeMissing, text("problem-calendar-notice-missing")),
        Fault::Unprintable { most } => (Name::Unprintable, text("problem-calendar-unprintable").with("most", most)),
        Fault::WorkedWeekday { date, weekday } => {
            (Name::WorkedWeekday, text("problem-calendar-worked-weekday").with("date", date).with("weekday", weekday))
        }
        Fault::Twice { date } => (Name::Twice, text("problem-calendar-twice").with("date", date)),
        Fault::Unsorted { date, last } => (Name::Unsorted, text("problem-calendar-unsorted").with("date", date).with("last", last)),
        Fault::TooManyLines { most } => (Name::TooManyLines, text("problem-calendar-too-many-lines").with("most", most)),
        Fault::SeveralNotices => (Name::SeveralNotices, text("problem-calendar-several-notices")),
        Fault::NoNewYear => (Name::NoNewYear, text("problem-calendar-no-new-year")),
        Fault::OutsideYear { date, year } => {
            (Name::OutsideYear, text("problem-calendar-outside-year").with("date", date).with("year", year))
        }
        Fault::Gap { date } => (Name::Gap, text("problem-calendar-gap").with("date", date)),
        Fault::StatutoryMissing { date } => (Name::StatutoryMissing, text("problem-calendar-statutory").with("date", date)),
        Fault::FestivalAbsent { festival } => {
            (Name::FestivalAbsent, text("problem-calendar-festival-absent").with("festival", format!("{festival:?}")))
        }
        Fault::NothingToMakeUpFor => (Name::NothingToMakeUpFor, text("problem-calendar-nothing-to-make-up-for")),
        Fault::NoticeOfAnotherYear { year } => {
            (Name::NoticeOfAnotherYear, text("problem-calendar-notice-of-another-year").with("year", year))
        }
        Fault::NamedByAnother { date } => (Name::NamedByAnother, text("problem-calendar-named-by-another").with("date", date)),
        Fault::Quoted => (Name::Quoted, text("problem-calendar-quoted")),
        Fault::BeforeFirst { first } => (Name::BeforeFirst, text("problem-calendar-before-first").with("first", first)),
        Fault::YearBetween { year } => (Name::YearBetween, text("problem-calendar-year-between").with("year", year)),
    }
}
