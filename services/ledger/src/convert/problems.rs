use sanben_bus::{Aggregate, Fact};
use sanben_host::fact;
use sanben_proto::ledger as pb;
use uuid::Uuid;

use super::count;
use super::drives::{acted, day};
use crate::problem::{Effect, Event, Measure, Problem, apply};

impl Aggregate for Problem {
    const NAME: &'static str = "problem";
    type Event = Event;

    fn id(&self) -> Uuid {
        self.id
    }

    fn revision(&self) -> i64 {
        self.revision
    }

    fn apply(&mut self, event: &Event) {
        apply(self, event);
    }

    fn fact(&self, event: &Event) -> Fact {
        let problem_id = self.id.to_string();
        let last = count(self.measures.len());
        let ids = |cases: &[Uuid]| cases.iter().map(Uuid::to_string).collect();
        match event {
            Event::Opened { opening, cases } => {
                fact("", &pb::ProblemOpened { problem_id, unit_id: opening.unit.clone(), case_ids: ids(cases) })
            }
            Event::Linked { cases } => fact("", &pb::ProblemLinked { problem_id, case_ids: ids(cases) }),
            Event::Adopted(_) => fact("", &pb::MeasureAdopted { problem_id, number: last }),
            Event::Ended(_) => fact("", &pb::ProblemEnded { problem_id }),
            Event::Judged(effect) => fact("", &pb::EffectMeasured { problem_id, number: last, judgement: effect.judgement as i32 }),
        }
    }
}

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
