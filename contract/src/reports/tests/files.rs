//! The files: whole, in parts, and read again.

use std::{fs, path::Path};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::stream::{KEY, PASSWORD, TOKEN, events, now};
use crate::{
    reports::{Format, ReportSettings, Reports, Secrets},
    run::Event,
};

fn settings(folder: &Path) -> ReportSettings {
    ReportSettings {
        report: Format::value_variants().to_vec(),
        report_dir: Some(folder.to_owned()),
        ..ReportSettings::default()
    }
}

/// Writes every report of the events into a folder of its own.
pub(super) fn written(events: Vec<Event>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut secrets = Secrets::default();
    secrets.add(PASSWORD);
    let mut reports = Reports::new(&settings(folder.path()), secrets, now).expect("reports");
    for event in events {
        reports.event(event);
    }
    reports.end().expect("written");
    folder
}

pub(super) fn read(folder: &tempfile::TempDir, format: Format) -> String {
    fs::read_to_string(folder.path().join(format.file_name())).expect("the file")
}

#[test]
fn every_file_is_as_other_tools_know_it() {
    let folder = written(events());
    for format in [Format::Vcr, Format::Junit, Format::Ndjson, Format::Json] {
        insta::assert_snapshot!(format.file_name(), read(&folder, format));
    }
    let har: Value = serde_json::from_str(&read(&folder, Format::Har)).expect("JSON");
    let har = serde_json::to_string_pretty(&har).expect("JSON");
    insta::assert_snapshot!(Format::Har.file_name(), har);
}

#[test]
fn no_file_holds_a_secret() {
    let folder = written(events());
    for format in Format::value_variants() {
        let text = read(&folder, *format);
        for secret in [TOKEN, PASSWORD, KEY, "abcdefghij", "api_key=abc"] {
            assert!(!text.contains(secret), "{format:?} holds {secret}");
        }
        // In base64, at each of the three places where it may begin.
        for begin in 0..3 {
            use base64::{Engine, prelude::BASE64_STANDARD};
            let part = BASE64_STANDARD.encode(&TOKEN.as_bytes()[begin..begin + 18]);
            assert!(
                !text.contains(&part),
                "{format:?} holds the token in base64"
            );
        }
    }
}

#[test]
fn a_cassette_is_read_as_yaml() {
    let folder = written(events());
    let vcr: Value = yaml_serde::from_str(&read(&folder, Format::Vcr)).expect("YAML");
    let entries = vcr["http_interactions"].as_array().expect("a list");
    assert_eq!(entries.len(), 4);
    assert_eq!(vcr["seed"], 7);
    let login = &entries[0];
    assert_eq!(
        login["response"]["body"]["string"],
        r#"{"access_token":"[Filtered]","token_type":"Bearer"}"#
    );
    assert_eq!(login["response"]["status"]["code"], "200");
    let order = &entries[1];
    assert_eq!(order["status"], "FAILURE");
    assert_eq!(order["phase"]["name"], "fuzzing");
    assert_eq!(
        order["request"]["headers"]["Authorization"],
        json!(["[Filtered]"])
    );
    assert_eq!(
        order["request"]["body"]["string"],
        r#"{"quantity": 1000, "note": "it's <b>bold</b>"}"#
    );
    let binary = &entries[2];
    assert_eq!(binary["request"]["body"]["base64_string"], "/wD+");
    assert_eq!(binary["response"]["headers"]["vary"], json!(["a", "b"]));
    assert_eq!(entries[3]["status"], "ERROR");
    assert_eq!(entries[3]["response"], Value::Null);
}

#[test]
fn an_archive_has_everything_that_har_asks_for() {
    let folder = written(events());
    let har: Value = serde_json::from_str(&read(&folder, Format::Har)).expect("JSON");
    let message = [
        "httpVersion",
        "cookies",
        "headers",
        "headersSize",
        "bodySize",
    ];
    let schema = json!({
        "required": ["log"],
        "properties": {"log": {
            "required": ["version", "creator", "entries"],
            "properties": {
                "version": {"const": "1.2"},
                "creator": {"required": ["name", "version"]},
                "entries": {"minItems": 4, "items": {
                    "required": ["startedDateTime", "time", "request", "response", "cache", "timings"],
                    "properties": {
                        "startedDateTime": {"format": "date-time"},
                        "time": {"type": "number", "minimum": 0},
                        "request": {"allOf": [
                            {"required": message},
                            {"required": ["method", "url", "queryString"]},
                        ]},
                        "response": {"allOf": [
                            {"required": message},
                            {"required": ["status", "statusText", "content", "redirectURL"]},
                        ]},
                        "timings": {"required": ["send", "wait", "receive"]},
                    },
                }},
            },
        }},
    });
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(&har)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(errors, Vec::<String>::new());
    let request = &har["log"]["entries"][2]["request"];
    assert_eq!(
        request["postData"],
        json!({"mimeType": "application/json", "text": "/wD+", "encoding": "base64"})
    );
    assert_eq!(
        har["log"]["entries"][1]["request"]["queryString"][1],
        json!({"name": "x", "value": "'"})
    );
}

#[test]
fn junit_is_read_as_xml_and_counts_what_failed() {
    let folder = written(events());
    let text = read(&folder, Format::Junit);
    let mut reader = quick_xml::Reader::from_str(&text);
    while reader.read_event().expect("XML") != quick_xml::events::Event::Eof {}
    let report = quick_junit::Report::deserialize_from_str(&text).expect("JUnit");
    assert_eq!((report.tests, report.failures, report.errors), (2, 1, 0));
}

#[test]
fn the_page_asks_nobody_and_escapes_what_servers_say() {
    let folder = written(events());
    let page = read(&folder, Format::Html);
    for foreign in [
        "<script",
        "<link",
        "<img",
        "src=",
        "url(",
        "@import",
        "href=\"http",
    ] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(!page.contains("<b>bold"));
    assert!(page.contains("&lt;b&gt;bold"));
    for said in [
        "ST201",
        "api.yaml:10",
        "curl -X PUT",
        "--seed 7",
        "never seen",
        "422",
        "could not be tried",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn a_run_that_is_cut_off_leaves_files_that_can_be_read() {
    let all = events();
    for length in 1..all.len() {
        let events = all[..length].to_vec();
        let exchanges = events
            .iter()
            .filter(|event| matches!(event, Event::Exchange(_)))
            .count();
        let folder = written(events);
        let vcr: Value = yaml_serde::from_str(&read(&folder, Format::Vcr)).expect("YAML");
        let har: Value = serde_json::from_str(&read(&folder, Format::Har)).expect("JSON");
        let entries = |value: &Value| value.as_array().map_or(0, Vec::len);
        assert_eq!(entries(&vcr["http_interactions"]), exchanges);
        assert_eq!(entries(&har["log"]["entries"]), exchanges);
        for line in read(&folder, Format::Ndjson).lines() {
            let line: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(line.as_object().expect("an object").len(), 1);
        }
        let summary: Value = serde_json::from_str(&read(&folder, Format::Json)).expect("JSON");
        assert_eq!(summary["complete"], false);
        let junit = quick_junit::Report::deserialize_from_str(&read(&folder, Format::Junit));
        assert_eq!(junit.expect("JUnit").errors, 1);
        assert!(read(&folder, Format::Html).ends_with("</html>"));
    }
}

#[test]
fn a_folder_that_cannot_be_written_ends_the_run_before_it_begins() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "").expect("written");
    let problem = Reports::new(&settings(&file), Secrets::default(), now).err();
    let problem = problem.expect("a problem");
    assert!(problem.contains("file/vcr.yaml"), "{problem}");
    assert!(problem.contains("--report-dir"), "{problem}");
}

#[test]
fn a_report_that_cannot_be_written_takes_no_other_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = ReportSettings {
        report_vcr_path: Some("/dev/full".into()),
        ..settings(folder.path())
    };
    let mut reports = Reports::new(&settings, Secrets::default(), now).expect("reports");
    for event in events() {
        reports.event(event);
    }
    let problem = reports.end().expect_err("a full disk");
    assert!(problem.starts_with("/dev/full: "), "{problem}");
    let har: Value = serde_json::from_str(&read(&folder, Format::Har)).expect("JSON");
    assert_eq!(har["log"]["entries"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_path_of_its_own_stands_for_the_format() {
    let settings = ReportSettings {
        report: vec![Format::Har],
        report_vcr_path: Some("there/run.yaml".into()),
        ..ReportSettings::default()
    };
    assert_eq!(
        settings.files(),
        [
            (Format::Vcr, "there/run.yaml".into()),
            (Format::Har, "contract-report/har.json".into())
        ]
    );
}
