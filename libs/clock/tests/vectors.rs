//! What something else worked out from the same table, row by row: `vectors/README.md` says how.

use std::collections::BTreeMap;
use std::fmt::Debug;

use sanben_clock::{Budget, Calendar, Hours, Measure, Pause, Roll, Term, Ts};
use time::Date;
use time::macros::{date, format_description};

const TERMS: &str = include_str!("vectors/terms.csv");
const BETWEEN: &str = include_str!("vectors/between.csv");

/// A row of `terms.csv`.
struct Row<'a> {
    id: &'a str,
    term: Term,
    due: Ts,
    warn: Ts,
    over: Ts,
    provisional: bool,
}

/// The rows of a table, each of so many fields.
fn rows<'a, const N: usize>(csv: &'a str, header: &str) -> Vec<[&'a str; N]> {
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some(header));
    let fields = |line: &'a str| line.split(',').collect::<Vec<_>>().try_into().unwrap_or_else(|_| panic!("{N} fields: {line}"));
    lines.map(fields).collect()
}

fn terms() -> Vec<Row<'static>> {
    let header = "id,measure,start,amount,more,roll,pauses,due,warn,over,provisional";
    rows(TERMS, header).into_iter().map(row).collect()
}

fn row([id, measure, start, amount, more, roll, pauses, due, warn, over, provisional]: [&str; 11]) -> Row<'_> {
    let measure = match measure {
        "CALENDAR_DAYS" => Measure::CalendarDays,
        "WORKDAYS" => Measure::Workdays,
        "WORK_HOURS" => Measure::WorkHours,
        other => panic!("{id}: {other} is no measure"),
    };
    let roll = match roll {
        "forward" => Roll::Forward,
        "keep" => Roll::Keep,
        other => panic!("{id}: {other} is no roll"),
    };
    let pause = |span: &str| {
        let (from, until) = span.split_once('/').expect("from/until");
        Pause { from: at(from), until: Some(at(until)) }
    };
    let term = Term {
        start: at(start),
        budget: Budget { amount: read(amount), measure },
        more: read(more),
        pauses: pauses.split(';').filter(|span| !span.is_empty()).map(pause).collect(),
        roll,
        hours: Hours::default(),
    };
    Row { id, term, due: at(due), warn: at(warn), over: at(over), provisional: read(provisional) }
}

fn at(text: &str) -> Ts {
    Ts::parse(text).unwrap_or_else(|| panic!("{text} is no instant"))
}

fn day(text: &str) -> Date {
    Date::parse(text, format_description!("[year]-[month]-[day]")).unwrap_or_else(|_| panic!("{text} is no date"))
}

fn read<T: std::str::FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

/// Everything that differs, so that one run shows how much is wrong.
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} rows differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn terms_end_where_something_else_says() {
    let calendar = Calendar::shipped();
    let mut wrong = Vec::new();
    for row in terms() {
        let said = [row.due, row.warn, row.over];
        // Every pause has an end, so it cannot matter when somebody looks.
        for now in [row.term.start, row.due, row.over] {
            let found = row.term.project(&calendar, now);
            if ([found.due, found.warn, found.over], found.provisional) != (said, row.provisional) {
                wrong.push(format!("{}: {found:?} is not {said:?}, provisional {}", row.id, row.provisional));
                break;
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_calendar_alone_ends_terms_without_pauses_alike() {
    let calendar = Calendar::shipped();
    let mut wrong = Vec::new();
    for Row { id, term, due, provisional, .. } in terms() {
        let (first, total) = (term.start.date(), term.budget.amount + term.more);
        let found = match term.budget.measure {
            _ if !term.pauses.is_empty() => continue,
            Measure::CalendarDays => calendar.add_days(first, total, term.roll),
            Measure::Workdays => calendar.add_workdays(first, total),
            Measure::WorkHours => continue,
        };
        if (Ts::end_of(found.date), found.provisional) != (due, provisional) {
            wrong.push(format!("{id}: {found:?} is not {due}, provisional {provisional}"));
        }
    }
    none(&wrong);
}

#[test]
fn between_two_days_are_as_many_workdays_as_something_else_counts() {
    let calendar = Calendar::shipped();
    let spans: Vec<(Date, Date, u32)> = rows(BETWEEN, "first,last,workdays")
        .into_iter()
        .map(|[first, last, workdays]| (day(first), day(last), read(workdays)))
        .collect();
    assert!(spans.len() >= 100, "{} spans", spans.len());
    assert!(spans.contains(&(date!(2023 - 01 - 09), date!(2023 - 03 - 17), 47)));
    let differs = |(first, last, said): &(Date, Date, u32)| {
        let found = calendar.workdays_between(*first, *last);
        (found != *said).then(|| format!("{first} to {last}: {found} is not {said}"))
    };
    none(&spans.iter().filter_map(differs).collect::<Vec<_>>());
}

#[test]
fn what_the_domain_names_is_among_them() {
    let due: BTreeMap<&str, (Measure, Date, u32, Roll, Date)> = terms()
        .iter()
        .filter(|row| row.term.pauses.is_empty() && row.term.more == 0)
        .map(|Row { id, term, due, .. }| (*id, (term.budget.measure, term.start.date(), term.budget.amount, term.roll, due.date())))
        .collect();
    let (ninth, nineteenth) = (date!(2023 - 01 - 09), date!(2023 - 01 - 19));
    let (kept, rolled, sixty) = (date!(2023 - 01 - 24), date!(2023 - 01 - 28), date!(2023 - 03 - 10));
    for (id, named) in [
        ("domain-5-workdays", (Measure::Workdays, nineteenth, 5, Roll::Forward, date!(2023 - 01 - 31))),
        ("domain-15-days-kept", (Measure::CalendarDays, ninth, 15, Roll::Keep, kept)),
        ("domain-15-days-rolled", (Measure::CalendarDays, ninth, 15, Roll::Forward, rolled)),
        ("domain-60-days-kept", (Measure::CalendarDays, ninth, 60, Roll::Keep, sixty)),
        ("domain-60-days-rolled", (Measure::CalendarDays, ninth, 60, Roll::Forward, sixty)),
    ] {
        assert_eq!(due.get(id), Some(&named), "{id}");
    }
}

#[test]
fn there_are_enough_of_each() {
    let rows = terms();
    let ids: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), rows.len(), "an id is there twice");
    let enough = |what: &str, least: usize, is: &dyn Fn(&Row) -> bool| {
        let there = rows.iter().filter(|row| is(row)).count();
        assert!(there >= least, "{there} {what}, {least} at least");
    };
    enough("rows", 600, &|_| true);
    enough("without pauses", 300, &|row| row.term.pauses.is_empty());
    enough("with pauses", 200, &|row| !row.term.pauses.is_empty());
    enough("with four pauses", 20, &|row| row.term.pauses.len() == 4);
    enough("with an extension", 50, &|row| row.term.more > 0);
    enough("provisional", 20, &|row| row.provisional);
    enough("not provisional, long over in a year without a notice", 3, &|row| !row.provisional && row.over.date().year() == 2027);
    enough("with nothing to spend", 50, &|row| row.term.budget.amount + row.term.more == 0);
    for measure in [Measure::CalendarDays, Measure::Workdays, Measure::WorkHours] {
        for year in 2022..=2026 {
            let of = |row: &Row| row.term.budget.measure == measure && row.term.start.date().year() == year;
            enough(&format!("of {measure:?} in {year}"), 30, &of);
        }
        let paused = |row: &Row| row.term.budget.measure == measure && !row.term.pauses.is_empty();
        enough(&format!("of {measure:?} with pauses"), 50, &paused);
    }
    let rolled = |row: &Row| row.term.budget.measure == Measure::CalendarDays && row.term.roll == Roll::Forward;
    enough("of calendar days that may roll", 100, &rolled);
}
