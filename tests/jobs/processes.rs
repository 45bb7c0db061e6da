//! Servers as an operator starts them: killed in the middle of a job, and read by their log.

use std::time::Duration;

use serde_json::Value;
use waybill::domain::Clock;

use super::operators::environment;
use crate::{
    mail, on_both,
    support::{
        Database, Server, factories, process,
        smtp::{Manner, Smtp},
    },
};

on_both![
    mails_that_a_killed_server_was_sending_are_sent_by_another,
    the_log_lines_of_a_job_name_the_request_that_it_follows_from,
];

async fn mails_that_a_killed_server_was_sending_are_sent_by_another(database: Database) {
    let sink = Smtp::start(Manner::Hang).await;
    let other = Server::with(&database, |config| config.mail = mail::config(&sink)).await;
    // Paid, because the killed server has another clock: an order that waits for its payment would be overdue there.
    factories::paid_order(&other, &other.member()).await;
    let folder = tempfile::tempdir().unwrap();
    let mut environment = environment(&database).to_vec();
    environment.push(("SMTP_URL", &sink.url));

    let killed = process::serve(folder.path(), &environment).await;
    sink.wait_for_connections(2).await;
    killed.signal("KILL").await;
    killed.ended().await;

    let mails = "select state from jobs where queue = 'mails'";
    assert_eq!(database.rows(mails).await, [["running"], ["running"]]);
    sink.behave(Manner::Accept);
    other.advance(Clock::System.now().since(other.now()));
    other.work().await;
    assert!(sink.mails().is_empty(), "it may still be at it");
    other.advance(Duration::from_secs(20));
    other.work().await;

    assert_eq!(sink.wait_for_mails(2).await.len(), 2);
    assert_eq!(database.rows(mails).await, [["done"], ["done"]]);
    other.stop().await;
}

async fn the_log_lines_of_a_job_name_the_request_that_it_follows_from(database: Database) {
    let sink = Smtp::start(Manner::Accept).await;
    let asked = Server::start(&database).await;
    let order = factories::pending_order(&asked, &asked.member()).await;
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let paid = asked
        .member()
        .post(format!("{}/pay", factories::path_of(&order)))
        .header("x-request-id", "payment-of-ada")
        .header("traceparent", format!("00-{trace}-00f067aa0ba902b7-01"))
        .key(factories::unique("pay"));
    paid.await.must(200);
    let folder = tempfile::tempdir().unwrap();
    let mut environment = environment(&database).to_vec();
    environment.push(("SMTP_URL", &sink.url));

    let server = process::serve(folder.path(), &environment).await;
    sink.wait_for_mails(2).await;
    let log = server.stop().await;

    let lines: Vec<Value> = log
        .iter()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of_the_job = |line: &&Value| line["request_id"] == "payment-of-ada";
    let lines: Vec<&Value> = lines.iter().filter(of_the_job).collect();
    let is_there = |message| lines.iter().any(|line| line["message"] == message);
    assert!(is_there("a mail was sent"), "{log:#?}");
    assert!(is_there("job done"), "{log:#?}");
    assert!(
        lines.iter().all(|line| line["trace_id"] == trace),
        "{log:#?}"
    );
    asked.stop().await;
}
