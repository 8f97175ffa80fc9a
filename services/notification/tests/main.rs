//! What notification keeps, whom it tells and who watches: one program for all of it.

mod conformance;
mod watch;
mod who_is_told;
