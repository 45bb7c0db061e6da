//! `contract diff` as CI calls it: exit codes, reports, consumers, exceptions, and what it says of bad input.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test a failed expectation is a failed test"
)]

use std::{
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;

const OLD: &str = r"
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
paths:
  /orders/{orderId}:
    get:
      operationId: getOrder
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                required: [id, total]
                properties:
                  id: { type: string }
                  total: { type: integer, maximum: 100 }
                  note: { type: string }
";

const PACT: &str = r#"{
  "consumer": { "name": "web-shop" },
  "provider": { "name": "waybill" },
  "interactions": [{
    "type": "Synchronous/HTTP",
    "description": "an order",
    "request": { "method": "GET", "path": "/orders/42" },
    "response": {
      "status": 200,
      "body": { "content": { "id": "42", "total": 7 }, "contentType": "application/json", "encoded": false }
    }
  }],
  "metadata": { "pactSpecification": { "version": "4.0" } }
}"#;

struct Folder(TempDir);

impl Folder {
    /// A folder with the old document, and the new one made of it by replacing texts.
    fn new(replacements: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let mut new = OLD.to_owned();
        for (from, to) in replacements {
            assert!(new.contains(from), "{from}");
            new = new.replace(from, to);
        }
        folder.write("old.yaml", OLD);
        folder.write("new.yaml", &new);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn diff(&self, options: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_contract"))
            .current_dir(self.path())
            .args(["diff", "old.yaml", "new.yaml", "--today", "2026-06-01"])
            .args(options)
            .output()
            .expect("the command starts")
    }
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn nothing_changed_is_nothing_said() {
    let folder = Folder::new(&[]);
    let done = folder.diff(&[]);
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(
        text(&done),
        "old.yaml → new.yaml: 0 breaking, 0 to look at, 0 harmless\n"
    );
}

#[test]
fn a_break_names_its_rule_its_place_and_both_lines() {
    let folder = Folder::new(&[("maximum: 100", "maximum: 200")]);
    let done = folder.diff(&["--show", "error"]);
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(
        text(&done),
        "old.yaml → new.yaml: 1 breaking, 1 to look at, 1 harmless

error response-property-max-increased
  in GET /orders/{orderId}, answer 200, `total`
  the largest value is larger: 100 → 200
  was old.yaml:18
  is  new.yaml:18
"
    );
}

#[test]
fn a_harmless_change_passes_unless_it_is_asked_for() {
    let folder = Folder::new(&[
        ("version: 1.0.0", "version: 1.1.0"),
        (
            "note: { type: string }",
            "note: { type: string }\n                  more: { type: string }",
        ),
    ]);
    assert_eq!(folder.diff(&[]).status.code(), Some(0));
    assert_eq!(folder.diff(&["--fail-on", "info"]).status.code(), Some(1));
}

#[test]
fn a_break_names_the_consumers_that_it_hits_and_no_others() {
    let folder = Folder::new(&[
        (
            "total: { type: integer, maximum: 100 }",
            "sum: { type: integer }",
        ),
        ("                  note: { type: string }\n", ""),
    ]);
    folder.write("pacts/web-shop.json", PACT);
    folder.write(
        "pacts/mobile.json",
        &PACT
            .replace("web-shop", "mobile")
            .replace(r#", "total": 7"#, r#", "note": "hi""#),
    );

    let done = folder.diff(&["--pacts", "pacts", "--format", "json"]);

    assert_eq!(done.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let hits = |property: &str| {
        report["changes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|change| {
                change["rule"]
                    .as_str()
                    .unwrap()
                    .ends_with("property-removed")
                    && change["part"]["path"][0] == property
            })
            .map(|change| change["consumers"].to_string())
            .unwrap()
    };
    assert_eq!(hits("total"), r#"["web-shop"]"#);
    assert_eq!(hits("note"), r#"["mobile"]"#);
    assert_eq!(report["counts"]["error"], 1);
}

#[test]
fn a_pull_request_gets_a_table() {
    let folder = Folder::new(&[("maximum: 100", "maximum: 200")]);
    folder.write("pacts/web-shop.json", PACT);
    let done = folder.diff(&[
        "--pacts", "pacts", "--format", "markdown", "--show", "error",
    ]);
    assert_eq!(
        text(&done),
        "### API changes: 1 breaking, 1 to look at, 1 harmless

| | operation | change | hits | rule |
|---|---|---|---|---|
| **breaks** | GET /orders/{orderId}, answer 200, `total` | the largest value is larger: 100 → 200 | web-shop | `response-property-max-increased` |
"
    );
}

#[test]
fn a_reviewed_exception_lets_one_change_through_until_it_expires() {
    let folder = Folder::new(&[("maximum: 100", "maximum: 200")]);
    let exception = |operation: &str, expires: &str, reason: &str| {
        format!(
            "[[exception]]\nrule = \"response-property-max-increased\"\noperation = \"{operation}\"\n\
             part = \"answer 200, `total`\"\nreason = \"{reason}\"\nexpires = {expires}\n"
        )
    };
    let with = |text: &str| {
        folder.write("exceptions.toml", text);
        folder.diff(&["--exceptions", "exceptions.toml"])
    };
    let reason = "no consumer reads it yet";

    let done = with(&exception("getOrder", "2026-06-30", reason));
    assert_eq!(done.status.code(), Some(0), "{}", complaint(&done));
    assert!(text(&done).contains("excepted: no consumer reads it yet"));
    assert!(text(&done).contains("0 breaking"));

    let expired = with(&exception("getOrder", "2026-05-31", reason));
    assert_eq!(expired.status.code(), Some(3));
    assert!(complaint(&expired).contains("expired on 2026-05-31"));

    let unused = with(&exception("listOrders", "2026-06-30", reason));
    assert_eq!(unused.status.code(), Some(3));
    assert!(complaint(&unused).contains("excepts nothing any more"));

    let careless = with(&exception("getOrder", "2026-06-30", "ok"));
    assert_eq!(careless.status.code(), Some(3));
    assert!(complaint(&careless).contains("gives no reason"));
}

#[test]
fn a_webhook_that_changes_names_who_hears_it() {
    let folder = Folder::new(&[]);
    let document = |properties: &str| {
        format!(
            "{OLD}webhooks:\n  order.paid:\n    post:\n      requestBody:\n        content:\n          application/json:\n            \
             schema: {{ type: object, required: [orderId, by], properties: {{ {properties} }} }}\n      responses: {{ default: {{ description: Heard. }} }}\n"
        )
    };
    let message = r#"{
      "consumer": { "name": "NAME" }, "provider": { "name": "waybill" },
      "interactions": [{
        "type": "Asynchronous/Messages", "description": "DESCRIPTION",
        "contents": { "content": CONTENT, "contentType": "application/json" },
        "metadata": { "eventType": "orderPaid" }
      }]
    }"#;
    for (name, content) in [
        ("warehouse", r#"{ "orderId": "1" }"#),
        ("web-shop", r#"{ "by": "me" }"#),
    ] {
        let pact = message.replace("NAME", name).replace("CONTENT", content);
        folder.write(&format!("pacts/{name}.json"), &pact);
    }
    folder.write(
        "old.yaml",
        &document("orderId: { type: string }, by: { type: string }"),
    );
    folder.write(
        "new.yaml",
        &document("orderId: { type: integer }, by: { type: string }"),
    );
    let done = folder.diff(&["--pacts", "pacts", "--show", "error"]);
    assert_eq!(done.status.code(), Some(1), "{}", complaint(&done));
    assert!(text(&done).contains("warehouse"), "{}", text(&done));
    assert!(!text(&done).contains("web-shop"), "{}", text(&done));

    folder.write("new.yaml", OLD);
    let done = folder.diff(&["--pacts", "pacts", "--show", "error"]);
    assert!(text(&done).contains("webhook-removed"), "{}", text(&done));
    for name in ["warehouse", "web-shop"] {
        assert!(text(&done).contains(name), "{}", text(&done));
    }
}

#[test]
fn what_cannot_be_used_is_said_with_its_place() {
    let folder = Folder::new(&[]);
    let complain = |name: &str, content: &str, options: &[&str]| {
        folder.write(name, content);
        let done = folder.diff(options);
        assert_eq!(done.status.code(), Some(3), "{}", text(&done));
        complaint(&done)
    };

    let message = complain("pacts/a.json", "{", &["--pacts", "pacts"]);
    assert!(
        message.contains("a.json:1: no JSON") && message.contains("line 1"),
        "{message}"
    );
    let message = complain("pacts/a.json", "{}", &["--pacts", "pacts"]);
    assert!(message.contains("`consumer.name` is missing"), "{message}");
    let message = complain(
        "e.toml",
        "[[exception]]\nrul = 1\n",
        &["--exceptions", "e.toml"],
    );
    assert!(
        message.contains("e.toml") && message.contains("rul"),
        "{message}"
    );
    let message = complain("x", "", &["--pacts", "nowhere"]);
    assert!(message.contains("cannot read nowhere"), "{message}");

    let message = complain("new.yaml", "openapi: 2.0.0\npaths: {}\n", &[]);
    assert!(
        message.contains("new.yaml") && message.contains("3.0 and 3.1"),
        "{message}"
    );
    let message = complain("new.yaml", "openapi: 3.1.0\npaths: [\n", &[]);
    assert!(message.contains("new.yaml:"), "{message}");
    std::fs::remove_file(folder.path().join("new.yaml")).unwrap();
    let done = folder.diff(&[]);
    assert_eq!(done.status.code(), Some(3));
    assert!(complaint(&done).contains("cannot read `new.yaml`"));
}

#[test]
fn the_catalogue_is_listed() {
    let done = Command::new(env!("CARGO_BIN_EXE_contract"))
        .arg("rules")
        .output()
        .unwrap();
    let listed = text(&done);
    assert!(listed.lines().count() > 400);
    assert!(listed.contains("error    request-property-became-enum"));
}

#[test]
fn the_derived_form_of_our_own_document_means_the_same() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let done = Command::new(env!("CARGO_BIN_EXE_contract"))
        .current_dir(top)
        .args([
            "diff",
            "openapi/v1.yaml",
            "openapi/v1-3.0.json",
            "--fail-on",
            "info",
        ])
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done));
}

#[test]
fn schemas_that_refer_to_each_other_many_times_over_are_compared_in_time() {
    let graph = |longest: u32| {
        let of = |number: u32| {
            let refer = |step| {
                let to = (number * 5 + step) % 30;
                format!("r{step}: {{ $ref: '#/components/schemas/S{to}' }}")
            };
            let properties: Vec<_> = (1..6).map(refer).collect();
            let longest = if number == 29 { longest } else { 9 };
            let own = format!("a: {{ type: string, maxLength: {longest} }}");
            format!(
                "    S{number}: {{ type: object, properties: {{ {}, {own} }} }}\n",
                properties.join(", ")
            )
        };
        let schemas: String = (0..30).map(of).collect();
        let part = OLD.find("type: object").unwrap();
        let answer = OLD.split_at(part).0;
        format!("{answer}$ref: '#/components/schemas/S0'\ncomponents:\n  schemas:\n{schemas}")
    };
    let folder = Folder::new(&[]);
    folder.write("old.yaml", &graph(9));
    folder.write("new.yaml", &graph(12));
    let output = folder.diff(&[]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("9 → 12"), "{}", text(&output));
}
