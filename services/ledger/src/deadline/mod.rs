//! Deadlines.

pub mod explain_deadline;
pub mod reproject;
pub mod rungs;
pub mod words;
