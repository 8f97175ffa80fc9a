//! Figures: how long, and how many, by unit and person, over a period and within the reader's reach. The room owns when each case
//! came to its gate and when it passed.
//!
//! [`measure_gates`] says how long cases wait: from the proposal to the chief's signature or refusal, also where the signature
//! follows an urgent assignment. How long one case waits is in the case itself (`services/ledger/rules/src/case/gate.rs`).
//! [`count_personal_duties`] says what leaders have taken on in person.
//!
//! Says and hears nothing.

pub mod count_personal_duties;
pub mod measure_gates;
pub mod period;
pub mod projection;
pub mod store;
