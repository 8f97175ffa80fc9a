//! SQL of finding cases.

pub mod access_path;
pub mod index;
pub mod query;
pub mod unit_file;
