use sanben_proto::ledger as pb;

use sanben_host::count;
use sanben_ledger_rules::problem::{Effect, Measure, Problem};

use crate::programme::drive::view::{acted, day};

/// Counts below it are not shown to whoever may not see what was counted.
const SMALL: i64 = 5;

/// What a reader sees of the linked cases.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub cases: i64,
    /// Whether that is all of them.
    pub all: bool,
}

/// A problem, in the eyes of somebody who sees so many of its cases.
pub fn problem(of: &Problem, seen: Seen) -> pb::Problem {
    let measures = (1..).zip(&of.measures).map(|(number, of)| measure(number, of, seen)).collect();
    pb::Problem {
        problem_id: of.id.to_string(),
        title: of.opening.title.clone(),
        description: of.opening.description.clone(),
        unit_id: of.opening.unit.clone(),
        state: of.state() as i32,
        case_count: count(seen.cases),
        measures,
        opened: Some(acted(&of.opening.signed)),
        etag: of.revision.to_string(),
        end_reason: of.ended.as_ref().map(|ending| ending.reason.clone()).unwrap_or_default(),
        ended: of.ended.as_ref().map(|ending| acted(&ending.signed)),
    }
}

/// As [`problem`], with the last measure only.
pub fn listed(of: &Problem, seen: Seen) -> pb::Problem {
    let whole = problem(of, seen);
    pb::Problem { measures: whole.measures.into_iter().next_back().into_iter().collect(), ..whole }
}

fn measure(number: i32, of: &Measure, seen: Seen) -> pb::SystemicMeasure {
    pb::SystemicMeasure {
        number,
        text: of.text.clone(),
        responsible_unit_id: of.responsible_unit.clone(),
        effective_date: day(of.from),
        observe_days: of.observe_days,
        judge_from_date: day(of.judge_from()),
        adopted: Some(acted(&of.signed)),
        effect: of.effect.as_ref().map(|of| effect(of, seen)),
    }
}

fn effect(of: &Effect, seen: Seen) -> pb::MeasuredEffect {
    let shown = seen.all || (of.before >= SMALL && of.after >= SMALL);
    pb::MeasuredEffect {
        judgement: of.judgement as i32,
        text: of.text.clone(),
        before: shown.then(|| count(of.before)),
        after: shown.then(|| count(of.after)),
        judged: Some(acted(&of.signed)),
    }
}
