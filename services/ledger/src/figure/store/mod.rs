//! SQL of figures.

pub mod gates;
pub mod personal_duties;
