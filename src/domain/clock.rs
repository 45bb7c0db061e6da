//! Time: the only place that reads the system's clock, and the type in which times are stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A moment, in microseconds since 1970-01-01T00:00:00Z. Stored as such, so that both databases compare it alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment `micros` microseconds after the epoch.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole milliseconds since the epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The moment `duration` later; the last moment there is when that overflows.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(micros(duration)))
    }

    /// The moment `duration` earlier; the first moment there is when that overflows.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(micros(duration)))
    }

    /// How long after `earlier` this is; zero when it is not after it.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

impl From<jiff::Timestamp> for Timestamp {
    fn from(value: jiff::Timestamp) -> Self {
        Self(value.as_microsecond())
    }
}

impl From<Timestamp> for jiff::Timestamp {
    /// Moments beyond the calendar (year 9999) become its last moment.
    fn from(value: Timestamp) -> Self {
        Self::from_microsecond(value.0).unwrap_or(if value.0 < 0 { Self::MIN } else { Self::MAX })
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Where the time comes from. Cheap to clone; clones of a test clock move together.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// A clock that stands still until it is told otherwise.
    Test(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `start`.
    #[must_use]
    pub fn test(start: Timestamp) -> Self {
        Self::Test(Arc::new(AtomicI64::new(start.0)))
    }

    /// The current moment.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "everything else asks this function for the time"
    )]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => {
                let since_epoch = std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .unwrap_or_default();
                Timestamp(micros(since_epoch))
            }
            Self::Test(micros) => Timestamp(micros.load(Ordering::SeqCst)),
        }
    }

    /// Moves a test clock forward. The system's clock cannot be moved and ignores it.
    pub fn advance(&self, by: Duration) {
        if let Self::Test(now) = self {
            now.fetch_add(micros(by), Ordering::SeqCst);
        }
    }
}
