//! Jobs that fail: tried again with growing pauses, given up in the end, and tried again when somebody says so.

use std::time::Duration;

use waybill::infra::jobs::{JobError, JobOptions, JobState, Retried};

use super::{Runs, note, push};
use crate::{
    on_both,
    support::{Database, Server},
};

on_both![
    a_failing_job_is_tried_with_growing_pauses_and_becomes_a_dead_letter,
    a_dead_letter_that_is_tried_again_succeeds,
    a_poisoned_job_hinders_nobody,
    what_cannot_succeed_is_given_up_at_once,
];

/// When the job may be taken, in microseconds from now.
async fn pause(database: &Database, server: &Server) -> Duration {
    let due = database.number("select due_at from jobs").await;
    let micros = due - server.now().as_micros();
    Duration::from_micros(u64::try_from(micros).expect("later than now"))
}

async fn a_failing_job_is_tried_with_growing_pauses_and_becomes_a_dead_letter(database: Database) {
    let runs = Runs::default();
    let failing = runs.handlers(|_| Err(JobError::transient("out of paper")));
    let server = Server::doing(&database, failing, |_| {}).await;
    push(&server, &note("fails"), JobOptions::default().attempts(4)).await;

    let mut pauses = Vec::new();
    for attempt in 1..4 {
        server.work().await;
        assert_eq!(runs.texts().len(), attempt);
        let next = pause(&database, &server).await;
        server.advance(next.saturating_sub(Duration::from_millis(1)));
        server.work().await;
        assert_eq!(runs.texts().len(), attempt, "not before its time");
        server.advance(Duration::from_millis(1));
        pauses.push(next);
    }
    server.work().await;

    assert_eq!(runs.texts().len(), 4);
    let attempts: Vec<u32> = runs.contexts().iter().map(|run| run.attempt).collect();
    assert_eq!(attempts, [1, 2, 3, 4]);
    assert!(
        pauses.windows(2).all(|pair| pair[0] < pair[1]),
        "{pauses:?}"
    );
    let listed = server.api().jobs.list(Some(JobState::Dead), None, 10).await;
    let listed = listed.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        listed[0].last_error.as_deref(),
        Some("the job failed: out of paper")
    );
    server.advance(Duration::from_hours(24));
    server.work().await;
    assert_eq!(runs.texts().len(), 4, "nobody tries a dead letter");
    server.stop().await;
}

async fn a_dead_letter_that_is_tried_again_succeeds(database: Database) {
    let runs = Runs::default();
    let counted = runs.clone();
    let fails_once = runs.handlers(move |_| match counted.texts().len() {
        1 => Err(JobError::transient("not yet")),
        _ => Ok(()),
    });
    let server = Server::doing(&database, fails_once, |_| {}).await;
    let id = push(&server, &note("once"), JobOptions::default().attempts(1)).await;
    server.work().await;
    assert_eq!(database.rows("select state from jobs").await, [["dead"]]);

    let id = id.parse::<uuid::Uuid>().unwrap().into();
    assert_eq!(server.api().jobs.retry(id).await.unwrap(), Retried::Waiting);
    server.work().await;

    assert_eq!(database.rows("select state from jobs").await, [["done"]]);
    assert_eq!(
        server.api().jobs.retry(id).await.unwrap(),
        Retried::IsNot(JobState::Done)
    );
    server.stop().await;
}

async fn a_poisoned_job_hinders_nobody(database: Database) {
    let runs = Runs::default();
    let poisoned = runs.handlers(|text| {
        assert!(text != "poison", "this one always panics");
        Ok(())
    });
    let server = Server::doing(&database, poisoned, |_| {}).await;
    push(&server, &note("poison"), JobOptions::default().attempts(2)).await;
    for text in ["one", "two", "three"] {
        push(&server, &note(text), JobOptions::default()).await;
    }

    server.work().await;
    server.advance(Duration::from_mins(1));
    server.work().await;

    let mut done = runs.texts();
    done.retain(|text| text != "poison");
    done.sort();
    assert_eq!(done, ["one", "three", "two"]);
    let dead = database
        .rows("select last_error from jobs where state = 'dead'")
        .await;
    assert_eq!(dead, [["the job panicked: this one always panics"]]);
    server.stop().await;
}

async fn what_cannot_succeed_is_given_up_at_once(database: Database) {
    let runs = Runs::default();
    let hopeless = runs.handlers(|_| Err(JobError::permanent("no such address")));
    let server = Server::doing(&database, hopeless, |_| {}).await;
    push(&server, &note("hopeless"), JobOptions::default()).await;

    server.work().await;

    assert_eq!(runs.texts().len(), 1);
    let dead = database.rows("select state, last_error from jobs").await;
    assert_eq!(dead, [["dead", "the job cannot succeed: no such address"]]);
    server.stop().await;
}
