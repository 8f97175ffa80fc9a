//! When a term ends, by what holds of all and by what another program works out: one program for both.

mod properties;
mod vectors;
