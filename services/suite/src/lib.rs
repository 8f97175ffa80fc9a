//! The suite in one binary.
//!
//! * [`run`] — the command line: `up`, `demo`, `token`, `letters`, `mails`, `calendar`, `--print-config`.
//! * [`SERVICES`] — the five services.
//! * [`client`] — typed clients of all five, calling as somebody.
//! * [`journey`] — the journeys that the demo plays and the tests drive, over public RPCs only.

mod calendar;
pub mod client;
mod command;
mod config;
mod demo;
pub mod journey;
mod letters;
mod mails;
mod page;
mod terminal;
mod token;
mod up;
mod words;

pub use command::run;
pub use config::{DEV_ISSUER, issuer_at};

use sanben_host::Service;

/// The five services.
pub const SERVICES: [Service; 5] = [
    sanben_intake::SERVICE,
    sanben_ledger::SERVICE,
    sanben_liaison::SERVICE,
    sanben_meeting::SERVICE,
    sanben_notification::SERVICE,
];
