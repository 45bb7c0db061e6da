//! What operators see: metrics as Prometheus reads them, and the dashboard, the alerts and the documentation that stand
//! on them.
//!
//! The catalogue of the program says which metrics there are; the folder holds everything else against it. Logs and traces
//! have files of their own beside it.

mod books;
mod catalogue;
mod exported;
mod expressions;
mod log_reader;

use std::{collections::BTreeSet, path::Path};

use waybill::infra::telemetry::catalogue::{Kind, METRICS, Metric};

use crate::support::{
    Client, Database,
    exposition::{self, Families},
    factories::*,
    process::{self, Serving},
};

/// What a file of the repository says.
fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the catalogue says of a metric.
fn described(name: &str) -> &'static Metric {
    let found = METRICS.iter().find(|metric| metric.name == name);
    found.unwrap_or_else(|| panic!("{name} is not in the catalogue"))
}

/// What Prometheus gets.
async fn scrape(client: &Client) -> Families {
    let answer = client.get("/metrics").unchecked().await.must(200);
    assert_eq!(
        answer.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    exposition::read(&answer.text())
}

/// The sum of the samples that have all these labels; nothing counted is zero.
fn value(families: &Families, name: &str, wanted: &[(&str, &str)]) -> f64 {
    let Some(family) = families.get(name) else {
        return 0.0;
    };
    let matching = family.samples.iter().filter(|(_, labels, _)| {
        wanted
            .iter()
            .all(|(name, value)| labels.get(*name).is_some_and(|label| label == value))
    });
    matching.map(|(_, _, value)| value).sum()
}

/// Holds what was exported against the catalogue: kind, help, labels and the values of closed ones.
fn hold_against_the_catalogue(families: &Families) {
    for (name, family) in families {
        let metric = described(name);
        assert_eq!(family.kind, metric.kind.as_str(), "{name}");
        assert_eq!(family.help, metric.help, "{name}");
        for (_, labels, _) in &family.samples {
            let mut labels = labels.clone();
            if metric.kind == Kind::Histogram {
                labels.remove("le");
            }
            let names: BTreeSet<&str> = labels.keys().map(String::as_str).collect();
            let declared: BTreeSet<&str> = metric.labels.iter().map(|(name, _)| *name).collect();
            assert_eq!(names, declared, "{name}");
            for (label, values) in metric.labels {
                let value = &labels[*label];
                assert!(
                    values.is_empty() || values.contains(&value.as_str()),
                    "{name}: {label} is {value}"
                );
            }
        }
    }
}

/// Starts the program on a database.
async fn serve(folder: &Path, database: &Database, more: &[(&str, &str)]) -> Serving {
    let mut environment = vec![
        ("APP_ENV", "staging"),
        ("DATABASE_URL", database.url.as_str()),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
    ];
    environment.extend(more);
    process::serve(folder, &environment).await
}

/// Logs one of the people of every test's database in.
async fn log_in_at(server: &Serving, name: &str) -> Client {
    let anonymous = Client::anonymous(&server.base);
    let tokens = log_in(&anonymous, &format!("{name}@example.com")).await;
    anonymous.bearer(tokens["accessToken"].as_str().unwrap())
}
