//! The rules of the house, applied: one program for all of them.

mod rules;
mod tools;
