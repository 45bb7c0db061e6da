//! How long a job that failed waits for its next try.

use std::time::Duration;

use crate::domain::Ids;

const FIRST: Duration = Duration::from_secs(5);
const FACTOR: u32 = 3;
const LONGEST: Duration = Duration::from_hours(1);

/// The pause after try number `attempt`, which counts from one: 5 s, 15 s, 45 s … up to an hour, each shortened by up
/// to a third, so that jobs that failed together are not tried together. It still grows with every try.
pub(super) fn pause(ids: &Ids, attempt: u32) -> Duration {
    let exponent = attempt.saturating_sub(1);
    let full = FACTOR
        .checked_pow(exponent)
        .and_then(|factor| FIRST.checked_mul(factor))
        .unwrap_or(LONGEST)
        .min(LONGEST);
    let [random] = ids.random_bytes::<1>();
    full * (3 * 256 - u32::from(random)) / (3 * 256)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Clock;

    #[test]
    fn pauses_grow_to_an_hour_and_differ() {
        let ids = Ids::seeded(Clock::System, 1);
        let pauses: Vec<Duration> = (1..=6).map(|attempt| pause(&ids, attempt)).collect();
        assert!(pauses.is_sorted(), "{pauses:?}");
        for (pause, full) in pauses.iter().zip([5, 15, 45, 135, 405, 1_215]) {
            let full = Duration::from_secs(full);
            assert!(*pause <= full && *pause >= full * 2 / 3, "{pause:?}");
        }
        let late: Vec<Duration> = (0..100).map(|_| pause(&ids, 100)).collect();
        assert!(
            late.iter()
                .all(|pause| *pause <= LONGEST && *pause >= LONGEST * 2 / 3)
        );
        assert!(late.iter().any(|pause| *pause != late[0]));
    }
}
