//! Several instances on one database, and instances that end: no job is lost, none runs twice at once.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::Semaphore,
    time::{sleep, timeout},
};
use waybill::infra::jobs::{Handlers, JobError, JobOptions, Schedule};

use super::{Note, PATIENCE, Runs, note, push};
use crate::{
    on_both,
    support::{Database, Server},
};

on_both![
    two_instances_share_the_jobs_and_run_each_once,
    no_more_jobs_run_at_once_than_configured,
    a_stop_waits_for_the_job_that_runs,
    the_job_of_a_worker_that_died_runs_again_when_its_lease_is_over,
    a_job_that_kills_its_workers_becomes_a_dead_letter,
    whoever_lost_a_job_cannot_end_it,
    what_is_due_once_in_a_period_is_pushed_once_by_all_instances,
    what_is_due_now_and_then_and_fails_does_not_pile_up,
];

/// Waits until `is_so`, generously.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = timeout(Duration::from_mins(1), async {
        while !is_so().await {
            sleep(Duration::from_millis(20)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("not so: {what}"));
}

/// Who runs which job now, and how often each was run.
#[derive(Default)]
struct Watch {
    running: Mutex<BTreeMap<String, usize>>,
    runs: Mutex<BTreeMap<String, usize>>,
    most: AtomicUsize,
}

impl Watch {
    fn handlers(self: &Arc<Self>) -> Handlers {
        let watch = Arc::clone(self);
        Handlers::default().on(PATIENCE, move |job: Note, context| {
            let watch = Arc::clone(&watch);
            async move {
                let id = context.id.to_string();
                {
                    let mut running = watch.running.lock().unwrap();
                    let same = running.entry(id.clone()).or_default();
                    *same += 1;
                    assert_eq!(*same, 1, "{} runs twice at once", job.text);
                    let all = running.values().sum::<usize>();
                    watch.most.fetch_max(all, Ordering::SeqCst);
                }
                sleep(Duration::from_millis(5)).await;
                watch.running.lock().unwrap().remove(&id);
                *watch.runs.lock().unwrap().entry(id).or_default() += 1;
                Ok(())
            }
        })
    }
}

async fn two_instances_share_the_jobs_and_run_each_once(database: Database) {
    const JOBS: usize = 60;
    let watch = Arc::new(Watch::default());
    let serving = |config: &mut waybill::config::Config| config.jobs.concurrency = 3;
    let one = Server::doing(&database, watch.handlers(), serving).await;
    let two = Server::doing(&database, watch.handlers(), serving).await;

    for index in 0..JOBS {
        let server = if index % 2 == 0 { &one } else { &two };
        push(server, &note(&index.to_string()), JobOptions::default()).await;
    }
    let open = "select count(*) from jobs where queue = 'test-note' and state <> 'done'";
    until("every job is done", async || {
        database.number(open).await == 0
    })
    .await;

    let runs = watch.runs.lock().unwrap().clone();
    assert_eq!(runs.len(), JOBS);
    assert!(runs.values().all(|count| *count == 1), "{runs:?}");
    one.stop().await;
    two.stop().await;
}

async fn no_more_jobs_run_at_once_than_configured(database: Database) {
    let watch = Arc::new(Watch::default());
    let server = Server::doing(&database, watch.handlers(), |config| {
        config.jobs.concurrency = 2;
    })
    .await;
    for index in 0..20 {
        push(&server, &note(&index.to_string()), JobOptions::default()).await;
    }

    until("every job was run", async || {
        watch.runs.lock().unwrap().len() == 20
    })
    .await;

    assert_eq!(watch.most.load(Ordering::SeqCst), 2);
    server.stop().await;
}

/// Jobs that run until the test lets them go.
#[derive(Clone)]
struct Gate {
    inside: Arc<Semaphore>,
    open: Arc<Semaphore>,
}

impl Default for Gate {
    fn default() -> Self {
        let closed = || Arc::new(Semaphore::new(0));
        Self {
            inside: closed(),
            open: closed(),
        }
    }
}

impl Gate {
    fn handlers(&self) -> Handlers {
        let gate = self.clone();
        Handlers::default().on(PATIENCE, move |_: Note, _| {
            let gate = gate.clone();
            async move {
                gate.inside.add_permits(1);
                gate.open.acquire().await.unwrap().forget();
                Ok(())
            }
        })
    }

    /// Waits until a job runs.
    async fn entered(&self) {
        self.inside.acquire().await.unwrap().forget();
    }
}

async fn a_stop_waits_for_the_job_that_runs(database: Database) {
    let gate = Gate::default();
    let server = Server::doing(&database, gate.handlers(), |config| {
        config.jobs.concurrency = 1;
    })
    .await;
    for text in ["runs", "waits"] {
        push(&server, &note(text), JobOptions::default()).await;
    }
    gate.entered().await;

    let stopping = tokio::spawn(server.stop());
    sleep(Duration::from_millis(50)).await;
    assert!(!stopping.is_finished());
    gate.open.add_permits(2);
    stopping.await.unwrap();

    let states = database
        .rows("select state from jobs where queue = 'test-note' order by id")
        .await;
    assert_eq!(states, [["done"], ["waiting"]], "nothing new is begun");
}

async fn the_job_of_a_worker_that_died_runs_again_when_its_lease_is_over(database: Database) {
    let runs = Runs::default();
    let server = Server::doing(&database, runs.handlers(|_| Ok(())), |_| {}).await;
    push(&server, &note("left behind"), JobOptions::default()).await;
    take_as_somebody_else(&database, &server, 1).await;

    server.work().await;
    assert!(runs.texts().is_empty(), "the other may still be at it");
    server.advance(Duration::from_secs(20));
    server.work().await;

    assert_eq!(runs.texts(), ["left behind"]);
    assert_eq!(runs.contexts()[0].attempt, 2);
    assert_eq!(database.rows("select state from jobs").await, [["done"]]);
    server.stop().await;
}

async fn a_job_that_kills_its_workers_becomes_a_dead_letter(database: Database) {
    let runs = Runs::default();
    let server = Server::doing(&database, runs.handlers(|_| Ok(())), |_| {}).await;
    push(&server, &note("deadly"), JobOptions::default().attempts(3)).await;
    take_as_somebody_else(&database, &server, 3).await;

    server.advance(Duration::from_secs(20));
    server.work().await;

    assert!(runs.texts().is_empty());
    let dead = database.rows("select state, last_error from jobs").await;
    let expected = "its worker died, in the last of its tries";
    assert_eq!(dead, [["dead", expected]]);
    server.stop().await;
}

async fn whoever_lost_a_job_cannot_end_it(database: Database) {
    let gate = Gate::default();
    let server = Server::doing(&database, gate.handlers(), |config| {
        config.jobs.concurrency = 1;
    })
    .await;
    push(&server, &note("slow"), JobOptions::default()).await;
    gate.entered().await;

    take_as_somebody_else(&database, &server, 2).await;
    gate.open.add_permits(1);
    server.stop().await;

    let row = "select state, cast(attempts as text) from jobs where queue = 'test-note'";
    assert_eq!(database.rows(row).await, [["running", "2"]]);
}

async fn what_is_due_once_in_a_period_is_pushed_once_by_all_instances(database: Database) {
    let runs = Runs::default();
    let one = Server::doing(&database, runs.handlers(|_| Ok(())), |_| {}).await;
    let two = Server::doing(&database, runs.handlers(|_| Ok(())), |_| {}).await;
    let minutely = Schedule {
        every: Duration::from_mins(1),
    };

    for _ in 0..3 {
        for server in [&one, &two, &one] {
            let jobs = &server.api().jobs;
            jobs.push_scheduled(&note("tick"), minutely).await.unwrap();
            server.work().await;
        }
        one.advance(Duration::from_mins(1));
    }

    assert_eq!(runs.texts().len(), 3);
    one.stop().await;
    two.stop().await;
}

async fn what_is_due_now_and_then_and_fails_does_not_pile_up(database: Database) {
    let runs = Runs::default();
    let failing = runs.handlers(|_| Err(JobError::transient("not today")));
    let server = Server::doing(&database, failing, |_| {}).await;
    let often = Schedule {
        every: Duration::from_secs(1),
    };

    for _ in 0..5 {
        let jobs = &server.api().jobs;
        jobs.push_scheduled(&note("tick"), often).await.unwrap();
        server.work().await;
        server.advance(Duration::from_secs(1));
    }

    assert_eq!(database.number("select count(*) from jobs").await, 1);
    server.stop().await;
}

/// What another worker's claim of the only job of the queue leaves in the database.
async fn take_as_somebody_else(database: &Database, server: &Server, attempts: i64) {
    let lease = match database.backend {
        crate::support::Backend::Sqlite => "randomblob(16)",
        crate::support::Backend::Postgres => "gen_random_uuid()",
    };
    let end = server.now().plus(Duration::from_secs(20)).as_micros();
    let taken = format!(
        "update jobs set state = 'running', lease = {lease}, attempts = {attempts}, due_at = {end} \
         where queue = 'test-note'"
    );
    database.execute(&taken).await;
}
