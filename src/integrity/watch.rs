//! The watch over the books: looks at every transfer once, shortly after it was made, at a bounded cost.
//!
//! The whole check reads everything and is for the administrator's question; this one follows the ledger as it grows
//! and feeds the metric `ledger_drift`. Where something is broken it stays and looks again, so that the alert goes on
//! until somebody has mended the books.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use uuid::Uuid;

use super::store::recent;
use crate::db::{Db, StoreError};
use crate::domain::Timestamp;
use crate::infra::telemetry::catalogue;

/// How far back the watch begins when the server starts.
const LOOK_BACK: Duration = Duration::from_mins(15);

/// Transfers that are younger may not be committed yet: no transaction lives that long.
const SETTLED: Duration = Duration::from_secs(30);

/// Batches that one run looks at; what is left, the next one does.
const BATCHES: usize = 20;

/// Follows the ledger.
#[derive(Debug)]
pub struct Watch {
    db: Db,
    /// The last transfer that was looked at and found in order.
    sound: Mutex<Uuid>,
}

impl Watch {
    /// Begins a quarter of an hour before `now`.
    #[must_use]
    pub fn new(db: Db, now: Timestamp) -> Self {
        Self {
            db,
            sound: Mutex::new(floor(now.minus(LOOK_BACK))),
        }
    }

    /// Looks at the transfers since the last time, and returns what is broken, a sentence each. The log and the metrics
    /// tell it too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look(&self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let before = floor(now.minus(SETTLED));
        for _ in 0..BATCHES {
            let after = *self.sound.lock().unwrap_or_else(PoisonError::into_inner);
            let mut snapshot = self.db.snapshot().await?;
            let batch = recent::next(&mut snapshot, after, before).await?;
            let Some(last) = batch.last() else {
                break;
            };
            let mut broken = 0_u32;
            let mut problems = Vec::new();
            for rule in recent::RULES {
                let found = recent::violations(&mut snapshot, rule, after, *last).await?;
                broken += u32::from(!found.is_empty());
                problems.extend(found);
            }
            snapshot.rollback().await?;
            if broken > 0 {
                metrics::gauge!(catalogue::LEDGER_DRIFT).set(f64::from(broken));
                for problem in &problems {
                    tracing::error!(problem, "the books are wrong");
                }
                checked(now);
                return Ok(problems);
            }
            *self.sound.lock().unwrap_or_else(PoisonError::into_inner) = *last;
            if batch.len() < recent::BATCH {
                break;
            }
        }
        metrics::gauge!(catalogue::LEDGER_DRIFT).set(0.0);
        checked(now);
        Ok(Vec::new())
    }
}

fn checked(now: Timestamp) {
    let seconds = jiff::Timestamp::from(now).as_second();
    metrics::gauge!(catalogue::LEDGER_CHECKED)
        .set(f64::from(u32::try_from(seconds).unwrap_or_default()));
}

/// The id that every id of that time and later is above (RFC 9562, section 5.7: milliseconds in the first 48 bits).
fn floor(at: Timestamp) -> Uuid {
    let milliseconds = jiff::Timestamp::from(at).as_millisecond();
    Uuid::from_u128(u128::try_from(milliseconds).unwrap_or_default() << 80)
}
