//! What liaison keeps and follows: one program for all of it.

mod conformance;
mod follow;
