//! Ids: distinct types over UUIDv7, and the one source of ids and randomness.

use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

use super::clock::{Clock, Timestamp};

macro_rules! id_types {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, sqlx::Type)]
        #[sqlx(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes a UUID for an id of this kind.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self { Self(uuid) }

            /// The bare UUID.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid { self.0 }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self { Self(uuid) }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )+};
}

id_types! {
    /// Names a user. The user's wallet has the same id.
    UserId,
    /// Names an API key.
    ApiKeyId,
    /// Names a log-in: the family of its refresh tokens.
    SessionId,
    /// Names a product.
    ProductId,
    /// Names an order.
    OrderId,
    /// Names a payment.
    PaymentId,
    /// Names an account of the ledger.
    AccountId,
    /// Names a transfer of the ledger.
    TransferId,
    /// Names a row of the audit log.
    AuditLogId,
    /// Names an event in the outbox.
    EventId,
    /// Names a job.
    JobId,
}

/// Where ids and randomness come from. Cheap to clone; clones draw from the same source.
///
/// Ids are UUIDv7 (RFC 9562) with the microseconds in `rand_a` (method 3), so ids of one process sort
/// in the order in which they were made.
#[derive(Debug, Clone)]
pub struct Ids {
    clock: Clock,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
struct State {
    rng: StdRng,
    /// Milliseconds and fraction of the last id, as one number of 48 + 12 bits.
    last: u64,
}

impl Ids {
    /// A source seeded by the operating system, fit for secrets.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self::from_rng(clock, rand::make_rng())
    }

    /// A source that repeats itself, for tests.
    #[must_use]
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::from_rng(clock, StdRng::seed_from_u64(seed))
    }

    fn from_rng(clock: Clock, rng: StdRng) -> Self {
        let state = Arc::new(Mutex::new(State { rng, last: 0 }));
        Self { clock, state }
    }

    /// A new id, later than every id that this source gave out before.
    #[must_use]
    pub fn next<I: From<Uuid>>(&self) -> I {
        self.next_uuid().into()
    }

    /// A new UUIDv7, later than every one that this source gave out before.
    #[must_use]
    pub fn next_uuid(&self) -> Uuid {
        let ticks = ticks(self.clock.now());
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.last = ticks.max(state.last + 1);
        let (ticks, random) = (state.last, state.rng.next_u64());
        drop(state);

        let high = ((ticks >> 12) << 16) | 0x7000 | (ticks & 0x0fff);
        let low = (random >> 2) | 0x8000_0000_0000_0000;
        Uuid::from_u64_pair(high, low)
    }

    /// `N` random bytes, fit for secrets unless the source was seeded.
    #[must_use]
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.rng.fill_bytes(&mut bytes);
        bytes
    }
}

/// When an id was made, to the microsecond. Rows take their `created_at` from it, so that both sort alike.
#[must_use]
pub fn made_at(id: Uuid) -> Timestamp {
    let (high, _) = id.as_u64_pair();
    let micros = (high >> 16) * 1_000 + ((high & 0x0fff) * 1_000).div_ceil(4_096);
    Timestamp::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// The least id that was made at `moment` or later: a span of time is a span of ids. `made_at` turned round.
#[must_use]
pub fn first_made_at(moment: Timestamp) -> Uuid {
    let micros = u64::try_from(moment.as_micros()).unwrap_or(0);
    let (millis, rest) = match (micros / 1_000, micros % 1_000) {
        (0, 0) => return Uuid::nil(),
        // The last 4096ths of a millisecond are nearer to the next one.
        (millis, 0) => (millis - 1, 1_000),
        (millis, rest) => (millis, rest),
    };
    let fraction = (rest - 1) * 4_096 / 1_000 + 1;
    let high = (millis << 16) | 0x7000 | fraction;
    Uuid::from_u64_pair(high, 0x8000_0000_0000_0000)
}

/// Milliseconds and, in 4096ths, their fraction.
fn ticks(now: Timestamp) -> u64 {
    let micros = u64::try_from(now.as_micros()).unwrap_or(0);
    ((micros / 1_000) << 12) | ((micros % 1_000) * 4_096 / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_in_the_same_microsecond_ascend() {
        let clock = Clock::test(Timestamp::from_micros(1_767_323_045_678_901));
        let ids = Ids::seeded(clock, 1);
        let made: Vec<Uuid> = (0..10_000).map(|_| ids.next_uuid()).collect();
        assert!(made.is_sorted());
        assert!(made.iter().all(|id| id.get_version_num() == 7));
        assert!(
            made.iter()
                .all(|id| id.get_variant() == uuid::Variant::RFC4122)
        );
    }

    #[test]
    fn an_id_carries_the_milliseconds_of_its_clock() {
        let clock = Clock::test(Timestamp::from_micros(1_767_323_045_678_901));
        let id = Ids::seeded(clock, 1).next_uuid();
        let (seconds, nanos) = id.get_timestamp().map_or((0, 0), |at| at.to_unix());
        assert_eq!((seconds, nanos / 1_000_000), (1_767_323_045, 678));
    }

    #[test]
    fn an_id_tells_its_microsecond() {
        for micros in 1_767_323_045_678_000..1_767_323_045_679_000 {
            let at = Timestamp::from_micros(micros);
            assert_eq!(made_at(Ids::seeded(Clock::test(at), 1).next_uuid()), at);
        }
    }

    #[test]
    fn the_first_id_of_a_moment_parts_those_before_from_those_after() {
        for micros in 1_767_323_045_678_000..1_767_323_045_680_000 {
            let at = Timestamp::from_micros(micros);
            let first = first_made_at(at);
            let (high, _) = first.as_u64_pair();
            // The one before, whatever its random part: of the last fraction of the millisecond before, or one less.
            let before = match high & 0x0fff {
                0 => (high - 0x1_0000) | 0x0fff,
                _ => high - 1,
            };
            let before = Uuid::from_u64_pair(before, 0xbfff_ffff_ffff_ffff);
            assert!(made_at(first) >= at && made_at(before) < at, "{micros}");
        }
        assert_eq!(first_made_at(Timestamp::from_micros(0)), Uuid::nil());
    }

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let clock = Clock::test(Timestamp::from_micros(1));
        let (one, two) = (Ids::seeded(clock.clone(), 7), Ids::seeded(clock, 7));
        assert_eq!(one.next_uuid(), two.next_uuid());
    }
}
