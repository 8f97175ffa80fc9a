//! How many streams may be open: in all, and for one reader, so that nobody takes the places of everybody.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sanben_proto::kinds::ErrorReason;
use tonic::Code;

use crate::Refusal;

/// Streams open at once in one process.
pub const PLACES_MAX: usize = 4096;
/// Streams that one reader has open at once.
pub const PLACES_OF_ONE_MAX: usize = 16;

/// The places that are taken, by reader.
#[derive(Clone, Debug, Default)]
pub struct Places(Arc<Mutex<HashMap<String, usize>>>);

/// A place that is taken; free again when dropped.
#[derive(Debug)]
pub struct Place {
    places: Places,
    reader: String,
}

impl Places {
    /// A place for `reader`.
    ///
    /// # Errors
    /// `BUSY` when all or the reader's own are taken.
    pub fn take(&self, reader: &str) -> Result<Place, Refusal> {
        self.try_take(reader).ok_or_else(|| Refusal::with_code(Code::ResourceExhausted, ErrorReason::Busy))
    }

    fn try_take(&self, reader: &str) -> Option<Place> {
        let mut taken = self.taken();
        let own = taken.get(reader).copied().unwrap_or_default();
        if own >= PLACES_OF_ONE_MAX || taken.values().sum::<usize>() >= PLACES_MAX {
            return None;
        }
        taken.insert(reader.to_owned(), own + 1);
        Some(Place { places: self.clone(), reader: reader.to_owned() })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        match taken.get_mut(&self.reader) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.remove(&self.reader)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reader_takes_a_few_and_leaves_the_rest() {
        let places = Places::default();
        let held: Vec<Result<Place, Refusal>> = (0..PLACES_OF_ONE_MAX).map(|_| places.take("one")).collect();
        assert!(held.iter().all(Result::is_ok));
        assert!(places.take("one").is_err());
        assert!(places.take("another").is_ok());
        drop(held);
        assert!(places.take("one").is_ok());
        assert!(places.taken().is_empty(), "nothing is kept of those who have gone");
    }

    #[test]
    fn all_together_are_bounded() {
        let places = Places::default();
        let held: Vec<Result<Place, Refusal>> = (0..PLACES_MAX).map(|reader| places.take(&reader.to_string())).collect();
        assert!(held.iter().all(Result::is_ok));
        assert!(places.take("late").is_err());
    }
}
