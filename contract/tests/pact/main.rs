//! `contract pact check`: every kind of disagreement is found, and nothing is where both sides agree.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "in a test a failed expectation is a failed test"
)]

mod agreements;
mod cases;
mod command;
mod forms;

use contract::{
    api::{Api, Messages},
    pact::{self, Finding, Rule},
};

/// A document of everything that the checks look at.
const DOCUMENT: &str = r"
openapi: 3.1.0
info: { title: Depot, version: 1.0.0 }
security: [{ token: [] }, { key: [], office: [] }]
paths:
  /boxes/{boxId}:
    parameters:
      - { name: boxId, in: path, required: true, schema: { type: string, pattern: '^b[0-9]+$' } }
    get:
      parameters:
        - { name: page, in: query, required: true, schema: { type: integer, minimum: 1 } }
        - { name: with, in: query, explode: false, schema: { type: array, items: { enum: [labels, story] } } }
        - { name: X-Depot, in: header, required: true, schema: { type: string, maxLength: 5 } }
        - { name: seat, in: cookie, required: true, schema: { type: string } }
      responses:
        '200':
          description: The box.
          headers:
            ETag: { required: true, schema: { type: string, pattern: '^x' } }
            X-Left: { required: false, schema: { type: integer } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Box' }
        '404': { description: None. }
    put:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              additionalProperties: false
              properties: { name: { type: string, maxLength: 8 } }
      responses:
        '204': { description: Done. }
        '400': { description: Refused. }
    delete:
      security: []
      responses:
        '204': { description: Gone. }
webhooks:
  box.moved:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [boxId]
              properties:
                boxId: { type: string }
                by: { type: string }
      responses: { default: { description: Heard. } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
    office: { type: apiKey, in: query, name: office }
  schemas:
    Box:
      allOf:
        - type: object
          required: [id, weight]
          properties:
            id: { type: string }
            weight: { type: integer, maximum: 100 }
            note: { type: string }
            secret: { type: string, writeOnly: true }
        - type: object
          required: [state, parts]
          properties:
            state: { type: string, enum: [FULL, EMPTY] }
            parts:
              type: array
              items:
                oneOf:
                  - type: object
                    required: [kind, size]
                    properties: { kind: { const: LID }, size: { type: integer } }
                  - type: object
                    required: [kind, colour]
                    properties: { kind: { const: SIDE }, colour: { type: [string, 'null'] } }
";

/// A pact that the document keeps.
const PACT: &str = r#"{
  "consumer": { "name": "office" },
  "provider": { "name": "depot" },
  "interactions": [
    {
      "type": "Synchronous/HTTP",
      "description": "a box",
      "request": {
        "method": "GET",
        "path": "/boxes/b1",
        "query": { "page": ["1"], "with": ["labels,story"] },
        "headers": { "Authorization": ["Bearer x"], "X-Depot": ["north"], "Cookie": ["seat=1"] }
      },
      "response": {
        "status": 200,
        "headers": { "ETag": ["x1"], "Content-Type": ["application/json"] },
        "body": {
          "content": {
            "id": "b1", "weight": 7, "state": "FULL",
            "parts": [{ "kind": "LID", "size": 3 }, { "kind": "SIDE", "colour": null }]
          },
          "contentType": "application/json", "encoded": false
        }
      }
    },
    {
      "type": "Synchronous/HTTP",
      "description": "a new name",
      "request": {
        "method": "PUT",
        "path": "/boxes/b1",
        "headers": { "X-Key": ["k"], "Content-Type": ["application/json"] },
        "query": { "office": ["7"] },
        "body": { "content": { "name": "lamps" }, "contentType": "application/json", "encoded": false }
      },
      "response": { "status": 204 }
    },
    {
      "type": "Synchronous/HTTP",
      "description": "an end",
      "request": { "method": "DELETE", "path": "/boxes/b1" },
      "response": { "status": 204 }
    },
    {
      "type": "Asynchronous/Messages",
      "description": "somebody moved it",
      "contents": { "content": { "boxId": "b1" }, "contentType": "application/json", "encoded": false },
      "metadata": { "event": "boxMoved" }
    }
  ],
  "metadata": { "pactSpecification": { "version": "4.0" } }
}
"#;

/// A change of one text, which must be there.
type Edit<'a> = (&'a str, &'a str);

fn edited(text: &str, edits: &[Edit<'_>]) -> String {
    let mut text = text.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// What stands between the document and the pact after these changes.
fn findings(document: &[Edit<'_>], pact: &[Edit<'_>]) -> Vec<Finding> {
    let api = Api::from_text("depot.yaml", &edited(DOCUMENT, document)).unwrap();
    let messages = Messages::of(&api.document).unwrap();
    let pact = pact::from_text("office.json", &edited(PACT, pact)).unwrap();
    pact::check(&pact, &api, &messages)
}

fn rules(findings: &[Finding]) -> Vec<Rule> {
    findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn a_pact_that_is_kept_has_no_findings() {
    let found = findings(&[], &[]);
    assert!(found.is_empty(), "{found:#?}");
}
