//! Shrinking against made-up servers.

use serde_json::json;

use super::*;
use crate::{
    api::Api,
    case::{Content, Mode, Payload},
};

fn case(body: Value) -> Case {
    let schema = json!({
        "type": "object", "required": ["name"], "additionalProperties": false,
        "properties": {
            "name": { "type": "string", "minLength": 2, "maxLength": 5 },
            "note": { "type": "string" },
            "count": { "type": "integer" },
            "lines": { "type": "array", "items": { "type": "object" } },
        },
    });
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { "/x": { "post": {
            "parameters": [
                { "name": "q", "in": "query", "required": true, "schema": { "type": "string", "minLength": 1 } },
                { "name": "page", "in": "query", "schema": { "type": "integer", "maximum": 100 } },
                { "name": "Idempotency-Key", "in": "header", "schema": { "type": "string" } },
            ],
            "requestBody": { "content": { "application/json": { "schema": schema } } },
            "responses": { "200": { "description": "Fine." } },
        } } },
    });
    let api = Api::from_text("t.json", &document.to_string()).unwrap();
    let mut case = Case::new("1".into(), &api.operations[0], Phase::Coverage, 1);
    case.query = vec![("q".into(), "hello".into()), ("page".into(), "7".into())];
    case.headers = vec![
        ("X-Extra".into(), "1".into()),
        ("Idempotency-Key".into(), "\"k\"".into()),
    ];
    case.body = Some(Payload {
        media_type: "application/json".into(),
        content: Content::Json(body),
    });
    case
}

/// The smallest case for a made-up server, and how often it was asked.
fn shrunk(case: &Case, fails: impl Fn(&Case) -> bool) -> (Case, usize) {
    let mut search = Search::new(case);
    let mut best = case.clone();
    while let Some(candidate) = search.next() {
        if fails(&candidate) {
            search.keep(&candidate);
            best = candidate;
        }
    }
    (best, search.probes)
}

fn json_of(case: &Case) -> Value {
    case.body.as_ref().unwrap().json().unwrap().clone()
}

#[test]
fn what_the_failure_does_not_need_is_left_out() {
    let large = json!({ "name": "abcd", "note": "much text", "count": 900, "lines": [{ "a": 1 }, { "b": [1, 2, 3] }] });
    let fails = |case: &Case| {
        let body = case.body.as_ref().and_then(Payload::json);
        body.and_then(|body| body["count"].as_i64())
            .is_some_and(|count| count > 100)
    };
    let (best, asked) = shrunk(&case(large), fails);
    assert_eq!(json_of(&best), json!({ "name": "aa", "count": 112 }));
    // What is required stays, and the shortest that its schema takes.
    assert_eq!(best.query, [("q".to_owned(), "a".to_owned())]);
    assert_eq!(best.headers, []);
    assert!(asked <= PROBES);
}

#[test]
fn a_deviation_stays_the_one_that_it_is() {
    let mut long = case(json!({ "name": "abcdefghijklmnop", "note": "n" }));
    long.origin.mode = Mode::Negative;
    let (best, _) = shrunk(&long, |_| true);
    let body = json_of(&best);
    assert_eq!(body.as_object().unwrap().len(), 1);
    assert_eq!(body["name"].as_str().unwrap().chars().count(), 6);
    let mut missing = case(json!({ "name": "ab" }));
    missing.query.remove(0);
    let (best, _) = shrunk(&missing, |_| true);
    assert_eq!(best.query, []);
    let mut wrong = case(json!({ "name": "ab" }));
    wrong.query[1].1 = "1000".into();
    let (best, _) = shrunk(&wrong, |_| true);
    assert_eq!(
        best.query,
        [
            ("q".to_owned(), "a".to_owned()),
            ("page".to_owned(), "1000".to_owned())
        ]
    );
}

#[test]
fn texts_are_shortened_and_the_number_of_requests_is_bounded() {
    let mut text = case(json!({}));
    text.body = Some(Payload {
        media_type: "text/plain".into(),
        content: Content::Bytes("x".repeat(500).into()),
    });
    let (best, asked) = shrunk(&text, |case| {
        case.body
            .as_ref()
            .is_some_and(|body| body.bytes().len() >= 100)
    });
    let length = best.body.unwrap().bytes().len();
    assert!((100..120).contains(&length), "{length}");
    assert!(asked <= PROBES);
    let endless = case(
        json!({ "name": "ab", "lines": (0..200).map(|n| json!({ "n": n })).collect::<Vec<_>>() }),
    );
    let (_, asked) = shrunk(&endless, |case| {
        case.body
            .as_ref()
            .is_some_and(|body| body.bytes().len() > 1_000)
    });
    assert!(asked <= PROBES);
}

#[test]
fn what_cannot_be_smaller_stays_as_it_is() {
    let given = case(json!({ "name": "abc", "note": "much" }));
    let (best, asked) = shrunk(&given, |_| false);
    assert_eq!(best.query, given.query);
    assert_eq!(json_of(&best), json_of(&given));
    assert!(asked > 5);
}

#[test]
fn keys_are_new_in_every_attempt_and_sequences_are_left_alone() {
    let mut keyed = case(json!({}));
    renew_key(&mut keyed, 3);
    assert_eq!(keyed.header("idempotency-key"), Some("\"k-s3\""));
    assert!(stands_alone(&keyed));
    keyed.origin.parent = Some("0".into());
    assert!(!stands_alone(&keyed));
}

#[test]
fn half_of_a_form_is_not_proposed() {
    for media_type in [
        "multipart/form-data; boundary=b",
        "application/x-www-form-urlencoded",
        "application/yaml",
    ] {
        let mut form = case(json!({}));
        form.body = Some(Payload {
            media_type: media_type.into(),
            content: Content::Bytes("name=abc&note=much".into()),
        });
        let (best, _) = shrunk(&form, |_| true);
        assert_eq!(best.body, form.body);
    }
}
