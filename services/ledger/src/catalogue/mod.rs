//! What is published for all, and is no case: the working calendar, checklists, presets, praise. Each is its own room with its own
//! history, never changes once it is published, and has a newer edition or version instead. What a publication is refused for is
//! mapped in `error`.

pub mod calendar;
pub mod checklist;
pub mod error;
pub mod praise;
pub mod preset;
