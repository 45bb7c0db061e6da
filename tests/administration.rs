//! What staff sees and administrators do: all orders, their states, the audit log, the integrity report.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Database, Server, client::sorted, contract::contract, factories::*},
};

on_both!(
    only_the_transitions_of_the_document_are_made,
    setting_the_state_that_holds_is_refused,
    moving_on_with_a_stale_etag_is_refused,
    an_administrator_cancels_a_paid_order_with_a_refund,
    moving_an_order_looks_like_this,
    all_orders_are_listed_and_filtered,
    audit_logs_are_filtered_and_followed_by_cursor,
    an_audit_log_looks_like_this,
    a_refused_change_leaves_no_trace,
    the_integrity_report_names_its_checks,
    the_integrity_report_finds_what_was_tampered_with,
);

/// Every state that an order can be brought into through the API, with the way there.
const WAYS: [(&str, &[&str]); 7] = [
    ("PENDING", &[]),
    ("CONFIRMED", &["CONFIRMED"]),
    ("PAID", &["pay"]),
    ("PROCESSING", &["pay", "PROCESSING"]),
    ("SHIPPED", &["pay", "PROCESSING", "SHIPPED"]),
    ("DELIVERED", &["pay", "PROCESSING", "SHIPPED", "DELIVERED"]),
    ("CANCELLED", &["CANCELLED"]),
];

async fn only_the_transitions_of_the_document_are_made(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 10_000, 100).await;
    let member = server.member();
    top_up(&member, 100_000).await;
    let accepted = settable_states();
    assert!(accepted.len() >= 5, "{accepted:?}");
    for (from, way) in WAYS {
        for to in &accepted {
            let order = order(&member, &product, 1).await;
            for step in way {
                match *step {
                    "pay" => try_pay(&member, &order).await.must(200),
                    status => try_move(&server, &order, status).await.must(200),
                };
            }
            let answer = try_move(&server, &order, to).await;
            if administrators_may(from).contains(to) {
                assert_eq!(answer.must(200).data()["status"], to.as_str());
            } else {
                let refused = answer.must_fail(422, "ORDER_STATUS_INVALID").json();
                let detail = &refused["error"]["details"][0];
                let mut allowed: Vec<String> =
                    serde_json::from_value(detail["allowed"].clone()).unwrap();
                let mut expected = administrators_may(from);
                allowed.sort();
                expected.sort();
                assert_eq!(allowed, expected, "{from} → {to}");
            }
        }
    }
    assert_balanced(&server).await;
}

/// The states that the body of `updateOrderStatus` accepts.
fn settable_states() -> Vec<String> {
    let operation = contract().operation("updateOrderStatus");
    let (_, body) = contract().resolve(&format!("/components/schemas/{}", body_schema(operation)));
    let (_, status) = match body["properties"]["status"]["$ref"].as_str() {
        Some(target) => contract().resolve(target.trim_start_matches('#')),
        None => (String::new(), body["properties"]["status"].clone()),
    };
    serde_json::from_value(status["enum"].clone()).expect("an enum of states")
}

fn body_schema(operation: &crate::support::contract::Operation) -> String {
    let schema = &operation.node["requestBody"]["content"]["application/json"]["schema"]["$ref"];
    schema
        .as_str()
        .and_then(|target| target.rsplit('/').next())
        .expect("a named schema")
        .to_owned()
}

/// Where an administrator may move an order from a state, read from the document.
fn administrators_may(from: &str) -> Vec<String> {
    let machine = &contract().document["components"]["schemas"]["OrderStatus"]["x-state-machine"];
    let transitions = machine["transitions"].as_array().expect("a state machine");
    let holds = |value: &Value, wanted: &str| match value {
        Value::Array(values) => values.iter().any(|value| value == wanted),
        value => value == wanted,
    };
    let made = transitions
        .iter()
        .filter(|step| holds(&step["from"], from) && holds(&step["by"], "admin.patch"));
    made.filter_map(|step| step["to"].as_str().map(str::to_owned))
        .collect()
}

async fn setting_the_state_that_holds_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    walk(&server, &order, &["CONFIRMED"]).await;
    try_move(&server, &order, "CONFIRMED")
        .await
        .must_fail(422, "ORDER_STATUS_INVALID");
}

async fn moving_on_with_a_stale_etag_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let etag = server
        .admin()
        .get(path_of(&order))
        .await
        .must(200)
        .header("etag")
        .to_owned();
    let path = format!("/api/v1/admin/orders/{}/status", id(&order));
    let body = json!({ "status": "CONFIRMED" });
    let made = server
        .admin()
        .patch(&path)
        .if_match(&etag)
        .json(&body)
        .await
        .must(200);
    assert_ne!(made.header("etag"), etag);
    let stale = server
        .admin()
        .patch(&path)
        .if_match(&etag)
        .json(json!({ "status": "CANCELLED" }));
    stale.await.must_fail(412, "PRECONDITION_FAILED");
}

async fn an_administrator_cancels_a_paid_order_with_a_refund(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = paid_order(&server, &member).await;
    walk(&server, &order, &["PROCESSING"]).await;
    let path = format!("/api/v1/admin/orders/{}/status", id(&order));
    let body = json!({ "status": "CANCELLED", "reason": "the warehouse burnt down" });
    let cancelled = server.admin().patch(path).json(body).await.must(200).data();
    assert_eq!(cancelled["refundedAmount"], order["total"]);
    assert_eq!(balance(&member).await, 5_000);
    assert_balanced(&server).await;
}

async fn moving_an_order_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let refused = try_move(&server, &order, "DELIVERED").await.must(422);
    insta::assert_json_snapshot!(
        "transition_refused",
        refused.snapshot(&["cache-control"]),
        { ".body.requestId" => "[request]", ".body.error.requestId" => "[request]" }
    );
}

async fn all_orders_are_listed_and_filtered(database: Database) {
    let server = Server::start(&database).await;
    let one = pending_order(&server, &server.member()).await;
    let two = paid_order(&server, &server.other()).await;
    let ids = async |query: &str| {
        let path = format!("/api/v1/admin/orders?{query}");
        let list = server.viewer().get(path).await.must(200).data();
        let mut ids: Vec<String> = list.as_array().unwrap().iter().map(id).collect();
        ids.sort();
        ids
    };
    let both = {
        let mut both = vec![id(&one), id(&two)];
        both.sort();
        both
    };
    let people = server.people();
    assert_eq!(ids("").await, both);
    assert_eq!(
        ids(&format!("userId={}", people.member.id)).await,
        [id(&one)]
    );
    assert_eq!(ids("status=PAID").await, [id(&two)]);
    let product = one["items"][0]["productId"].as_str().unwrap();
    assert_eq!(ids(&format!("productId={product}")).await, [id(&one)]);
    assert_eq!(ids("minTotal=1001").await, Vec::<String>::new());
    assert_eq!(ids("maxTotal=1000&minTotal=1000").await, both);
    assert_eq!(ids(&format!("q={}", people.member.email)).await, [id(&one)]);
    assert_eq!(ids("q=PAPER%20clips").await, both);
    assert_eq!(ids("from=2030-01-01T00:00:00Z").await, Vec::<String>::new());
    assert_eq!(ids("sort=-total&limit=1").await.len(), 1);
}

async fn audit_logs_are_filtered_and_followed_by_cursor(database: Database) {
    let server = Server::start(&database).await;
    let order = paid_order(&server, &server.member()).await;
    let mut path = format!("/api/v1/admin/audit-logs?entityId={}&limit=1", id(&order));
    let mut sequence = Vec::new();
    loop {
        let page = server.viewer().get(&path).await.must(200).json();
        sequence.extend(
            page["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|log| log["seq"].as_i64().unwrap()),
        );
        let Some(cursor) = page["meta"]["nextCursor"].as_str() else {
            break;
        };
        path = format!(
            "/api/v1/admin/audit-logs?entityId={}&limit=1&cursor={cursor}",
            id(&order)
        );
    }
    assert!(
        sequence.len() >= 2 && sequence.is_sorted_by(|one, two| one > two),
        "{sequence:?}"
    );
    let member = &server.people().member.id;
    let path = format!("/api/v1/admin/audit-logs?actorId={member}&limit=100");
    let logs = server.viewer().get(path).await.must(200).data();
    assert!(
        logs.as_array()
            .unwrap()
            .iter()
            .all(|log| log["actorId"] == json!(member))
    );
}

async fn an_audit_log_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    walk(&server, &order, &["CONFIRMED"]).await;
    let path = format!("/api/v1/admin/audit-logs?entityId={}&limit=1", id(&order));
    let newest = server.admin().get(path).await.must(200).data()[0].clone();
    insta::assert_json_snapshot!("audit_log", sorted(newest), {
        ".id" => "[id]", ".entityId" => "[order]", ".actorId" => "[admin]",
        ".requestId" => "[request]", ".seq" => "[seq]",
    });
}

async fn a_refused_change_leaves_no_trace(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let before = database.number("select count(*) from audit_logs").await;
    try_move(&server, &order, "DELIVERED").await.must(422);
    assert_eq!(
        database.number("select count(*) from audit_logs").await,
        before
    );
}

async fn the_integrity_report_names_its_checks(database: Database) {
    let server = Server::start(&database).await;
    paid_order(&server, &server.member()).await;
    let all = server
        .admin()
        .get("/api/v1/admin/integrity")
        .await
        .must(200)
        .data();
    let names: Vec<_> = all["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["name"].clone())
        .collect();
    assert_eq!(names, ["ledger", "stock"]);
    let one = server
        .admin()
        .get("/api/v1/admin/integrity?checks=stock")
        .await
        .must(200)
        .data();
    assert_eq!(one["checks"].as_array().unwrap().len(), 1);
    let none = server
        .admin()
        .get("/api/v1/admin/integrity?checks=weather")
        .await;
    none.must_fail(400, "VALIDATION_ERROR");
}

async fn the_integrity_report_finds_what_was_tampered_with(database: Database) {
    let server = Server::start(&database).await;
    paid_order(&server, &server.member()).await;
    database
        .execute("update wallets set balance = balance + 1 where balance > 0")
        .await;
    database
        .execute("update products set reserved = reserved + 1")
        .await;
    let report = server
        .admin()
        .get("/api/v1/admin/integrity")
        .await
        .must(200)
        .data();
    assert_eq!(report["ok"], false);
    for check in report["checks"].as_array().unwrap() {
        assert_eq!(check["ok"], false, "{check}");
        assert!(!check["problems"].as_array().unwrap().is_empty(), "{check}");
    }
}
