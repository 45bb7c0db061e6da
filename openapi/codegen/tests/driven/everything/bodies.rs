//! Bodies: every kind of member, its violations, three-state members.

use serde_json::{Value, json};

use super::{ID, created, service, whole_item};
use crate::host::{Ask, ask};

#[tokio::test]
async fn every_kind_of_member_makes_the_round_trip() {
    let answer = created(&whole_item()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let mut expected = whole_item();
    expected["id"] = json!(ID);
    expected["quantity"] = json!(1);
    expected.as_object_mut().unwrap().remove("secret");
    assert_eq!(answer.body["data"], expected);
    assert_eq!(
        (&answer.body["success"], &answer.body["error"]),
        (&json!(true), &Value::Null)
    );
    assert!(
        answer.body["requestId"].is_string() && answer.body["timestamp"].is_string(),
        "{answer:?}"
    );
    assert_eq!(
        answer.header("location"),
        Some("/items/00000000-0000-7000-8000-000000000001")
    );
    assert_eq!(answer.header("etag"), None);
}

#[tokio::test]
async fn every_violation_of_a_body_has_its_place_and_reason() {
    let cases = [
        ("name", json!(""), "name too_short"),
        ("name", json!(7), "name invalid_type"),
        ("name", Value::Null, "name invalid_type"),
        ("price", json!(-1), "price too_small"),
        ("price", json!(9_007_199_254_740_992_i64), "price too_big"),
        ("price", json!(1.5), "price invalid_type"),
        ("status", json!("open"), "status not_in_enum"),
        ("note", json!("x".repeat(101)), "note too_long"),
        ("secret", json!("short"), "secret too_short"),
        ("pack", json!(7), "pack not_multiple"),
        ("ratio", json!(0.3), "ratio not_multiple"),
        ("ratio", json!(1.25), "ratio too_big"),
        ("contact", json!("nobody"), "contact invalid_format"),
        ("homepage", json!("no uri"), "homepage invalid_format"),
        ("address", json!("127.0.0.256"), "address invalid_format"),
        ("codes", json!([]), "codes too_few_items"),
        ("codes", json!(["ABC", "abc"]), "codes[1] pattern_mismatch"),
        ("codes", json!(["ABC", "ABC"]), "codes[1] duplicate"),
        ("labels", json!({"a": ""}), "labels.a too_short"),
        (
            "labels",
            json!({"a": "1", "b": "2", "c": "3"}),
            "labels too_many_items",
        ),
        (
            "parts",
            json!([{"partId": "x", "size": {"width": 1, "height": 1}}]),
            "parts[0].partId invalid_format",
        ),
        (
            "parts",
            json!([{"partId": ID, "size": {"width": 1}}]),
            "parts[0].size.height required",
        ),
        ("marks", json!([10]), "marks[0] too_big"),
        ("due", json!("yesterday"), "due invalid_format"),
        ("id", json!(ID), "id unknown_field"),
        ("quantity", Value::Null, "quantity invalid_type"),
    ];
    for (member, value, expected) in cases {
        let mut body = whole_item();
        body[member] = value;
        let answer = created(&body).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "VALIDATION_ERROR"),
            "{expected}"
        );
        assert_eq!(answer.violations(), [format!("body {expected}")]);
    }
}

#[tokio::test]
async fn all_violations_come_at_once_in_the_order_of_the_document() {
    let answer = ask(&service(), "POST /items?dryRun=maybe&extra=1")
        .bearer("admin-token")
        .json(&json!({"price": "free", "status": "LOST", "surprise": 1}))
        .send()
        .await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "body name required",
            "body note required",
            "body price invalid_type",
            "body status not_in_enum",
            "body surprise unknown_field",
            "query dryRun invalid_type",
            "query extra unknown_field"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_things() {
    let routes = service();
    let change = async |body: Value| {
        let path = format!("PATCH /items/{ID}");
        let asked: Ask<'_, _> = ask(&routes, &path)
            .bearer("plain-token")
            .header("idempotency-key", "k1");
        asked.json(&body).send().await
    };
    let answer = change(json!({"note": null, "due": "2026-01-02T03:04:05Z"})).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let name = answer.body["data"]["name"].as_str().unwrap();
    assert!(name.starts_with("None Null Value("), "{name}");
    let answer = change(json!({"name": "new", "note": "words"})).await;
    assert_eq!(
        answer.body["data"]["name"],
        "Some(\"new\") Value(\"words\") Absent k1"
    );
    assert_eq!(answer.header("etag"), Some("\"2\""));
    let answer = change(json!({"name": null})).await;
    assert_eq!(answer.violations(), ["body name invalid_type"]);
    let answer = change(json!({})).await;
    assert_eq!(
        (answer.status, answer.violations().len()),
        (400, 1),
        "{answer:?}"
    );
}
