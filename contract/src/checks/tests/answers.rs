//! What is said of answers alone.

use std::time::Duration;

use serde_json::json;

use super::{super::Check, Scene, line, read};
use crate::{api::StatusPattern, case::Expectation, exchange::NoAnswer};

#[test]
fn an_answer_that_keeps_to_the_document_breaks_no_check_in_either_version() {
    for version in ["3.0.3", "3.1.0"] {
        let scene = Scene::of(version, "readBox").json(
            200,
            &json!({ "id": 1, "label": null, "at": "2026-01-02T03:04:05Z" }),
        );
        assert_eq!(scene.found(), Vec::<String>::new(), "{version}");
        let judged = scene.judged();
        assert_eq!(judged.verdicts.len(), 15, "{:?}", judged.verdicts);
    }
}

#[test]
fn a_5xx_is_a_server_error_unless_it_is_expected() {
    let mut scene = read().answered(503, "", "");
    assert_eq!(scene.codes(), ["ST101", "ST103"]);
    let expected = vec![StatusPattern::Exact(503), StatusPattern::Class(2)];
    scene
        .rules
        .expected
        .insert(Check::NotAServerError, expected);
    assert_eq!(scene.codes(), ["ST103"]);
    let scene = read().answered(100, "", "");
    assert_eq!(scene.of_check(Check::NotAServerError), ["ST101"]);
}

#[test]
fn statuses_are_declared_exactly_by_class_or_by_default() {
    assert_eq!(read().answered(418, "", "").codes(), ["ST103", "ST202"]);
    assert!(read().json(204, &json!({ "id": 1 })).codes().is_empty());
    assert!(
        Scene::new("deleteBox")
            .answered(299, "", "")
            .codes()
            .is_empty()
    );
}

#[test]
fn the_media_type_is_one_that_is_declared() {
    for (operation, status, media_type, wanted) in [
        ("readBox", 404, "application/problem+json", ""),
        ("readBox", 404, "text/plain", "ST105"),
        ("readBox", 404, "", "ST104"),
        ("readBox", 404, "garbage", "ST106"),
        ("deleteBox", 200, "text/plain", ""),
        ("open", 200, "image/png", "ST106"),
    ] {
        let scene = Scene::new(operation).answered(status, media_type, "{}");
        let found = scene.of_check(Check::ContentTypeConformance);
        assert_eq!(found.join(","), wanted, "{operation} {media_type}");
    }
    let scene = read().answered(404, "text/plain", "x");
    let place = line("\"404\": { description: None.");
    assert_eq!(
        scene.found(),
        [format!("ST105 content_type_conformance {place}")]
    );
}

#[test]
fn headers_of_answers_are_read_by_their_types() {
    let made = || {
        Scene::new("createBox")
            .sent_header("X-Depot", "ab")
            .json(201, &json!({ "id": 1 }))
    };
    for (name, value, wanted) in [
        ("x-left", "5", ""),
        ("x-left", "-5", "ST108"),
        ("x-left", "five", "ST108"),
        ("x-tags", "1,2", ""),
        ("x-tags", "1,b", "ST108"),
        ("x-other", "?", ""),
    ] {
        let scene = made().header("location", "/boxes/1").header(name, value);
        let found = scene.of_check(Check::ResponseHeadersConformance);
        assert_eq!(found.join(","), wanted, "{name}: {value}");
    }
    let place = line("Location:");
    assert_eq!(
        made().found(),
        [format!("ST107 response_headers_conformance {place}")]
    );
    let broken = made().header("location", "/1").header("x-left", "-5");
    let place = line("X-Left:");
    assert_eq!(
        broken.found(),
        [format!("ST108 response_headers_conformance {place}")]
    );
}

#[test]
fn a_body_is_held_against_the_schema_of_its_media_type() {
    for (version, body, wanted) in [
        ("3.0.3", json!({ "id": "1" }), "id: { type: integer }"),
        ("3.1.0", json!({}), "      required: [id]"),
        ("3.0.3", json!({ "id": 1, "at": "noon" }), "at: {"),
        ("3.1.0", json!({ "id": 1, "label": 5 }), "NULLABLE"),
        ("3.0.3", json!({ "id": 1, "secret": "s" }), "secret:"),
    ] {
        let scene = Scene::of(version, "readBox").json(200, &body);
        let wanted = format!("ST108 response_schema_conformance {}", line(wanted));
        assert_eq!(scene.found(), [wanted], "{version} {body}");
    }
    let mut scene = read().json(200, &json!({ "id": 1, "at": "noon" }));
    scene.rules.validates_formats = Some(false);
    assert!(scene.codes().is_empty());
    let scene = read().json(200, &json!({ "id": "x", "label": 5 }));
    let judged = scene.judged();
    let messages: Vec<_> = judged
        .failures()
        .map(|failure| failure.message.as_str())
        .collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages[0].contains("Received at /id: \"x\""),
        "{messages:?}"
    );
    assert!(messages[0].contains("/properties/id/type"), "{messages:?}");
}

#[test]
fn a_body_that_cannot_be_read_is_told_by_its_format() {
    let cases: [(&str, &[u8], &str); 8] = [
        ("application/json", b"{", "ST109"),
        ("application/json", b"", "ST109"),
        (
            "application/json",
            b"{\"id\": 1, \"label\": \"\xff\"}",
            "ST110",
        ),
        (
            "application/json; charset=latin1",
            b"{\"id\": 1, \"label\": \"\xff\"}",
            "",
        ),
        ("text/yaml", b"id: [", "ST110"),
        ("text/yaml", b"id: 1", ""),
        ("text/yaml", b"id: one", "ST108"),
        ("nonsense", b"{}", "ST110"),
    ];
    for (media_type, body, wanted) in cases {
        let mut scene = read().answered(200, media_type, "");
        scene.exchange.outcome.as_mut().unwrap().body = body.to_vec().into();
        let found = scene.of_check(Check::ResponseSchemaConformance);
        assert_eq!(found.join(","), wanted, "{media_type} {body:?}");
    }
    let scene = read().answered(200, "", "{}");
    let found = scene.of_check(Check::ResponseSchemaConformance);
    assert_eq!(found, ["ST104", "ST108"]);
}

#[test]
fn what_nobody_declares_or_reads_is_held_against_nothing() {
    for (status, media_type) in [
        (404, "application/xml"),
        (200, "text/plain"),
        (418, "application/json"),
    ] {
        let scene = read().answered(status, media_type, "?");
        assert!(
            scene.of_check(Check::ResponseSchemaConformance).is_empty(),
            "{media_type}"
        );
    }
}

#[test]
fn a_discriminator_names_one_of_its_schemas() {
    for (body, wanted) in [
        (json!({ "kind": "round", "r": 1 }), ""),
        (json!({ "kind": "Square", "a": 1 }), ""),
        (json!({ "kind": "oval", "r": 1 }), "ST111"),
        (json!({ "r": 1 }), ""),
    ] {
        let scene = Scene::new("open").json(200, &body);
        let found = scene.of_check(Check::ResponseSchemaConformance);
        assert_eq!(found.join(","), wanted, "{body}");
    }
    let scene = Scene::new("open").json(200, &json!({ "kind": "oval", "r": 1 }));
    let wanted = format!(
        "ST111 response_schema_conformance {}",
        line("discriminator:")
    );
    assert!(scene.found().contains(&wanted), "{:?}", scene.found());
}

#[test]
fn every_event_of_a_stream_is_held_against_the_schema() {
    let stream = |text: &str| Scene::new("open").answered(200, "text/event-stream", text);
    assert!(stream("id: 1\ndata: x\n\n").codes().is_empty());
    assert_eq!(stream("data: x\n\n").codes(), ["ST108"]);
    let mut endless = stream("id: 1\ndata: x\n\ndata: half");
    endless.exchange.outcome.as_mut().unwrap().is_cut = true;
    assert!(endless.codes().is_empty());
}

#[test]
fn an_answer_comes_in_time_and_ends() {
    for (outcome, code) in [
        (NoAnswer::TimedOut(Duration::from_secs(1)), "NO_ANSWER"),
        (NoAnswer::Unreachable("refused".to_owned()), "NO_ANSWER"),
        (NoAnswer::Broken("half a head".to_owned()), "BROKEN_ANSWER"),
    ] {
        let mut scene = read();
        scene.exchange.outcome = Err(outcome);
        assert_eq!(scene.codes(), [code]);
    }
    // Who may refuse a request before reading all of it may end the connection with the answer.
    let mut refused = read().expecting(Expectation::MayRefuse(vec![414]));
    refused.exchange.outcome = Err(NoAnswer::Broken("reset".to_owned()));
    assert!(refused.codes().is_empty());
    refused.exchange.outcome = Err(NoAnswer::TimedOut(Duration::from_secs(1)));
    assert_eq!(refused.codes(), ["NO_ANSWER"]);
    let mut endless = read().json(200, &json!({ "id": "x" }));
    endless.exchange.outcome.as_mut().unwrap().is_cut = true;
    assert_eq!(endless.codes(), ["ENDLESS_BODY"]);
    let mut slow = read().json(200, &json!({ "id": 1 }));
    slow.rules.max_response_time = Some(Duration::from_millis(9));
    assert_eq!(slow.codes(), ["ST112"]);
    slow.rules.max_response_time = Some(Duration::from_millis(10));
    assert!(slow.codes().is_empty());
}

#[test]
fn checks_that_are_off_say_nothing() {
    let mut scene = read().answered(500, "", "");
    scene.rules.default = Some(false);
    scene
        .rules
        .enabled
        .insert(Check::StatusCodeConformance, true);
    assert_eq!(scene.codes(), ["ST103"]);
    assert_eq!(scene.judged().verdicts.len(), 1);
}
