//! Defaults, constants, unions, recursion and enums.

use serde_json::{Value, json};

use super::{service, whole_item};
use crate::goldens::everything::{ItemInput, ItemStatus};
use crate::host::ask;

#[tokio::test]
async fn what_is_absent_gets_its_default() {
    let answer = ask(&service(), "POST /defaults")
        .json(&json!({}))
        .send()
        .await;
    let filled = answer.body.as_str().unwrap_or_default();
    let expected = concat!(
        "2026-01-02T03:04:05.678Z 00000000-0000-7000-8000-000000000009 0 Defaults { flag: true, small: -5, ",
        "big: 123456789, float: 0.5, double: 12345.678, text: \"a \\\"text\\\"\", choice: Right, ",
        "id: 00000000-0000-7000-8000-000000000009, at: Timestamp(2026-01-02T03:04:05.678Z), on: 2026-01-02, ",
        "v4: 127.0.0.1, v6: ::1, host: \"example.org\", bytes: \"QQ==\", maybe: Some(3), nothing: None, ",
        "list: [\"a\", \"b\"], empty: [], map: Map({\"a\": 1}) }"
    );
    assert_eq!(filled, expected, "{answer:?}");
}

#[tokio::test]
async fn null_is_no_default_and_constants_are_checked() {
    let fill = async |body: Value| ask(&service(), "POST /defaults").json(&body).send().await;
    let answer = fill(json!({"maybe": null, "answer": 42, "agreed": true, "never": null})).await;
    assert!(
        answer
            .body
            .as_str()
            .unwrap_or_default()
            .contains("maybe: None"),
        "{answer:?}"
    );
    let answer = fill(json!({
        "answer": 41, "agreed": false, "never": 0, "v6": "::g", "host": "-", "bytes": "Q", "float": 2, "flag": null,
        "map": {"a": 10}, "double": "1"
    }))
    .await;
    assert_eq!(
        answer.violations(),
        [
            "body flag invalid_type",
            "body float too_big",
            "body double invalid_type",
            "body v6 invalid_format",
            "body host invalid_format",
            "body bytes invalid_format",
            "body map.a too_big",
            "body answer not_in_enum",
            "body agreed not_in_enum",
            "body never not_in_enum"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_union_is_told_apart_by_its_discriminator() {
    let report = async |body: Value| ask(&service(), "POST /reports").json(&body).send().await;
    let answer = report(json!({"kind": "circle", "radius": 3})).await;
    assert_eq!(
        answer.body,
        json!({"shape": {"kind": "circle", "radius": 3}, "counts": {"sides": 4}, "value": 3, "anything": [1, null]}),
        "{answer:?}"
    );
    let answer = report(json!({"width": 1, "height": 2, "kind": "rectangle"})).await;
    assert_eq!(
        answer.body["shape"],
        json!({"kind": "rectangle", "width": 1, "height": 2, "filled": true})
    );
    assert_eq!(answer.body["value"], "four");
    assert_eq!(
        report(json!({"radius": 3})).await.violations(),
        ["body kind required"]
    );
    assert_eq!(
        report(json!({"kind": "line"})).await.violations(),
        ["body kind not_in_enum"]
    );
    assert_eq!(
        report(json!({"kind": "circle", "radius": 0, "width": 1}))
            .await
            .violations(),
        ["body width unknown_field", "body radius too_small"]
    );
}

#[tokio::test]
async fn recursion_maps_and_unions_by_type_make_the_round_trip() {
    let leaf = json!({"name": "leaf", "reading": 5, "type": "oak"});
    let tree = json!({
        "name": "root", "children": [leaf, {"name": "b", "reading": "words"}], "named": {"x": leaf}, "parent": leaf,
        "extras": {"kind": "k", "a": 1, "b": 9}, "self": "itself"
    });
    let answer = ask(&service(), "PUT /trees").json(&tree).send().await;
    assert_eq!((answer.status, &answer.body), (200, &tree));

    let tree = json!({
        "name": "root", "children": [{"reading": true}, {"name": "b", "reading": 101}], "named": {"x": {"name": ""}},
        "parent": {"name": "p", "parent": {"name": 1}}, "extras": {"a": 10}, "type": "ash"
    });
    let answer = ask(&service(), "PUT /trees").json(&tree).send().await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "body children[0].name required",
            "body children[0].reading invalid_type",
            "body children[1].reading too_big",
            "body extras.a too_big",
            "body extras.kind required",
            "body named.x.name too_short",
            "body parent.parent.name invalid_type",
            "body type not_in_enum"
        ],
        "{answer:?}"
    );
}

#[test]
fn the_state_machine_is_the_documents() {
    assert_eq!(ItemStatus::INITIAL, [ItemStatus::Open]);
    assert_eq!(
        ItemStatus::Open.causes(ItemStatus::Closed),
        ["owner", "admin"]
    );
    assert!(ItemStatus::Closed.successors().next().is_none());
    assert_eq!(
        ItemStatus::Open.successors().collect::<Vec<_>>(),
        [ItemStatus::InUse, ItemStatus::Closed]
    );
}

#[test]
fn enums_are_texts_in_both_directions() {
    for (value, name) in ItemStatus::ALL.iter().zip(ItemStatus::NAMES) {
        assert_eq!(
            (value.as_str(), value.to_string()),
            (*name, (*name).to_owned())
        );
        assert_eq!(name.parse::<ItemStatus>().ok(), Some(*value));
    }
    assert!("open".parse::<ItemStatus>().is_err());
}

#[test]
fn a_secret_is_not_shown() {
    let input: ItemInput = serde_json::from_value(whole_item()).expect("a valid item");
    let shown = format!("{input:?}");
    assert!(
        !shown.contains("a long secret") && shown.contains("lamp"),
        "{shown}"
    );
}
