use time::macros::date;

use super::*;
use crate::Roll;

/// Made up, and says so: the notice of 2027 was not out.
const MADE_UP: &str = include_str!("made-up-2027.csv");
const NOTICE: &str = "国办发明电〔2026〕0号(虚构)";

fn year(of: i32) -> Year {
    let calendar = Calendar::shipped();
    let notice = calendar.notice(of).expect("a shipped year").to_owned();
    let rows: Vec<String> =
        include_str!("../../calendar-cn.csv").lines().filter(|row| row.ends_with(&notice)).map(str::to_owned).collect();
    Year::parse(&format!("{HEADER}\n{}\n", rows.join("\n"))).expect("a shipped year")
}

/// The made-up notice, with one text in it replaced by another.
fn changed(from: &str, to: &str) -> String {
    assert!(MADE_UP.contains(from), "{from}");
    MADE_UP.replacen(from, to, 1)
}

fn row(date: &str, kind: &str, festival: &str) -> String {
    format!("{date},{kind},{festival},{NOTICE}\n")
}

#[test]
fn what_was_loaded_under_a_milder_rule_is_read() {
    let quoted = changed(NOTICE, "\"2026\"");
    assert!(matches!(Year::parse(&quoted), Err(CalendarError { fault: Fault::Quoted, .. })));
    let year = Year::try_from(quoted).expect("a year as it was kept");
    assert_eq!(Year::try_from(String::from(year.clone())), Ok(year));
}

#[test]
fn every_shipped_year_taken_out_and_loaded_again_is_as_it_was() {
    let shipped = Calendar::shipped();
    for number in 2022..=2026 {
        let year = year(number);
        assert_eq!((year.year, year.notice.as_str()), (number, shipped.notice(number).unwrap()));
        let without = Calendar { exceptions: Arc::new(shipped.without(number)) };
        assert!(!without.covers(number));
        let before_first = CalendarError { line: 2, fault: Fault::BeforeFirst { first: 2023 } };
        let expected = if number == 2022 { Err(before_first) } else { Ok(()) };
        assert_eq!(without.check(&year), expected, "{number}");
        assert_eq!(without.with(&year), shipped, "{number}");
        assert_eq!(shipped.check(&year), Ok(()), "{number} once more");
        assert_eq!(shipped.with(&year), shipped, "{number} once more");
        assert_eq!(Year::try_from(String::from(year.clone())), Ok(year), "{number} written and read");
    }
}

#[test]
fn what_a_spreadsheet_saves_is_read() {
    let saved = format!("\u{feff}{}", MADE_UP.replace('\n', "\r\n"));
    assert_eq!(Year::parse(&saved), Year::parse(MADE_UP));
}

#[test]
fn a_loaded_year_settles_what_was_provisional() {
    let (calendar, year) = (Calendar::shipped(), Year::parse(MADE_UP).unwrap());
    assert_eq!((year.year, year.notice.as_str(), year.days().count()), (2027, NOTICE, 34));
    let before = calendar.add_workdays(date!(2026 - 12 - 28), 4);
    assert_eq!((before.date, before.provisional), (date!(2027 - 01 - 01), true));
    let loaded = calendar.with(&year);
    let after = loaded.add_workdays(date!(2026 - 12 - 28), 4);
    assert_eq!((after.date, after.provisional), (date!(2027 - 01 - 04), false));
    assert_eq!(loaded.add_days(date!(2027 - 01 - 20), 15, Roll::Forward).date, date!(2027 - 02 - 04));
    assert_eq!(loaded.notice(2027), Some(NOTICE));
    let january = loaded.exceptions(date!(2026 - 12 - 01), date!(2027 - 01 - 31)).map(|(date, _)| date);
    assert_eq!(january.collect::<Vec<_>>().len(), 4);
    assert_eq!(loaded.exceptions(date!(2027 - 01 - 31), date!(2026 - 12 - 01)).count(), 0);
}

/// A notice that is amended gives way with all its days, also those of the December before.
#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let (calendar, old) = (Calendar::shipped(), year(2024));
    let longer = old.to_string().replace(&old.notice, "国办发明电〔2024〕0号(虚构)").replace("2023-12-30", "2023-12-31");
    let longer = longer.replacen("2023-12-31,holiday,元旦,国办发明电〔2024〕0号(虚构)\n", "", 1);
    let year = Year::parse(&longer).unwrap();
    assert_eq!(calendar.check(&year), Ok(()));
    let corrected = calendar.with(&year);
    assert!(!corrected.is_workday(date!(2023 - 12 - 31)));
    assert_eq!(corrected.day(date!(2023 - 12 - 30)).named(), None, "it was named by the former notice only");
    assert_eq!((corrected.notice(2024), corrected.notice(2023)), (Some(year.notice.as_str()), calendar.notice(2023)));
    assert_eq!(corrected.with(&old), calendar, "and back");
}

#[test]
fn a_wrong_notice_is_refused_with_its_line() {
    let rest = |from: &str| MADE_UP.split_once(from).unwrap().0.to_owned();
    let day = |text: &str| date_of(text);
    let january = row("2027-01-31", "workday", "春节");
    let rows = [
        (String::new(), 1, Fault::Header),
        (format!("{HEADER}\n"), 1, Fault::NoNewYear),
        (changed("2027-01-31", "2027-02-02"), 5, Fault::WorkedWeekday { date: day("2027-02-02"), weekday: time::Weekday::Tuesday }),
        (changed(&january, &january.repeat(2)), 6, Fault::Twice { date: day("2027-01-31") }),
        (changed("2027-01-31", "2026-12-27"), 5, Fault::Unsorted { date: day("2026-12-27"), last: day("2027-01-03") }),
        (
            changed("2027-01-02,holiday,元旦,国办发明电〔2026〕0号", "2027-01-02,holiday,元旦,国办发明电〔2026〕1号"),
            3,
            Fault::SeveralNotices,
        ),
        (changed(&row("2027-01-01", "holiday", "元旦"), ""), 34, Fault::NoNewYear),
        (
            format!("{MADE_UP}{}", row("2028-01-01", "holiday", "元旦")),
            36,
            Fault::OutsideYear { date: day("2028-01-01"), year: 2027 },
        ),
        (
            changed(HEADER, &format!("{HEADER}\n{}", row("2026-12-19", "workday", "元旦").trim())),
            2,
            Fault::OutsideYear { date: day("2026-12-19"), year: 2027 },
        ),
        (changed(&row("2027-02-08", "holiday", "春节"), ""), 9, Fault::Gap { date: day("2027-02-08") }),
        (changed(&row("2027-05-01", "holiday", "劳动节"), ""), 19, Fault::StatutoryMissing { date: day("2027-05-01") }),
        (changed(&row("2027-10-01", "holiday", "国庆节"), ""), 28, Fault::StatutoryMissing { date: day("2027-10-01") }),
        (rest("2027-09-26"), 26, Fault::StatutoryMissing { date: day("2027-10-01") }),
        (changed(&row("2027-06-09", "holiday", "端午节"), ""), 34, Fault::FestivalAbsent { festival: Festival::DragonBoat }),
        (
            changed("2027-06-09,holiday,端午节", "2027-06-09,holiday,端五节"),
            35,
            Fault::FestivalAbsent { festival: Festival::DragonBoat },
        ),
        (changed("2027-02-20,workday,春节", "2027-02-20,workday,春结"), 14, Fault::NothingToMakeUpFor),
        (format!("{HEADER}{}", "\n".repeat(LINES_MAX + 1)), LINES_MAX + 1, Fault::TooManyLines { most: LINES_MAX }),
    ];
    for (csv, line, fault) in rows {
        assert_eq!(Year::parse(&csv), Err(CalendarError { line, fault }), "{csv}");
    }
}

/// The day of another festival between two of the same is no gap; a workday is.
#[test]
fn a_festival_inside_another_is_no_gap() {
    let inside =
        changed(&row("2027-09-15", "holiday", "中秋节"), "").replace("2027-10-04,holiday,国庆节", "2027-10-04,holiday,中秋节");
    assert!(Year::parse(&inside).is_ok());
    let worked = MADE_UP.replace("2027-05-02,holiday", "2027-05-02,workday");
    let gap = CalendarError { line: 21, fault: Fault::Gap { date: date!(2027 - 05 - 02) } };
    assert_eq!(Year::parse(&worked), Err(gap));
}

#[test]
fn a_year_that_does_not_fit_the_others_is_refused_with_its_line() {
    let calendar = Calendar::shipped();
    let own = calendar.notice(2026).unwrap();
    let december = Year::parse(&year(2026).to_string().replace(own, "甲").replace("2026-10-10", "2026-12-27")).unwrap();
    let with_december = calendar.with(&december);
    let before = changed(HEADER, &format!("{HEADER}\n{}", row("2026-12-27", "workday", "元旦").trim()));
    let later = |years: i32| {
        // Only what the law fixes, and the other festivals on any day.
        let days = ["01-01", "02-15", "04-05", "05-01", "06-15", "09-15", "10-01", "10-02", "10-03"];
        let names = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节", "国庆节", "国庆节"];
        let rows = days.iter().zip(names).map(|(day, name)| row(&format!("{}-{day}", 2026 + years), "holiday", name));
        format!("{HEADER}\n{}", rows.collect::<String>())
    };
    let rows = [
        (&calendar, MADE_UP.to_owned(), Ok(())),
        (&calendar, before.clone(), Ok(())),
        (&with_december, before, Err((2, Fault::NamedByAnother { date: date!(2026 - 12 - 27) }))),
        (&calendar, MADE_UP.replace(NOTICE, own), Err((2, Fault::NoticeOfAnotherYear { year: 2026 }))),
        (&calendar, MADE_UP.replace(NOTICE, calendar.notice(2024).unwrap()), Err((2, Fault::NoticeOfAnotherYear { year: 2024 }))),
        (&calendar, later(1), Ok(())),
        (&calendar, later(2), Err((2, Fault::YearBetween { year: 2027 }))),
        (&calendar, later(-5), Err((2, Fault::BeforeFirst { first: 2022 }))),
        (&calendar, later(-6), Err((2, Fault::BeforeFirst { first: 2022 }))),
    ];
    for (calendar, csv, expected) in rows {
        let checked = calendar.check(&Year::parse(&csv).unwrap());
        assert_eq!(checked, expected.map_err(|(line, fault)| CalendarError { line, fault }), "{csv}");
    }
}

fn date_of(text: &str) -> Date {
    Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).expect("a date")
}

#[test]
fn a_quoted_field_is_named_with_its_line() {
    for quoted in ["\"元旦\"", "元旦\"", "\""] {
        let csv = MADE_UP.replacen("元旦", quoted, 1);
        assert_eq!(Year::parse(&csv), Err(CalendarError { line: 2, fault: Fault::Quoted }), "{csv}");
    }
}
