//! What holds of every term, whatever its budget and its pauses. The terms are random, from a fixed seed: every run tries the same ones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sanben_clock::{Budget, Calendar, Hours, Measure, Pause, Roll, Stretch, Term, Ts, Why};
use time::macros::date;
use time::{Date, Duration, Weekday};

const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;
/// Where something begins or ends on a workday, and the instants beside.
const EDGES: [i64; 11] =
    [0, 1, 9 * HOUR - 1, 9 * HOUR, 12 * HOUR - 1, 12 * HOUR, 13 * HOUR, 18 * HOUR - 1, 18 * HOUR, DAY - 2, DAY - 1];

fn config() -> ProptestConfig {
    ProptestConfig { cases: 1_000, rng_seed: RngSeed::Fixed(20_230_109), failure_persistence: None, ..ProptestConfig::default() }
}

fn calendar() -> &'static Calendar {
    static SHIPPED: LazyLock<Calendar> = LazyLock::new(Calendar::shipped);
    &SHIPPED
}

fn later(at: Ts, micros: i64) -> Ts {
    Ts::from_micros(at.micros() + micros)
}

// What there may be.

/// An instant of a day: often an edge, else any.
fn clock() -> impl Strategy<Value = i64> {
    prop_oneof![proptest::sample::select(&EDGES[..]), 0..DAY]
}

fn instant(first: Date, last: Date) -> impl Strategy<Value = Ts> {
    let days = (last - first).whole_days();
    (0..=days, clock()).prop_map(move |(days, clock)| later(Ts::start_of(first + Duration::days(days)), clock))
}

fn measure() -> impl Strategy<Value = Measure> {
    proptest::sample::select(vec![Measure::CalendarDays, Measure::Workdays, Measure::WorkHours])
}

/// The usual hours, others, and the whole day.
fn hours() -> impl Strategy<Value = Hours> {
    let others = [vec![(510, 690), (840, 1050)], vec![(0, 90), (600, 661), (1320, 1440)], vec![(0, 1440)]];
    let others = others.map(|spans| Hours::try_from(spans).expect("hours")).to_vec();
    prop_oneof![Just(Hours::default()), proptest::sample::select(others)]
}

/// From some days before the start to long after it; within a day, over many, or of no length.
fn pause(start: Ts) -> impl Strategy<Value = Pause> {
    let midnight = Ts::start_of(start.date());
    let length = prop_oneof![Just(0), 1..DAY, (0..14_i64, clock()).prop_map(|(days, clock)| days * DAY + clock)];
    (-3..40_i64, clock(), length).prop_map(move |(days, clock, length)| {
        let from = later(midnight, days * DAY + clock);
        Pause { from, until: Some(later(from, length)) }
    })
}

fn term_from(first: Date, last: Date) -> impl Strategy<Value = Term> {
    let roll = proptest::sample::select(vec![Roll::Forward, Roll::Keep]);
    let amount = prop_oneof![0..6_u32, 0..60_u32];
    let more = prop_oneof![Just(0), 0..20_u32];
    let budget = (amount, measure()).prop_map(|(amount, measure)| Budget { amount, measure });
    (instant(first, last), budget, more, roll, hours()).prop_flat_map(|(start, budget, more, roll, hours)| {
        vec(pause(start), 0..6).prop_map(move |pauses| Term { start, budget, more, pauses, roll, hours: hours.clone() })
    })
}

fn term() -> impl Strategy<Value = Term> {
    term_from(date!(2022 - 01 - 01), date!(2026 - 12 - 31))
}

fn term_in_days() -> impl Strategy<Value = Term> {
    let measure = proptest::sample::select(vec![Measure::CalendarDays, Measure::Workdays]);
    (term(), measure).prop_map(|(term, measure)| Term { budget: Budget { measure, ..term.budget }, ..term })
}

fn term_and_pause() -> impl Strategy<Value = (Term, Pause)> {
    term().prop_flat_map(|term| (pause(term.start), Just(term)).prop_map(|(pause, term)| (term, pause)))
}

// What is counted, once more and slowly.

fn total(term: &Term) -> u64 {
    u64::from(term.budget.amount) + u64::from(term.more)
}

fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.next_day()).take_while(move |day| *day <= last)
}

fn stands(term: &Term, at: Ts) -> bool {
    term.pauses.iter().any(|pause| pause.from <= at && pause.until.is_none_or(|until| at < until))
}

fn is_of_measure(term: &Term, day: Date) -> bool {
    term.budget.measure == Measure::CalendarDays || calendar().is_workday(day)
}

/// The days after that of the start, up to one, that count.
fn days_counted(term: &Term, last: Date) -> u64 {
    days(term.start.date(), last).skip(1).filter(|day| is_of_measure(term, *day) && !stands(term, Ts::end_of(*day))).count() as u64
}

/// The microseconds of a day, between two instants, in which the offices are open and the clock runs: between two edges of anything, it
/// either runs or it does not.
fn micros_counted(term: &Term, day: Date, from: Ts, until: Ts) -> u64 {
    if !calendar().is_workday(day) {
        return 0;
    }
    let open: Vec<(Ts, Ts)> = term.hours.spans(day).collect();
    let ends = open.iter().copied().chain(term.pauses.iter().map(|pause| (pause.from, pause.until.expect("it ended"))));
    let mut edges: Vec<Ts> = ends.flat_map(|(from, until)| [from, until]).chain([from, until]).collect();
    edges.sort_unstable();
    let runs = |at: Ts| from <= at && at < until && open.iter().any(|span| span.0 <= at && at < span.1) && !stands(term, at);
    edges.windows(2).filter(|edge| runs(edge[0])).map(|edge| (edge[1].micros() - edge[0].micros()) as u64).sum()
}

fn hours_counted(term: &Term, until: Ts) -> u64 {
    days(term.start.date(), until.date()).map(|day| micros_counted(term, day, term.start, until)).sum()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_pause_moves_nothing_earlier((term, pause) in term_and_pause()) {
        let before = term.project(calendar(), term.start);
        let mut paused = term.clone();
        paused.pauses.push(pause);
        let after = paused.project(calendar(), term.start);
        prop_assert!(after.due >= before.due && after.warn >= before.warn && after.over >= before.over, "{before:?} {after:?}");
    }

    #[test]
    fn an_extension_moves_nothing_earlier(term in term(), more in 0..40_u32) {
        let before = term.project(calendar(), term.start);
        let extended = Term { more: term.more + more, ..term };
        let after = extended.project(calendar(), extended.start);
        prop_assert!(after.due >= before.due && after.warn >= before.warn && after.over >= before.over, "{before:?} {after:?}");
    }

    #[test]
    fn pausing_and_resuming_keep_the_budget(term in term()) {
        let kept = Term { roll: Roll::Keep, ..term.clone() };
        let (due, total) = (kept.project(calendar(), term.start).due, total(&term));
        if term.budget.measure == Measure::WorkHours {
            let total = total * HOUR as u64;
            prop_assert_eq!(hours_counted(&term, due), total);
            prop_assert!(total == 0 || hours_counted(&term, later(due, -1)) == total - 1, "not the first instant");
        } else {
            prop_assert_eq!(due, Ts::end_of(due.date()));
            prop_assert_eq!(days_counted(&term, due.date()), total);
            let before = due.date().previous_day().expect("a day");
            prop_assert!(total == 0 || days_counted(&term, before) == total - 1, "not the first day");
        }
    }

    #[test]
    fn a_last_calendar_day_rolls_to_the_next_that_can_be_the_last(term in term()) {
        let of = |roll| Term { roll, ..term.clone() }.project(calendar(), term.start);
        let (kept, rolled) = (of(Roll::Keep), of(Roll::Forward));
        prop_assert_eq!(kept.warn, rolled.warn);
        if term.budget.measure == Measure::CalendarDays {
            let can = |day: &Date| calendar().is_workday(*day) && !stands(&term, Ts::end_of(*day));
            let first = days(kept.due.date(), Date::MAX).find(can).expect("a workday");
            prop_assert_eq!(rolled.due, Ts::end_of(first));
        } else {
            prop_assert_eq!(kept, rolled);
        }
    }

    #[test]
    fn long_over_is_five_running_workdays_after_the_due_day(term in term()) {
        let found = term.project(calendar(), term.start);
        let ran = |day: &Date| calendar().is_workday(*day) && !stands(&term, Ts::end_of(*day));
        let fifth = days(found.due.date(), Date::MAX).skip(1).filter(ran).nth(4).expect("a workday");
        prop_assert_eq!(found.over, later(Ts::end_of(fifth), 1));
    }

    #[test]
    fn the_order_of_pauses_and_where_one_goes_on_do_not_matter(term in term(), cut in 0.0..1.0) {
        let said = term.project(calendar(), term.start);
        let turned = Term { pauses: term.pauses.iter().rev().copied().collect(), ..term.clone() };
        prop_assert_eq!(turned.project(calendar(), term.start), said);
        let halves = |pause: &Pause| {
            let length = pause.until.expect("it ended").micros() - pause.from.micros();
            let middle = later(pause.from, (length as f64 * cut) as i64);
            [Pause { until: Some(middle), ..*pause }, Pause { from: middle, ..*pause }]
        };
        let cut = Term { pauses: term.pauses.iter().flat_map(halves).collect(), ..term.clone() };
        prop_assert_eq!(cut.project(calendar(), term.start), said);
    }

    #[test]
    fn seven_tenths_are_used_from_the_warning_on(term in term(), away in -20..20_i64, clock in clock()) {
        let said = term.project(calendar(), term.start);
        let random = later(Ts::start_of(said.warn.date()), away * DAY + clock);
        for now in [said.warn, later(said.warn, -1), said.due, later(said.due, -1), random] {
            let found = term.project(calendar(), now);
            prop_assert_eq!((found.due, found.warn, found.over, found.total), (said.due, said.warn, said.over, said.total));
            prop_assert!(found.used <= found.total);
            prop_assert!(found.used * 10 >= found.total * 7 || now < said.warn, "at {now}: {found:?}");
            prop_assert!(found.used * 10 < found.total * 7 || now >= said.warn || found.total == 0, "at {now}: {found:?}");
        }
        prop_assert_eq!(term.project(calendar(), said.due).used, said.total);
    }

    #[test]
    fn an_explanation_adds_up(term in term()) {
        let (found, stretches) = term.explain(calendar(), term.start);
        prop_assert_eq!(found, term.project(calendar(), term.start));
        let in_hours = term.budget.measure == Measure::WorkHours;
        let Some((first, last)) = stretches.first().zip(stretches.last()) else {
            prop_assert!(in_hours && found.total == 0, "nothing is explained");
            return Ok(());
        };
        // Where the offices close at midnight, what is due then was used up on the day before.
        prop_assert_eq!((first.first, last.last), (term.start.date(), later(found.due, -1).date()));
        for pair in stretches.windows(2) {
            prop_assert_eq!(pair[0].last.next_day(), Some(pair[1].first));
            prop_assert_ne!(&pair[0].why, &pair[1].why, "two stretches for one");
        }
        prop_assert_eq!(stretches.iter().map(|stretch| stretch.counted).sum::<u64>(), found.total);
        for stretch in &stretches {
            reasons_hold(&term, found.due, stretch)?;
        }
        warned_where_reached(&term, found.warn, &stretches)?;
    }

    #[test]
    fn an_open_pause_ends_now((term, pause) in term_and_pause(), wait in 0..60 * DAY, more in 0..20 * DAY) {
        let open = |until| {
            let mut term = term.clone();
            term.pauses.push(Pause { until, ..pause });
            term
        };
        let now = later(pause.from, wait);
        let found = open(None).project(calendar(), now);
        prop_assert_eq!(found, open(Some(now)).project(calendar(), now));
        let then = open(None).project(calendar(), later(now, more));
        prop_assert!(then.due >= found.due && then.warn >= found.warn && then.over >= found.over, "{found:?} {then:?}");
        let early = later(pause.from, -1 - more);
        prop_assert_eq!(open(None).project(calendar(), early), term.project(calendar(), early), "it has not begun");
    }

    #[test]
    fn asked_twice_it_says_the_same(term in term(), away in 0..90 * DAY) {
        let now = later(term.start, away);
        prop_assert_eq!(term.explain(calendar(), now), term.clone().explain(&Calendar::shipped(), now));
    }

    #[test]
    fn a_new_notice_changes_only_what_is_provisional(
        term in term_from(date!(2026 - 08 - 01), date!(2027 - 02 - 28)), notice in notice(),
    ) {
        let added = Calendar::parse(&with(&notice)).expect("a calendar");
        let (before, after) = (term.explain(calendar(), term.start), term.explain(&added, term.start));
        let (due, touched) = (before.0.due, before.0.due.date() >= date!(2027 - 01 - 01));
        prop_assert_eq!(before.0.provisional, touched, "due {}", due);
        prop_assert!(!after.0.provisional || after.0.due.date() >= date!(2028 - 01 - 01));
        if !touched {
            prop_assert_eq!((after.0.due, after.0.warn, &after.1), (due, before.0.warn, &before.1));
            prop_assert!(after.0.over == before.0.over || before.0.over > Ts::start_of(date!(2027 - 01 - 01)), "{after:?}");
        }
    }

    #[test]
    fn days_never_ask_when_the_offices_are_open(term in term_in_days(), open in 0..700_u16, length in 1..700_u16) {
        let hours = Hours::try_from(vec![(open, open + length)]).expect("hours");
        let other = Term { hours, ..term.clone() };
        prop_assert_eq!(other.explain(calendar(), term.start), term.explain(calendar(), term.start));
    }

    #[test]
    fn so_many_workdays_are_not_eight_hours_each(start in instant(date!(2022 - 01 - 01), date!(2026 - 06 - 30)), amount in 1..30_u32) {
        let opens = calendar().next_open(&Hours::default(), Ts::start_of(start.date()));
        let of = |amount, measure| {
            let budget = Budget { amount, measure };
            Term { start: opens, budget, more: 0, pauses: Vec::new(), roll: Roll::Forward, hours: Hours::default() }.project(calendar(), opens)
        };
        let hours = of(8 * amount, Measure::WorkHours).due;
        prop_assert_eq!(hours, later(Ts::start_of(calendar().add_workdays(opens.date(), amount - 1).date), 18 * HOUR));
        let workdays = of(amount, Measure::Workdays).due;
        prop_assert_eq!(workdays, Ts::end_of(calendar().add_workdays(opens.date(), amount).date));
    }
}

/// Whether what a stretch says is so on each of its days.
fn reasons_hold(term: &Term, due: Ts, stretch: &Stretch) -> Result<(), TestCaseError> {
    let in_hours = term.budget.measure == Measure::WorkHours;
    for day in days(stretch.first, stretch.last) {
        let (counts, worked) = (is_of_measure(term, day), calendar().is_workday(day));
        let held = match &stretch.why {
            Why::Counted if in_hours => micros_counted(term, day, term.start, due) > 0,
            Why::Counted => counts && !stands(term, Ts::end_of(day)) && day > term.start.date(),
            Why::FirstDay => !in_hours && day == term.start.date(),
            Why::Closed(reason) => !counts && !worked && *reason == calendar().day(day).reason,
            Why::AfterHours => {
                in_hours && worked && day == term.start.date() && term.hours.spans(day).all(|(_, until)| until <= term.start)
            }
            Why::Paused(which) if in_hours => {
                let without = Term { pauses: vec![term.pauses[*which]], ..term.clone() };
                let open = Term { pauses: Vec::new(), ..term.clone() };
                let of = |term: &Term| micros_counted(term, day, term.start, later(Ts::end_of(day), 1));
                of(term) == 0 && of(&without) < of(&open)
            }
            Why::Paused(which) => stands(&Term { pauses: vec![term.pauses[*which]], ..term.clone() }, Ts::end_of(day)),
            Why::Rolled(reason) => {
                let end = Term { roll: Roll::Keep, ..term.clone() }.project(calendar(), term.start).due.date();
                day > end && *reason == calendar().day(end).reason && !stands(term, Ts::end_of(day))
            }
        };
        prop_assert!(held, "{day}: {stretch:?}");
    }
    let counted = match stretch.why {
        Why::Counted if in_hours => days(stretch.first, stretch.last).map(|day| micros_counted(term, day, term.start, due)).sum(),
        Why::Counted => (stretch.last - stretch.first).whole_days() as u64 + 1,
        _ => 0,
    };
    prop_assert_eq!(stretch.counted, counted, "{:?}", stretch);
    Ok(())
}

/// Whether the warning is where the explanation reaches seven tenths.
fn warned_where_reached(term: &Term, warn: Ts, stretches: &[Stretch]) -> Result<(), TestCaseError> {
    let total: u64 = stretches.iter().map(|stretch| stretch.counted).sum();
    if total == 0 {
        prop_assert_eq!(warn, term.start);
        return Ok(());
    }
    let near = (total * 7).div_ceil(10);
    let mut before = 0;
    let reaches = |stretch: &&Stretch| {
        before += stretch.counted;
        before >= near
    };
    let reached = stretches.iter().find(reaches).expect("it adds up");
    if term.budget.measure == Measure::WorkHours {
        prop_assert!((reached.first..=reached.last).contains(&later(warn, -1).date()), "{warn} is not in {reached:?}");
    } else {
        let into = near - (before - reached.counted) - 1;
        prop_assert_eq!(warn, Ts::start_of(reached.first + Duration::days(into as i64)));
    }
    Ok(())
}

/// Any notice for 2027: New Year's Day, and other days of which some are weekends.
fn notice() -> impl Strategy<Value = BTreeMap<Date, bool>> {
    let day = (0..365_i64).prop_map(|days| date!(2027 - 01 - 01) + Duration::days(days));
    btree_map(day, any::<bool>(), 0..40).prop_map(|mut notice| {
        notice.insert(date!(2027 - 01 - 01), false);
        notice
    })
}

/// The calendar this suite is shipped with, and a notice.
fn with(notice: &BTreeMap<Date, bool>) -> String {
    let row = |(day, works): (&Date, &bool)| {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let kind = if *works && weekend { "workday" } else { "holiday" };
        format!("{day},{kind},节日,下一年的通知\n")
    };
    let added: String = notice.iter().map(row).collect();
    format!("{}{added}", include_str!("../calendar-cn.csv"))
}
