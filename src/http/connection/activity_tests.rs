//! The deadlines of one connection, on a clock that the tests move.

use std::sync::Arc;

use tokio::time::{advance, timeout};

use super::*;

const SECOND: Duration = Duration::from_secs(1);

fn activity() -> Arc<Activity> {
    Arc::new(Activity::new(Patience {
        header_read: 10 * SECOND,
        idle: 60 * SECOND,
        write: 5 * SECOND,
        ..Patience::default()
    }))
}

/// What is cut, and after how many seconds.
async fn cut(activity: &Activity) -> (Cut, u64) {
    let begun = Instant::now();
    let cut = timeout(600 * SECOND, activity.overdue()).await.unwrap();
    (cut, begun.elapsed().as_secs())
}

#[tokio::test(start_paused = true)]
async fn a_first_head_has_its_time_from_the_beginning() {
    let activity = activity();
    advance(4 * SECOND).await;
    activity.received();
    advance(SECOND).await;
    activity.received();
    assert_eq!(cut(&activity).await, (Cut::HeaderTimeout, 9));
}

#[tokio::test(start_paused = true)]
async fn a_kept_connection_is_idle_until_the_next_head_begins() {
    let activity = activity();
    activity.begins();
    advance(30 * SECOND).await;
    activity.ends();
    assert_eq!(cut(&activity).await, (Cut::Idle, 60));
    activity.received();
    assert_eq!(cut(&activity).await, (Cut::HeaderTimeout, 10));
}

#[tokio::test(start_paused = true)]
async fn work_takes_the_time_that_it_takes() {
    let activity = activity();
    activity.begins();
    let outcome = timeout(600 * SECOND, activity.overdue()).await;
    assert!(outcome.is_err(), "{outcome:?}");
}

#[tokio::test(start_paused = true)]
async fn a_trickle_does_not_hold_a_connection() {
    let activity = activity();
    activity.begins();
    activity.blocks();
    for _ in 0..4 {
        advance(SECOND).await;
        activity.takes(100);
    }
    assert_eq!(cut(&activity).await, (Cut::WriteTimeout, 1));
    activity.flows();
    activity.blocks();
    advance(4 * SECOND).await;
    activity.takes(TAKEN_BYTES);
    assert_eq!(cut(&activity).await, (Cut::WriteTimeout, 5));
}

#[tokio::test(start_paused = true)]
async fn a_large_answer_has_more_time_to_leave() {
    let activity = activity();
    activity.begins();
    let large = activity.leaves(3 * TAKEN_BYTES);
    assert_eq!(cut(&activity).await, (Cut::WriteTimeout, 20));
    activity.left(large);
    activity.leaves(10);
    assert_eq!(cut(&activity).await, (Cut::WriteTimeout, 5));
}
