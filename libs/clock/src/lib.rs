//! Time, and what is made of it: the only place in the suite that asks what time it is.
//!
//! | file          | what                                                              |
//! |---------------|-------------------------------------------------------------------|
//! | `ts.rs`       | [`Ts`], an instant in microseconds, and its day in Shanghai        |
//! | `source.rs`   | [`Clock`], where now, ids (UUIDv7) and randomness come from        |
//! | `calendar.rs` | [`Calendar`], which days are worked, and when so many days end     |
//! | `year.rs`     | [`Year`], what one notice says, checked before it is let in        |
//! | `fault.rs`    | [`Fault`], what is wrong with a line of it                         |
//! | `hours.rs`    | [`Hours`], when the offices are open on a workday                  |
//! | `term.rs`     | [`Term`], a budget with its pauses: when it ends, and why then     |
//!
//! Nothing else reads the system time, so a test that holds a [`Clock::fake`] holds all of it.
//! The databases never do either: an instant is cut to microseconds here, which is what both
//! engines can store, so what is written is what is read.
//!
//! Days are days in China: Asia/Shanghai, fixed at +08:00 ([`OFFSET_SHANGHAI`]). China has had
//! no summer time since 1991, so no time zone database is needed.

mod calendar;
mod fault;
mod hours;
mod source;
mod term;
mod ts;
mod year;

pub use calendar::{Calendar, Day, Due, Reason, Roll};
pub use fault::{CalendarError, Fault, Festival};
pub use hours::{Hours, NoHours};
pub use source::{Clock, NotFake};
pub use term::{Budget, Measure, Pause, Projection, Stretch, Term, Why};
pub use ts::{OFFSET_SHANGHAI, Ts};
pub use year::{LINES_MAX, Year};
