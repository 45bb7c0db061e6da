//! Parameters of every place, credentials together, answers of every kind.

use serde_json::json;

use super::{ID, created, service, whole_item};
use crate::host::ask;

#[tokio::test]
async fn a_declared_refusal_and_a_stored_answer_come_back() {
    let mut body = whole_item();
    body["name"] = json!("twice");
    let answer = created(&body).await;
    assert_eq!((answer.status, answer.code()), (409, "ITEM_EXISTS"));
    body["name"] = json!("replayed");
    let answer = created(&body).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("idempotency-replayed"), Some("true"));
    assert_eq!(answer.body["data"]["name"], "replayed");
}

#[tokio::test]
async fn parameters_of_every_place_arrive_typed() {
    let other = ID.replace('1', "2");
    let path = format!(
        "GET /items?q=a%20b&status=OPEN&status=CLOSED&ids={ID},{other}&on=2026-01-02&maxPrice=9.5&sort=price"
    );
    let path = format!("{path}&since=2026-01-02T03%3A04%3A05%2B01%3A00");
    let answer = ask(&service(), &path)
        .header("x-region", "at")
        .header("x-levels", "1, 2")
        .header("cookie", "theme=dark")
        .send()
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(
        answer.body["data"][0]["name"],
        "Some(\"a b\") [Open, Closed] 2 Some(\"2026-01-02T02:04:05.000Z\") Some(\"2026-01-02\") Some(9.5) price at \
         [1, 2] Some(Dark)"
    );
    assert_eq!(answer.body["meta"], json!({"total": 1, "next": null}));
    let answer = ask(&service(), &format!("GET /items?ids={ID}"))
        .send()
        .await;
    assert_eq!(
        answer.body["data"][0]["name"],
        "None [Open] 1 None None None -createdAt de [] None"
    );
}

#[tokio::test]
async fn violations_of_parameters_of_every_place_come_together() {
    let answer = ask(
        &service(),
        "GET /items?q=A&status=LOST&maxPrice=1000.5&since=now&on=today&sort=name",
    )
    .header("x-region", "austria")
    .header("x-levels", "1,10")
    .header("cookie", "theme=pink")
    .header("if-none-match", "\"a tag that is too long\"")
    .send()
    .await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "cookie theme not_in_enum",
            "header If-None-Match too_long",
            "header X-Levels[1] too_big",
            "header X-Region too_long",
            "query ids required",
            "query maxPrice too_big",
            "query on invalid_format",
            "query q pattern_mismatch",
            "query q too_short",
            "query since invalid_format",
            "query sort not_in_enum",
            "query status[0] not_in_enum"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_required_idempotency_key_must_come() {
    let path = format!("PATCH /items/{ID}");
    let answer = ask(&service(), &path)
        .bearer("plain-token")
        .json(&json!({"name": "new"}))
        .send()
        .await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "IDEMPOTENCY_KEY_MISSING"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_body_that_need_not_come_may_be_missing() {
    let path = format!("POST /items/{ID}/removal");
    let both = async |key: &str| {
        ask(&service(), &path)
            .bearer("admin-token")
            .header("x-api-key", key)
            .send()
            .await
    };
    let answer = both("writer-key").await;
    // Two kinds of credentials at once are what this operation asks for.
    assert_eq!(answer.status, 204, "{answer:?}");
    let answer = both("stolen").await;
    assert_eq!((answer.status, answer.code()), (401, "INVALID_API_KEY"));
    let answer = ask(&service(), &path).bearer("admin-token").send().await;
    assert_eq!(answer.status, 401, "{answer:?}");
    let answer = ask(&service(), &path)
        .bearer("admin-token")
        .header("x-api-key", "writer-key")
        .json(&json!({"reason": "old", "force": true}))
        .send()
        .await;
    assert_eq!(
        (
            answer.status,
            answer.header("location"),
            answer.header("x-position")
        ),
        (202, Some("old"), Some("1"))
    );
}

#[tokio::test]
async fn a_typed_answer_of_an_error_status_is_written_as_it_is() {
    let answer = ask(&service(), "POST /reports")
        .json(&json!({"kind": "circle", "radius": 13}))
        .send()
        .await;
    assert_eq!(
        (answer.status, &answer.body),
        (503, &json!({"status": "down", "retry": true}))
    );
}
