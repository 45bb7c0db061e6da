//! The spans that everything else happens in.
//!
//! A request and a job have one each, always: log lines take request id and trace id from it. Everything further inside
//! is made only for a collector, at the level `debug` and without fields for the log.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use opentelemetry::{
    Context, KeyValue,
    trace::{SpanContext, SpanId, Status, TraceContextExt, TraceFlags, TraceId, TraceState},
};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use super::{
    origin::Origin,
    traceparent::{self, TraceParent},
};

/// Whether spans are sent anywhere. Where they are not, nothing is spent on them.
static RECORDED: AtomicBool = AtomicBool::new(false);

/// To be called once there is somebody to send spans to.
pub(super) fn record() {
    RECORDED.store(true, Ordering::Relaxed);
}

fn is_recorded() -> bool {
    RECORDED.load(Ordering::Relaxed)
}

/// The span of a request. `origin` takes its place in the trace from the span where spans are recorded.
pub(crate) fn request(origin: &mut Origin, parent: Option<TraceParent<'_>>) -> Span {
    // Known now unless the recorder begins the trace.
    let known = (!is_recorded()).then(|| origin.trace_id());
    // At the highest level, so that a log of errors alone has its names too.
    let span = tracing::error_span!(
        target: "waybill",
        parent: None,
        "request",
        request_id = &*origin.request_id,
        trace_id = known,
        otel.kind = is_recorded().then_some("server"),
    );
    begin(&span, origin, parent);
    span
}

/// The span of a job; see [`request`]. It continues the trace of the request that asked for the job.
pub(super) fn job(job: &'static str, origin: &mut Origin, parent: Option<TraceParent<'_>>) -> Span {
    let known = (!is_recorded()).then(|| origin.trace_id());
    let span = tracing::error_span!(
        target: "waybill",
        parent: None,
        "job",
        request_id = &*origin.request_id,
        trace_id = known,
        job,
        otel.name = is_recorded().then_some(job),
        otel.kind = is_recorded().then_some("consumer"),
    );
    begin(&span, origin, parent);
    span
}

/// The span of what the server does now and then: its lines carry the id `sys_NAME`. No collector hears of it.
pub(crate) fn task(name: &'static str) -> Span {
    tracing::error_span!(
        target: "waybill",
        parent: None,
        TASK,
        task = name,
        request_id = format!("sys_{}", name.replace(' ', "-")),
    )
}

/// The name of the spans that collectors do not see.
pub(super) const TASK: &str = "task";

/// The span of a call to somebody else, such as the mail server; `name` is what collectors show. To be entered with
/// `instrument`.
#[must_use]
pub fn call(name: &'static str) -> Span {
    tracing::debug_span!(target: "waybill", "call", otel.name = name, otel.kind = "client")
}

/// Starts the span where `parent` ended, and takes its names over.
fn begin(span: &Span, origin: &mut Origin, parent: Option<TraceParent<'_>>) {
    if !is_recorded() {
        return;
    }
    if let Some(parent) = parent.and_then(remote) {
        // Refused only where the filter of the logs knows the span and the collector's does not: then nothing is lost.
        let _ = span.set_parent(Context::new().with_remote_span_context(parent));
    }
    if let Some(traceparent) = written(span.context().span().span_context()) {
        origin.traceparent = traceparent;
    }
    span.record("trace_id", origin.trace_id());
}

/// The place in the trace of whatever span is entered, where spans are recorded.
pub(super) fn current_traceparent() -> Option<Arc<str>> {
    if !is_recorded() {
        return None;
    }
    written(Span::current().context().span().span_context())
}

/// What is known of a request once it is answered (OpenTelemetry's conventions for HTTP servers).
#[derive(Debug)]
pub(crate) struct Answered<'a> {
    /// The method, or `_OTHER`.
    pub(crate) method: &'static str,
    /// The template of the route; nothing when none was met.
    pub(crate) route: Option<&'a str>,
    /// The path as it was asked for. Never the query, which may hold names and addresses.
    pub(crate) path: &'a str,
    /// The status.
    pub(crate) status: u16,
}

/// Whether [`answered`] is worth its preparation.
pub(crate) fn wants_answers() -> bool {
    is_recorded()
}

/// Completes the span of a request.
pub(crate) fn answered(span: &Span, answered: &Answered<'_>) {
    let context = span.context();
    let recorded = context.span();
    recorded.update_name(match answered.route {
        Some(route) => format!("{} {route}", answered.method),
        None => answered.method.to_owned(),
    });
    recorded.set_attributes([
        KeyValue::new("http.request.method", answered.method),
        KeyValue::new("http.response.status_code", i64::from(answered.status)),
        KeyValue::new("url.path", answered.path.to_owned()),
        KeyValue::new("url.scheme", "http"),
    ]);
    if let Some(route) = answered.route {
        recorded.set_attribute(KeyValue::new("http.route", route.to_owned()));
    }
    // To a server, a client's mistake is no error.
    if answered.status >= 500 {
        recorded.set_attribute(KeyValue::new("error.type", answered.status.to_string()));
        recorded.set_status(Status::error(""));
    }
}

fn remote(parent: TraceParent<'_>) -> Option<SpanContext> {
    let context = SpanContext::new(
        TraceId::from_hex(parent.trace_id).ok()?,
        SpanId::from_hex(parent.span_id).ok()?,
        TraceFlags::new(u8::from_str_radix(parent.flags, 16).ok()?),
        true,
        TraceState::default(),
    );
    context.is_valid().then_some(context)
}

fn written(context: &SpanContext) -> Option<Arc<str>> {
    if !context.is_valid() {
        return None;
    }
    let mut text = String::with_capacity(traceparent::LENGTH);
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "00-{}-{}-{:02x}",
        context.trace_id(),
        context.span_id(),
        context.trace_flags().to_u8()
    );
    Some(text.into())
}
