//! The whole suite, driven over public RPCs only.

mod again;
mod bad_input;
mod bad_luck;
mod contract;
mod envoy;
mod fleet;
mod integrators;
mod journeys;
mod letters;
mod load;
mod mail;
mod matter;
mod notices;
mod post;
mod privacy;
mod process;
mod refusals;
mod restart;
mod roads;
mod rows;
mod sealed;
mod start;
mod trace;
mod watch_case;
mod web;
mod wire;
