//! `jobs`

use std::fmt::Write as _;

use super::{JobsCommand, answer, note};
use crate::{
    app::App,
    domain::{JobId, Timestamp},
    error::Error,
    infra::jobs::{JobSummary, Retried},
};

/// Characters of an error that a row of the table has room for; lines of a terminal are not endless.
const ERROR_CHARS: usize = 100;

pub(super) async fn run(command: JobsCommand, app: App) -> Result<(), Error> {
    let api = app.api();
    let done = match command {
        JobsCommand::List {
            state,
            queue,
            limit,
        } => {
            let jobs = api.jobs.list(state, queue.as_deref(), limit).await?;
            if jobs.is_empty() {
                note("no such job");
            }
            answer(&table(&jobs, api.clock.now()))
        }
        JobsCommand::Retry {
            all_dead: true,
            queue,
            ..
        } => {
            let jobs = api.jobs.retry_all(queue.as_deref()).await?;
            answer(&format!("{jobs} dead letters are tried again\n"))
        }
        JobsCommand::Retry { id, .. } => retry(&app, id.into_iter().collect()).await,
    };
    api.db.close().await;
    done
}

/// Tries every job, and fails afterwards when one of them could not be.
async fn retry(app: &App, ids: Vec<uuid::Uuid>) -> Result<(), Error> {
    let mut refused = Vec::new();
    for id in ids {
        match app.api().jobs.retry(JobId::from_uuid(id)).await? {
            Retried::Waiting => answer(&format!("{id} is tried again\n"))?,
            Retried::IsNot(state) => {
                refused.push(format!(
                    "job {id} is {state}, only dead letters can be tried again"
                ));
            }
            Retried::Unknown => refused.push(format!("there is no job {id}")),
        }
    }
    if refused.is_empty() {
        Ok(())
    } else {
        Err(Error::Refused(refused.join("; ")))
    }
}

/// One line for each job, in columns; nothing but the heading when there is none.
fn table(jobs: &[JobSummary], now: Timestamp) -> String {
    let mut rows =
        vec![["ID", "QUEUE", "STATE", "TRIES", "DUE", "REQUEST", "ERROR"].map(str::to_owned)];
    rows.extend(jobs.iter().map(|job| row(job, now)));
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"))
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    text
}

fn row(job: &JobSummary, now: Timestamp) -> [String; 7] {
    let error = job.last_error.as_deref().unwrap_or_default();
    let line: String = error
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(ERROR_CHARS)
        .collect();
    [
        job.id.to_string(),
        job.queue.clone(),
        job.state.to_string(),
        format!("{}/{}", job.attempts, job.max_attempts),
        due(job, now),
        job.request_id.clone().unwrap_or_else(|| "-".to_owned()),
        line,
    ]
}

/// When a job is taken, or was.
fn due(job: &JobSummary, now: Timestamp) -> String {
    if job.due_at > now {
        format!("in {}s", job.due_at.since(now).as_secs())
    } else {
        format!("{}s ago", now.since(job.due_at).as_secs())
    }
}
