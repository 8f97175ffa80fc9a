//! What a case is opened with.

use sanben_clock::Ts;
use sanben_proto::kinds::{Book, Channel, Track};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::presets::Chosen;

/// What a case is opened with. Never changed afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    pub submissions: Vec<Uuid>,
    pub book: Book,
    pub track: Track,
    pub origin: Channel,
    pub title: String,
    pub summary: String,
    /// The proposed lead unit.
    pub lead_unit: String,
    /// The unit whose chief signs.
    pub gate_unit: String,
    /// The gate unit and those above it: there the second and third review are made.
    pub gate_chain: Vec<String>,
    pub accused_units: Vec<String>,
    pub accused_persons: Vec<String>,
    pub sealed: bool,
    /// How many people speak in it together.
    #[serde(default = "one")]
    pub parties: i32,
    /// What another authority that handed it over calls it.
    #[serde(default)]
    pub external: Option<External>,
    pub received: Ts,
    pub proposed: Ts,
    /// What it is measured by.
    #[serde(default)]
    pub presets: Chosen,
}

fn one() -> i32 {
    1
}

/// What another authority calls a matter that it handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    pub authority: String,
    pub number: String,
    /// `YYYY-MM-DD`; empty if it set none.
    pub due: String,
}
