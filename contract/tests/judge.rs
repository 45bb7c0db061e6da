//! `contract judge` as CI calls it: exit codes, text, JSON, and what it says of bad input.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test a failed expectation is a failed test"
)]

use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const DOCUMENT: &str = "openapi: 3.0.3
info: { title: Depot, version: '1' }
paths:
  /boxes:
    get:
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema:
                type: array
                items: { type: integer }
";

const CASSETTE: &str = r#"command: 'st run'
recorded_with: 'Schemathesis 4.32.5'
seed: 1
http_interactions:
- id: 'aaaaaa'
  status: 'SUCCESS'
  recorded_at: '2026-11-21T06:02:25.091141+00:00'
  checks:
    - name: 'response_schema_conformance'
      status: 'SUCCESS'
      message: ~
  request:
    uri: 'http://127.0.0.1:1/base/boxes'
    method: 'GET'
    headers:
      "Accept":
      - "*/*"
  response:
    status:
      code: '200'
      message: "OK"
    elapsed: '0.1'
    headers:
      "content-type":
      - "application/json"

    body:
      encoding: 'utf-8'
      string: "[1, 2]"
    http_version: '1.1'"#;

struct Folder(TempDir);

impl Folder {
    fn new(cassette: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        std::fs::write(folder.0.path().join("depot.yaml"), DOCUMENT).unwrap();
        std::fs::write(folder.0.path().join("run.yaml"), cassette).unwrap();
        folder
    }

    fn judge(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_contract"))
            .current_dir(self.0.path())
            .args([
                "judge",
                "depot.yaml",
                "run.yaml",
                "--base-url",
                "http://x/base",
            ])
            .args(more)
            .output()
            .expect("the command runs")
    }
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn answers_that_keep_to_the_document_end_with_0() {
    let (code, out, err) = said(&Folder::new(CASSETTE).judge(&[]));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert_eq!(
        out,
        "run.yaml: 1 answers judged, 0 findings, 1 recorded verdicts compared, 0 differ\n"
    );
}

#[test]
fn a_broken_answer_ends_with_1_and_names_its_line_in_both_files() {
    let broken = CASSETTE.replace("[1, 2]", "[1, \\\"two\\\"]");
    let (code, out, _) = said(&Folder::new(&broken).judge(&[]));
    assert_eq!(code, Some(1));
    for wanted in [
        "ST108 GET /boxes: Response violates schema (response_schema_conformance)",
        "Received at /1: \"two\"",
        "at depot.yaml:13",
        "shown by aaaaaa (run.yaml:5)",
        "run.yaml:5: aaaaaa GET /boxes: response_schema_conformance: ours ST108, recorded passes",
    ] {
        assert!(out.contains(wanted), "{wanted} in {out}");
    }
}

#[test]
fn comparing_ends_with_1_where_verdicts_differ_alone() {
    let known = CASSETTE.replace("[1, 2]", "{}").replace(
        "status: 'SUCCESS'\n      message: ~",
        "status: 'FAILURE'\n      message: 'x'",
    );
    let (code, out, _) = said(&Folder::new(&known).judge(&["--compare"]));
    assert_eq!(code, Some(0), "{out}");
    let missed = known.replace("'FAILURE'", "'SUCCESS'");
    let (code, out, _) = said(&Folder::new(&missed).judge(&["--compare", "--format", "json"]));
    assert_eq!(code, Some(1));
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json[0]["disagreements"][0]["ours"], "ST108");
    assert_eq!(json[0]["disagreements"][0]["place"]["line"], 5);
    assert!(json[0].get("findings").is_none());
}

#[test]
fn what_cannot_be_used_ends_with_3_and_its_line() {
    let cut = CASSETTE.split("    elapsed").next().unwrap();
    let foreign = "a: 1\n";
    let elsewhere = CASSETTE.replace("/base/boxes", "/base/crates");
    let har = "{\"log\": {\"version\": \"9\", \"entries\": []}}";
    for (cassette, wanted) in [
        (
            cut,
            "run.yaml:5: the cassette breaks off in this interaction",
        ),
        (foreign, "run.yaml:1: there is no `http_interactions`"),
        (
            &elsewhere,
            "run.yaml:5: `GET http://127.0.0.1:1/base/crates` fits no path",
        ),
        (har, "run.yaml:1: HAR 9 is not known"),
    ] {
        let (code, _, err) = said(&Folder::new(cassette).judge(&[]));
        assert_eq!(code, Some(3), "{err}");
        assert!(err.contains(wanted), "{wanted} in {err}");
        assert!(!err.contains("panicked"), "{err}");
    }
    let folder = Folder::new(CASSETTE);
    std::fs::remove_file(folder.0.path().join("run.yaml")).unwrap();
    let (code, _, err) = said(&folder.judge(&[]));
    assert_eq!(code, Some(3));
    assert!(err.contains("run.yaml: "), "{err}");
}

#[test]
fn paths_that_a_law_made_up_are_no_mistake_in_the_recording() {
    let law = CASSETTE.replace("/base/boxes", "/base/crates").replace(
        "  recorded_at",
        "  phase:\n    name: 'laws'\n    data:\n      description: \"unknown path\"\n  recorded_at",
    );
    let (code, out, err) = said(&Folder::new(&law).judge(&[]));
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let long = CASSETTE.replace("/base/boxes", &format!("/base/{}", "a".repeat(20_000)));
    let (code, _, err) = said(&Folder::new(&long).judge(&[]));
    assert_eq!(code, Some(3), "{err}");
    assert!(
        err.contains("aaa…` fits no path") && err.len() < 500,
        "{err}"
    );
}

#[test]
fn a_configuration_says_which_checks_look_and_what_they_take() {
    let folder = Folder::new(&CASSETTE.replace("[1, 2]", "{}"));
    let config = folder.0.path().join("schemathesis.toml");
    std::fs::write(
        &config,
        "[checks]\nresponse_schema_conformance.enabled = false\n",
    )
    .unwrap();
    let (code, out, err) = said(&folder.judge(&["--config", "schemathesis.toml"]));
    assert_eq!(code, Some(0), "{out}{err}");
    std::fs::write(&config, "[checks]\nresponse_schema_conformance = 1\n").unwrap();
    let (code, _, err) = said(&folder.judge(&["--config", "schemathesis.toml"]));
    assert_eq!(code, Some(3));
    assert!(err.contains("response_schema_conformance"), "{err}");
}
