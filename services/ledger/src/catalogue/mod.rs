//! What is published for all.

pub mod calendar;
pub mod checklist;
pub mod error;
pub mod praise;
pub mod preset;
