//! Binds the handlers of version 1 to the generated routes, and puts the stack around them.

use std::sync::Arc;

use super::stack::{Readiness, Stack};
use crate::{app::Api, infra::telemetry::Metrics};

/// The server's whole HTTP side.
#[must_use]
pub fn stack(api: &Arc<Api>, metrics: Metrics) -> impl super::connection::Answer {
    Stack::new(
        openapi_generated::v1::routes(Arc::clone(api)),
        Ready(Arc::clone(api)),
        metrics,
        &api.config.server,
        api.clock.clone(),
        api.ids.clone(),
    )
}

struct Ready(Arc<Api>);

impl Readiness for Ready {
    async fn is_ready(&self) -> bool {
        self.0.health.is_ready().await
    }
}
