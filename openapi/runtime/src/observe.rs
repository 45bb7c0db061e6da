//! What is measured and logged of every call. Logs name codes, never bodies, addresses or tokens.

use std::time::Duration;

use http::StatusCode;

use crate::{Failure, Spec};

/// Counts an answer and how long it took.
pub(crate) fn count(spec: &'static Spec, status: StatusCode, took: Duration) {
    let status = status_text(status);
    metrics::histogram!(
        "http_server_request_duration_seconds",
        "http_request_method" => spec.method,
        "http_route" => spec.path,
        "http_response_status_code" => status.clone(),
        "api_version" => spec.version,
    )
    .record(took.as_secs_f64());
    metrics::counter!(
        "api_operations_total",
        "operation" => spec.id,
        "http_response_status_code" => status,
    )
    .increment(1);
}

/// Labels are kept by the recorder: the usual ones are not copied.
fn status_text(status: StatusCode) -> std::borrow::Cow<'static, str> {
    match status.as_u16() {
        200 => "200".into(),
        201 => "201".into(),
        204 => "204".into(),
        304 => "304".into(),
        400 => "400".into(),
        401 => "401".into(),
        404 => "404".into(),
        429 => "429".into(),
        _ => status.as_str().to_owned().into(),
    }
}

/// Logs a failure, once: what a client can cause as a warning, everything else as an error with its
/// causes. Runs inside the operation's span, which has the request id.
pub(crate) fn failed(spec: &'static Spec, status: u16, failure: &Failure) {
    if status >= 500 {
        let causes = failure.source_chain();
        tracing::error!(
            operation = spec.id,
            http.response.status_code = status,
            error.code = failure.code,
            error.message = %failure.message,
            error.causes = %causes,
            "operation failed"
        );
    } else {
        tracing::warn!(
            operation = spec.id,
            http.response.status_code = status,
            error.code = failure.code,
            error.details = failure.details.len(),
            "operation refused"
        );
    }
}
