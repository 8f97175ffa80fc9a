//! The whole suite, driven over public RPCs only.

mod journeys;
mod start;
