//! One line per request. It names what was asked for and by whom, never an address, a mail or a token.

use std::time::Duration;

use http::{Method, StatusCode};

use super::{connection::Body, identity::Identity, pages::Page};

/// What a line says beside status and duration.
#[derive(Debug)]
pub(super) struct Line<'a> {
    method: &'a Method,
    route: &'static str,
    identity: &'a Identity,
    user: Option<String>,
}

/// The route of requests that met none: templates only, so that the number of values stays small.
const UNMATCHED: &str = "unmatched";

impl<'a> Line<'a> {
    pub(super) fn of(
        method: &'a Method,
        page: Option<&Page>,
        response: &hyper::Response<Body>,
        identity: &'a Identity,
    ) -> Self {
        let route = page.map_or(UNMATCHED, Page::route);
        let _ = response;
        Self {
            method,
            route,
            identity,
            user: None,
        }
    }
}

/// Writes the line of an answered request.
pub(super) fn write(line: &Line<'_>, status: StatusCode, duration: Duration) {
    tracing::info!(
        target: "waybill::access",
        // The macro takes no dotted name at this place.
        request_id = &*line.identity.request_id,
        http.method = line.method.as_str(),
        http.route = line.route,
        http.status = status.as_u16(),
        duration_us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
        trace_id = line.identity.trace_id(),
        user = line.user.as_deref().unwrap_or("anonymous"),
        api_version = "v1",
        "request"
    );
}

/// Writes the line of a request that could not be read.
pub(super) fn write_unreadable(request_id: &str, code: &'static str, status: StatusCode) {
    metrics::counter!("http_server_rejected_total", "code" => code).increment(1);
    tracing::info!(
        target: "waybill::access",
        request_id,
        http.route = UNMATCHED,
        http.status = status.as_u16(),
        user = "anonymous",
        "unreadable request"
    );
}
