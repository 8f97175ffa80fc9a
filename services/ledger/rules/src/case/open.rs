//! What somebody may do now, asked of the rules themselves.

use sanben_clock::Ts;
use sanben_proto::ledger::CaseVerb;

use super::command::sample;
use super::{By, Case, decide};

/// The last instants at which something may be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Until {
    /// That the lead unit objects.
    pub object: Ts,
    /// That it is given more time, or stands still: while it is not overdue.
    pub finish: Ts,
}

/// The verbs that `by` may give now: those that no rule refuses, whatever their fields then say.
pub fn open_to(case: &Case, by: &By, until: Until, now: Ts) -> Vec<CaseVerb> {
    verbs().filter(|verb| is_open(case, *verb, by, until, now)).collect()
}

/// Whether `verb` is one of [`open_to`].
pub fn is_open(case: &Case, verb: CaseVerb, by: &By, until: Until, now: Ts) -> bool {
    sample(case, verb, by, until, now).is_some_and(|command| decide(case, command, by, now).is_ok())
}

/// All verbs of the contract.
pub fn verbs() -> impl Iterator<Item = CaseVerb> {
    (1..).map_while(|number| CaseVerb::try_from(number).ok())
}
