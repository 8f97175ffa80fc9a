//! Where now comes from.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use uuid::Uuid;

use crate::Ts;

/// The latest instant any system clock of this process has given out, in microseconds.
static LATEST: AtomicI64 = AtomicI64::new(i64::MIN);

/// A UUIDv7 has 48 bits for its milliseconds.
const LAST_UUID_MILLIS: u64 = (1 << 48) - 1;

/// Where now, ids and randomness come from: the only source of time in the suite. Cheap to clone.
///
/// Clones of a fake clock share their hands: moving one moves all.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Fake(Arc<AtomicI64>),
}

/// Somebody tried to move a clock that follows the system.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("only a fake clock can be moved; this one follows the system")]
pub struct NotFake;

impl Clock {
    /// The time of the machine, except that it never goes back within one process: when the
    /// machine's time is set back, now stands still until it has caught up.
    pub fn system() -> Clock {
        Clock(Source::System)
    }

    /// A clock that stands at `at` until it is moved with [`Clock::advance`] or [`Clock::set`].
    /// Ids and randomness are as random as the system's.
    pub fn fake(at: Ts) -> Clock {
        Clock(Source::Fake(Arc::new(AtomicI64::new(at.micros()))))
    }

    /// The present instant, to the microsecond.
    pub fn now(&self) -> Ts {
        match &self.0 {
            Source::System => not_before(&LATEST, system_micros()),
            Source::Fake(hands) => Ts::from_micros(hands.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fake clock forward, cut to microseconds.
    pub fn advance(&self, by: Duration) -> Result<(), NotFake> {
        self.hands()?.update(Ordering::SeqCst, Ordering::SeqCst, |micros| Ts::from_micros(micros).plus(by).micros());
        Ok(())
    }

    /// Sets a fake clock, forward or back.
    pub fn set(&self, at: Ts) -> Result<(), NotFake> {
        self.hands()?.store(at.micros(), Ordering::SeqCst);
        Ok(())
    }

    /// A new UUIDv7: the milliseconds of [`Clock::now`], and 74 random bits. Ids of different
    /// milliseconds sort by time; within one millisecond they are in no order.
    ///
    /// # Panics
    ///
    /// As [`Clock::random`].
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().micros() / 1_000).unwrap_or(0);
        let random = self.random::<10>();
        uuid::Builder::from_unix_timestamp_millis(millis.min(LAST_UUID_MILLIS), &random).into_uuid()
    }

    /// So many bytes of the operating system's randomness, fit for keys and tokens.
    ///
    /// # Panics
    ///
    /// If the operating system has no randomness to give: nothing safe can be done without it.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }

    fn hands(&self) -> Result<&AtomicI64, NotFake> {
        match &self.0 {
            Source::System => Err(NotFake),
            Source::Fake(hands) => Ok(hands),
        }
    }
}

/// `micros`, or the latest instant given out so far if that is later.
fn not_before(latest: &AtomicI64, micros: i64) -> Ts {
    let before = latest.fetch_max(micros, Ordering::SeqCst);
    Ts::from_micros(before.max(micros))
}

fn system_micros() -> i64 {
    let epoch = SystemTime::UNIX_EPOCH;
    match SystemTime::now().duration_since(epoch) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
        Err(early) => i64::try_from(early.duration().as_micros()).map_or(i64::MIN, |m| -m),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fake_clock_stands_still_and_moves_with_its_clones() {
        let clock = Clock::fake(Ts::from_micros(1_000));
        let clone = clock.clone();
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.advance(Duration::from_secs(2)), Ok(()));
        assert_eq!(clone.now(), Ts::from_micros(2_001_000));
        assert_eq!(clone.set(Ts::from_micros(-7)), Ok(()));
        assert_eq!(clock.now(), Ts::from_micros(-7));
        assert_eq!(clock.advance(Duration::MAX), Ok(()));
        assert_eq!(clock.now(), Ts::from_micros(i64::MAX - 7));
    }

    #[test]
    fn the_system_clock_cannot_be_moved() {
        let clock = Clock::system();
        assert_eq!(clock.advance(Duration::from_secs(1)), Err(NotFake));
        assert_eq!(clock.set(Ts::from_micros(0)), Err(NotFake));
    }

    #[test]
    fn the_system_clock_never_goes_back() {
        let latest = AtomicI64::new(i64::MIN);
        let given = [5, 9, 3, 9, 10].map(|micros| not_before(&latest, micros).micros());
        assert_eq!(given, [5, 9, 9, 9, 10]);
        let clock = Clock::system();
        assert!(clock.now() <= clock.now());
        assert!(clock.now() > Ts::from_micros(1_700_000_000_000_000));
    }

    #[test]
    fn ids_carry_the_time_and_differ() {
        let clock = Clock::fake(Ts::from_micros(1_674_091_800_123_456));
        let (one, two) = (clock.id(), clock.id());
        assert_ne!(one, two);
        assert_eq!(one.get_version_num(), 7);
        assert_eq!(one.get_variant(), uuid::Variant::RFC4122);
        let stamp = one.get_timestamp().map(|t| t.to_unix());
        assert_eq!(stamp, Some((1_674_091_800, 123_000_000)));
        for far in [i64::MIN, -1, i64::MAX] {
            assert_eq!(Clock::fake(Ts::from_micros(far)).id().get_version_num(), 7);
        }
    }

    #[test]
    fn randomness_differs() {
        let clock = Clock::fake(Ts::from_micros(0));
        assert_ne!(clock.random::<16>(), clock.random::<16>());
    }
}
