//! The last changes, held for all who watch.

use std::collections::VecDeque;
use std::sync::Arc;

use super::Change;

/// The changes of positions after `from`, up to `to`: all of them.
#[derive(Debug)]
pub(super) struct Ring {
    max: usize,
    changes: VecDeque<Arc<Change>>,
    from: i64,
    to: i64,
}

/// What comes next for somebody who watches.
#[derive(Debug)]
pub(super) enum Next {
    /// This.
    Change(Arc<Change>),
    /// Nothing up to this position.
    Nothing(i64),
    /// It is not held any more: the store has it, up to this position and beyond.
    Passed(i64),
}

impl Ring {
    /// An empty one that begins after `position`.
    pub fn at(position: i64, max: usize) -> Ring {
        Ring { max, changes: VecDeque::new(), from: position, to: position }
    }

    /// Takes in the changes after the last position, up to `to`.
    pub fn extend(&mut self, changes: &[Arc<Change>], to: i64) {
        self.changes.extend(changes.iter().cloned());
        self.to = to;
        while self.changes.len() > self.max {
            self.from = self.changes.pop_front().map_or(self.from, |oldest| oldest.position);
        }
    }

    /// What comes after `position`.
    pub fn after(&self, position: i64) -> Next {
        if position < self.from {
            return Next::Passed(self.to);
        }
        let index = self.changes.partition_point(|change| change.position <= position);
        self.changes.get(index).map_or(Next::Nothing(self.to), |change| Next::Change(change.clone()))
    }
}
