//! Figures.

pub mod count_personal_duties;
pub mod measure_gates;
pub mod period;
pub mod projection;
pub mod store;
