use sanben_clock::Ts;
use serde::{Deserialize, Serialize};

/// Who did something in whose name, and when; with the tenure of a chief who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    pub person: String,
    pub unit: String,
    pub role: String,
    pub tenure: Option<String>,
    pub deputy: bool,
    pub at: Ts,
}
