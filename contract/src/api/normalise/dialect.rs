//! From the dialect of OpenAPI 3.0 to JSON Schema 2020-12.

use serde_json::{Map, Value, json};

use super::Places;

/// Keywords that may refuse null whatever `type` says.
const COMBINING: [&str; 4] = ["allOf", "anyOf", "oneOf", "not"];
/// Keywords that say something of a value and refuse none.
const TELLING: [&str; 9] = [
    "title",
    "description",
    "default",
    "examples",
    "readOnly",
    "writeOnly",
    "deprecated",
    "xml",
    "externalDocs",
];

/// From the dialect of OpenAPI 3.0 to 2020-12.
pub(super) fn upgrade(schema: &mut Map<String, Value>) {
    if schema.remove("nullable") == Some(Value::Bool(true)) {
        if let Some(Value::String(kind)) = schema.get("type").cloned() {
            schema.insert("type".to_owned(), json!([kind, "null"]));
        }
        if let Some(Value::Array(values)) = schema.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
    }
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match schema.get(exclusive) {
            Some(Value::Bool(true)) => {
                schema.remove(exclusive);
                if let Some(limit) = schema.remove(bound) {
                    schema.insert(exclusive.to_owned(), limit);
                }
            }
            Some(Value::Bool(false)) => {
                schema.remove(exclusive);
            }
            _ => {}
        }
    }
    if let Some(example) = schema.remove("example") {
        schema.insert("examples".to_owned(), json!([example]));
    }
}

/// Whether keywords of a schema may refuse the null that it lets through.
pub(super) fn refuses_its_null(schema: &Map<String, Value>) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
        && COMBINING.iter().any(|key| schema.contains_key(*key))
}

/// A choice between a schema and null. Beside `allOf` and its like, which may refuse null, `nullable` would mean nothing
/// to the letter; whoever writes it there means this.
pub(super) fn or_null(
    schema: Map<String, Value>,
    pointer: &str,
    places: &mut Places,
) -> Map<String, Value> {
    let (mut outer, inner): (Map<_, _>, Map<_, _>) = schema
        .into_iter()
        .partition(|(key, _)| TELLING.contains(&key.as_str()));
    let inside = format!("{pointer}/");
    let moved: Vec<_> = places
        .iter()
        .filter_map(|(known, place)| {
            let rest = known.strip_prefix(&inside)?;
            Some((format!("{pointer}/anyOf/0/{rest}"), place.clone()))
        })
        .collect();
    places.extend(moved);
    if let Some(whole) = places.get(pointer).cloned() {
        for own in ["anyOf", "anyOf/0", "anyOf/1"] {
            places.insert(format!("{pointer}/{own}"), whole.clone());
        }
    }
    let choice = json!([inner, { "type": "null" }]);
    outer.insert("anyOf".to_owned(), choice);
    outer
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::Api;

    #[test]
    fn nullable_beside_a_combination_of_schemas_lets_null_through() {
        for written in [
            "{ allOf: [{ $ref: '#/components/schemas/Box' }], nullable: true }",
            "{ type: object, nullable: true, oneOf: [{ $ref: '#/components/schemas/Box' }], description: In it. }",
        ] {
            let document = format!(
                r#"
openapi: 3.0.3
info: {{ title: Depot, version: "1" }}
paths:
  /boxes:
    get:
      responses:
        "200": {{ description: It., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Box' }} }} }} }}
components:
  schemas:
    Box:
      type: object
      required: [inner]
      properties:
        inner: {written}
"#
            );
            let api = Api::from_text("depot.yaml", &document).unwrap();
            let (_, answer) = api.operations[0].answer(200).unwrap();
            let schema = answer.content["application/json"].schema.as_ref().unwrap();
            assert!(schema.takes(&json!({ "inner": null })), "{written}");
            assert!(schema.takes(&json!({ "inner": { "inner": null } })));
            assert!(!schema.takes(&json!({ "inner": 1 })));
            let place = api
                .schemas
                .place("Box.response", "/properties/inner/anyOf/0");
            assert_eq!(place.map_or(0, |place| place.line), 15, "{written}");
        }
    }
}
