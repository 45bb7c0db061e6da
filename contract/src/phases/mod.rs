//! The phases of a run. Each is a function that sends cases until it has no more.

mod auth;
mod coverage;
mod examples;
mod positive;
mod random;
mod recording;
mod stateful;
mod thing;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
pub use recording::{Compare, Replay};
use tokio::time::Instant;

use crate::{
    case::Phase,
    laws,
    run::{Event, Run, Stop},
};

/// Does something for each of several things, for as many at once as there are workers.
async fn each<T, F>(
    run: &Run,
    things: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> F,
) -> Result<(), Stop>
where
    F: Future<Output = Result<(), Stop>>,
{
    let workers = run.settings.limits.workers.max(1);
    stream::iter(things)
        .map(work)
        .buffer_unordered(workers)
        .try_collect()
        .await
}

/// Runs a phase within its time.
///
/// # Errors
/// [`Stop`] when the whole run is to end. A phase whose time is over ends alone, and reports say so.
pub async fn run(run: &Run, phase: Phase) -> Result<(), Stop> {
    run.tell(Event::PhaseStarted(phase)).await;
    let begin = Instant::now();
    let limit = run.settings.phase_time;
    let work = async {
        match phase {
            Phase::Examples => examples::run(run).await,
            Phase::Coverage => coverage::run(run).await,
            Phase::Random => random::run(run).await,
            Phase::Stateful => stateful::run(run).await,
            Phase::Auth => auth::run(run).await,
            Phase::Laws => laws::run(run).await,
            Phase::Recording => recording::run(run).await,
        }
    };
    let result = tokio::time::timeout(limit, work)
        .await
        .unwrap_or(Err(Stop::TimeIsOver(limit)));
    let stopped = result.as_ref().err().map(ToString::to_string);
    run.tell(Event::PhaseFinished {
        phase,
        took: begin.elapsed(),
        stopped,
    })
    .await;
    match result {
        Err(Stop::TimeIsOver(_)) => Ok(()),
        result => result,
    }
}

/// What makes this run's keys differ from those of every other run: when it began.
fn nonce() -> String {
    format!("{:x}", crate::run::now().as_millisecond())
}
