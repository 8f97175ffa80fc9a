//! The whole suite, driven over public RPCs only.

mod journeys;
mod privacy;
mod process;
mod restart;
mod start;
mod trace;
