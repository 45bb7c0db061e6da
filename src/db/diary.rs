//! What the log hears of a database that goes and comes.

use std::time::{Duration, Instant};

/// How often the log repeats that it still is away.
const REMINDER: Duration = Duration::from_secs(30);

/// Tells the log when a database goes, why, and when it is back: once, and a reminder now and then.
pub(super) struct Diary {
    database: &'static str,
    absence: Option<Absence>,
}

struct Absence {
    reason: String,
    began: Instant,
    told: Instant,
}

impl Diary {
    pub(super) fn new(database: &'static str) -> Self {
        Self {
            database,
            absence: None,
        }
    }

    /// It is away, for this reason.
    pub(super) fn away(&mut self, reason: &str) {
        let now = Instant::now();
        let began = self.absence.as_ref().map_or(now, |absence| absence.began);
        let is_told = self.absence.as_ref().is_some_and(|absence| {
            absence.reason == reason && now.duration_since(absence.told) < REMINDER
        });
        if is_told {
            return;
        }
        tracing::error!(
            database = self.database,
            reason,
            away_seconds = now.duration_since(began).as_secs(),
            "the database is away, and is tried again until it is back"
        );
        self.absence = Some(Absence {
            reason: reason.to_owned(),
            began,
            told: now,
        });
    }

    /// It is there.
    pub(super) fn back(&mut self) {
        if let Some(absence) = self.absence.take() {
            tracing::info!(
                database = self.database,
                away_seconds = absence.began.elapsed().as_secs(),
                "the database is back"
            );
        }
    }
}
