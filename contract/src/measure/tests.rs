use std::{sync::Arc, time::Duration};

use super::*;
use crate::{
    case::{Case, Content, Payload, Phase},
    exchange::{Received, Sent},
};

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Depot, version: "1" }
paths:
  /boxes:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 9 } }
      responses:
        "200":
          description: Them.
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Box" } }
        "400": { description: No. }
    post:
      requestBody:
        content: { application/json: { schema: { $ref: "#/components/schemas/Box" } } }
      responses: { "201": { description: Made. } }
components:
  schemas:
    Box:
      type: object
      required: [label]
      additionalProperties: false
      properties:
        label: { type: string, maxLength: 5, format: password }
        inner: { $ref: "#/components/schemas/Box" }
"##;

fn exchange(
    api: &Api,
    label: &str,
    mode: Mode,
    status: u16,
    body: &str,
    fill: impl Fn(&mut Case),
) -> Exchange {
    let operation = api.operation(label).unwrap();
    let mut case = Case::new("a".into(), operation, Phase::Coverage, 1);
    case.origin.mode = mode;
    fill(&mut case);
    Exchange {
        sent: Sent {
            method: case.method.clone(),
            url: String::new(),
            headers: Vec::new(),
            body: None,
        },
        outcome: Ok(Received {
            status,
            headers: vec![("content-type".into(), "application/json".into())],
            body: body.to_owned().into(),
            is_cut: false,
            elapsed: Duration::ZERO,
            http_version: "1.1",
        }),
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        verdicts: Vec::new(),
        case,
    }
}

fn kinds(measure: &Measure) -> Vec<(&'static str, usize, usize)> {
    measure.coverage().kinds
}

#[test]
fn a_document_is_counted_in_operations_statuses_parameters_keywords_and_fields() {
    let api = Arc::new(Api::from_text("depot.yaml", DOCUMENT).unwrap());
    let measure = Measure::new(&api, &Filter::default());
    // type, minimum and maximum of the limit; type, required, additionalProperties of the box, type and maxLength of
    // its label: a password is no format to be broken, and a box inside a box is the same box.
    assert_eq!(
        kinds(&measure),
        [
            ("operations", 2, 0),
            ("statuses", 3, 0),
            ("parameters", 1, 0),
            ("keywords", 8, 0),
            ("fields", 2, 0)
        ]
    );
    let coverage = measure.coverage();
    let (name, place) = coverage
        .never
        .iter()
        .find(|(name, _)| name.contains("maxLength"))
        .unwrap();
    assert_eq!(name, "POST /boxes, body: label maxLength");
    assert_eq!(place.line, 27);
}

#[test]
fn a_keyword_is_exercised_by_what_it_refuses_and_a_field_by_what_comes() {
    let api = Arc::new(Api::from_text("depot.yaml", DOCUMENT).unwrap());
    let mut measure = Measure::new(&api, &Filter::default());
    measure.see(&exchange(
        &api,
        "GET /boxes",
        Mode::Positive,
        200,
        r#"[{"label":"a"}]"#,
        |case| {
            case.query.push(("limit".into(), "3".into()));
        },
    ));
    assert_eq!(
        kinds(&measure)[2..],
        [("parameters", 1, 1), ("keywords", 8, 0), ("fields", 2, 1)]
    );
    measure.see(&exchange(
        &api,
        "GET /boxes",
        Mode::Negative,
        400,
        "{}",
        |case| {
            case.query.push(("limit".into(), "10".into()));
        },
    ));
    measure.see(&exchange(
        &api,
        "POST /boxes",
        Mode::Negative,
        201,
        "{}",
        |case| {
            case.set_json(serde_json::json!({ "label": 1, "colour": 2 }));
        },
    ));
    assert_eq!(
        kinds(&measure)[..2],
        [("operations", 2, 2), ("statuses", 3, 3)]
    );
    let never: Vec<_> = measure
        .coverage()
        .never
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    for seen in ["maximum", "label type", "additionalProperties"] {
        assert!(
            !never.iter().any(|name| name.ends_with(seen)),
            "{seen} in {never:?}"
        );
    }
    assert!(
        never.iter().any(|name| name.ends_with("label maxLength")),
        "{never:?}"
    );
}

#[test]
fn what_undeclared_methods_are_told_is_told_by_every_operation_of_the_path() {
    let refused = "      responses: { \"405\": { description: Never. } }\n";
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    get:\n{refused}    post:\n{refused}  /b:\n    get:\n{refused}"
    );
    let api = Api::from_text("t.yaml", &document).unwrap();
    let mut measure = Measure::new(&api, &Filter::default());
    measure.see(&exchange(&api, "GET /a", Mode::Negative, 405, "", |case| {
        case.method = "TRACE".to_owned();
    }));
    assert_eq!(
        kinds(&measure)[..2],
        [("operations", 3, 0), ("statuses", 3, 2)]
    );
}

#[test]
fn a_minimum_is_read_and_what_it_misses_is_said() {
    let coverage = Coverage {
        kinds: vec![("operations", 2, 2), ("statuses", 10, 4)],
        never: Vec::new(),
    };
    assert_eq!(coverage.percent(), 50);
    assert_eq!(Minimum::parse("50").unwrap().missed(&coverage), [""; 0]);
    assert_eq!(
        Minimum::parse("60,statuses=41,operations=100")
            .unwrap()
            .missed(&coverage),
        [
            "50 % of the document was exercised, 60 % are asked for",
            "40 % of the statuses were exercised, 41 % are asked for"
        ]
    );
    assert!(
        Minimum::parse("statues=1")
            .unwrap_err()
            .contains("statuses")
    );
    assert!(Minimum::parse("101").is_err());
}

#[test]
fn keywords_of_forms_and_of_members_of_parameters_are_exercised_by_their_texts() {
    let schema = r"{ type: object, required: [size], properties: { size: { type: integer, maximum: 9 }, tags: { type: array, maxItems: 1, items: { type: string, maxLength: 3 } } } }";
    let document = format!(
        r#"
openapi: 3.1.0
info: {{ title: Depot, version: "1" }}
paths:
  /boxes:
    post:
      parameters: [{{ name: f, in: query, style: deepObject, schema: {schema} }}]
      requestBody:
        content: {{ multipart/form-data: {{ schema: {schema} }}, application/x-www-form-urlencoded: {{ schema: {schema} }} }}
      responses: {{ "201": {{ description: Made. }} }}
"#
    );
    let api = Arc::new(Api::from_text("depot.yaml", &document).unwrap());
    let mut measure = Measure::new(&api, &Filter::default());
    let keywords = |measure: &Measure| kinds(measure)[3];
    assert_eq!(keywords(&measure), ("keywords", 15, 0));
    let mut see = |query: &[(&str, &str)], media_type: &str, body: &str| {
        let made = exchange(&api, "POST /boxes", Mode::Negative, 400, "{}", |case| {
            let pairs = query.iter();
            case.query = pairs
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect();
            case.body = Some(Payload {
                media_type: media_type.to_owned(),
                content: Content::Bytes(body.to_owned().into()),
            });
        });
        measure.see(&made);
    };
    let form = "application/x-www-form-urlencoded";
    see(&[("f[size]", "10")], form, "size=10");
    see(&[("f[size]", "x")], form, "size=x");
    see(&[("f[tags]", "long")], form, "tags=long");
    see(&[], form, "size=1&tags=a&tags=b");
    let parts = |texts: &[(&str, &str)]| {
        let parts = texts.iter().map(|(name, text)| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")
        });
        format!("{}--b--\r\n", parts.collect::<String>())
    };
    let multipart = "multipart/form-data; boundary=b";
    see(&[], multipart, &parts(&[("size", "10"), ("tags", "long")]));
    see(&[], multipart, &parts(&[("size", "x")]));
    see(&[], multipart, &parts(&[("tags", "a"), ("tags", "b")]));
    let never: Vec<_> = measure.coverage().never;
    let never: Vec<_> = never.iter().map(|(name, _)| name.as_str()).collect();
    let keywords = never.iter().filter(|name| name.contains(": "));
    let left: Vec<_> = keywords.copied().collect();
    assert_eq!(left, ["POST /boxes, query `f`: tags maxItems"]);
}

#[test]
fn schemas_that_refer_to_each_other_many_times_over_are_counted_in_time() {
    let of = |number: usize| {
        let refer =
            |to: usize| serde_json::json!({ "$ref": format!("#/components/schemas/S{to}") });
        let next = (1..6).map(|step| (format!("r{step}"), refer((number * 5 + step) % 30)));
        let mut properties: serde_json::Map<_, _> = next.collect();
        properties.insert(
            "a".into(),
            serde_json::json!({ "type": "string", "maxLength": 5 }),
        );
        (
            format!("S{number}"),
            serde_json::json!({ "type": "object", "properties": properties }),
        )
    };
    let content = serde_json::json!({ "application/json": { "schema": { "$ref": "#/components/schemas/S0" } } });
    let document = serde_json::json!({
        "openapi": "3.1.0", "info": { "title": "Graph", "version": "1" },
        "paths": { "/x": { "post": {
            "requestBody": { "content": content },
            "responses": { "200": { "description": "It.", "content": content } } } } },
        "components": { "schemas": (0..30).map(of).collect::<serde_json::Map<_, _>>() },
    });
    let api = Api::from_text("graph.json", &document.to_string()).unwrap();
    let parts = kinds(&Measure::new(&api, &Filter::default()));
    let counted: usize = parts.iter().map(|(_, all, _)| all).sum();
    assert!((2_000..10_000).contains(&counted), "{parts:?}");
}
