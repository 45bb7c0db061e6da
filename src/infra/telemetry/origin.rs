//! What the running work belongs to: a request, or a job that a request asked for.
//!
//! It travels beside the work (not through every signature), so that whatever writes a row for later or calls somebody
//! can say where that came from. Tasks that are spawned do not inherit it.

use std::sync::Arc;

use tracing::{Instrument, Span};
use uuid::Uuid;

use super::{
    spans,
    traceparent::{self, TraceParent},
};

tokio::task_local! {
    static CURRENT: Origin;
}

/// The names of the work that runs. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The id of the request; a job keeps that of the request that asked for it.
    pub request_id: Arc<str>,
    /// The place in a trace, as outgoing calls and jobs hand it on.
    pub traceparent: Arc<str>,
}

impl Origin {
    /// Returns the trace's id: 32 hexadecimal digits.
    #[must_use]
    pub fn trace_id(&self) -> &str {
        traceparent::trace_id(&self.traceparent)
    }

    /// Runs `work` under this name and inside `span`.
    pub(crate) async fn scope<F: Future>(self, span: Span, work: F) -> F::Output {
        CURRENT.scope(self, work.instrument(span)).await
    }
}

/// What the running work belongs to; nothing outside of requests and jobs.
#[must_use]
pub fn origin() -> Option<Origin> {
    CURRENT
        .try_with(|current| Origin {
            request_id: Arc::clone(&current.request_id),
            // A span further inside, where spans are recorded.
            traceparent: spans::current_traceparent()
                .unwrap_or_else(|| Arc::clone(&current.traceparent)),
        })
        .ok()
}

/// The id of the request that the running work belongs to.
#[must_use]
pub fn request_id() -> Option<Arc<str>> {
    CURRENT
        .try_with(|current| Arc::clone(&current.request_id))
        .ok()
}

/// The `traceparent` that outgoing calls and jobs of the running work are to carry.
#[must_use]
pub fn traceparent() -> Option<Arc<str>> {
    origin().map(|origin| origin.traceparent)
}

/// Runs a job as the continuation of what asked for it: its log lines carry that request's id and trace, and so does
/// whatever it writes and calls. `job` names the kind of job, `fresh` its span; a `traceparent` that is missing or
/// malformed begins a new trace.
pub async fn continue_from<F: Future>(
    job: &'static str,
    request_id: &str,
    traceparent: Option<&str>,
    fresh: Uuid,
    work: F,
) -> F::Output {
    let parent = traceparent.and_then(TraceParent::parse);
    let mut origin = Origin {
        request_id: request_id.into(),
        traceparent: TraceParent::continued(parent, fresh),
    };
    let span = spans::job(job, &mut origin, parent);
    origin.scope(span, work).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_job_goes_on_where_its_request_ended() {
        assert_eq!(origin(), None);
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let fresh = Uuid::from_u128(42);
        let seen = continue_from("mail", "req_1", Some(parent), fresh, async { origin() }).await;
        let seen = seen.unwrap();
        assert_eq!(&*seen.request_id, "req_1");
        assert_eq!(seen.trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
        assert_ne!(&*seen.traceparent, parent);
    }

    #[tokio::test]
    async fn a_job_without_a_trace_begins_one() {
        let fresh = Uuid::from_u128(42);
        let seen = continue_from("mail", "req_1", Some("nonsense"), fresh, async {
            traceparent()
        });
        assert!(TraceParent::parse(&seen.await.unwrap()).is_some());
    }
}
