//! Who is above whom, read from the unit file for the rules of the gate.

use sanben_access::{Level, Post, Tenure, Unit};
use sanben_clock::Ts;
use sanben_host::App;
use sanben_proto::intake::Proposal;

use crate::case::Case;
use crate::case::gate::{Rung, Standing, gate_unit};

/// The unit whose chief signs for what is proposed; `None` when only a superior outside the bureau may.
pub fn gate(app: &App, proposal: &Proposal, at: Ts) -> Option<String> {
    let is_high = |id: &String| app.org.unit(id).is_some_and(|unit| matches!(unit.level, Level::SubBureau | Level::Department));
    let accused_high = proposal.accused_unit_ids.iter().any(is_high);
    gate_unit(&way_up(app, &proposal.lead_unit_id, &proposal.accused_person_ids, at), &proposal.accused_unit_ids, accused_high)
}

/// The unit whose chief signs an exception, one level above the gate unit. Where no level is, the city bureau, and a superior outside
/// the bureau must have decided it.
pub fn exception(app: &App, case: &Case, at: Ts) -> (String, bool) {
    let opening = &case.opening;
    let way_up = way_up(app, &opening.gate_unit, &opening.accused_persons, at);
    let above = gate_unit(way_up.get(1..).unwrap_or_default(), &opening.accused_units, false);
    let superior_needed = above.is_none();
    (above.unwrap_or_else(|| app.org.root().id.clone()), superior_needed)
}

/// The unit whose chief decides on an objection of the lead unit, one level above it; nobody when it is the city bureau.
pub fn over_lead(app: &App, case: &Case, at: Ts) -> Option<String> {
    let opening = &case.opening;
    let way_up = way_up(app, &case.lead_unit, &opening.accused_persons, at);
    gate_unit(way_up.get(1..).unwrap_or_default(), &opening.accused_units, false)
}

fn way_up(app: &App, unit: &str, accused: &[String], at: Ts) -> Vec<Rung> {
    app.org.chain(unit).into_iter().map(|unit| rung(app, unit, accused, at)).collect()
}

fn rung(app: &App, unit: &Unit, accused: &[String], at: Ts) -> Rung {
    let heads = |person: &String| app.org.tenure(person, &unit.id, at).is_some_and(|tenure| counts(unit, tenure));
    let standing = match unit.level {
        Level::City | Level::Department => Standing::City,
        Level::SubBureau | Level::Station => Standing::Own,
    };
    Rung { unit: unit.id.clone(), standing, headed_by_accused: accused.iter().any(heads) }
}

/// A deputy of the city bureau who is complained about leaves its chief free to sign; elsewhere the case climbs.
fn counts(unit: &Unit, tenure: &Tenure) -> bool {
    unit.level != Level::City || tenure.post == Post::Chief
}
