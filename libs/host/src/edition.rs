use std::sync::{Arc, PoisonError, RwLock};

use sanben_clock::Calendar;

/// An edition of the working calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// 0 as shipped, then one more with each year that was loaded.
    pub number: i64,
    /// Working days.
    pub calendar: Calendar,
}

/// The edition that is in force. Cheap to clone; all clones change together.
#[derive(Clone, Debug)]
pub struct Editions(Arc<RwLock<Edition>>);

impl Editions {
    /// As shipped.
    pub fn shipped() -> Editions {
        Editions(Arc::new(RwLock::new(Edition { number: 0, calendar: Calendar::shipped() })))
    }

    /// The one in force.
    pub fn current(&self) -> Edition {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a later one in force; an earlier one changes nothing.
    pub fn advance(&self, to: Edition) {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if to.number > current.number {
            *current = to;
        }
    }
}
