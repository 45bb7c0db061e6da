//! Recorded answers under our checks, beside what was said of them when they were recorded.

use std::fmt::Write as _;

use url::Url;

use super::{Bases, Compared, Recording, compare};
use crate::{api::Api, config::Settings};

const DOCUMENT: &str = r#"openapi: 3.1.0
info: { title: Depot, version: "1" }
security: [{ bearer: [] }]
paths:
  /boxes:
    post:
      requestBody: { content: { application/json: { schema: { type: object } } } }
      responses: { "201": { description: Made. }, "415": { description: No. } }
  /boxes/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "200": { description: It. }, "404": { description: No. } }
    delete:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { "204": { description: Gone. } }
components:
  securitySchemes: { bearer: { type: http, scheme: bearer } }
"#;

/// The checks that looked in these recordings.
const LOOKED: [&str; 6] = [
    "not_a_server_error",
    "status_code_conformance",
    "use_after_free",
    "ensure_resource_availability",
    "ignored_auth",
    "object_level_authorization",
];

#[derive(Clone, Copy)]
struct Entry {
    phase: &'static str,
    description: &'static str,
    request: &'static str,
    has_credentials: bool,
    status: u16,
    body: &'static str,
    /// `None`: no check looked. Otherwise the checks that found something.
    failed: Option<&'static [&'static str]>,
}

const fn entry(phase: &'static str, request: &'static str, status: u16) -> Entry {
    Entry {
        phase,
        description: "",
        request,
        has_credentials: true,
        status,
        body: "",
        failed: Some(&[]),
    }
}

fn compared(entries: &[Entry]) -> Compared {
    let mut text = "http_interactions:\n".to_owned();
    for (number, entry) in entries.iter().enumerate() {
        let (method, path) = entry.request.split_once(' ').unwrap();
        let mut checks = String::new();
        for name in LOOKED {
            let is_found = entry.failed.is_some_and(|failed| failed.contains(&name));
            let status = if is_found { "FAILURE" } else { "SUCCESS" };
            write!(
                checks,
                "\n  - {{ name: {name}, status: {status}, message: ~ }}"
            )
            .unwrap();
        }
        // What a check shows by its own request is told there alone.
        if entry.failed == Some(&["ignored_auth"]) && entry.phase == "probe" {
            checks = "\n  - { name: ignored_auth, status: FAILURE, message: m }".to_owned();
        }
        let checks = if entry.failed.is_some() {
            checks
        } else {
            " []".to_owned()
        };
        let credentials = if entry.has_credentials {
            "\n      Authorization: [\"[Filtered]\"]"
        } else {
            ""
        };
        write!(
            text,
            "- id: 'e{number}'\n  phase: {{ name: '{}', data: {{ description: '{}' }} }}\n  checks:{checks}\n  request:\n    uri: 'http://h{path}'\n    \
             method: {method}\n    headers:\n      Accept: ['*/*']{credentials}\n  response:\n    status: {{ code: '{}' }}\n    elapsed: '0.1'\n    \
             headers: {{}}\n    body: {{ encoding: utf-8, string: '{}' }}\n    http_version: '1.1'\n",
            entry.phase, entry.description, entry.status, entry.body
        )
        .unwrap();
    }
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let recording = Recording::parse("run.yaml", &text).unwrap();
    assert_eq!(recording.problems, Vec::<String>::new(), "{text}");
    let settings = Settings::new(Url::parse("http://h").unwrap());
    compare(&recording, &api, &settings, &Bases::new(&api, None))
}

/// The differences, as `id check ours theirs`.
fn differing(entries: &[Entry]) -> Vec<String> {
    let compared = compared(entries);
    assert!(compared.compared > 0);
    let differences = compared.disagreements.iter();
    differences
        .map(|found| {
            format!(
                "{} {} {} {}",
                found.id, found.check, found.ours, found.theirs
            )
        })
        .collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn verdicts_that_are_the_same_are_no_difference() {
    let broken = Entry {
        failed: Some(&["not_a_server_error", "status_code_conformance"]),
        ..entry("coverage", "GET /boxes/1", 500)
    };
    assert_eq!(
        differing(&[entry("coverage", "GET /boxes/1", 404), broken]),
        none()
    );
}

#[test]
fn a_verdict_that_differs_is_told_with_both_sides_and_its_line() {
    let missed = entry("coverage", "GET /boxes/1", 418);
    let invented = Entry {
        failed: Some(&["not_a_server_error"]),
        ..entry("coverage", "GET /boxes/1", 404)
    };
    assert_eq!(
        differing(&[missed, invented]),
        [
            "e0 status_code_conformance ST103 passes",
            "e1 not_a_server_error passes "
        ]
    );
    assert_eq!(compared(&[missed]).disagreements[0].place.line, 2);
}

#[test]
fn what_a_check_asked_by_itself_tells_what_it_found() {
    let owner = entry("coverage", "GET /boxes/1", 200);
    let stranger = |status| Entry {
        has_credentials: false,
        failed: None,
        ..entry("probe", "GET /boxes/1", status)
    };
    assert_eq!(differing(&[owner, stranger(401)]), none());
    assert_eq!(
        differing(&[owner, stranger(200)]),
        ["e0 ignored_auth ST401 passes"]
    );
    let told = Entry {
        failed: Some(&["ignored_auth"]),
        ..stranger(404)
    };
    assert_eq!(differing(&[owner, told]), none());
    assert_eq!(compared(&[owner, told]).judged.exchanges.len(), 1);
}

#[test]
fn credentials_that_nobody_configured_are_made_up_unless_strangers_were_refused() {
    let made_up = Entry {
        failed: Some(&["ignored_auth"]),
        ..entry("coverage", "GET /boxes/1", 200)
    };
    assert_eq!(differing(&[made_up]), none());
    let refused = Entry {
        has_credentials: false,
        failed: None,
        ..entry("probe", "GET /boxes/1", 401)
    };
    let known = entry("coverage", "GET /boxes/1", 200);
    assert_eq!(differing(&[known, refused, known]), none());
}

#[test]
fn an_undeclared_content_type_is_compared_with_the_request_that_followed() {
    let probe = Entry {
        description: "Unsupported Content-Type: text/plain",
        failed: Some(&["not_a_server_error"]),
        ..entry("coverage", "POST /boxes", 500)
    };
    let control = |status| Entry {
        failed: None,
        ..entry("probe", "POST /boxes", status)
    };
    assert_eq!(differing(&[probe, control(201)]), none());
    let spared = Entry {
        failed: Some(&[]),
        ..probe
    };
    assert_eq!(differing(&[spared, control(500)]), none());
}

#[test]
fn what_a_sequence_deleted_is_gone_and_what_it_made_is_there() {
    let made = Entry {
        body: "{\"id\": \"b7\"}",
        ..entry("stateful", "POST /boxes", 201)
    };
    let deleted = entry("stateful", "DELETE /boxes/b7", 204);
    let read = |status, failed| Entry {
        failed: Some(failed),
        ..entry("stateful", "GET /boxes/b7", status)
    };
    let still_there: &[&str] = &["use_after_free"];
    let not_there: &[&str] = &["ensure_resource_availability"];
    assert_eq!(differing(&[made, deleted, read(200, still_there)]), none());
    assert_eq!(differing(&[made, deleted, read(404, &[])]), none());
    assert_eq!(differing(&[made, read(404, not_there)]), none());
    assert_eq!(differing(&[made, deleted, made, read(404, &[])]), none());
    let elsewhere = entry("stateful", "GET /boxes/b8", 404);
    assert_eq!(differing(&[made, elsewhere]), none());
}

#[test]
fn somebody_else_who_is_answered_the_same_thing_gets_too_much() {
    let thing = "{\"id\": \"b7\", \"owner\": \"ada\"}";
    let owner = |failed| Entry {
        body: thing,
        failed: Some(failed),
        ..entry("coverage", "GET /boxes/b7", 200)
    };
    let stranger = Entry {
        has_credentials: false,
        failed: None,
        ..entry("probe", "GET /boxes/b7", 401)
    };
    let other = |status, body| Entry {
        body,
        failed: None,
        ..entry("probe", "GET /boxes/b7", status)
    };
    let forged = other(401, "");
    let leaked: &[&str] = &["object_level_authorization"];
    assert_eq!(
        differing(&[owner(leaked), stranger, forged, other(200, thing)]),
        none()
    );
    assert_eq!(
        differing(&[owner(&[]), stranger, forged, other(404, "")]),
        none()
    );
    let own = "{\"id\": \"b7\", \"owner\": \"bob\"}";
    assert_eq!(
        differing(&[owner(&[]), stranger, forged, other(200, own)]),
        none()
    );
}

#[test]
fn an_archive_does_not_say_whether_requests_were_meant_to_be_valid() {
    let har = r#"{"log": {"version": "1.2", "entries": [
      {"request": {"method": "POST", "url": "http://h/boxes", "headers": []}, "response": {"status": 415, "headers": [], "content": {}}},
      {"request": {"method": "POST", "url": "http://h/boxes", "headers": []}, "response": {"status": 418, "headers": [], "content": {}}}]}}"#;
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let recording = Recording::parse("run.har", har).unwrap();
    let settings = Settings::new(Url::parse("http://h").unwrap());
    let compared = compare(&recording, &api, &settings, &Bases::new(&api, None));
    let exchanges = compared.judged.exchanges.iter();
    let codes: Vec<_> = exchanges
        .flat_map(|(_, exchange)| exchange.failures().map(|failure| failure.code))
        .collect();
    assert_eq!(codes, ["ST103"]);
    assert_eq!(compared.compared, 0);
}
