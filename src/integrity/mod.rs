//! Whether the books balance: figures and problems, read from one state of the database, so that they add up in the
//! middle of load too.
//!
//! Owns nothing and reads the tables of `wallets`, `payments`, `orders` and `products` on purpose: a check that went
//! through their code would share their mistakes.

mod model;
pub mod store;
mod watch;

use crate::db::{Db, StoreError, Tx};
use crate::domain::Timestamp;

pub use model::{Check, CheckName, Report};
pub use watch::Watch;

/// The integrity checks.
#[derive(Debug, Clone)]
pub struct Integrity {
    /// The database.
    pub db: Db,
}

impl Integrity {
    /// Runs `checks`, each once and in the order of [`CheckName::ALL`]; none named means all. On a replica, if there is
    /// one: its state is one that the primary had a moment ago, and the books balance in every state.
    ///
    /// # Errors
    /// When the database fails, or the books are too large for its statement timeout.
    pub async fn check(&self, checks: &[CheckName], now: Timestamp) -> Result<Report, StoreError> {
        self.db
            .snapshot_replica(|snapshot| check_in(snapshot, checks, now))
            .await
    }
}

async fn check_in(
    mut snapshot: Tx,
    checks: &[CheckName],
    now: Timestamp,
) -> Result<Report, StoreError> {
    let mut done = Vec::new();
    for name in CheckName::ALL {
        if !checks.is_empty() && !checks.contains(name) {
            continue;
        }
        let (figures, rules) = match name {
            CheckName::Ledger => (store::LEDGER_FIGURES, store::LEDGER_RULES),
            CheckName::Stock => (store::STOCK_FIGURES, store::STOCK_RULES),
        };
        let figures = store::figures(&mut snapshot, figures).await?;
        let mut problems = Vec::new();
        for rule in rules {
            problems.extend(store::violations(&mut snapshot, rule).await?);
        }
        problems.truncate(100);
        done.push(Check {
            name: *name,
            figures,
            problems,
        });
    }
    snapshot.rollback().await?;
    Ok(Report {
        checked_at: now,
        checks: done,
    })
}
