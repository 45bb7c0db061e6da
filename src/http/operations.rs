//! The operations behind the limit of how many are worked on at once.

use std::{panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use http::StatusCode;
use openapi_runtime::ReplyContext;
use poem::{Endpoint, Request};

use super::{
    admission::Admission,
    arriving::Arriving,
    connection::{Body, Progress},
    refusal::Refusal,
};
use crate::{config::ServerConfig, infra::telemetry::catalogue};

/// The one operation that is answered under any load.
const HEALTH: &str = "/health";

/// The routes of the document.
pub(super) struct Operations<R> {
    routes: R,
    admission: Admission,
    body_patience: Duration,
}

impl<R: Endpoint<Output = poem::Response>> Operations<R> {
    /// Runs an operation if there is room for it. Whether the server is well is answered in any case.
    pub(super) async fn answer(
        &self,
        mut request: Request,
        reply: &ReplyContext,
        progress: &Progress,
    ) -> hyper::Response<Body> {
        if request.uri().path() == HEALTH {
            return self.run(request, reply).await;
        }
        let place = match self.admission.enter() {
            Ok(place) => place,
            Err(full) => {
                let refusal = Refusal::OVERLOADED;
                metrics::counter!(catalogue::REJECTED, "code" => refusal.code).increment(1);
                return refusal.response_with(full.retry_after, reply);
            }
        };
        if !progress.has_arrived() {
            let body = Body::from(request.take_body());
            let (place, progress) = (place.clone(), progress.clone());
            let arriving = Arriving::new(body, place, progress, self.body_patience);
            request.set_body(Body::new(arriving));
        }
        let response = self.run(request, reply).await;
        drop(place);
        response
    }

    /// Runs an operation. What poem or a handler throws becomes the envelope here at the latest.
    async fn run(&self, request: Request, reply: &ReplyContext) -> hyper::Response<Body> {
        match AssertUnwindSafe(self.routes.call(request))
            .catch_unwind()
            .await
        {
            Ok(Ok(response)) => response.into(),
            Ok(Err(error)) => foreign(&error, reply),
            Err(panic) => {
                let message = panic_message(&*panic);
                tracing::error!(panic = message, "a handler panicked");
                Refusal::INTERNAL.response(reply)
            }
        }
    }
}

impl<R> Operations<R> {
    pub(super) fn new(routes: R, config: &ServerConfig) -> Self {
        Self {
            routes,
            admission: Admission::new(config.max_concurrent_requests),
            body_patience: config.body_read_timeout,
        }
    }
}

/// The runtime answers with envelopes; what still arrives as an error of poem's own has no words for clients.
fn foreign(error: &poem::Error, reply: &ReplyContext) -> hyper::Response<Body> {
    let status = error.status();
    if status == StatusCode::NOT_FOUND {
        return Refusal::NOT_FOUND.response(reply);
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        return Refusal::METHOD_NOT_ALLOWED.response(reply);
    }
    if status.is_client_error() {
        return Refusal {
            status,
            ..Refusal::NOT_HTTP
        }
        .response(reply);
    }
    tracing::error!(%error, "an error nobody expected");
    Refusal::INTERNAL.response(reply)
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}
