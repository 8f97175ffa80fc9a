//! Duties.

pub mod elsewhere;
pub mod list_duties;
pub mod programmes;
pub mod projection;
pub mod store;
pub mod view;
