//! The last changes, held for all who watch.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use uuid::Uuid;

use crate::watching::{Change, Now};

/// The changes of positions after `from`, up to `to`: all of them.
#[derive(Debug)]
pub(super) struct Ring {
    max: usize,
    changes: VecDeque<Change>,
    /// Each case as it was read last, with the position of its last change.
    cases: HashMap<Uuid, (i64, Arc<Now>)>,
    from: i64,
    to: i64,
}

/// What comes next for somebody who watches.
#[derive(Debug)]
pub(super) enum Next {
    /// This.
    Change(Change),
    /// Nothing up to this position.
    Nothing(i64),
    /// It is not held any more: the store has it, up to this position and beyond.
    Passed(i64),
}

impl Ring {
    /// An empty one that begins after `position`.
    pub fn at(position: i64, max: usize) -> Ring {
        Ring { max, changes: VecDeque::new(), cases: HashMap::new(), from: position, to: position }
    }

    /// Takes in the changes after the last position, up to `to`.
    pub fn extend(&mut self, changes: &[Change], to: i64) {
        for change in changes {
            self.cases.insert(change.now.case.id, (change.position, change.now.clone()));
            self.changes.push_back(change.clone());
        }
        self.to = to;
        while self.changes.len() > self.max {
            let Some(oldest) = self.changes.pop_front() else { return };
            self.from = oldest.position;
            let id = oldest.now.case.id;
            if self.cases.get(&id).is_some_and(|(last, _)| *last == oldest.position) {
                self.cases.remove(&id);
            }
        }
    }

    /// How many cases are held.
    #[cfg(test)]
    pub fn cases(&self) -> usize {
        self.cases.len()
    }

    /// What comes after `position`; of a case that has changed since, as it is.
    pub fn after(&self, position: i64) -> Next {
        if position < self.from {
            return Next::Passed(self.to);
        }
        let index = self.changes.partition_point(|change| change.position <= position);
        let Some(change) = self.changes.get(index) else { return Next::Nothing(self.to) };
        let now = self.cases.get(&change.now.case.id).map_or(&change.now, |(_, now)| now);
        Next::Change(Change { now: now.clone(), ..change.clone() })
    }
}
