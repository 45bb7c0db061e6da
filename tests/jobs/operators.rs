//! What operators see of background work, and what they can do about it.

use waybill::{
    domain::Clock,
    infra::jobs::{JobError, JobOptions},
};

use super::{Runs, note, push};
use crate::{
    on_both,
    support::{Database, Server, process},
};

on_both![
    dead_letters_are_listed_and_tried_again_from_the_command_line,
    queue_depth_and_dead_letters_are_reported,
];

pub(super) fn environment(database: &Database) -> [(&str, &str); 3] {
    [
        ("DATABASE_URL", &database.url),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
    ]
}

async fn dead_letters_are_listed_and_tried_again_from_the_command_line(database: Database) {
    let runs = Runs::default();
    let failing = runs.handlers(|text| match text {
        "good" => Ok(()),
        _ => Err(JobError::permanent("no such address")),
    });
    let server = Server::doing(&database, failing, |_| {}).await;
    let good = push(&server, &note("good"), JobOptions::default()).await;
    let bad = push(&server, &note("bad"), JobOptions::default()).await;
    let worse = push(&server, &note("worse"), JobOptions::default()).await;
    server.work().await;
    let folder = tempfile::tempdir().unwrap();
    let environment = environment(&database);
    let waybill = async |arguments: &[&str]| {
        let done = process::run(folder.path(), arguments, &environment).await;
        (done.status.code(), process::text(&done))
    };

    let (code, listed) = waybill(&["jobs", "list", "--state", "dead"]).await;
    assert_eq!(code, Some(0), "{listed}");
    assert!(listed.contains(&bad) && listed.contains(&worse), "{listed}");
    assert!(!listed.contains(&good), "{listed}");
    assert!(listed.contains("the job cannot succeed: no such address"));
    assert!(listed.contains("1/8"), "{listed}");

    let (code, said) = waybill(&["jobs", "retry", &bad]).await;
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(said, format!("{bad} is tried again\n"));
    let (code, said) = waybill(&["jobs", "retry", &good, &worse]).await;
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("{worse} is tried again")), "{said}");
    assert!(
        said.contains(&format!(
            "job {good} is done, only dead letters can be tried again"
        )),
        "{said}"
    );
    let nobody = "00000000-0000-7000-8000-000000000000";
    let (code, said) = waybill(&["jobs", "retry", nobody]).await;
    assert_eq!(code, Some(1));
    assert!(
        said.contains(&format!("there is no job {nobody}")),
        "{said}"
    );

    // The command has the system's clock.
    server.advance(Clock::System.now().since(server.now()));
    server.work().await;
    let (code, said) = waybill(&["jobs", "retry", "--all-dead", "--queue", "test-note"]).await;
    assert_eq!(
        (code, &*said),
        (Some(0), "2 dead letters are tried again\n")
    );
    for wrong in [
        &["jobs", "retry"][..],
        &["jobs", "retry", "nonsense"],
        &["jobs", "list", "--state", "lost"],
    ] {
        let (code, said) = waybill(wrong).await;
        assert_eq!(code, Some(2), "{wrong:?}: {said}");
    }
    server.stop().await;
}

async fn queue_depth_and_dead_letters_are_reported(database: Database) {
    let runs = Runs::default();
    let hopeless = runs.handlers(|_| Err(JobError::permanent("no")));
    let server = Server::doing(&database, hopeless, |_| {}).await;
    push(&server, &note("dead"), JobOptions::default()).await;
    server.work().await;
    let later = server.now().plus(std::time::Duration::from_hours(1));
    for _ in 0..3 {
        push(&server, &note("later"), JobOptions::default().run_at(later)).await;
    }

    let health = server.admin().get("/health/detailed").await.must(200);
    let health = health.json();
    assert_eq!(health["queueDepth"], 3, "{health}");
    assert_eq!(health["deadLetters"], 1, "{health}");

    let metrics = server.anonymous().get("/metrics").await.text();
    let processed = "jobs_processed_total{queue=\"test-note\",outcome=\"dead\"}";
    assert!(metrics.contains(processed), "{metrics}");
    assert!(metrics.contains("jobs_duration_seconds_count{queue=\"test-note\"}"));
    server.stop().await;
}
