//! `migrate` and `verify`

use std::fmt::Write as _;

use super::{Migrate, answer};
use crate::{
    app::{App, db_settings},
    config::Config,
    db::{Db, MigrationState},
    error::Error,
};

pub(super) async fn migrate(command: Migrate, config: &Config) -> Result<(), Error> {
    let db = Db::connect(&db_settings(&config.database)).await?;
    match command {
        Migrate::Up => {
            let pending = db.pending_migrations().await?;
            db.migrate_up().await?;
            answer(&listed("applied", &pending, "nothing to apply"))?;
        }
        Migrate::Down { to } => {
            let applied: Vec<MigrationState> = applied(&db).await?;
            let target =
                to.unwrap_or_else(|| applied.iter().rev().nth(1).map_or(0, |state| state.version));
            let reverted: Vec<MigrationState> = applied
                .into_iter()
                .filter(|state| state.version > target)
                .rev()
                .collect();
            db.migrate_down(target).await?;
            answer(&listed("reverted", &reverted, "nothing to revert"))?;
        }
        Migrate::Status => {
            let line = |state: MigrationState| {
                let mark = if state.is_applied {
                    "applied"
                } else {
                    "missing"
                };
                format!("{mark}  {:04} {}\n", state.version, state.name)
            };
            answer(
                &db.migration_status()
                    .await?
                    .into_iter()
                    .map(line)
                    .collect::<String>(),
            )?;
        }
    }
    db.close().await;
    Ok(())
}

/// Runs every check and prints what it found, one line each.
pub(super) async fn verify(app: App) -> Result<(), Error> {
    let api = app.api();
    let report = api.integrity.check(&[], api.clock.now()).await?;
    let mut text = String::new();
    let mut problems = 0;
    for check in &report.checks {
        let verdict = if check.is_ok() { "ok" } else { "PROBLEMS" };
        let figures: Vec<String> = check
            .figures
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{}: {verdict} ({})",
            check.name.as_str(),
            figures.join(", ")
        );
        for problem in &check.problems {
            let _ = writeln!(text, "  {problem}");
        }
        problems += check.problems.len();
    }
    answer(&text)?;
    api.db.close().await;
    if problems == 0 {
        Ok(())
    } else {
        Err(Error::Drift { problems })
    }
}

async fn applied(db: &Db) -> Result<Vec<MigrationState>, Error> {
    let mut states = db.migration_status().await?;
    states.retain(|state| state.is_applied);
    Ok(states)
}

fn listed(verb: &str, states: &[MigrationState], none: &str) -> String {
    if states.is_empty() {
        return format!("{none}\n");
    }
    let lines = states
        .iter()
        .map(|state| format!("{verb} {:04} {}\n", state.version, state.name));
    lines.collect::<Vec<_>>().concat()
}
