//! What Schemathesis makes of its own recordings, and we with it.

use serde_json::{Value, json};
use url::Url;

use super::{Bases, Recording, compare};
use crate::{api::Api, config::Settings};

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Depot, version: '1' }
paths:
  /boxes:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 9 } }
        - { name: label, in: query, schema: { type: string, maxLength: 2 } }
      responses: { '200': { description: Them. } }
    post:
      responses: { '201': { description: Made. } }
  /boxes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      responses: { '200': { description: It. } }
    delete:
      security: SECURITY
      responses: { '204': { description: Gone. }, '404': { description: No. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
";

const BEGIN: &str = "{\"Initialize\": {\"schemathesis_version\": \"4.32.5\"}}\n";

/// A request with its answer: id, operation, status, the answer's headers, its body.
type Call<'t> = (&'t str, &'t str, u16, Value, &'t str);

/// An event of a recording: what was sent and answered, and that no check found anything. A call with a name after
/// `<` follows from that call by a link to `b7`; what it asks for in its place is after `#`.
fn event(phase: &str, calls: &[Call<'_>]) -> String {
    let (mut cases, mut interactions, mut checks) = (json!({}), json!({}), json!({}));
    for (id, operation, status, headers, body) in calls {
        let (id, parent) = id.split_once('<').unwrap_or((id, ""));
        let (method, path) = operation.split_once(' ').unwrap();
        let request = json!({ "Authorization": ["[Filtered]"] });
        let (path, thing) = path.split_once('#').unwrap_or((path, "b7"));
        let uri = format!("http://h{}", path.replace("{id}", thing));
        let sent = json!({ "id": thing });
        let case = json!({ "id": id, "method": method, "path": path, "path_parameters": sent, "meta": { "generation": { "mode": "positive" }, "phase": { "name": phase } } });
        cases[id] = json!({ "value": case, "is_transition_applied": !parent.is_empty() });
        if !parent.is_empty() {
            cases[id]["parent_id"] = json!(parent);
            let parameters =
                json!({ "path_parameters": { "id": { "definition": "$", "value": "b7" } } });
            cases[id]["transition"] =
                json!({ "id": "t", "parent_id": parent, "parameters": parameters });
        }
        interactions[id] = json!({
            "request": { "method": method, "uri": uri, "headers": request },
            "response": { "status_code": status, "headers": headers, "content": body, "encoding": "utf-8" },
        });
        let looked = ["status_code_conformance", "ensure_resource_availability"];
        let passed = looked.map(|name| json!({ "name": name, "status": "success" }));
        checks[id] = json!(passed);
    }
    let recorder =
        json!({ "label": "s", "cases": cases, "interactions": interactions, "checks": checks });
    let event = json!({ "ScenarioFinished": { "phase": phase, "status": "success", "recorder": recorder } });
    format!("{event}\n")
}

/// What we find in recorded events where deleting asks for one of these credentials, as `id code`.
fn found(security: &str, events: &[String]) -> Vec<String> {
    let document = DOCUMENT.replace("SECURITY", security);
    let api = Api::from_text("depot.yaml", &document).unwrap();
    let recording = Recording::parse("run.ndjson", &format!("{BEGIN}{}", events.concat())).unwrap();
    assert_eq!(recording.problems, Vec::<String>::new());
    let settings = Settings::new(Url::parse("http://h").unwrap());
    let compared = compare(&recording, &api, &settings, &Bases::new(&api, None));
    let exchanges = compared.judged.exchanges.iter();
    exchanges
        .flat_map(|(_, exchange)| {
            let failures = exchange.failures();
            failures.map(|failure| format!("{} {}", exchange.case.id, failure.code))
        })
        .collect()
}

/// What is found after the first answer, with a status that nobody declares, and then in a sequence with the same one.
fn found_after(headers: Value, body: &str) -> Vec<String> {
    let first = event("coverage", &[("a", "POST /boxes", 200, headers, body)]);
    let later = event("stateful", &[("b", "POST /boxes", 200, json!({}), "")]);
    found("[]", &[first, later])
}

#[test]
fn a_status_whose_answer_pointed_at_a_thing_counts_as_declared_in_sequences() {
    let json = json!({ "content-type": ["application/json"] });
    let linked = r#"{"links": [{"self": "/boxes/b7"}]}"#;
    for (headers, body) in [
        (json!({ "location": ["/boxes/b7"] }), ""),
        (json!({ "location": ["http://h/boxes/b7"] }), ""),
        (json, linked),
    ] {
        assert_eq!(
            found_after(headers.clone(), body),
            ["a ST103"],
            "{headers} {body}"
        );
    }
}

#[test]
fn a_status_whose_answer_pointed_nowhere_stays_undeclared_in_sequences() {
    let json = json!({ "content-type": ["application/json"] });
    for (headers, body) in [
        (json!({}), ""),
        // A list has nothing that a link could hand over.
        (json!({ "location": ["/boxes"] }), ""),
        (json!({ "location": ["http://elsewhere/boxes/b7"] }), ""),
        (json!({ "content-type": ["text/plain"] }), "\"/boxes/b7\""),
        // Of an array the first item alone is looked at.
        (json, r#"{"links": [1, "/boxes/b7"]}"#),
    ] {
        assert_eq!(
            found_after(headers.clone(), body),
            ["a ST103", "b ST103"],
            "{headers} {body}"
        );
    }
}

#[test]
fn what_was_made_is_to_be_there_for_those_with_the_one_kind_of_credentials() {
    let sequence = event(
        "stateful",
        &[
            ("a", "POST /boxes", 201, json!({}), ""),
            ("b<a", "DELETE /boxes/{id}", 404, json!({}), ""),
        ],
    );
    let events = [sequence];
    assert_eq!(found("[{ token: [] }]", &events), ["b ST302"]);
    // With a second kind, Schemathesis takes its place for a parameter that nobody set, and says nothing.
    assert_eq!(
        found("[{ token: [] }, { key: [] }]", &events),
        Vec::<String>::new()
    );
}

#[test]
fn what_was_asked_for_in_the_place_of_what_was_made_need_not_be_there() {
    let asked_for = |thing: &str| {
        let operation = format!("DELETE /boxes/{{id}}#{thing}");
        let calls = [
            ("a", "POST /boxes", 201, json!({}), ""),
            ("b<a", operation.as_str(), 404, json!({}), ""),
        ];
        found("[{ token: [] }]", &[event("stateful", &calls)])
    };
    assert_eq!(asked_for("b7"), ["b ST302"]);
    assert_eq!(asked_for("b8"), Vec::<String>::new());
}

#[test]
fn a_bad_query_passes_in_the_coverage_phase_where_another_parameter_of_it_is_good() {
    let asked = |phase: &str, query: &str| {
        let bad = event(phase, &[("a", "GET /boxes", 200, json!({}), "")])
            .replace("http://h/boxes", &format!("http://h/boxes?{query}"))
            .replace(
                r#""generation":{"mode":"positive"}"#,
                r#""generation":{"mode":"negative"},"components":{"query":{"mode":"negative"}}"#,
            );
        found("[]", &[bad])
    };
    assert_eq!(asked("coverage", "label=long"), ["a ST201"]);
    assert_eq!(asked("coverage", "label=long&limit=10"), ["a ST201"]);
    assert_eq!(
        asked("coverage", "label=long&limit=9"),
        Vec::<String>::new()
    );
    assert_eq!(asked("fuzzing", "label=long&limit=9"), ["a ST201"]);
}
