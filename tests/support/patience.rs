//! Waiting for what comes in its own time, and what may come meanwhile.

use std::{future::IntoFuture as _, time::Duration};

use sqlx::{AssertSqlSafe, Executor as _, PgConnection};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::{Answer, Server, client::Call};

/// Nothing that is waited for takes that long when all is well.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until something is so.
pub async fn until_so(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so().await {
        assert!(Instant::now() < deadline, "still not: {what}");
        sleep(PAUSE).await;
    }
}

/// Asks again and again until the answer has this status; meanwhile only 503 may come.
pub async fn until(status: u16, mut call: impl FnMut() -> Call) -> Answer {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = call().await;
        if answer.status == status {
            return answer;
        }
        assert_away(&answer);
        assert!(Instant::now() < deadline, "{}", answer.text());
        sleep(PAUSE).await;
    }
}

/// 503, in the envelope, with the time to come again.
#[track_caller]
pub fn assert_away(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert_eq!(answer.code(), "SERVICE_UNAVAILABLE");
    let wait: u64 = answer.header("retry-after").parse().expect("whole seconds");
    assert!((1..=5).contains(&wait), "{wait}");
}

/// Sends all of them before it waits for any.
pub async fn all_at_once(calls: impl IntoIterator<Item = Call>) -> Vec<Answer> {
    let mut set = JoinSet::new();
    for call in calls {
        set.spawn(call.into_future());
    }
    set.join_all().await
}

/// Runs a statement on a connection of the test's own.
pub async fn execute(connection: &mut PgConnection, sql: &str) {
    let done = connection.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())));
    done.await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Waits until some session of the database waits for a lock.
pub async fn until_somebody_waits(watcher: &mut PgConnection) {
    const WAITING: &str = "select count(*) from pg_stat_activity \
        where datname = current_database() and wait_event_type = 'Lock'";
    until_so("somebody waits for a lock", async || {
        let waiting = sqlx::query_scalar::<_, i64>(WAITING);
        waiting.fetch_one(&mut *watcher).await.expect("a number") > 0
    })
    .await;
}

/// What a metric stands at, over all of its lines that hold `label`. Every server of this process counts into it.
pub async fn metric(server: &Server, name: &str, label: &str) -> f64 {
    let metrics = server.anonymous().get("/metrics").unchecked().await;
    let text = metrics.must(200).text();
    let lines = text
        .lines()
        .filter(|line| line.starts_with(name) && line.contains(label));
    lines
        .filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok())
        .sum()
}
