//! What the outside hears of what happens to a problem.

use sanben_event::{Aggregate, Fact, count, fact};
use sanben_proto::ledger as pb;
use uuid::Uuid;

use super::{Event, Problem, apply};

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
