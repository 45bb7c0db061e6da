//! What is tried where an operation declares how it refuses any request.

use serde_json::json;

use super::{made, settings, small};
use crate::{
    case::{Case, Content, Expectation, Mode},
    generate::excess,
};

/// An operation with a JSON body that declares these answers.
fn answering(statuses: &[&str], limit: Option<usize>) -> Vec<Case> {
    let described = json!({ "description": "It." });
    let answers: serde_json::Map<_, _> = statuses
        .iter()
        .map(|status| ((*status).to_owned(), described.clone()))
        .collect();
    let mut operation = json!({
        "requestBody": { "content": { "application/json": { "schema": { "type": "object" } } } },
        "responses": answers,
    });
    if let Some(limit) = limit {
        operation["x-body-limit"] = json!(limit);
    }
    made(&small(&operation), &settings(), "n")
}

fn length(case: &Case) -> usize {
    match case.body.as_ref().map(|body| &body.content) {
        Some(Content::Bytes(bytes)) => bytes.len(),
        _ => 0,
    }
}

#[test]
fn refusals_that_are_declared_for_any_request_are_met() {
    let cases = answering(&["200", "406", "413", "414", "431"], Some(100));
    let met = |scenario: &str| {
        let mut found = cases.iter().filter(|case| case.origin.scenario == scenario);
        let case = found.next().unwrap_or_else(|| panic!("{scenario}"));
        assert_eq!(case.origin.mode, Mode::Positive);
        let Some(Expectation::MayRefuse(statuses)) = &case.origin.expectation else {
            panic!("{scenario}: {:?}", case.origin.expectation)
        };
        (case, statuses[0])
    };
    let (odd, status) = met("unacceptable_media_type");
    assert_eq!(
        (odd.header("Accept"), status),
        (Some(excess::MEDIA_TYPE), 406)
    );
    let (long, status) = met("uri_too_long");
    assert!(long.query[0].1.len() > 16 * 1024 && status == 414);
    let (wide, status) = met("headers_too_long");
    assert!(wide.header("X-Padding").unwrap().len() > 32 * 1024 && status == 431);
    let (heavy, status) = met("body_too_long");
    assert_eq!((length(heavy), status), (101, 413));
}

#[test]
fn refusals_that_are_not_declared_are_not_asked_for() {
    for statuses in [&["200"][..], &["200", "4XX"], &["200", "default"]] {
        let cases = answering(statuses, Some(100));
        let is_met =
            |case: &Case| matches!(case.origin.expectation, Some(Expectation::MayRefuse(_)));
        assert!(!cases.iter().any(is_met), "{statuses:?}");
    }
    // A body that would fill every report is not made; without a declared limit, one that most servers refuse is.
    let longest = |limit| {
        answering(&["200", "413"], limit)
            .iter()
            .map(length)
            .max()
            .unwrap_or_default()
    };
    assert!(longest(Some(1 << 30)) < 1024);
    assert_eq!(longest(None), 256 * 1024);
}
