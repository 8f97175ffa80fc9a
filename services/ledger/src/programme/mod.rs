//! Programmes.

pub mod drive;
pub mod problem;
pub mod standing;
