use serde_json::json;

use crate::api::{Api, Schemas, StatusPattern};

const DOCUMENT: &str = r##"
openapi: 3.0.3
info: { title: Depot, version: "1" }
security: [{ key: [] }]
paths:
  /boxes/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer, minimum: 0, exclusiveMinimum: true } }
    get:
      operationId: readBox
      responses:
        "200":
          description: It.
          content: { application/json: { schema: { $ref: "#/components/schemas/Box" } } }
          links: { again: { operationId: readBox, parameters: { id: $response.body#/id } } }
        4XX: { description: No. }
    put:
      security: []
      requestBody:
        content: { application/json: { schema: { $ref: "#/components/schemas/Box" }, example: { label: a } } }
      responses: { default: { description: Anything. } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Box:
      type: object
      required: [id, label, secret]
      properties:
        id: { type: integer, readOnly: true }
        label: { type: string, nullable: true }
        secret: { type: string, writeOnly: true }
        inner: { $ref: "#/components/schemas/Box" }
"##;

#[test]
fn a_document_of_3_0_becomes_schemas_of_2020_12_by_direction() {
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let read = api.operation("readBox").unwrap();
    let (pattern, answer) = read.answer(200).unwrap();
    assert_eq!(pattern, StatusPattern::Exact(200));
    let answered = answer.content["application/json"].schema.as_ref().unwrap();
    assert!(answered.takes(&json!({ "id": 1, "label": null })));
    assert!(!answered.takes(&json!({ "id": 1, "label": null, "secret": "s" })));
    let broken = answered
        .violations(&json!({ "id": "1", "label": "a", "inner": {} }))
        .unwrap();
    assert_eq!(broken.len(), 3, "{broken:?}");
    assert_eq!(broken[0].keyword, "type");
    let put = api.operation("PUT /boxes/{id}").unwrap();
    let sent = put.body.as_ref().unwrap().media["application/json"]
        .schema
        .as_ref()
        .unwrap();
    assert!(sent.takes(&json!({ "label": "a", "secret": "s" })));
    assert!(!sent.takes(&json!({ "label": "a" })));
    let meant = api.schemas.follow(&sent.value);
    assert_eq!(
        meant["properties"]["label"]["type"],
        json!(["string", "null"])
    );
    assert_eq!(
        Schemas::name(&meant["properties"]["inner"]),
        Some("Box.request")
    );
    assert_eq!(
        read.parameters[0].schema.value["exclusiveMinimum"],
        json!(0)
    );
    assert_eq!(
        api.schemas
            .place("Box.request", "/properties/label/type")
            .unwrap()
            .line,
        30
    );
}

#[test]
fn security_links_and_paths_are_read() {
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let (read, captured) = api.at("GET", "/boxes/a%2Fb").unwrap();
    assert_eq!(captured["id"], "a/b");
    assert_eq!(read.security[0].schemes[0].0, "key");
    assert!(
        api.operation("PUT /boxes/{id}")
            .unwrap()
            .security
            .is_empty()
    );
    assert_eq!(read.answers[0].links[0].target, "GET /boxes/{id}");
    assert_eq!(read.answer(404).unwrap().0, StatusPattern::Class(4));
    assert_eq!(api.methods_of("/boxes/{id}"), ["GET", "PUT"]);
}

#[test]
fn what_makes_no_sense_is_said_with_its_place() {
    let broken = DOCUMENT
        .replace(
            "operationId: readBox, parameters",
            "operationId: nobody, parameters",
        )
        .replace(
            "schemas/Box\" } } }\n          links",
            "schemas/Bax\" } } }\n          links",
        )
        .replace("[{ key: [] }]", "[{ lock: [] }]");
    let problems = Api::from_text("depot.yaml", &broken)
        .unwrap_err()
        .to_string();
    for wanted in ["nobody", "Bax", "lock"] {
        assert!(problems.contains(wanted), "{wanted} in {problems}");
    }
    assert!(
        problems.lines().all(|line| line.starts_with("depot.yaml:")),
        "{problems}"
    );
}
