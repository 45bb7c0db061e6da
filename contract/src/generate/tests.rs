//! Every keyword, with what it takes and what breaks it, judged by the validator.

use serde_json::{Value, json};

use super::{
    negative,
    node::Source,
    positive::{self, Room},
    values::{Maker, Style},
};
use crate::api::{Api, Schema};

const ROOM: Room = Room {
    text: 5_000,
    items: 100,
};

/// A document whose only body is of a schema.
fn document(version: &str, schema: &Value) -> Api {
    let text = json!({
        "openapi": version,
        "info": { "title": "Test", "version": "1" },
        "paths": { "/x": { "post": {
            "requestBody": { "content": { "application/json": { "schema": schema } } },
            "responses": { "200": { "description": "Fine." } },
        } } },
        "components": { "schemas": {
            "Cat": { "type": "object", "required": ["kind", "lives"], "properties": {
                "kind": { "type": "string" }, "lives": { "type": "integer", "minimum": 1, "maximum": 9 } } },
            "Dog": { "type": "object", "required": ["kind", "tricks"], "properties": {
                "kind": { "type": "string" }, "tricks": { "type": "array", "items": { "type": "string", "minLength": 2 } } } },
            "Tree": { "type": "object", "required": ["name"], "additionalProperties": false, "properties": {
                "name": { "type": "string", "maxLength": 10 },
                "children": { "type": "array", "maxItems": 3, "items": { "$ref": "#/components/schemas/Tree" } },
                "parent": { "$ref": "#/components/schemas/Tree" } } },
            "Sum": { "oneOf": [
                { "type": "object", "required": ["left", "right"], "properties": {
                    "left": { "$ref": "#/components/schemas/Sum" }, "right": { "$ref": "#/components/schemas/Sum" } } },
                { "type": "integer" } ] },
            "Endless": { "type": "object", "required": ["inner"], "properties": {
                "inner": { "$ref": "#/components/schemas/Endless" } } },
        } },
    });
    Api::from_text("test.json", &text.to_string()).unwrap()
}

fn schema(api: &Api) -> &Schema {
    let body = api.operations[0].body.as_ref().unwrap();
    body.media[0].schema.as_ref().unwrap()
}

fn maker(api: &Api) -> Maker<'_> {
    let source = Source {
        schema: schema(api),
        schemas: &api.schemas,
    };
    Maker::new(source, 42, Vec::new(), None)
}

/// Makes everything from a schema; gives the keywords that were tried and those that were broken.
fn tried(schema_text: &Value) -> (Vec<&'static str>, Vec<&'static str>) {
    let api = document("3.1.0", schema_text);
    let mut maker = maker(&api);
    let schema = schema(&api);
    for style in [Style::Usual, Style::Required, Style::Full, Style::Random] {
        let value = maker.valid(style);
        let value = value.unwrap_or_else(|| panic!("{style:?} of {schema_text}"));
        assert!(schema.takes(&value), "{style:?} {schema_text} {value}");
    }
    for _ in 0..30 {
        assert!(
            schema.takes(&maker.valid(Style::Random).unwrap()),
            "{schema_text}"
        );
    }
    let positive = positive::variants(&mut maker, ROOM);
    assert!(!positive.is_empty(), "{schema_text}");
    for variant in &positive {
        let broken = schema.violations(&variant.value).unwrap();
        assert!(broken.is_empty(), "{schema_text} {variant:?} {broken:?}");
    }
    let negative = negative::deviations(&mut maker, ROOM);
    for variant in &negative {
        let broken = schema.violations(&variant.value).unwrap();
        assert!(!broken.is_empty(), "{schema_text} {variant:?}");
        assert!(!variant.scenario.is_empty() && !variant.description.is_empty());
    }
    (
        positive.iter().map(|variant| variant.keyword).collect(),
        negative.iter().map(|variant| variant.keyword).collect(),
    )
}

/// The keywords of a schema that must be tried, and those that must be broken.
fn check(schema: &Value, takes: &[&str], breaks: &[&str]) {
    let (positive, negative) = tried(schema);
    for keyword in takes {
        assert!(
            positive.contains(keyword),
            "{keyword} of {schema}: {positive:?}"
        );
    }
    for keyword in breaks {
        assert!(
            negative.contains(keyword),
            "{keyword} of {schema}: {negative:?}"
        );
    }
}

#[test]
fn scalars_are_tried_at_every_bound_and_beyond() {
    check(
        &json!({ "type": "integer", "minimum": 1, "maximum": 100 }),
        &["minimum", "maximum", "type"],
        &["minimum", "maximum", "type"],
    );
    check(
        &json!({ "type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 5, "multipleOf": 2 }),
        &["exclusiveMinimum"],
        &["exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    );
    check(
        &json!({ "type": "number", "minimum": 0.01, "maximum": 9.99, "multipleOf": 0.01 }),
        &["minimum", "multipleOf"],
        &["minimum", "maximum", "multipleOf", "type"],
    );
    check(
        &json!({ "type": "integer", "format": "int32" }),
        &["type"],
        &["type"],
    );
    check(
        &json!({ "type": "integer", "minimum": i64::MIN, "maximum": u64::MAX }),
        &["maximum"],
        &["maximum"],
    );
    check(&json!({ "type": "boolean" }), &["type"], &["type"]);
    check(
        &json!({ "type": ["string", "null"], "maxLength": 3 }),
        &["type", "maxLength"],
        &["maxLength", "type"],
    );
    check(&json!({ "enum": ["a", "b", 3] }), &["enum"], &["enum"]);
    check(&json!({ "const": "a" }), &["const"], &["const"]);
    check(&json!({ "type": "null" }), &["type"], &["type"]);
    tried(&json!({}));
    tried(&json!(true));
}

#[test]
fn texts_are_tried_at_their_lengths_patterns_and_formats() {
    check(
        &json!({ "type": "string", "minLength": 3, "maxLength": 5 }),
        &["minLength", "maxLength"],
        &["minLength", "maxLength"],
    );
    check(
        &json!({ "type": "string", "pattern": "^[A-Z]{3}-\\d{2,4}$" }),
        &["pattern"],
        &["pattern"],
    );
    check(
        &json!({ "type": "string", "pattern": "^[^\\x00-\\x1F\\x7F]*[^\\s\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$", "minLength": 1, "maxLength": 100 }),
        &["pattern", "minLength", "maxLength"],
        &["pattern", "maxLength"],
    );
    check(
        &json!({ "type": "string", "pattern": "b" }),
        &["pattern"],
        &["pattern"],
    );
    for format in [
        "uuid",
        "date",
        "time",
        "date-time",
        "duration",
        "email",
        "hostname",
        "ipv4",
        "ipv6",
        "uri",
        "regex",
    ] {
        check(
            &json!({ "type": "string", "format": format }),
            &["format"],
            &["format"],
        );
    }
    check(
        &json!({ "type": "string", "format": "email", "minLength": 3, "maxLength": 254 }),
        &["maxLength", "format"],
        &["minLength", "maxLength", "format"],
    );
    check(
        &json!({ "type": "string", "format": "date-time", "maxLength": 35 }),
        &["format", "maxLength"],
        &["maxLength", "format"],
    );
    check(
        &json!({ "type": "string", "format": "uuid", "minLength": 36, "maxLength": 36 }),
        &["minLength"],
        &["minLength", "maxLength", "format"],
    );
    tried(&json!({ "type": "string", "format": "byte" }));
}

#[test]
fn lists_are_tried_with_every_number_of_items() {
    check(
        &json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 4 }),
        &["minItems", "maxItems"],
        &["minItems", "maxItems", "type"],
    );
    check(
        &json!({ "type": "array", "items": { "enum": ["a", "b"] }, "uniqueItems": true, "minItems": 1, "maxItems": 2 }),
        &["enum", "uniqueItems"],
        &["uniqueItems", "maxItems", "enum"],
    );
    check(
        &json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "items": false }),
        &[],
        &["items", "type"],
    );
    check(
        &json!({ "type": "array", "contains": { "const": 7 }, "minContains": 2, "maxContains": 3 }),
        &[],
        &["contains", "maxContains"],
    );
}

#[test]
fn objects_are_tried_with_and_without_everything() {
    let order = json!({
        "type": "object", "additionalProperties": false, "required": ["lines"],
        "properties": {
            "note": { "type": "string", "maxLength": 10 },
            "gift": { "type": "boolean", "default": false },
            "lines": { "type": "array", "minItems": 1, "maxItems": 5, "items": {
                "type": "object", "required": ["sku"], "additionalProperties": false,
                "properties": { "sku": { "type": "string", "minLength": 2 }, "count": { "type": "integer", "minimum": 1 } } } },
        },
    });
    check(
        &order,
        &["required", "default", "minLength", "minimum", "maxItems"],
        &[
            "required",
            "additionalProperties",
            "maxLength",
            "minLength",
            "minimum",
            "minItems",
        ],
    );
    let api = document("3.1.0", &order);
    let mut maker = maker(&api);
    let negative = negative::deviations(&mut maker, ROOM);
    for variant in &negative {
        let broken = schema(&api).violations(&variant.value).unwrap();
        assert!(
            broken
                .iter()
                .all(|violation| violation.keyword == variant.keyword),
            "{variant:?} {broken:?}"
        );
        assert!(
            broken
                .iter()
                .all(|violation| violation.instance.starts_with(&variant.pointer)),
            "{variant:?} {broken:?}"
        );
        assert!(variant.place.is_some(), "{variant:?}");
    }
    assert!(
        negative
            .iter()
            .any(|variant| variant.pointer == "/lines/0/count")
    );
    check(
        &json!({ "type": "object", "minProperties": 2, "maxProperties": 3, "additionalProperties": { "type": "integer" } }),
        &["minProperties", "maxProperties"],
        &["minProperties", "maxProperties", "type"],
    );
    check(
        &json!({ "type": "object", "propertyNames": { "pattern": "^[a-z]+$" }, "additionalProperties": { "type": "string" } }),
        &["additionalProperties"],
        &["propertyNames"],
    );
    check(
        &json!({ "type": "object", "patternProperties": { "^n_[a-z]+$": { "type": "integer", "maximum": 5 } } }),
        &["maximum"],
        &["maximum", "type"],
    );
    check(
        &json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } }, "dependentRequired": { "a": ["b"] } }),
        &["properties"],
        &["dependentRequired"],
    );
}

#[test]
fn compositions_are_tried_branch_by_branch() {
    check(
        &json!({ "allOf": [{ "type": "object", "required": ["a"], "properties": { "a": { "type": "integer", "minimum": 1 } } }, { "properties": { "a": { "maximum": 3 } } }] }),
        &["minimum", "maximum"],
        &["required", "minimum", "maximum"],
    );
    check(
        &json!({ "oneOf": [{ "type": "string", "maxLength": 3 }, { "type": "integer", "minimum": 5 }] }),
        &["oneOf"],
        &["maxLength", "minimum"],
    );
    check(
        &json!({ "anyOf": [{ "type": "object", "required": ["x"], "properties": { "x": { "type": "integer" } } }, { "type": "object", "required": ["y"], "properties": { "y": { "type": "boolean" } } }] }),
        &["anyOf"],
        &["type"],
    );
    check(
        &json!({ "type": "string", "not": { "const": "no" } }),
        &["type"],
        &["not"],
    );
    check(
        &json!({ "type": "object", "required": ["kind"], "properties": { "kind": { "enum": ["a", "b"] }, "more": { "type": "string" } },
        "if": { "properties": { "kind": { "const": "a" } } }, "then": { "required": ["more"] } }),
        &["if"],
        &["required", "enum"],
    );
    check(
        &json!({ "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
        "discriminator": { "propertyName": "kind", "mapping": { "cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog" } } }),
        &["oneOf"],
        &["minimum", "minLength"],
    );
}

#[test]
fn a_discriminator_sets_its_property() {
    let api = document(
        "3.1.0",
        &json!({
            "oneOf": [{ "$ref": "#/components/schemas/Cat" }, { "$ref": "#/components/schemas/Dog" }],
            "discriminator": { "propertyName": "kind", "mapping": { "feline": "#/components/schemas/Cat" } },
        }),
    );
    let values: Vec<Value> = positive::variants(&mut maker(&api), ROOM)
        .into_iter()
        .map(|variant| variant.value)
        .collect();
    assert!(
        values
            .iter()
            .any(|value| value["kind"] == "feline" && value["lives"].is_number()),
        "{values:?}"
    );
    assert!(
        values
            .iter()
            .any(|value| value["kind"] == "Dog" && value["tricks"].is_array()),
        "{values:?}"
    );
}

#[test]
fn recursion_ends_and_what_never_ends_gives_nothing() {
    check(
        &json!({ "$ref": "#/components/schemas/Tree" }),
        &["maxLength", "maxItems"],
        &["maxLength", "required", "maxItems"],
    );
    tried(&json!({ "$ref": "#/components/schemas/Sum" }));
    for never in [
        json!({ "$ref": "#/components/schemas/Endless" }),
        json!(false),
        json!({ "type": "integer", "minimum": 3, "maximum": 2 }),
        json!({ "type": "string", "enum": [1] }),
    ] {
        let api = document("3.1.0", &never);
        assert_eq!(maker(&api).valid(Style::Usual), None, "{never}");
        assert!(negative::deviations(&mut maker(&api), ROOM).is_empty());
    }
}

#[test]
fn schemas_of_3_0_are_read_with_their_own_words() {
    let api = document(
        "3.0.3",
        &json!({ "type": "object", "required": ["n"], "properties": {
        "n": { "type": "integer", "minimum": 0, "exclusiveMinimum": true, "nullable": true },
        "id": { "type": "string", "readOnly": true } } }),
    );
    let values: Vec<Value> = positive::variants(&mut maker(&api), ROOM)
        .into_iter()
        .map(|variant| variant.value)
        .collect();
    assert!(values.contains(&json!({ "n": null })), "{values:?}");
    assert!(values.iter().all(|value| value.get("id").is_none()));
    let broken: Vec<Value> = negative::deviations(&mut maker(&api), ROOM)
        .into_iter()
        .map(|variant| variant.value)
        .collect();
    assert!(broken.contains(&json!({ "n": 0 })), "{broken:?}");
}

#[test]
fn the_same_seed_makes_the_same_values() {
    let api = document(
        "3.1.0",
        &json!({ "type": "object", "properties": { "a": { "type": "string", "format": "uuid" }, "b": { "type": "array", "items": { "type": "number" } } } }),
    );
    let values = || {
        let mut maker = maker(&api);
        (0..20)
            .map(|_| maker.valid(Style::Random))
            .collect::<Vec<_>>()
    };
    assert_eq!(values(), values());
}
