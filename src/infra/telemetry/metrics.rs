//! Metrics: recorded through the `metrics` facade anywhere, rendered here in Prometheus' text format.

use std::sync::OnceLock;

use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use super::{
    catalogue::{self, DURATION_BUCKETS, Kind, METRICS, Metric},
    logs, process,
};

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
        // Cheap to ask, so they are as fresh as the scrape.
        metrics::gauge!(catalogue::RESIDENT_MEMORY).set(approximate(process::resident_bytes()));
        metrics::counter!(catalogue::LOG_LINES_DROPPED).absolute(logs::dropped_lines());
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
    for metric in METRICS {
        describe(metric);
        if metric.from_start {
            begin(metric);
        }
    }
    metrics::gauge!(catalogue::BUILD_INFO, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    if let Some(started) = process::started_at_seconds() {
        metrics::gauge!(catalogue::START_TIME).set(approximate(started));
    }
    Ok(handle)
}

fn describe(metric: &Metric) {
    let Metric {
        name, unit, help, ..
    } = *metric;
    match metric.kind {
        Kind::Counter => describe_counter!(name, unit, help),
        Kind::Gauge => describe_gauge!(name, unit, help),
        Kind::Histogram => describe_histogram!(name, unit, help),
    }
}

/// Makes the series of a counter with at most one label.
fn begin(metric: &Metric) {
    match metric.labels {
        [] => metrics::counter!(metric.name).increment(0),
        [(label, values), ..] => {
            for value in *values {
                metrics::counter!(metric.name, *label => *value).increment(0);
            }
        }
    }
}

/// Prometheus knows no other numbers than these; whole ones are exact up to 2^53.
#[expect(
    clippy::cast_precision_loss,
    reason = "of bytes and seconds, nobody misses the last digit"
)]
fn approximate(whole: u64) -> f64 {
    whole as f64
}
