//! What is wrong with rows of a calendar, so that whoever wrote them can be told in their own language.

use time::{Date, Weekday};

/// A calendar that cannot be taken as it is.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("calendar, line {line}: {fault}")]
pub struct CalendarError {
    /// The line that is wrong, counted from 1; the header is line 1. For something that is missing, where it should have been.
    pub line: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// The first line is not the header.
    #[error("the header is not `date,kind,festival,notice`")]
    Header,
    /// Not four fields.
    #[error("{count} fields instead of 4")]
    Fields {
        /// How many there are.
        count: usize,
    },
    /// The first field is no day of the calendar, written `YYYY-MM-DD`.
    #[error("the first field is no date")]
    NoDate,
    /// The second field is neither `holiday` nor `workday`.
    #[error("the second field is neither `holiday` nor `workday`")]
    Kind,
    /// No festival is named.
    #[error("the festival is missing")]
    FestivalMissing,
    /// No notice is named.
    #[error("the notice is missing")]
    NoticeMissing,
    /// The festival or the notice is too long, or holds what cannot be printed.
    #[error("the festival or the notice is not 1 to {most} printable characters")]
    Unprintable {
        /// So many characters at most.
        most: usize,
    },
    /// Monday to Friday is worked anyway.
    #[error("{date} is a {weekday}: `workday` is for weekends")]
    WorkedWeekday {
        /// The day.
        date: Date,
        /// What day of the week it is.
        weekday: Weekday,
    },
    /// The date stands there before.
    #[error("{date} is there twice")]
    Twice {
        /// The day.
        date: Date,
    },
    /// The date is earlier than that of the line before.
    #[error("{date} comes after {last}: not sorted")]
    Unsorted {
        /// The day.
        date: Date,
        /// The day of the line before.
        last: Date,
    },
    /// More lines than a notice has.
    #[error("more than {most} lines")]
    TooManyLines {
        /// So many at most, the header counted.
        most: usize,
    },
    /// Another notice than in the first row.
    #[error("another notice than in the first row")]
    SeveralNotices,
    /// New Year's Day, by which the year is known, is not off.
    #[error("New Year's Day is not there as a holiday")]
    NoNewYear,
    /// Neither in the year nor in the last days before it.
    #[error("{date} is neither in {year} nor in the last days before it")]
    OutsideYear {
        /// The day.
        date: Date,
        /// The year of the notice.
        year: i32,
    },
    /// A day between two days off of the same festival is not there.
    #[error("{date}, between two days off of the same festival, is not there")]
    Gap {
        /// The first day that is not there.
        date: Date,
    },
    /// A day that the law makes a holiday each year is not there.
    #[error("{date} is a holiday by law and is not there")]
    StatutoryMissing {
        /// The day.
        date: Date,
    },
    /// A festival that every notice names has no day off.
    #[error("{} has no day off", festival.name())]
    FestivalAbsent {
        /// Which.
        festival: Festival,
    },
    /// A weekend is worked for a festival that has no day off.
    #[error("a weekend is worked for a festival that has no day off")]
    NothingToMakeUpFor,
    /// The notice is that of another year.
    #[error("the notice is that of {year}")]
    NoticeOfAnotherYear {
        /// Which.
        year: i32,
    },
    /// The notice of another year names the date.
    #[error("{date} is named by the notice of another year")]
    NamedByAnother {
        /// The day.
        date: Date,
    },
    /// A field is quoted, as spreadsheets may write it.
    #[error("a field is in quotation marks")]
    Quoted,
    /// The year is before the first one that is known.
    #[error("the calendar begins with {first}")]
    BeforeFirst {
        /// The first year that is known.
        first: i32,
    },
    /// There would be a year without a notice between two that have one.
    #[error("the notice of {year} has to come first")]
    YearBetween {
        /// The first such year.
        year: i32,
    },
}

/// A festival that each notice of the State Council names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Festival {
    /// 元旦.
    NewYear,
    /// 春节.
    Spring,
    /// 清明节.
    TombSweeping,
    /// 劳动节.
    Labour,
    /// 端午节.
    DragonBoat,
    /// 中秋节.
    MidAutumn,
    /// 国庆节.
    National,
}

impl Festival {
    /// All of them, in the order of the year.
    pub const ALL: [Festival; 7] = [
        Festival::NewYear,
        Festival::Spring,
        Festival::TombSweeping,
        Festival::Labour,
        Festival::DragonBoat,
        Festival::MidAutumn,
        Festival::National,
    ];

    /// As the notices write it.
    pub fn name(self) -> &'static str {
        match self {
            Festival::NewYear => "元旦",
            Festival::Spring => "春节",
            Festival::TombSweeping => "清明节",
            Festival::Labour => "劳动节",
            Festival::DragonBoat => "端午节",
            Festival::MidAutumn => "中秋节",
            Festival::National => "国庆节",
        }
    }
}
