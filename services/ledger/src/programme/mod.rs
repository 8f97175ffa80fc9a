//! Programmes: work on many cases at once, which is of no single case. A [`drive`] clears old open cases over a frozen list; a
//! [`problem`] holds like cases and a measure against what they have in common. [`standing`] says who stands how to either. Every
//! reader gets only what follows from the cases that they may see.

pub mod drive;
pub mod problem;
pub mod standing;
