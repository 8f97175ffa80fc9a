//! What the ledger keeps and works out, on both engines: one program for all of it.

mod calendars;
mod checklists;
mod clocks;
mod co_handlings;
mod conformance;
mod drafts;
mod drives_and_problems;
mod duties;
mod feed;
mod finding;
mod fold;
mod rights;
mod unit_file;
mod ways;
mod year;
