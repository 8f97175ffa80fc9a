use sanben_access::Role;

use super::assignment::Chain;

/// Who acts: what the token and the unit tree say, at this instant.
#[derive(Clone, Debug, Default)]
pub struct By {
    pub person: String,
    /// The own unit first, then those above it.
    pub units: Vec<String>,
    pub roles: Vec<Role>,
    /// The tenure at the gate unit that is in force now.
    pub signature: Option<Signature>,
    /// One level up.
    pub above: Above,
    /// One level above that.
    pub above_twice: Above,
    /// Above the lead unit.
    pub over_lead: Superior,
    /// The tenure at their own unit that is in force now.
    pub own: Option<Signature>,
}

/// Who decides on the objection of a lead unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Superior {
    /// The unit whose chief decides, with those above it; none if nobody in the bureau is above the lead unit.
    pub units: Chain,
    /// The tenure at that unit that is in force now.
    pub signature: Option<Signature>,
}

impl Superior {
    /// The unit whose chief decides; empty if nobody does.
    pub fn unit(&self) -> &str {
        self.units.first().map_or("", String::as_str)
    }
}

/// Who signs an exception: one level above the gate unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Above {
    /// The unit whose chief signs.
    pub unit: String,
    /// Whether no level is above the gate unit: then a superior outside the bureau decides, and the city chief signs that it did.
    pub superior_needed: bool,
    /// The tenure at that unit that is in force now.
    pub signature: Option<Signature>,
}

/// The right to sign for a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    pub tenure: String,
    pub deputy: bool,
}
