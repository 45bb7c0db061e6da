//! `contract replay --from`: what one build was asked is asked of another one, whose ids, tokens and keys are others.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]

mod support;

use std::{collections::BTreeSet, fs};

use serde_json::json;
use tempfile::TempDir;

use support::{Answer, Asked, Folder, Server};

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Shop, version: "1" }
security: [{ bearer: [] }]
paths:
  /sessions:
    post:
      operationId: logIn
      security: []
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { "200": { description: In. }, "403": { description: No. } }
  /orders:
    post:
      operationId: createOrder
      parameters: [{ name: Idempotency-Key, in: header, required: true, schema: { type: string } }]
      requestBody: { required: true, content: { application/json: { schema: { type: object } } } }
      responses: { "201": { description: Made. }, "401": { description: Who? } }
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: It. }, "401": { description: Who? }, "404": { description: None. } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
"#;

const PRINCIPALS: &str = r#"
principals:
  ann:
    steps:
      - operation: logIn
        body: { password: "of ann, and nobody else's" }
        capture: { token: $response.body#/accessToken }
    secrets: { bearer: "{{token}}" }
"#;

const FIXTURES: &str = r#"
resources:
  order:
    as: ann
    steps:
      - operation: createOrder
        headers: { Idempotency-Key: key-of-the-recording }
        body: { sku: c }
        capture: { id: $response.body#/id }
    provides: { orderId: "{{id}}" }
fixtures:
  getOrder:
    - name: an order is there
      uses: [order]
      path: { orderId: "{{order.id}}" }
      status: 200
    - name: nobody sees it
      uses: { theirs: order }
      as: nobody
      path: { orderId: "{{theirs.id}}" }
      status: [401, 404]
"#;

/// A build of the shop: its ids and tokens begin with its name; a broken one cannot show orders.
fn shop(name: &'static str, is_broken: bool) -> Server {
    let mut orders = BTreeSet::new();
    Server::start(move |asked: &Asked| {
        let token = format!("{name}-token-0001");
        let parts = asked.parts();
        match parts.as_slice() {
            ["POST", "sessions"] => Answer::of(200, json!({ "accessToken": token })),
            ["POST" | "GET", "orders", ..]
                if asked.header("authorization") != format!("Bearer {token}") =>
            {
                Answer::of(401, json!({ "error": "who are you?" }))
            }
            ["POST", "orders"] => {
                let id = format!("{name}-order-{:04}", orders.len());
                orders.insert(id.clone());
                let order =
                    json!({ "id": id, "sku": asked.body["sku"], "at": "2026-11-21T06:02:25Z" });
                Answer::of(201, order).with("location", &format!("/orders/{id}"))
            }
            ["GET", "orders", id] if orders.contains(*id) => {
                let order = json!({ "id": id, "sku": "c" });
                Answer::of(if is_broken { 500 } else { 200 }, order)
            }
            ["GET", "orders", _] => Answer::of(404, json!({ "error": "none" })),
            _ => Answer::empty(405),
        }
    })
}

fn folder() -> Folder {
    let folder = Folder::new(DOCUMENT);
    folder.file("principals.yaml", PRINCIPALS);
    folder.file("fixtures/orders.yaml", FIXTURES);
    folder
}

/// Records the fixtures against a broken build, into `out`.
fn record(folder: &Folder) -> TempDir {
    let out = tempfile::tempdir().unwrap();
    let server = shop("old", true);
    let ending = folder.replay(
        &server,
        &[
            "--phases",
            "examples",
            "--principals",
            "principals.yaml",
            "--fixtures",
            "fixtures",
            "--no-shrink",
            "--report",
            "vcr,har,junit,ndjson,json,html",
            "--report-dir",
            &out.path().display().to_string(),
        ],
    );
    assert_eq!(ending.code, Some(1), "{}", ending.text());
    assert!(
        ending.out.contains("ST101 GET /orders/{orderId}"),
        "{}",
        ending.out
    );
    out
}

fn replay(folder: &Folder, server: &Server, arguments: &[&str]) -> support::Ending {
    let mut all = vec!["--principals", "principals.yaml"];
    all.extend(arguments);
    folder.replay(server, &all)
}

#[test]
fn a_failing_run_is_recorded_and_sent_to_another_build() {
    let folder = folder();
    let out = record(&folder);
    for recording in ["vcr.yaml", "har.json"] {
        let recording = &out.path().join(recording).display().to_string();
        let fixed = shop("new", false);
        let ending = replay(&folder, &fixed, &["--from", recording]);
        assert_eq!(ending.code, Some(0), "{recording}: {}", ending.text());
        assert!(ending.out.contains("500 then, 200 now"), "{}", ending.out);
        let read = fixed
            .asked()
            .into_iter()
            .filter(|asked| asked.method == "GET");
        let read: Vec<_> = read.map(|asked| asked.path).collect();
        assert!(
            read.contains(&"/orders/new-order-0000".to_owned()),
            "{recording}: {read:?}"
        );
        assert!(
            !read.iter().any(|path| path.contains("old")),
            "{recording}: {read:?}"
        );

        let broken = shop("other", true);
        let ending = replay(&folder, &broken, &["--from", recording]);
        assert_eq!(ending.code, Some(1), "{recording}: {}", ending.text());
        assert!(
            ending.out.contains("ST101 GET /orders/{orderId}"),
            "{}",
            ending.out
        );
    }
}

#[test]
fn a_cassette_says_what_became_of_its_failures() {
    let folder = folder();
    let out = record(&folder);
    let cassette = &out.path().join("vcr.yaml").display().to_string();
    let ending = replay(&folder, &shop("new", false), &["--from", cassette]);
    assert!(ending.out.contains("0 are still there"), "{}", ending.out);
    let ending = replay(
        &folder,
        &shop("new", false),
        &["--from", cassette, "--fail-on-difference"],
    );
    assert_eq!(ending.code, Some(1), "{}", ending.text());
    assert!(ending.err.contains("differ"), "{}", ending.err);
    let ending = replay(
        &folder,
        &shop("other", true),
        &[
            "--from",
            cassette,
            "--compare",
            "shape",
            "--fail-on-difference",
        ],
    );
    assert!(
        ending.out.contains("0 answers differ in shape"),
        "{}",
        ending.out
    );
    assert!(!ending.out.contains(" 0 are still there"), "{}", ending.out);
}

#[test]
fn keys_are_fresh_and_callers_stay_who_they_were() {
    let folder = folder();
    let out = record(&folder);
    let cassette = &out.path().join("vcr.yaml").display().to_string();
    let server = shop("new", false);
    for _ in 0..2 {
        replay(&folder, &server, &["--from", cassette]);
    }
    let asked = server.asked();
    let made: Vec<_> = asked
        .iter()
        .filter(|asked| asked.path == "/orders")
        .collect();
    let keys: BTreeSet<_> = made
        .iter()
        .map(|asked| asked.header("idempotency-key"))
        .collect();
    // Orders that shared a key share one again; each replay has keys of its own.
    let recorded = fs::read_to_string(cassette).unwrap();
    let numbers: BTreeSet<_> = recorded
        .lines()
        .filter(|line| line.contains("idempotency_key: "))
        .collect();
    assert_eq!(keys.len(), 2 * numbers.len(), "{keys:?}");
    assert!(made.len() > keys.len(), "{keys:?}");
    assert!(keys.iter().all(|key| key.len() == 36), "{keys:?}");
    let nobody = asked
        .iter()
        .filter(|asked| asked.path.starts_with("/orders/"));
    assert!(
        nobody
            .clone()
            .any(|asked| asked.header("authorization").is_empty())
    );
    assert!(
        nobody
            .clone()
            .any(|asked| asked.header("authorization") == "Bearer new-token-0001")
    );
}

#[test]
fn no_report_holds_what_people_keep_to_themselves() {
    let folder = folder();
    let out = record(&folder);
    for file in [
        "vcr.yaml",
        "har.json",
        "junit.xml",
        "events.ndjson",
        "summary.json",
        "report.html",
    ] {
        let text = fs::read_to_string(out.path().join(file)).unwrap();
        assert!(
            text.contains("getOrder") || text.contains("/orders/"),
            "{file}"
        );
        assert!(!text.contains("old-token"), "{file}");
        assert!(!text.contains("key-of-the-recording"), "{file}");
        assert!(!text.contains("nobody else"), "{file}");
    }
}

#[test]
fn half_of_a_cassette_is_sent_only_when_told() {
    let folder = folder();
    let out = record(&folder);
    let text = fs::read_to_string(out.path().join("vcr.yaml")).unwrap();
    let cut = text.rfind("    http_version").unwrap();
    folder.file("cut.yaml", &text[..cut]);
    let line = text[..=text.rfind("\n- id").unwrap()].lines().count() + 1;
    let server = shop("new", false);
    let ending = replay(&folder, &server, &["--from", "cut.yaml"]);
    assert_eq!(ending.code, Some(3), "{}", ending.text());
    assert!(
        ending.err.contains(&format!("cut.yaml:{line}: ")),
        "{}",
        ending.err
    );
    assert!(ending.err.contains("--keep-going"), "{}", ending.err);
    assert_eq!(server.asked().len(), 0);
    let ending = replay(&folder, &server, &["--from", "cut.yaml", "--keep-going"]);
    assert_eq!(ending.code, Some(0), "{}", ending.text());
    assert!(
        ending.out.contains(&format!("cut.yaml:{line}: ")),
        "{}",
        ending.out
    );
}

#[test]
fn a_crash_file_is_sent_as_a_whole() {
    let folder = folder();
    let step = |method: &str, path: &str, body: serde_json::Value, answer: serde_json::Value| {
        json!({
            "method": method, "url": format!("http://elsewhere.example{path}"),
            "headers": {"Authorization": "[Filtered]", "Idempotency-Key": "[Filtered]"},
            "response": {"status_code": 200, "headers": {"content-type": "application/json"},
                "body": answer.to_string()},
            "checks": [], "media_type": "application/json", "case_body": body,
        })
    };
    let made = json!({"id": "crash-order-77"});
    let crash = json!({
        "operation": "GET /orders/{orderId}",
        "sequence": [
            step("POST", "/orders", json!({"encoding": "json", "value": {"sku": "c"}}), made.clone()),
            step("GET", "/orders/crash-order-77", json!({"encoding": "none"}), made),
        ],
    });
    folder.file("crash.json", &crash.to_string());
    let server = shop("new", true);
    let ending = replay(&folder, &server, &["--from", "crash.json", "--no-shrink"]);
    assert_eq!(ending.code, Some(1), "{}", ending.text());
    let paths: Vec<_> = server.asked().into_iter().map(|asked| asked.path).collect();
    assert!(
        paths.ends_with(&["/orders".to_owned(), "/orders/new-order-0000".to_owned()]),
        "{paths:?}"
    );
}
