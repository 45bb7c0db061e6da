//! Metrics: recorded through the `metrics` facade anywhere, rendered here in Prometheus' text format.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Seconds; chosen around the limits that answers are held to (a cached read to the heavy timeout).
const DURATION_BUCKETS: &[f64] = &[
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];

/// Why metrics could not be set up.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the metrics recorder could not be installed: {0}")]
pub struct MetricsError(String);

/// The recorder of this process, shared by all servers in it.
#[derive(Debug, Clone)]
pub struct Metrics {
    handle: PrometheusHandle,
}

impl Metrics {
    /// Installs the recorder, or returns the one that is installed.
    ///
    /// # Errors
    /// When somebody else's recorder is in place.
    pub fn install() -> Result<Self, MetricsError> {
        static INSTALLED: OnceLock<Result<PrometheusHandle, MetricsError>> = OnceLock::new();
        let installed =
            INSTALLED.get_or_init(|| build().map_err(|error| MetricsError(error.to_string())));
        installed.clone().map(|handle| Self { handle })
    }

    /// Writes every metric.
    #[must_use]
    pub fn render(&self) -> String {
        self.handle.render()
    }

    /// Folds samples together; to be done every few seconds, or memory grows until the next scrape.
    pub fn tidy(&self) {
        self.handle.run_upkeep();
    }
}

fn build() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(
            Matcher::Suffix("duration_seconds".to_owned()),
            DURATION_BUCKETS,
        )?
        .install_recorder()?;
    metrics::describe_gauge!("http_server_connections", "Open connections");
    metrics::describe_counter!("http_server_connections_total", "Connections accepted");
    metrics::describe_counter!(
        "http_server_rejected_total",
        "Requests refused before any route, by code"
    );
    Ok(handle)
}
