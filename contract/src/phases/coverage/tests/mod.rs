//! What the phase makes of whole documents, without a server.

mod refusals;
mod texts;

use std::{collections::BTreeSet, path::Path, sync::LazyLock, time::Duration};

use serde_json::{Value, json};
use url::Url;

use super::*;
use crate::{
    api::{Api, Location},
    case::Mode,
    config::{Filter, Settings},
    exchange::{Exchange, Received, Sent},
    measure::Measure,
    pool::Pool,
};

fn settings() -> Settings {
    let mut settings = Settings::new(Url::parse("http://127.0.0.1:1").unwrap());
    settings.phases.insert(Phase::Coverage);
    settings
}

fn made(api: &Api, settings: &Settings, nonce: &str) -> Vec<Case> {
    let api = Arc::new(
        Api::read(Path::new(api.document.name())).unwrap_or_else(|_| {
            Api::from_text(
                "t.json",
                &api.document.root().unwrap().to_json().to_string(),
            )
            .unwrap()
        }),
    );
    let pool = Pool::new(&api);
    let context = Context {
        api: &api,
        settings,
        pool: &pool,
        nonce,
    };
    let new = |operation: &Arc<Operation>| Case::new("a".into(), operation, Phase::Coverage, 42);
    let stages = stages(&api, settings, Phase::Coverage);
    let operations = stages.iter().flatten();
    operations
        .flat_map(|operation| cases(context, operation, new))
        .collect()
}

fn document(name: &str) -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../openapi")
        .join(name);
    Api::read(&path).unwrap()
}

/// All cases of our own document, made once.
fn ours() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> =
        LazyLock::new(|| made(&document("v1.yaml"), &settings(), "n"));
    &CASES
}

fn small(operation: &Value) -> Api {
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { "/things": { "post": operation } },
    });
    Api::from_text("t.json", &document.to_string()).unwrap()
}

fn refused(case: Case) -> Exchange {
    Exchange {
        sent: Sent {
            method: case.method.clone(),
            url: String::new(),
            headers: case.headers.clone(),
            body: None,
        },
        outcome: Ok(Received {
            status: 400,
            headers: Vec::new(),
            body: bytes::Bytes::new(),
            is_cut: false,
            elapsed: Duration::ZERO,
            http_version: "1.1",
        }),
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        verdicts: Vec::new(),
        case,
    }
}

/// What no case touches, of a kind.
fn never(api: &Api, cases: Vec<Case>, kind: &str) -> Vec<String> {
    let mut measure = Measure::new(api, &Filter::default());
    for case in cases {
        measure.see(&refused(case));
    }
    let coverage = measure.coverage();
    let mut at = 0;
    for (known, all, seen) in coverage.kinds {
        let missing = all - seen;
        if known == kind {
            let never = coverage.never.iter().skip(at).take(missing);
            return never
                .map(|(name, place)| format!("{place}: {name}"))
                .collect();
        }
        at += missing;
    }
    Vec::new()
}

#[test]
fn every_operation_parameter_and_keyword_of_our_own_document_has_its_cases() {
    for name in ["v1.yaml", "v1-3.0.json"] {
        let api = document(name);
        let cases = made(&api, &settings(), "n");
        assert!(cases.len() > 1_000, "{name}: {}", cases.len());
        for kind in ["operations", "parameters", "keywords"] {
            let never = never(&api, cases.clone(), kind);
            assert!(never.is_empty(), "{name}: {kind}\n{}", never.join("\n"));
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_cases_and_keys_of_a_run_are_its_own() {
    let api = document("v1.yaml");
    let text = |cases: &[Case]| {
        let cases = cases.iter().map(|case| {
            format!(
                "{} {:?} {:?} {:?} {:?} {:?}",
                case.method, case.path, case.query, case.headers, case.body, case.origin
            )
        });
        cases.collect::<Vec<_>>().join("\n")
    };
    let cases = ours();
    assert!(text(cases) == text(&made(&api, &settings(), "n")));
    let mut other = settings();
    other.seed = 7;
    assert!(text(cases) != text(&made(&api, &other, "n")));
    let is_key =
        |(name, value): &&(String, String)| name == "Idempotency-Key" && value.contains("n-");
    let keys: Vec<_> = cases
        .iter()
        .flat_map(|case| case.headers.iter().filter(is_key))
        .collect();
    let different: BTreeSet<_> = keys.iter().map(|(_, value)| value).collect();
    assert!(keys.len() > 10, "{}", keys.len());
    assert_eq!(keys.len(), different.len());
}

#[test]
fn every_scenario_of_the_vocabulary_is_there() {
    let cases = ours();
    let scenarios: BTreeSet<_> = cases
        .iter()
        .map(|case| case.origin.scenario.as_str())
        .collect();
    for scenario in [
        "default_positive_test",
        "example_value",
        "default_value",
        "enum_value",
        "valid_string",
        "valid_number",
        "valid_boolean",
        "null_value",
        "minimum_length_string",
        "maximum_length_string",
        "near_boundary_length_string",
        "minimum_value",
        "maximum_value",
        "near_boundary_number",
        "maximum_items_array",
        "enum_value_items_array",
        "object_only_required",
        "object_required_and_optional",
        "value_above_maximum",
        "value_below_minimum",
        "string_above_max_length",
        "string_below_min_length",
        "array_above_max_items",
        "array_below_min_items",
        "object_unexpected_properties",
        "object_missing_required_property",
        "incorrect_type",
        "invalid_enum_value",
        "invalid_format",
        "invalid_pattern",
        "non_unique_items",
        "missing_parameter",
        "duplicate_parameter",
        "unspecified_http_method",
        "malformed_content_type",
        "unsupported_content_type",
        "malformed_body",
        "unacceptable_media_type",
        "uri_too_long",
        "headers_too_long",
        "body_too_long",
    ] {
        assert!(scenarios.contains(scenario), "{scenario}");
    }
    for case in cases {
        let origin = &case.origin;
        assert!(!origin.description.is_empty() && !origin.scenario.is_empty());
        let is_shape = origin.scenario == "unspecified_http_method";
        if origin.mode == Mode::Negative && !is_shape {
            assert!(
                origin.location.is_some() && origin.place.is_some(),
                "{origin:?}"
            );
            let negative = origin
                .components
                .values()
                .filter(|mode| **mode == Mode::Negative);
            assert_eq!(negative.count(), 1, "{origin:?}");
        }
    }
    let methods: BTreeSet<_> = cases
        .iter()
        .filter(|case| case.origin.scenario == "unspecified_http_method")
        .map(|case| case.method.as_str())
        .collect();
    for method in [
        "GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY",
    ] {
        assert!(methods.contains(method), "{method}");
    }
}

#[test]
fn every_case_breaks_the_document_at_one_place_or_at_none() {
    for case in ours() {
        let origin = &case.origin;
        for parameter in &case.operation.parameters {
            let Some(text) = text_of(case, parameter.location, &parameter.name) else {
                continue;
            };
            let is_target = origin.location == Some(parameter.location)
                && origin.parameter.as_deref() == Some(parameter.name.as_str());
            if is_target && origin.mode == Mode::Negative
                || parameter.schema.value.get("items").is_some()
            {
                continue;
            }
            let readings = [
                Some(Value::String(text.clone())),
                serde_json::from_str(&text).ok(),
            ];
            let is_valid = readings
                .iter()
                .flatten()
                .any(|value| parameter.schema.takes(value));
            assert!(is_valid, "{} {text:?} {origin:?}", parameter.name);
        }
        let body = case
            .body
            .as_ref()
            .and_then(|body| Some((body.json()?, case.operation.body.as_ref()?)));
        if let Some((value, declared)) = body
            && origin.location != Some(Location::Header)
            && origin.scenario != "nul_character"
        {
            let schema = declared.media[0].schema.as_ref().unwrap();
            let is_negative =
                origin.mode == Mode::Negative && origin.location == Some(Location::Body);
            assert_eq!(schema.takes(value), !is_negative, "{value} {origin:?}");
        }
    }
}

fn text_of(case: &Case, location: Location, name: &str) -> Option<String> {
    let found = |pairs: &[(String, String)]| {
        let found = pairs.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.clone())
    };
    match location {
        Location::Path => case.path.get(name).cloned(),
        Location::Query => found(&case.query),
        Location::Header => found(&case.headers),
        _ => found(&case.cookies),
    }
}

#[test]
fn what_contains_itself_is_tried_once_and_wholly() {
    let graph = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { "/things": { "post": {
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Box" } } } },
            "responses": { "200": { "description": "Fine." } },
        } } },
        "components": { "schemas": {
            "Box": { "type": "object", "properties": {
                "label": { "type": "string", "maxLength": 5 },
                "left": { "$ref": "#/components/schemas/Shelf" }, "right": { "$ref": "#/components/schemas/Shelf" },
            } },
            "Shelf": { "allOf": [{ "type": "object", "properties": {
                "level": { "type": "integer", "maximum": 9 },
                "first": { "$ref": "#/components/schemas/Box" }, "last": { "$ref": "#/components/schemas/Box" },
            } }] },
        } },
    });
    let api = Api::from_text("t.json", &graph.to_string()).unwrap();
    let cases = made(&api, &settings(), "n");
    assert!(cases.len() < 200, "{}", cases.len());
    assert_eq!(never(&api, cases, "keywords"), Vec::<String>::new());
}

#[test]
fn configured_values_win_and_filters_keep_operations_out() {
    let api = small(&json!({
        "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string", "minLength": 2 } }],
        "responses": { "200": { "description": "Fine." } },
    }));
    let mut settings = settings();
    settings.parameters.insert("q".to_owned(), json!("fixed"));
    let cases = made(&api, &settings, "n");
    assert!(!cases.is_empty());
    assert!(
        cases
            .iter()
            .all(|case| text_of(case, Location::Query, "q").unwrap() == "fixed")
    );
    settings.phases.clear();
    assert!(made(&api, &settings, "n").is_empty());
}

#[test]
fn a_schema_that_nothing_fits_is_noted_with_its_place() {
    let api = small(&json!({
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": { "type": "string", "minLength": 5, "maxLength": 2 } } } },
        "responses": { "200": { "description": "Fine." } },
    }));
    let settings = settings();
    assert!(made(&api, &settings, "n").is_empty());
    let api = Arc::new(api);
    let pool = Pool::new(&api);
    let context = Context {
        api: &api,
        settings: &settings,
        pool: &pool,
        nonce: "n",
    };
    let notes = Template::new(context, &api.operations[0]).notes;
    assert!(notes[0].0.contains("no value was found"), "{notes:?}");
    assert_eq!(notes[0].1.file, "t.json");
}
