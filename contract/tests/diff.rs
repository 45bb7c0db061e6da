//! The gate's rules, each provoked and each kept silent: every case is compared in both directions.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]
#![expect(unreachable_pub, reason = "nobody links against the tests")]

mod cases;

use std::collections::BTreeSet;

use contract::{
    diff::{Area, Change, Severity, Today, compare, rules},
    document::Document,
};
use serde_json::{Value, json};

use cases::{DOCUMENTS, SCHEMAS};

fn today() -> Today {
    Today {
        date: "2026-06-01".parse().unwrap(),
        notice_days: 90,
    }
}

fn document(value: &Value) -> Document {
    Document::from_text("api.json", &value.to_string())
        .unwrap_or_else(|error| panic!("{error}: {value:#}"))
}

/// Ids of what changed, without what is said of the documents' versions.
fn ids(old: &Value, new: &Value) -> BTreeSet<String> {
    found(old, new)
        .into_iter()
        .map(|change| change.rule)
        .collect()
}

fn found(old: &Value, new: &Value) -> Vec<Change> {
    let mut changes = compare(&document(old), &document(new), &today());
    changes.retain(|change| {
        !matches!(
            change.rule.as_str(),
            "api-version-not-bumped" | "api-major-version-not-bumped"
        )
    });
    changes
}

/// A document with one operation that holds `schema` at one place.
fn holding(area: Area, schema: &Value, version: &str) -> Value {
    let inside = json!({ "type": "object", "properties": { "inner": schema } });
    let content = |schema: &Value| json!({ "application/json": { "schema": schema } });
    let mut operation = json!({
        "operationId": "it",
        "responses": { "200": { "description": "ok" } },
    });
    match area {
        Area::RequestBody => operation["requestBody"] = json!({ "content": content(schema) }),
        Area::RequestProperty => operation["requestBody"] = json!({ "content": content(&inside) }),
        Area::RequestParameter => {
            operation["parameters"] = json!([{ "name": "p", "in": "query", "schema": schema }]);
        }
        Area::RequestParameterProperty => {
            operation["parameters"] = json!([{ "name": "p", "in": "query", "schema": inside }]);
        }
        Area::ResponseBody => operation["responses"]["200"]["content"] = content(schema),
        Area::ResponseProperty => operation["responses"]["200"]["content"] = content(&inside),
        Area::ResponseHeader => {
            operation["responses"]["200"]["headers"] = json!({ "X-P": { "schema": schema } });
        }
    }
    json!({
        "openapi": version,
        "info": { "title": "Test", "version": "1.0.0" },
        "paths": { "/it": { "post": operation } },
        "components": { "schemas": {
            "Cat": { "type": "object", "properties": { "kind": { "const": "cat" } } },
            "Dog": { "type": "object", "properties": { "kind": { "const": "dog" } } },
        } },
    })
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// `!` before a suffix means that it is told of a part: `inner` of what changed.
fn expected(area: Area, suffixes: &[&str]) -> BTreeSet<String> {
    suffixes
        .iter()
        .map(|suffix| match suffix.strip_prefix('!') {
            Some(suffix) => format!("{}-{suffix}", area.part().prefix()),
            None => format!("{}-{suffix}", area.prefix()),
        })
        .collect()
}

#[test]
fn every_change_of_a_schema_is_told_at_every_place_and_in_both_directions() {
    let mut provoked = BTreeSet::new();
    for case in SCHEMAS {
        let (old, new) = (parse(case.old), parse(case.new));
        for area in Area::ALL {
            if case.requests_only && !area.is_request() {
                continue;
            }
            if case.answers_only && area.is_request() {
                continue;
            }
            let (before, after) = (holding(area, &old, "3.1.0"), holding(area, &new, "3.1.0"));
            let forth = ids(&before, &after);
            let back = ids(&after, &before);
            let name = format!("{} ⇄ {} at {area:?}", case.old, case.new);
            assert_eq!(forth, expected(area, case.forth), "forth: {name}");
            assert_eq!(back, expected(area, case.back), "back: {name}");
            assert_eq!(ids(&before, &before), BTreeSet::new(), "same: {name}");
            provoked.extend(forth);
            provoked.extend(back);
        }
    }
    for rule in rules::SCHEMA_RULES {
        let somewhere = Area::ALL
            .iter()
            .any(|area| provoked.contains(&rule.id(*area)));
        assert!(somewhere, "no case provokes {}", rule.suffix);
    }
}

#[test]
fn every_other_change_is_told() {
    let mut provoked = BTreeSet::new();
    for case in DOCUMENTS {
        let mut old = base();
        let mut new = base();
        apply(&mut old, case.old);
        apply(&mut new, case.new);
        let forth = ids(&old, &new);
        let back = ids(&new, &old);
        let set = |list: &[&str]| {
            list.iter()
                .map(ToString::to_string)
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(forth, set(case.forth), "forth: {} ⇄ {}", case.old, case.new);
        assert_eq!(back, set(case.back), "back: {} ⇄ {}", case.old, case.new);
        assert_eq!(ids(&old, &old), BTreeSet::new(), "same: {}", case.old);
        provoked.extend(forth);
        provoked.extend(back);
    }
    for rule in rules::RULES {
        let is_of_versions = rule.id.ends_with("version-not-bumped");
        assert!(
            is_of_versions || provoked.contains(rule.id),
            "no case provokes {}",
            rule.id
        );
    }
}

/// A document that the cases change: a merge patch (RFC 7386) each.
fn base() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Test", "version": "1.0.0" },
        "servers": [{ "url": "https://api.example" }],
        "paths": {
            "/orders": {
                "get": { "operationId": "list", "tags": ["Orders"], "responses": { "200": { "description": "ok" } } },
                "post": {
                    "operationId": "create",
                    "requestBody": { "content": { "application/json": { "schema": { "type": "object" } } } },
                    "responses": {
                        "201": {
                            "description": "ok",
                            "headers": { "Location": { "schema": { "type": "string" } } },
                            "content": { "application/json": { "schema": { "type": "object" } } },
                        },
                        "409": { "description": "no", "x-error-codes": ["A"] },
                    },
                },
            },
            "/health": { "get": { "operationId": "health", "responses": { "200": { "description": "ok" } } } },
        },
        "components": {
            "securitySchemes": {
                "key": { "type": "apiKey", "in": "header", "name": "X-Key" },
                "bearer": { "type": "http", "scheme": "bearer" },
            },
            "schemas": { "Status": {
                "type": "string",
                "x-state-machine": { "transitions": [{ "from": "A", "to": "B", "by": ["owner"] }] },
            } },
        },
    })
}

fn apply(target: &mut Value, patch: &str) {
    if !patch.is_empty() {
        merge(target, &parse(patch));
    }
}

fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let object = target.as_object_mut().unwrap();
    for (key, value) in members {
        if value.is_null() {
            object.remove(key);
        } else {
            merge(object.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

#[test]
fn the_same_meaning_in_other_words_is_no_change() {
    let pairs = [
        (
            r#"{"type":["string","null"]}"#,
            r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
        ),
        (r#"{"const":"a"}"#, r#"{"enum":["a"]}"#),
        (
            r#"{"type":"integer","exclusiveMinimum":0}"#,
            r#"{"type":"integer","minimum":1}"#,
        ),
        (
            r#"{"type":"integer","maximum":9}"#,
            r#"{"type":"integer","maximum":9.0}"#,
        ),
        (r#"{"type":"string","minLength":0}"#, r#"{"type":"string"}"#),
        (
            r#"{"allOf":[{"type":"object","required":["a"]},{"properties":{"a":{"type":"string"}}}]}"#,
            r#"{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}"#,
        ),
        (
            r##"{"$ref":"#/components/schemas/Cat"}"##,
            r#"{"type":"object","properties":{"kind":{"const":"cat"}}}"#,
        ),
    ];
    for (one, other) in pairs {
        for area in Area::ALL {
            let one = holding(area, &parse(one), "3.1.0");
            let other = holding(area, &parse(other), "3.1.0");
            assert_eq!(ids(&one, &other), BTreeSet::new(), "{one} {other}");
            assert_eq!(ids(&other, &one), BTreeSet::new(), "{other} {one}");
        }
    }
}

#[test]
fn both_versions_of_openapi_are_understood() {
    let pairs = [
        (
            r#"{"type":"string","nullable":true}"#,
            r#"{"type":["string","null"]}"#,
        ),
        (
            r#"{"type":"number","minimum":0,"exclusiveMinimum":true}"#,
            r#"{"type":"number","exclusiveMinimum":0}"#,
        ),
        (
            r#"{"type":"string","nullable":true,"enum":["a",null]}"#,
            r#"{"type":["string","null"],"enum":["a",null]}"#,
        ),
        (
            r#"{"allOf":[{"type":"string"}],"nullable":true}"#,
            r#"{"anyOf":[{"type":"string"},{"type":"null"}]}"#,
        ),
        (
            r#"{"type":"object","nullable":true,"enum":[null]}"#,
            r#"{"type":"null"}"#,
        ),
    ];
    for (old, new) in pairs {
        for area in Area::ALL {
            let before = holding(area, &parse(old), "3.0.3");
            let after = holding(area, &parse(new), "3.1.0");
            assert_eq!(ids(&before, &after), BTreeSet::new(), "{old} {new}");
        }
    }
    let plain_and_nullable = [
        (
            r#"{"type":"string"}"#,
            r#"{"type":"string","nullable":true}"#,
        ),
        (
            r#"{"allOf":[{"type":"string"}]}"#,
            r#"{"allOf":[{"type":"string"}],"nullable":true}"#,
        ),
    ];
    for (plain, nullable) in plain_and_nullable {
        let in_answer = |schema| holding(Area::ResponseProperty, &parse(schema), "3.0.3");
        assert_eq!(
            ids(&in_answer(plain), &in_answer(nullable)),
            BTreeSet::from(["response-property-became-nullable".to_owned()]),
            "{nullable}"
        );
        assert_eq!(
            ids(&in_answer(nullable), &in_answer(plain)),
            BTreeSet::from(["response-property-became-not-nullable".to_owned()]),
            "{nullable}"
        );
    }
}

#[test]
fn a_schema_that_holds_itself_is_compared_once() {
    let tree = |extra: &str| {
        let mut document = holding(
            Area::ResponseBody,
            &parse(r##"{"$ref":"#/components/schemas/Tree"}"##),
            "3.1.0",
        );
        document["components"]["schemas"]["Tree"] = parse(&format!(
            r##"{{"type":"object","properties":{{"children":{{"type":"array","items":{{"$ref":"#/components/schemas/Tree"}}}}{extra}}}}}"##
        ));
        document
    };
    let changes = found(&tree(r#","name":{"type":"string"}"#), &tree(""));
    let places: Vec<String> = changes
        .iter()
        .map(|change| format!("{}: {}", change.rule, change.subject.part))
        .collect();
    assert_eq!(
        places,
        ["response-property-optional-property-removed: answer 200, `name`"]
    );
}

#[test]
fn every_rule_has_an_id_of_its_own_and_the_direction_decides() {
    let catalogue = rules::catalogue();
    let ids: BTreeSet<&String> = catalogue.iter().map(|(id, ..)| id).collect();
    assert_eq!(ids.len(), catalogue.len());
    assert!(catalogue.len() > 400, "{}", catalogue.len());
    let severity = |id: &str| {
        catalogue
            .iter()
            .find(|(known, ..)| known == id)
            .map_or_else(|| panic!("{id}"), |(_, severity, _)| *severity)
    };
    assert_eq!(
        severity("request-property-max-length-decreased"),
        Severity::Error
    );
    assert_eq!(
        severity("response-property-max-length-decreased"),
        Severity::Info
    );
    assert_eq!(
        severity("response-property-max-length-increased"),
        Severity::Error
    );
    assert_eq!(
        severity("response-property-enum-value-added"),
        Severity::Warning
    );
    assert_eq!(
        severity("request-parameter-default-value-changed"),
        Severity::Error
    );
}
