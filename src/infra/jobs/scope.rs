//! Runs a job, and the end of its run, as the continuation of the request that it follows from.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use apalis_core::{
    error::BoxDynError,
    layers::{Layer, Service},
    task::Task,
};
use futures_util::future::BoxFuture;

use super::backend::Claim;
use crate::{domain::Ids, infra::telemetry};

/// Gives the jobs of a worker the names of their requests: in log lines, in traces, and in what they push themselves.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) ids: Ids,
}

impl<S> Layer<S> for Scope {
    type Service = Scoped<S>;

    fn layer(&self, inner: S) -> Scoped<S> {
        Scoped {
            ids: self.ids.clone(),
            inner,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Scoped<S> {
    ids: Ids,
    inner: S,
}

impl<S> Service<Task<Arc<Claim>>> for Scoped<S>
where
    S: Service<Task<Arc<Claim>>, Response = (), Error = BoxDynError>,
    S::Future: Send + 'static,
{
    type Response = ();
    type Error = BoxDynError;
    type Future = BoxFuture<'static, Result<(), BoxDynError>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxDynError>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, task: Task<Arc<Claim>>) -> Self::Future {
        let claim = Arc::clone(&task.args);
        let fresh = self.ids.next_uuid();
        let job = self.inner.call(task);
        Box::pin(async move {
            let (request_id, traceparent) = (claim.request_id(), claim.traceparent.as_deref());
            telemetry::continue_from(claim.queue, &request_id, traceparent, fresh, job).await
        })
    }
}
