//! Keys of requests under a name of the document's own.

use std::collections::HashSet;

use serde_json::json;

use crate::support::{Answer, Asked, Folder, Server};

const DOCUMENT: &str = r#"
openapi: 3.1.0
info: { title: Desk, version: "1" }
paths:
  /tickets:
    get:
      operationId: listTickets
      parameters:
        - { name: offset, in: query, schema: { type: integer, minimum: 0 } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 20 } }
      x-pagination: { style: offset, items: /rows, id: /id, stable: true }
      responses:
        "200":
          description: Them.
          content: { application/json: { schema: { type: object, properties: { rows: { type: array, items: { type: object, properties: { id: { type: integer } } } } } } } }
        4XX: { description: No. }
    post:
      operationId: openTicket
      x-idempotency: { key: required, header: X-Once }
      parameters: [{ name: X-Once, in: header, required: true, schema: { type: string, minLength: 4 } }]
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [subject], properties: { subject: { type: string, maxLength: 9 } } } } }
      responses: { "201": { description: Made. }, 4XX: { description: No. } }
"#;

/// A desk that takes a key once only.
fn desk() -> Server {
    let mut used = HashSet::new();
    let mut rows = Vec::new();
    Server::start(move |asked: &Asked| match asked.parts().as_slice() {
        ["POST", "tickets"] => {
            let subject = asked.body["subject"].as_str();
            let is_fine = subject.is_some_and(|text| text.chars().count() <= 9);
            if asked.header("x-once").len() < 4 || !is_fine {
                return Answer::of(400, json!({}));
            }
            if !used.insert(asked.header("x-once").to_owned()) {
                return Answer::of(422, json!({ "error": "used" }));
            }
            rows.push(json!({ "id": used.len() }));
            Answer::of(201, json!({ "id": used.len() }))
        }
        ["GET", "tickets"] => Answer::of(200, json!({ "rows": rows })),
        _ => Answer::of(405, json!({})).with("allow", "GET, POST"),
    })
}

#[test]
fn a_key_of_any_name_is_new_in_every_request() {
    let folder = Folder::new(DOCUMENT);
    let mut arguments = vec!["--phases", "examples,coverage,random,stateful", "-n", "9"];
    arguments.extend(["--checks", "positive_data_acceptance"]);
    let ending = folder.replay(&desk(), &arguments);
    assert_eq!(ending.code, Some(0), "{}", ending.text());
}

#[test]
fn laws_make_things_with_new_keys_of_any_name() {
    let folder = Folder::new(DOCUMENT);
    let server = desk();
    let ending = folder.replay(&server, &["--phases", "laws", "--laws", "pagination"]);
    let asked = server.asked();
    let made = asked.iter().filter(|asked| asked.method == "POST");
    let keys: Vec<_> = made.map(|asked| asked.header("x-once")).collect();
    let different: HashSet<_> = keys.iter().collect();
    assert!(keys.len() > 2, "{keys:?}: {}", ending.text());
    assert_eq!(different.len(), keys.len(), "{keys:?}");
}
