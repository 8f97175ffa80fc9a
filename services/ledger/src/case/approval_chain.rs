//! Who is above whom, read from the unit file for the rules of the gate.

use sanben_access::{Level, Post, Tenure, Unit};
use sanben_clock::Ts;
use sanben_host::App;
use sanben_proto::intake::Proposal;
use sanben_proto::ledger::{AppealStep, ClockKind, DraftKind};

use sanben_ledger_rules::case::{
    Case, appeal as asked,
    draft::responsible,
    duty::Superiors,
    gate::{Rung, Standing, gate_unit},
};

/// The unit whose chief signs for what is proposed; `None` when only a superior outside the bureau may.
pub fn gate(app: &App, proposal: &Proposal, at: Ts) -> Option<String> {
    let accused = &proposal.accused_unit_ids;
    gate_unit(&way_up(app, &proposal.lead_unit_id, &proposal.accused_person_ids, at), accused, is_high(app, accused))
}

/// Whether a sub-bureau or department is among these units.
fn is_high(app: &App, units: &[String]) -> bool {
    units.iter().filter_map(|id| app.org.unit(id)).any(|unit| matches!(unit.level, Level::SubBureau | Level::Department))
}

/// The unit whose chief signs an exception, one level above the gate unit. Where no level is, the city bureau, and a superior outside
/// the bureau must have decided it.
pub fn exception(app: &App, case: &Case, at: Ts) -> (String, bool) {
    above(app, case, case.gate_unit(), at)
}

/// The unit whose chief decides on an appeal: as for an exception, or one level above that.
pub fn appeal(app: &App, case: &Case, step: AppealStep, at: Ts) -> (String, bool) {
    match (exception(app, case, at), step) {
        ((unit, false), AppealStep::Rereview) => above(app, case, &unit, at),
        (first, _) => first,
    }
}

/// Whom what a clock drafts is about, and whose chiefs sign it.
pub struct Addressed {
    pub unit: String,
    /// Signs a letter.
    pub letter: String,
    /// Signs an order, a bulletin and a referral.
    pub above: String,
}

/// The unit that answers for a clock, and who signs what is drafted about it.
pub fn addressed(app: &App, case: &Case, clock: ClockKind, subject: &str, at: Ts) -> Addressed {
    let of_superiors = || {
        let step = asked::open(case).map_or(AppealStep::Review, |open| open.step);
        appeal(app, case, step, at).0
    };
    about(app, case, responsible(case, clock, subject).map_or_else(of_superiors, str::to_owned), at)
}

/// A letter to a unit is signed by the unit that signs for the case, if that is another one and not below it; everything else one level above the
/// unit, in the city bureau by its chief. Nobody who is complained about signs.
pub fn about(app: &App, case: &Case, unit: String, at: Ts) -> Addressed {
    let (above, _) = above(app, case, &unit, at);
    let letter = if case.gate_chain().contains(&unit) { above.clone() } else { case.gate_unit().to_owned() };
    Addressed { unit, letter, above }
}

impl Addressed {
    /// The unit whose chief signs a draft of this kind.
    pub fn signer(&self, kind: DraftKind) -> &str {
        if kind == DraftKind::Letter { &self.letter } else { &self.above }
    }
}

/// The units whose chiefs decide on what a case may need of them.
pub fn superiors(app: &App, case: &Case, at: Ts) -> Superiors {
    let step = asked::open(case).map_or(AppealStep::Review, |open| open.step);
    Superiors {
        over_lead: over_lead(app, case, at).into_iter().next().unwrap_or_default(),
        exception: exception(app, case, at).0,
        appeal: appeal(app, case, step, at).0,
    }
}

fn above(app: &App, case: &Case, unit: &str, at: Ts) -> (String, bool) {
    let opening = &case.opening;
    let way_up = way_up(app, unit, &opening.accused_persons, at);
    let above = gate_unit(way_up.get(1..).unwrap_or_default(), &opening.accused_units, false);
    let superior_needed = above.is_none();
    (above.unwrap_or_else(|| app.org.root().id.clone()), superior_needed)
}

/// The units whose chiefs may decide on an objection of the lead unit: from one level above it, and not below the gate, up to the city
/// bureau; none when that leads.
pub fn over_lead(app: &App, case: &Case, at: Ts) -> Vec<String> {
    let opening = &case.opening;
    let way_up = way_up(app, &case.lead_unit, &opening.accused_persons, at);
    let gate = way_up.iter().position(|rung| rung.unit == case.gate_unit()).unwrap_or_default();
    let high = is_high(app, &opening.accused_units);
    let mut units: Vec<String> =
        (gate.max(1)..way_up.len()).filter_map(|from| gate_unit(&way_up[from..], &opening.accused_units, high)).collect();
    units.dedup();
    units
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
