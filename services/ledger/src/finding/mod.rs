//! Finding.

pub mod by_terms;
pub mod list_cases;
pub mod projection;
pub mod reindex;
pub mod store;
pub mod suggest_similar_cases;
