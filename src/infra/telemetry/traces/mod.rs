//! Spans for a collector, over OTLP/HTTP; made only where one is configured.
//!
//! Spans wait in a queue of bounded size and leave on a thread of its own. A collector that is away or hangs costs spans
//! and nothing else: no request waits for it, and the end of the process waits two seconds at most.

mod collector;
mod statements;

use std::time::Duration;

use opentelemetry::{KeyValue, trace::TracerProvider};
use opentelemetry_otlp::{ExporterBuildError, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider},
};
use secrecy::ExposeSecret;
use tokio::task::spawn_blocking;
use tracing::{Level, Metadata, Subscriber};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::{
    Layer,
    filter::{FilterFn, LevelFilter, Targets},
    registry::LookupSpan,
};

use self::{collector::Collector, statements::Statements};
use super::spans;
use crate::config::Config;

/// How long one delivery may take.
const DELIVERY: Duration = Duration::from_secs(5);
/// How long spans wait for others to leave with.
const GATHERING: Duration = Duration::from_secs(1);
/// Spans that wait at most; further ones are dropped.
const WAITING_SPANS: usize = 8192;
/// How long the end of the process waits for the last spans to leave.
const FAREWELL: Duration = Duration::from_secs(2);

/// Why spans cannot be sent.
#[derive(Debug, thiserror::Error)]
pub(super) enum TraceError {
    /// There is no client for the collector.
    #[error("no client could be made")]
    Client(#[from] reqwest::Error),
    /// The exporter refuses its settings.
    #[error("no exporter could be made")]
    Exporter(#[from] ExporterBuildError),
}

/// What sends the spans.
#[derive(Debug)]
pub(super) struct Traces {
    provider: SdkTracerProvider,
}

impl Traces {
    /// Prepares to send spans to the collector at `endpoint`. To be called inside the runtime.
    pub(super) fn to(endpoint: &str, config: &Config) -> Result<Self, TraceError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector::new(DELIVERY)?)
            // A base address, as the specification of OTLP exporters has it.
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .with_timeout(DELIVERY)
            .build()?;
        let batches = BatchConfigBuilder::default()
            .with_max_queue_size(WAITING_SPANS)
            .with_scheduled_delay(GATHERING)
            .build();
        let processor = BatchSpanProcessor::builder(exporter)
            .with_batch_config(batches)
            .build();
        let environment = config.environment.as_str();
        let resource = Resource::builder_empty()
            .with_service_name("waybill")
            .with_attributes([
                KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
                KeyValue::new("deployment.environment", environment),
                // The name that newer conventions have for it.
                KeyValue::new("deployment.environment.name", environment),
            ])
            .build();
        // The sampler by default: whoever sends a `traceparent` decides, and whatever begins here is recorded.
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_resource(resource)
            .build();
        Ok(Self { provider })
    }

    /// The layer that makes spans. From here on requests and jobs take their place in the trace from them.
    pub(super) fn layer<S>(&self, config: &Config) -> impl Layer<S> + Send + Sync + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a> + Send + Sync,
    {
        let url = config.database.url.expose_secret();
        let system = if url.starts_with("sqlite:") {
            "sqlite"
        } else {
            "postgresql"
        };
        let tracer = self.provider.tracer("waybill");
        let statements = Statements::new(tracer.clone(), system)
            .with_filter(Targets::new().with_target(statements::TARGET, Level::DEBUG));
        let spans = OpenTelemetryLayer::new(tracer)
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(
                FilterFn::new(belongs_into_a_trace).with_max_level_hint(LevelFilter::DEBUG),
            );
        spans::record();
        spans.and_then(statements)
    }

    /// Sends what still waits, for two seconds at most.
    pub(super) async fn finish(self) {
        let farewell = spawn_blocking(move || self.provider.shutdown_with_timeout(FAREWELL));
        // What could not be sent was counted and logged where it failed.
        let _ = farewell.await;
    }
}

/// Spans of our own, and the warnings and errors that happen in them.
fn belongs_into_a_trace(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_ours = target.starts_with("waybill") || target.starts_with("openapi_runtime");
    let is_wanted = if metadata.is_span() {
        metadata.name() != spans::TASK
    } else {
        *metadata.level() <= Level::WARN
    };
    is_ours && is_wanted && *metadata.level() <= Level::DEBUG
}
