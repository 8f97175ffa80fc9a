//! The rules of the ledger, pure: time, people and calendars are parameters. What may happen to a thing is decided here, and what
//! it then is; the service beside it reads, keeps and answers.
//!
//! * [`case`] — a matter from the chief's gate to the archive.
//! * [`drive`] — old open cases are cleared over a frozen list. [`problem`] — like cases, a measure against what they have in
//!   common, its effect.
//! * [`likeness`] — what says much the same. [`terms`] — the words by which cases are found.
//! * [`signed`] — who did something in whose name.

pub mod case;
pub mod drive;
pub mod likeness;
pub mod problem;
pub mod signed;
pub mod terms;
