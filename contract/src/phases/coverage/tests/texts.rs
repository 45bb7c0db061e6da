//! Parameters and forms are texts on the wire: what can be read as valid is no deviation.

use std::sync::Arc;

use serde_json::json;

use super::{made, settings, small, text_of};
use crate::{
    api::Location,
    case::Mode,
    generate::template::{Context, Template},
    pool::Pool,
};

#[test]
fn texts_that_can_be_read_as_valid_are_no_deviations() {
    let api = small(&json!({
        "parameters": [
            { "name": "q", "in": "query", "schema": { "type": "string" } },
            { "name": "n", "in": "query", "schema": { "type": "integer", "maximum": 5 } },
        ],
        "responses": { "200": { "description": "Fine." } },
    }));
    let cases = made(&api, &settings(), "n");
    let about = |name: &str| {
        let cases = cases.iter().filter(|case| {
            case.origin.parameter.as_deref() == Some(name)
                && case.origin.mode == Mode::Negative
                && case.origin.scenario != "duplicate_parameter"
        });
        cases
            .filter_map(|case| text_of(case, Location::Query, name))
            .collect::<Vec<_>>()
    };
    assert_eq!(about("q"), Vec::<String>::new());
    let numbers = about("n");
    assert!(
        numbers.contains(&"6".to_owned()) && numbers.contains(&"1.5".to_owned()),
        "{numbers:?}"
    );
    assert!(
        !numbers.iter().any(|text| text == "1.0" || text == "1"),
        "{numbers:?}"
    );
    // Nor is it certain to be valid: readers of texts differ about it.
    let valid = cases.iter().filter(|case| {
        case.origin.parameter.as_deref() == Some("n") && case.origin.mode == Mode::Positive
    });
    let mut valid = valid.filter_map(|case| text_of(case, Location::Query, "n"));
    assert!(valid.all(|text| !text.contains('.')));
}

#[test]
fn forms_and_multipart_bodies_are_tried_as_texts() {
    let schema = json!({ "type": "object", "required": ["count"], "additionalProperties": false,
        "properties": { "count": { "type": "integer", "minimum": 1 }, "file": { "type": "string", "format": "binary" } } });
    let api = small(&json!({
        "requestBody": { "required": true, "content": {
            "application/x-www-form-urlencoded": { "schema": schema },
            "multipart/form-data": { "schema": schema },
            "application/xml": { "schema": schema } } },
        "responses": { "200": { "description": "Fine." } },
    }));
    let cases = made(&api, &settings(), "n");
    let bodies: Vec<String> = cases
        .iter()
        .filter_map(|case| case.body.as_ref())
        .map(|body| {
            format!(
                "{} {}",
                body.media_type,
                String::from_utf8_lossy(&body.bytes())
            )
        })
        .collect();
    assert!(
        bodies
            .iter()
            .any(|body| body.ends_with("urlencoded count=0")),
        "{bodies:?}"
    );
    assert!(
        bodies
            .iter()
            .any(|body| body.contains("boundary=") && body.contains("filename="))
    );
    let form = cases
        .iter()
        .filter(|case| case.origin.mode == Mode::Negative)
        .filter(|case| case.origin.location == Some(Location::Body))
        .filter_map(|case| case.body.as_ref());
    assert!(
        !form.clone().any(|body| body.bytes() == "count=1"),
        "{bodies:?}"
    );
    let api = Arc::new(api);
    let pool = Pool::new(&api);
    let context = Context {
        api: &api,
        settings: &settings(),
        pool: &pool,
        nonce: "n",
    };
    let notes = Template::new(context, &api.operations[0]).notes;
    assert!(
        notes.len() == 1 && notes[0].0.contains("application/xml"),
        "{notes:?}"
    );
}

#[test]
fn in_a_form_any_text_is_a_list_of_one_beside_members_that_are_none() {
    let schema = json!({ "type": "object", "required": ["title"],
        "properties": { "title": { "type": "string" }, "tags": { "type": "array", "items": { "type": "string" } } } });
    let api = small(&json!({
        "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": schema } } },
        "responses": { "200": { "description": "Fine." } },
    }));
    let cases = made(&api, &settings(), "n");
    let wrong = cases
        .iter()
        .filter(|case| case.origin.location == Some(Location::Body))
        .filter(|case| case.origin.mode == Mode::Negative)
        .filter(|case| case.origin.parameter.as_deref() == Some("/tags"));
    let told: Vec<_> = wrong.map(|case| case.origin.description.clone()).collect();
    assert!(told.is_empty(), "{told:?}");
}
