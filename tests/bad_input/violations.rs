//! How a client learns what is wrong: everything at once, each thing with its place, and never without end.

use serde_json::json;

use super::everything_wrong;
use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    unknown_fields_are_refused,
    all_violations_come_at_once,
    all_violations_look_like_this,
    no_more_than_a_hundred_violations_are_listed,
);

async fn unknown_fields_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(1, 1);
    body["surprise"] = json!({ "deep": [1, 2, 3] });
    body["id"] = json!("0198c0de-0000-7000-8000-000000000000");
    let refused = server.admin().post("/api/v1/products").json(body).await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        ["body:id unknown_field", "body:surprise unknown_field"]
    );
    let change = server
        .admin()
        .patch("/api/v1/users/me")
        .json(json!({ "email": "x@example.com" }));
    let refused = change.await.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations(), ["body:email unknown_field"]);
}

async fn all_violations_come_at_once(database: Database) {
    let server = Server::start(&database).await;
    let refused = everything_wrong(&server.admin())
        .await
        .must_fail(400, "VALIDATION_ERROR");
    let violations = refused.violations();
    for expected in [
        "body:currency pattern_mismatch",
        "body:extra unknown_field",
        "body:name too_short",
        "body:price too_small",
        "body:sku pattern_mismatch",
        "body:stock invalid_type",
        "query:debug unknown_field",
    ] {
        assert!(
            violations.contains(&expected.to_owned()),
            "{expected} is not in {violations:#?}"
        );
    }
    assert!(
        violations.iter().any(|line| line.starts_with("header:")),
        "{violations:#?}"
    );
}

async fn all_violations_look_like_this(database: Database) {
    let server = Server::start(&database).await;
    let refused = everything_wrong(&server.admin()).await;
    insta::assert_json_snapshot!(
        "all_violations",
        refused.snapshot(&["cache-control"]),
        { ".body.requestId" => "[request]", ".body.error.requestId" => "[request]" }
    );
}

async fn no_more_than_a_hundred_violations_are_listed(database: Database) {
    let server = Server::start(&database).await;
    let body: serde_json::Map<_, _> = (0..500)
        .map(|at| (format!("field{at}"), json!(1)))
        .collect();
    let refused = server.admin().post("/api/v1/products").json(body).await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(refused.violations().len(), 100);
}
