//! From a change to its event, and from the event to what follows.

use waybill::infra::jobs::JobOptions;

use super::{Runs, note, push};
use crate::{
    on_both,
    support::{Database, Server, factories},
};

on_both![
    a_job_runs_if_and_only_if_its_transaction_commits,
    an_event_is_published_once_and_only_when_its_change_commits,
];

async fn a_job_runs_if_and_only_if_its_transaction_commits(database: Database) {
    let runs = Runs::default();
    let server = Server::doing(&database, runs.handlers(|_| Ok(())), |_| {}).await;

    let api = server.api();
    let mut tx = api.db.begin().await.unwrap();
    let job = note("rolled back");
    let pushed = api.jobs.push(&mut tx, &job, JobOptions::default()).await;
    assert!(pushed.unwrap().is_some());
    tx.rollback().await.unwrap();
    push(&server, &note("committed"), JobOptions::default()).await;
    server.work().await;

    assert_eq!(runs.texts(), ["committed"]);
    assert_eq!(database.number("select count(*) from jobs").await, 1);
    server.stop().await;
}

async fn an_event_is_published_once_and_only_when_its_change_commits(database: Database) {
    let server = Server::start(&database).await;
    let before = database.number("select count(*) from outbox").await;
    server.work().await;

    let member = server.member();
    let product = factories::product(&server, 1, 100).await;
    factories::top_up(&member, 1_000).await;
    factories::try_order(&member, &product, 2).await.must(409);
    factories::order(&member, &product, 1).await;
    let waiting = "select count(*) from outbox where published_at is null";
    assert_eq!(database.number(waiting).await, 2, "a top-up and an order");
    server.work().await;
    server.work().await;

    assert_eq!(
        database.number("select count(*) from outbox").await,
        before + 2
    );
    assert_eq!(database.number(waiting).await, 0);
    let traced =
        "select count(*) from outbox where request_id is not null and traceparent is not null";
    assert!(database.number(traced).await >= 1);
    server.stop().await;
}
