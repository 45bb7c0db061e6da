//! Recordings, whole and broken.

use serde_json::json;

use super::{Bases, Format, Recording};
use crate::{
    api::{Api, Location},
    case::{Content, Credentials, Expectation, Mode, Phase},
};

const DOCUMENT: &str = r#"openapi: 3.1.0
info: { title: Depot, version: "1" }
servers: [{ url: "http://depot.example/api" }]
security: [{ bearer: [] }]
paths:
  /boxes/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses: { "200": { description: It. } }
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "200": { description: It. } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
"#;

pub(super) const CASSETTE: &str = r#"command: 'st run a''b.yaml'
recorded_with: 'Schemathesis 4.32.5'
seed: 42
http_interactions:
- id: 'kxQhP9'
  status: 'FAILURE'
  generation:
    time: 0.0002
    mode: negative
  components:
    path:
      mode: 'positive'
    header:
      mode: 'negative'
  phase:
    name: 'coverage'
    data: 
      description: "Missing `X-Depot` at header"
      location: null
      parameter: "X-Depot"
      parameter_location: "header"
  recorded_at: '2026-11-21T06:02:25.091141+00:00'
  checks:
    - name: 'not_a_server_error'
      status: 'SUCCESS'
      message: ~
    - name: 'missing_required_header'
      status: 'FAILURE'
      message: 'Missing required header accepted'
  request:
    uri: 'http://127.0.0.1:8931/api/boxes/7?full=a%20b&full=c'
    method: 'PUT'
    headers:
      "User-Agent":
      - "schemathesis/4.32.5"
      "Authorization":
      - "[Filtered]"
      "X-Face":
      - "\ud83d\ude00"
      "Cookie":
      - "a=1; b=%32"
      "Content-Type":
      - "application/json"

    body:
      encoding: 'utf-8'
      string: "{\"label\": \"\u00e4\"}"
  response:
    status:
      code: '201'
      message: "Created"
    elapsed: '0.002171'
    headers:
      "Content-Type":
      - "application/json"
      "set-cookie":
      - "a=1"
      - "b=2"

    body:
      encoding: 'utf-8'
      base64_string: 'eyJpZCI6IDF9'
    truncated_from: 5000
    http_version: '1.1'
- id: 'MwxDQD'
  status: 'SKIP'
  metadata: null
  recorded_at: '2026-11-21T06:02:25.106903+00:00'
  checks: []
  request:
    uri: 'http://127.0.0.1:8931/api/boxes/7'
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
      "date":
      - "now"

    body:
      encoding: 'None'
      string: ""
    http_version: '1.0'
- id: 'aaaaaa'
  status: 'ERROR'
  metadata: null
  recorded_at: '2026-11-21T06:02:26.106903+00:00'
  checks: []
  request:
    uri: 'http://127.0.0.1:8931/api/boxes/8'
    method: 'GET'
    headers:

  response: null"#;

fn read(text: &str) -> Recording {
    Recording::parse("run.yaml", text).unwrap()
}

#[test]
fn a_cassette_is_read_with_everything_that_it_says() {
    let recording = read(CASSETTE);
    assert_eq!(recording.format, Format::Cassette);
    assert_eq!(recording.command.as_deref(), Some("st run a'b.yaml"));
    assert_eq!(recording.seed, Some(42));
    assert_eq!(recording.problems, Vec::<String>::new());
    let [first, second, third] = recording.entries.as_slice() else {
        panic!("{} entries", recording.entries.len());
    };
    assert_eq!((first.id.as_str(), first.place.line), ("kxQhP9", 5));
    assert_eq!(first.phase, Some(Phase::Coverage));
    assert_eq!(first.mode, Some(Mode::Negative));
    assert_eq!(first.components[&Location::Header], Mode::Negative);
    assert_eq!(first.scenario, "missing_parameter");
    assert_eq!(first.parameter.as_deref(), Some("X-Depot"));
    assert_eq!(first.found("missing_required_header"), Some(true));
    assert_eq!(first.found("not_a_server_error"), Some(false));
    assert_eq!(first.found("ignored_auth"), None);
    assert_eq!(first.sent.header("x-face"), Some("😀"));
    assert_eq!(
        first.sent.body.as_deref(),
        Some("{\"label\": \"ä\"}".as_bytes())
    );
    assert_eq!(
        first.filtered_headers().collect::<Vec<_>>(),
        ["Authorization"]
    );
    let received = first.received.as_ref().unwrap();
    assert_eq!(received.json(), Some(json!({ "id": 1 })));
    assert_eq!(received.headers.len(), 3);
    assert_eq!(received.elapsed.as_micros(), 2171);
    assert!(first.is_truncated && !second.is_truncated);
    assert_eq!(second.checks, None);
    assert_eq!(second.place.line, 65);
    assert!(third.received.is_none());
}

#[test]
fn recorded_requests_become_cases_of_the_document() {
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let bases = Bases::new(&api, None);
    let recording = read(CASSETTE);
    let case = recording.entries[0].case(&api, &bases).unwrap();
    assert_eq!(case.operation.label, "PUT /boxes/{id}");
    assert_eq!(case.path["id"], "7");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(case.query, [pair("full", "a b"), pair("full", "c")]);
    assert_eq!(case.headers, [pair("X-Face", "😀")]);
    assert_eq!(case.cookies, [pair("a", "1"), pair("b", "2")]);
    let body = case.body.unwrap();
    assert_eq!(body.content, Content::Json(json!({ "label": "ä" })));
    assert_eq!(case.credentials, Credentials::Usual, "they were taken out");
    let bare = recording.entries[1].case(&api, &bases).unwrap();
    assert_eq!(bare.credentials, Credentials::None);
    let unanswered = recording.entries[2].exchange(&api, &bases).unwrap();
    assert!(unanswered.outcome.is_err());
}

#[test]
fn requests_are_matched_by_the_base_that_is_given() {
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let base = url::Url::parse("http://elsewhere/v2/").unwrap();
    let given = Bases::new(&api, Some(&base));
    let mut entry = read(CASSETTE).entries.remove(0);
    let unmatched = entry.case(&api, &given).unwrap_err().to_string();
    assert!(
        unmatched.starts_with("run.yaml:5: `PUT http://127"),
        "{unmatched}"
    );
    entry.sent.url = "https://else/v2/boxes/9".to_owned();
    assert_eq!(entry.case(&api, &given).unwrap().path["id"], "9");
    entry.sent.method = "TRACE".to_owned();
    entry.operation = Some("PUT /boxes/{id}".to_owned());
    let tried = entry.case(&api, &given).unwrap();
    assert_eq!(
        (tried.method.as_str(), tried.operation.method.as_str()),
        ("TRACE", "PUT")
    );
}

#[test]
fn a_cassette_is_read_up_to_where_it_breaks_off() {
    let whole = CASSETTE.len();
    let ends: Vec<_> = CASSETTE
        .match_indices("\n- id")
        .map(|(at, _)| at + 1)
        .collect();
    for length in ends[0]..whole {
        if !CASSETTE.is_char_boundary(length) {
            continue;
        }
        // The answer that `null` stands for is whole with its last letter alone.
        let recording = match Recording::parse("run.yaml", &CASSETTE[..length]) {
            Ok(recording) => recording,
            Err(error) => panic!("{length}: {error}"),
        };
        let begun = ends.iter().filter(|at| length >= **at + 2).count();
        assert!(
            recording.entries.len() >= begun.saturating_sub(1),
            "{length}"
        );
        for (entry, id) in recording.entries.iter().zip(["kxQhP9", "MwxDQD", "aaaaaa"]) {
            assert_eq!(entry.id, id);
        }
        let told = recording.problems.len() + recording.entries.len();
        assert_eq!(told, begun, "{length}: {:?}", recording.problems);
        for problem in &recording.problems {
            assert!(problem.starts_with("run.yaml:"), "{problem}");
            assert!(problem.contains("breaks off"), "{problem}");
        }
    }
}

#[test]
fn a_broken_interaction_takes_no_other_with_it() {
    let recording = read(&CASSETTE.replace(
        "method: 'GET'\n    headers:\n      \"Accept\"",
        "method: [\n      \"Accept\"",
    ));
    assert_eq!(recording.entries.len(), 2);
    let [problem] = recording.problems.as_slice() else {
        panic!("{:?}", recording.problems);
    };
    assert!(
        problem.starts_with("run.yaml:65: this interaction cannot be read"),
        "{problem}"
    );
    assert!(problem.contains("(line 7"), "{problem}");
}

#[test]
fn what_is_no_recording_is_told_with_its_line() {
    for (text, wanted) in [
        ("", "run.yaml:1: the file is empty"),
        (
            "a: 1\nb: 2\n",
            "run.yaml:1: there is no `http_interactions`",
        ),
        (
            "http_interactions:\n  a: 1\n",
            "run.yaml:2: the interactions are not written as a list",
        ),
        ("{\"a\": 1}", "run.yaml:1: the JSON has neither"),
        (
            "{\"log\": {\"version\": \"2.0\", \"entries\": []}}",
            "run.yaml:1: HAR 2.0 is not known",
        ),
        (
            "{\n\"log\": {\"entries\": []}}",
            "run.yaml:2: `log.version` is missing",
        ),
        (
            "{\"log\": {\"version\": \"1.2\"}}",
            "run.yaml:1: `log.entries` is missing",
        ),
        ("{\"sequence\": []}", "run.yaml:1: `sequence` holds no step"),
        (
            "{\"sequence\": [\n{\"method\": 1}]}",
            "run.yaml:2: this step cannot be read",
        ),
        ("{", "run.yaml:1: the JSON has neither"),
        ("[]", "run.yaml:1: there is no `http_interactions`"),
    ] {
        let problem = Recording::parse("run.yaml", text).unwrap_err().to_string();
        assert!(problem.starts_with(wanted), "{problem}");
    }
}

#[test]
fn the_cassettes_of_other_libraries_are_read() {
    let recording = read(
        "---\nhttp_interactions:\n- request:\n    method: get\n    uri: http://a/boxes/1\n    body:\n      encoding: UTF-8\n      \
         string: ''\n    headers:\n      Accept:\n      - \"*/*\"\n  response:\n    status:\n      code: 200\n      message: OK\n    \
         headers:\n      Content-Type: text/plain\n    body:\n      encoding: UTF-8\n      string: |\n        several\n        lines\n  \
         recorded_at: Tue, 01 Nov 2011 04:58:44 GMT\nrecorded_with: VCR 2.0.0\n",
    );
    assert_eq!(recording.problems, Vec::<String>::new());
    let entry = &recording.entries[0];
    assert_eq!(
        (entry.sent.method.as_str(), entry.id.as_str()),
        ("GET", "1")
    );
    let received = entry.received.as_ref().unwrap();
    assert_eq!(&received.body[..], b"several\nlines\n");
    assert_eq!(received.media_type().as_deref(), Some("text/plain"));
}

const HAR: &str = r#"{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [
  {"startedDateTime": "2026-11-21T06:02:25.091141+00:00", "time": 2.5,
   "request": {"method": "PUT", "url": "http://h/api/boxes/7", "httpVersion": "HTTP/1.1", "cookies": [],
     "headers": [{"name": "X-Schemathesis-TestCaseId", "value": "kxQhP9"}], "queryString": [], "headersSize": 1, "bodySize": 4,
     "postData": {"mimeType": "application/octet-stream", "text": "AAECAw=="}},
   "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/2", "cookies": [], "headers": [{"name": "X-A", "value": "1"}],
     "content": {"size": 2, "mimeType": "text/plain", "text": "//8=", "encoding": "base64"}, "redirectURL": "", "headersSize": 1, "bodySize": 2},
   "timings": {"send": 0, "wait": 0, "receive": 2.5}, "cache": {}},
  {"request": {"method": "GET", "url": "http://h/api/boxes/8", "headers": [], "bodySize": 0}, "response": {"status": 0, "headers": [], "content": {}}}
]}}"#;

#[test]
fn a_har_is_read_with_bytes_as_they_were() {
    let recording = read(HAR);
    assert_eq!(recording.format, Format::Har);
    assert_eq!(recording.problems, Vec::<String>::new());
    let [first, second] = recording.entries.as_slice() else {
        panic!("{recording:?}");
    };
    assert_eq!((first.id.as_str(), first.place.line), ("kxQhP9", 2));
    assert_eq!(first.sent.body.as_deref(), Some(&[0_u8, 1, 2, 3][..]));
    let received = first.received.as_ref().unwrap();
    assert_eq!(&received.body[..], [255, 255]);
    assert_eq!(received.http_version, "2");
    assert_eq!(received.elapsed.as_micros(), 2500);
    assert!(second.received.is_none());
    assert_eq!(second.id, "2");
}

#[test]
fn a_har_that_breaks_off_is_read_up_to_there() {
    let cut = &HAR[..HAR.find("boxes/8").unwrap()];
    let recording = read(cut);
    assert_eq!(recording.entries.len(), 1);
    assert_eq!(
        recording.problems,
        ["run.yaml:9: the recording breaks off in this entry"]
    );
    let odd = HAR.replace("\"time\": 2.5", "\"time\": \"long\"");
    let recording = read(&odd);
    assert_eq!(recording.entries.len(), 1);
    assert!(
        recording.problems[0].starts_with("run.yaml:2: this entry cannot be read"),
        "{:?}",
        recording.problems
    );
}

#[test]
fn a_crash_file_is_a_sequence_of_which_the_last_step_fails() {
    let step = |url: &str, more: &str| {
        format!(
            r#"{{"method": "PUT", "url": "{url}", "url_template": "", "headers": {{"Authorization": "[Filtered]"}},
            "response": {{"status_code": 405, "headers": {{"Allow": "GET"}}, "body": "no"}}, "link": null, "path": "/boxes/{{id}}",
            "meta": {{"generation": {{"time": 1.0, "mode": "negative"}}, "components": {{"PATH": "positive"}},
              "phase": {{"name": "coverage", "data": {{"description": "d", "location": null, "parameter": null,
              "parameter_location": null, "scenario": "unspecified_http_method"}}}}}},
            "operation": "PUT /boxes/{{id}}", {more}}}"#
        )
    };
    let first = step(
        "http://h/api/boxes/1",
        r#""checks": [], "case_body": {"encoding": "json", "value": {"a": 1}}, "media_type": "application/json""#,
    );
    let second = step(
        "http://h/api/boxes/2",
        r#""checks": [{"name": "unsupported_method", "status": "failure", "message": "m"}], "case_body": {"encoding": "none"}, "parent_index": 0, "auth_identity": "alice""#,
    );
    let text = format!("{{\"operation\": \"x\", \"sequence\": [\n{first},\n{second}\n]}}");
    let recording = read(&text);
    assert_eq!(recording.format, Format::Crash);
    let [first, second] = recording.entries.as_slice() else {
        panic!("{recording:?}");
    };
    assert_eq!(first.sent.body.as_deref(), Some(&br#"{"a":1}"#[..]));
    assert_eq!(first.sent.header("content-type"), Some("application/json"));
    assert_eq!(first.scenario, "unspecified_http_method");
    assert_eq!(first.components[&Location::Path], Mode::Positive);
    assert_eq!(second.parent, Some(0));
    assert_eq!(second.identity.as_deref(), Some("alice"));
    assert_eq!(second.found("unsupported_method"), Some(true));
    assert!(second.sent.body.is_none());
    let cut = read(&text[..text.len() - 40]);
    assert_eq!(cut.entries.len(), 1);
    assert!(cut.problems[0].contains("breaks off"), "{:?}", cut.problems);
}

#[test]
fn our_own_cassettes_say_more() {
    let own = CASSETTE.replacen(
        "  recorded_at:",
        "  contract:\n    operation: \"PUT /boxes/{id}\"\n    credentials: 'principal'\n    principal: \"ada\"\n    \
         expectation: \"gone after DELETE /boxes/7\"\n  recorded_at:",
        1,
    );
    let own = own.replacen(
        "  metadata: null\n",
        "  contract:\n    credentials: 'forged'\n    scheme: \"bearer\"\n    parent: 'kxQhP9'\n",
        1,
    );
    let own = own.replace(
        "parameter_location: \"header\"",
        "parameter_location: \"header\"\n      scenario: \"own_words\"",
    );
    let recording = read(&own);
    assert_eq!(recording.problems, Vec::<String>::new());
    let [first, second, third] = recording.entries.as_slice() else {
        panic!("{recording:?}");
    };
    assert!(first.is_own && !third.is_own);
    assert_eq!(first.scenario, "own_words");
    assert_eq!(second.parent, Some(0));
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let bases = Bases::new(&api, None);
    let case = first.case(&api, &bases).unwrap();
    assert_eq!(case.credentials, Credentials::Of("ada".to_owned()));
    let gone = Expectation::Gone {
        deleted_by: "DELETE /boxes/7".to_owned(),
    };
    assert_eq!(case.origin.expectation, Some(gone));
    let forged = second.case(&api, &bases).unwrap();
    assert!(matches!(forged.credentials, Credentials::Forged { .. }));
}
