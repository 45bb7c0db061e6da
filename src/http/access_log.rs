//! One line per request. It names what was asked for and by whom, never an address, a mail or a token.
//!
//! Request id and trace id come from the span that the request is worked on in, as on every other line.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use http::{Method, StatusCode};
use openapi_runtime::{Allowed, Matched};
use tracing::Span;

use super::{
    connection::Body,
    measures::{Measures, Series, known_method},
    pages::Page,
};
use crate::infra::telemetry::{self, Answered, catalogue};

/// The route of requests that met none: templates only, so that the number of values stays small.
const UNMATCHED: &str = "unmatched";

/// The version of what is served beside the API.
const NO_VERSION: &str = "none";

/// What became of a request whose client went away, or whose connection was cut. A status beside it says that the work
/// was finished all the same.
const ABANDONED: &str = "abandoned";

/// What a line says beside status and duration. It is written in any case: when it is dropped before, the connection
/// ended before everything had come, and the work with it.
#[derive(Debug)]
pub(super) struct Line {
    started: Instant,
    is_written: bool,
    method: &'static str,
    route: Route,
    api_version: &'static str,
    user: Option<String>,
    /// The path as it was asked for, where a collector wants it.
    path: Option<String>,
}

#[derive(Debug)]
enum Route {
    /// Of an operation or a page.
    Known(&'static str),
    /// Of the document, reached with a method that it does not have.
    Refused(Arc<str>),
    Unmatched,
}

impl Route {
    fn as_str(&self) -> &str {
        match self {
            Self::Known(route) => route,
            Self::Refused(route) => route,
            Self::Unmatched => UNMATCHED,
        }
    }
}

impl Line {
    /// Notes what the request says, before it is taken apart.
    pub(super) fn of(method: &Method, path: &str, started: Instant) -> Self {
        Self {
            started,
            is_written: false,
            method: known_method(method),
            route: Route::Unmatched,
            api_version: NO_VERSION,
            user: None,
            path: telemetry::wants_answers().then(|| path.to_owned()),
        }
    }

    /// Takes from the answer what the routes left for the log.
    pub(super) fn learn(&mut self, page: Option<&Page>, response: &mut hyper::Response<Body>) {
        let extensions = response.extensions_mut();
        if let Some(Matched { spec, caller }) = extensions.remove::<Matched>() {
            self.route = Route::Known(spec.path);
            self.api_version = spec.version;
            self.user = caller;
        } else if let Some(page) = page {
            self.route = Route::Known(page.route());
        } else if let Some(allowed) = extensions.remove::<Allowed>() {
            self.route = Route::Refused(allowed.path);
        }
    }

    /// Writes the line of an answered request, measures it, and completes its span. `is_abandoned` when its client no
    /// longer waited for the answer.
    pub(super) fn write(mut self, status: StatusCode, is_abandoned: bool, measures: &Measures) {
        self.is_written = true;
        let took = self.started.elapsed();
        let series = |route| Series {
            method: self.method,
            route,
            api_version: self.api_version,
            status,
        };
        match &self.route {
            Route::Known(route) => measures.record(series(route), took),
            Route::Unmatched => measures.record(series(UNMATCHED), took),
            Route::Refused(route) => series(UNMATCHED)
                .histogram(route.to_string().into())
                .record(took),
        }
        tracing::info!(
            target: "waybill::access",
            // The macro takes no dotted name at this place.
            user = self.user.as_deref().unwrap_or("anonymous"),
            http.method = self.method,
            http.route = self.route.as_str(),
            http.status = status.as_u16(),
            duration_us = micros(took),
            api_version = self.api_version,
            outcome = is_abandoned.then_some(ABANDONED),
            "request"
        );
        if is_abandoned {
            count_abandoned();
        }
        if let Some(path) = &self.path {
            let route = (!matches!(self.route, Route::Unmatched)).then(|| self.route.as_str());
            let answered = Answered {
                method: self.method,
                route,
                path,
                status: status.as_u16(),
            };
            telemetry::answered(&Span::current(), &answered);
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.is_written {
            return;
        }
        count_abandoned();
        tracing::info!(
            target: "waybill::access",
            user = "anonymous",
            http.method = self.method,
            http.route = self.route.as_str(),
            duration_us = micros(self.started.elapsed()),
            api_version = self.api_version,
            outcome = ABANDONED,
            "request"
        );
    }
}

fn count_abandoned() {
    metrics::counter!(catalogue::ABANDONED).increment(1);
}

fn micros(took: Duration) -> u64 {
    u64::try_from(took.as_micros()).unwrap_or(u64::MAX)
}

/// Writes the line of a request that could not be read.
pub(super) fn write_unreadable(request_id: &str, code: &'static str, status: StatusCode) {
    metrics::counter!(catalogue::REJECTED, "code" => code).increment(1);
    tracing::info!(
        target: "waybill::access",
        request_id,
        http.method = "_OTHER",
        http.route = UNMATCHED,
        http.status = status.as_u16(),
        user = "anonymous",
        api_version = NO_VERSION,
        "unreadable request"
    );
}
