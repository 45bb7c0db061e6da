//! How far a replica is behind.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use sqlx::PgConnection;

use super::migrate;
use super::server::Server;

/// A replica that lacks something which the primary wrote this long ago is of no use.
const LONGEST: Duration = Duration::from_secs(5);

/// Compares a replica with its primary. Clocks of other machines do not come into it, nor whether the replica believes
/// itself connected.
pub(super) struct Lag<'a> {
    primary: &'a Server,
    history: History,
}

/// Where the primary's log was, and when. Oldest first; the first one alone may be older than `LONGEST`: what it says
/// is what a replica must have replayed.
#[derive(Default)]
struct History(VecDeque<(Instant, i64)>);

impl<'a> Lag<'a> {
    pub(super) fn of(primary: &'a Server) -> Self {
        Self {
            primary,
            history: History::default(),
        }
    }

    /// Asks the replica whether it has the schema and is not far behind.
    pub(super) async fn look(&mut self, replica: &Server) -> Result<(), sqlx::Error> {
        const SCHEMA: &str = "select coalesce(max(version), 0) from _sqlx_migrations";
        // Null on a server that replays nobody's log: it tells no lag.
        const REPLAYED: &str =
            "select cast(pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0') as bigint)";
        self.note().await;
        let question = |mut connection: PgConnection| async move {
            let schema: i64 = sqlx::query_scalar(SCHEMA)
                .fetch_one(&mut connection)
                .await?;
            let replayed: Option<i64> = sqlx::query_scalar(REPLAYED)
                .fetch_one(&mut connection)
                .await?;
            Ok(((schema, replayed), connection))
        };
        let (schema, replayed) = replica.ask(question).await?;
        if schema < migrate::newest() {
            return Err(unfit("its schema is an older one"));
        }
        if replayed.is_some_and(|replayed| self.history.is_behind(replayed, Instant::now())) {
            return Err(unfit("it is more than five seconds behind"));
        }
        Ok(())
    }

    /// Writes down where the primary's log is. While the primary is away it does not move.
    async fn note(&mut self) {
        const WRITTEN: &str = "select cast(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bigint)";
        let question = |mut connection: PgConnection| async move {
            let written: i64 = sqlx::query_scalar(WRITTEN)
                .fetch_one(&mut connection)
                .await?;
            Ok((written, connection))
        };
        if self.primary.presence.is_present()
            && let Ok(written) = self.primary.ask(question).await
        {
            self.history.note(written, Instant::now());
        }
    }
}

impl History {
    fn note(&mut self, written: i64, now: Instant) {
        self.0.push_back((now, written));
        while self.0.get(1).is_some_and(|entry| is_old(entry, now)) {
            self.0.pop_front();
        }
    }

    fn is_behind(&self, replayed: i64, now: Instant) -> bool {
        let owed = self.0.front().filter(|entry| is_old(entry, now));
        owed.is_some_and(|(_, written)| replayed < *written)
    }
}

fn is_old((at, _): &(Instant, i64), now: Instant) -> bool {
    now.duration_since(*at) >= LONGEST
}

fn unfit(why: &'static str) -> sqlx::Error {
    sqlx::Error::Io(std::io::Error::other(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_owes_what_was_written_five_seconds_ago() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut history = History::default();
        assert!(!history.is_behind(0, start), "nothing is known");
        for second in 0..10 {
            history.note(100 + i64::try_from(second).unwrap(), at(second));
        }
        // By second 4 the primary had written 104.
        assert!(history.is_behind(103, at(9)));
        assert!(!history.is_behind(104, at(9)));
    }

    #[test]
    fn a_primary_that_writes_nothing_is_owed_nothing() {
        let start = Instant::now();
        let mut history = History::default();
        for second in 0..20 {
            history.note(100, start + Duration::from_secs(second));
        }
        assert!(!history.is_behind(100, start + Duration::from_mins(1)));
    }
}
