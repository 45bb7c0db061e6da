//! The expressions of the alerts and the dashboard name metrics, labels and values that exist.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use waybill::infra::telemetry::catalogue::{Kind, METRICS};

use super::{described, file};
use crate::support::promql::{self, Uses};

#[test]
fn the_alerts_stand_on_what_is_exported_and_lead_to_what_to_do() {
    let rules: Value = yaml_serde::from_str(&file("deploy/prometheus/alerts.yaml")).unwrap();
    let tests = file("deploy/prometheus/alerts.test.yaml");
    let manual = file("docs/operations.md");
    let mut names = BTreeSet::new();
    for group in rules["groups"].as_array().unwrap() {
        for rule in group["rules"].as_array().unwrap() {
            let name = rule["alert"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            hold(name, rule["expr"].as_str().unwrap());
            assert!(
                ["page", "ticket"].contains(&rule["labels"]["severity"].as_str().unwrap()),
                "{name}"
            );
            for text in ["summary", "description"] {
                assert!(
                    rule["annotations"][text]
                        .as_str()
                        .is_some_and(|text| !text.is_empty()),
                    "{name}"
                );
            }
            let anchor = format!("docs/operations.md#{}", name.to_lowercase());
            assert_eq!(
                rule["annotations"]["runbook"].as_str(),
                Some(anchor.as_str()),
                "{name}"
            );
            let heading = manual
                .lines()
                .any(|line| line.starts_with('#') && line.trim_start_matches('#').trim() == name);
            assert!(heading, "docs/operations.md has no heading {name}");
            assert!(
                tests.contains(&format!("alertname=\"{name}\"")),
                "no test makes {name} fire"
            );
        }
    }
    for asked in [
        "HighErrorShare",
        "SlowRequests",
        "PaymentsFail",
        "DeadLetters",
        "LedgerDrift",
    ] {
        assert!(names.contains(asked), "{asked} is missing");
    }
    // Their tests stand on the same names.
    let tests: Value = yaml_serde::from_str(&tests).unwrap();
    for test in tests["tests"].as_array().unwrap() {
        for series in test["input_series"].as_array().unwrap() {
            hold("alerts.test.yaml", series["series"].as_str().unwrap());
        }
    }
}

#[test]
fn the_dashboard_stands_on_what_is_exported() {
    let dashboard: Value =
        serde_json::from_str(&file("deploy/grafana/dashboards/waybill.json")).unwrap();
    let source: Value = yaml_serde::from_str(&file(
        "deploy/grafana/provisioning/datasources/prometheus.yaml",
    ))
    .unwrap();
    let uid = &source["datasources"][0]["uid"];
    assert!(dashboard["schemaVersion"].as_i64().unwrap() >= 39 && dashboard["uid"] == "waybill");
    let mut ids = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        assert!(ids.insert(panel["id"].as_i64().unwrap()), "{panel}");
        let (title, place) = (panel["title"].as_str().unwrap(), &panel["gridPos"]);
        assert!(
            place["x"].as_i64().unwrap() + place["w"].as_i64().unwrap() <= 24,
            "{title}"
        );
        if panel["type"] == "row" {
            continue;
        }
        assert_eq!(&panel["datasource"]["uid"], uid, "{title}");
        assert!(
            !panel["description"].as_str().unwrap().is_empty(),
            "{title}"
        );
        for target in panel["targets"].as_array().unwrap() {
            let expression = target["expr"].as_str().unwrap();
            hold(title, expression);
            for selector in promql::uses(expression).selectors {
                let base = ["_bucket", "_count"]
                    .iter()
                    .find_map(|suffix| selector.metric.strip_suffix(suffix));
                shown.insert(base.unwrap_or(&selector.metric).to_owned());
            }
        }
    }
    for annotation in dashboard["annotations"]["list"].as_array().unwrap() {
        hold("annotations", annotation["expr"].as_str().unwrap());
    }
    // What nobody can see was counted for nothing.
    let unseen = [
        "process_start_time_seconds",
        "http_server_connections_total",
        "http_server_abandoned_requests_total",
    ];
    for metric in METRICS
        .iter()
        .filter(|metric| !unseen.contains(&metric.name))
    {
        assert!(
            shown.contains(metric.name),
            "no panel shows {}",
            metric.name
        );
    }
}

/// Holds an expression against the catalogue: metrics, labels, and the values that labels are compared with.
fn hold(place: &str, expression: &str) {
    let Uses {
        selectors,
        groupings,
    } = promql::uses(expression);
    assert!(
        !selectors.is_empty(),
        "{place} looks at nothing: {expression}"
    );
    let mut labels: BTreeSet<&str> = ["instance", "job"].into();
    for selector in &selectors {
        // Prometheus' own: whether an instance answers.
        if selector.metric == "up" {
            continue;
        }
        let suffix = ["_bucket", "_count", "_sum"].into_iter().find(|suffix| {
            let base = selector.metric.strip_suffix(suffix);
            base.is_some_and(|base| {
                METRICS
                    .iter()
                    .any(|metric| metric.name == base && metric.kind == Kind::Histogram)
            })
        });
        let metric = described(
            selector
                .metric
                .strip_suffix(suffix.unwrap_or_default())
                .unwrap(),
        );
        assert_eq!(
            metric.kind == Kind::Histogram,
            suffix.is_some(),
            "{place}: {}",
            metric.name
        );
        let known: BTreeMap<&str, &[&str]> = metric.labels.iter().copied().collect();
        labels.extend(known.keys());
        if suffix == Some("_bucket") {
            labels.insert("le");
        }
        for (label, operator, value) in &selector.matchers {
            let is_bound = label == "le" && suffix == Some("_bucket");
            if is_bound || label == "instance" || label == "job" {
                continue;
            }
            let values = known.get(label.as_str());
            let values =
                values.unwrap_or_else(|| panic!("{place}: {} has no {label}", metric.name));
            let is_plain = operator == "=" || operator == "!=";
            let fits = values.is_empty() || !is_plain || values.contains(&value.as_str());
            assert!(fits, "{place}: {label} of {} is never {value}", metric.name);
        }
    }
    for label in &groupings {
        assert!(
            labels.contains(label.as_str()),
            "{place}: nothing there has the label {label}: {expression}"
        );
    }
}
