//! Deadlines: what comes of clocks as time passes. It owns nothing but two loops and one explanation.
//!
//! [`explain_deadline`] names every day that counts or does not, with its reason, in words and in fields, also for what would be,
//! if.
//!
//! [`reproject`] works the clocks out again when another edition of the calendar is in force. A case whose day has moved or become
//! certain says so in its history, once for each edition.
//!
//! [`rungs`] finds what has become due. Each duty but the answer to an urging has three rungs:
//!
//! * at 70 % of its time a letter (提醒函) is drafted;
//! * when it is overdue, an order (督办单);
//! * five workdays later, a bulletin (通报) and a referral to discipline (移交纪检督察).
//!
//! What has no time to use up, such as an urgent matter, is never near its end. `services/ledger/rules/src/case/rung.rs` says what
//! is due of a case now: of what runs, in working hours, in order, and above the last rung that this clock (kind, subject, turn)
//! has reached, which the case keeps. So more time, a pause or another calendar moves what is ahead, and no rung is reached twice.
//! Of what several authorities wait for, which is the same reply, the first day has them.
//!
//! Beside each running clock stands the next instant at which something is due (`clocks.rung_time`). Once a second the cases are
//! found by it; each is taken in its turn, worked out anew, and `RungReached` is written in the same transaction as the case,
//! whichever replica comes first. What became due while nobody looked is caught up in order at the next opening. A simulated year
//! of 20,000 cases is held against an independent count in `services/ledger/tests/year/mod.rs`.
//!
//! Says: `DeadlinesProjected`, `RungReached`, `DraftsRenewed`. Hears: nothing; it reads the calendar in force and the clock.

pub mod explain_deadline;
pub mod reproject;
pub mod rungs;
pub mod words;
