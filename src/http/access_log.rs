//! One line per request. It names what was asked for and by whom, never an address, a mail or a token.

use std::{borrow::Cow, time::Duration};

use http::{Method, StatusCode};
use openapi_runtime::{Allowed, Matched};

use super::{connection::Body, identity::Identity, pages::Page};

/// What a line says beside status and duration.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Operations are measured by the runtime; the rest is measured here.
    is_operation: bool,
    method: &'a Method,
    route: Cow<'static, str>,
    identity: &'a Identity,
    user: Option<String>,
}

/// The route of requests that met none: templates only, so that the number of values stays small.
const UNMATCHED: &str = "unmatched";

impl<'a> Line<'a> {
    /// Takes from the answer what the routes left for the log.
    pub(super) fn of(
        method: &'a Method,
        page: Option<&Page>,
        response: &mut hyper::Response<Body>,
        identity: &'a Identity,
    ) -> Self {
        let extensions = response.extensions_mut();
        if let Some(Matched { spec, caller }) = extensions.remove::<Matched>() {
            return Self {
                is_operation: true,
                method,
                route: Cow::Borrowed(spec.path),
                identity,
                user: caller,
            };
        }
        let route = match (page, extensions.remove::<Allowed>()) {
            (Some(page), _) => Cow::Borrowed(page.route()),
            (None, Some(allowed)) => Cow::Owned(allowed.path.to_string()),
            (None, None) => Cow::Borrowed(UNMATCHED),
        };
        Self {
            is_operation: false,
            method,
            route,
            identity,
            user: None,
        }
    }
}

/// Writes the line of an answered request.
pub(super) fn write(line: &Line<'_>, status: StatusCode, duration: Duration) {
    if !line.is_operation {
        measure(line, status, duration);
    }
    tracing::info!(
        target: "waybill::access",
        // The macro takes no dotted name at this place.
        request_id = &*line.identity.request_id,
        http.method = line.method.as_str(),
        http.route = &*line.route,
        http.status = status.as_u16(),
        duration_us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX),
        trace_id = line.identity.trace_id(),
        user = line.user.as_deref().unwrap_or("anonymous"),
        api_version = "v1",
        "request"
    );
}

/// Measures what no operation answered under the same name as the runtime does its part.
fn measure(line: &Line<'_>, status: StatusCode, duration: Duration) {
    metrics::histogram!(
        "http_server_request_duration_seconds",
        "http_request_method" => known_method(line.method),
        "http_route" => line.route.clone(),
        "http_response_status_code" => status.as_str().to_owned(),
        "api_version" => "none",
    )
    .record(duration.as_secs_f64());
}

/// Clients make methods up; metrics must not grow with them.
fn known_method(method: &Method) -> &'static str {
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
