//! What intake keeps and what its vault holds: one program for all of it.

mod conformance;
mod vault;
