//! What is measured of every request, under the names of OpenTelemetry's conventions for HTTP servers.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    sync::{PoisonError, RwLock},
    time::Duration,
};

use http::{Method, StatusCode};
use metrics::{Gauge, Histogram, SharedString};

use crate::infra::telemetry::catalogue;

/// The series of a request. All but the status come from the document or from this program: clients cannot make the
/// number of series grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Series {
    /// The method, or `_OTHER`.
    pub(super) method: &'static str,
    /// The template of the route.
    pub(super) route: &'static str,
    /// The version of the API, or `none` beside it.
    pub(super) api_version: &'static str,
    /// The status.
    pub(super) status: StatusCode,
}

/// The instruments. Handles are made once for each series: making one takes longer than recording with it.
pub(super) struct Measures {
    durations: RwLock<HashMap<Series, Histogram>>,
    active: Gauge,
}

impl Measures {
    /// To be made after the recorder is installed.
    pub(super) fn new() -> Self {
        Self {
            durations: RwLock::default(),
            active: metrics::gauge!(catalogue::ACTIVE_REQUESTS),
        }
    }

    /// Counts a request as being worked on until the value is dropped, also when nobody waits for it any more.
    pub(super) fn begin(&self) -> Active<'_> {
        self.active.increment(1.0);
        Active(&self.active)
    }

    /// Records an answer.
    pub(super) fn record(&self, series: Series, took: Duration) {
        let known = self.durations.read();
        // A panic elsewhere leaves the map whole.
        if let Some(histogram) = known.unwrap_or_else(PoisonError::into_inner).get(&series) {
            histogram.record(took);
            return;
        }
        let histogram = series.histogram(series.route.into());
        histogram.record(took);
        let made = self.durations.write();
        made.unwrap_or_else(PoisonError::into_inner)
            .insert(series, histogram);
    }
}

/// A request that is worked on.
pub(super) struct Active<'a>(&'a Gauge);

impl Drop for Active<'_> {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

impl Series {
    /// Makes the handle, for another route where that is no constant.
    pub(super) fn histogram(self, route: SharedString) -> Histogram {
        metrics::histogram!(
            catalogue::REQUEST_DURATION,
            "http_request_method" => self.method,
            "http_route" => route,
            "http_response_status_code" => self.status.as_str().to_owned(),
            "api_version" => self.api_version,
        )
    }
}

/// By address: the texts are the program's own, and reading them through takes longer. Equal texts at two addresses
/// merely get two handles of one series.
impl Hash for Series {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_usize(self.method.as_ptr().addr());
        state.write_usize(self.route.as_ptr().addr());
        state.write_u16(self.status.as_u16());
    }
}

/// Clients make methods up; metrics must not grow with them.
pub(super) fn known_method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "_OTHER",
    }
}
