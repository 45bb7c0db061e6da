//! Paying an order: once, from the owner's wallet, or not at all.

use serde_json::json;

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    paying_charges_the_wallet_and_sells_the_stock,
    a_payment_looks_like_this,
    paying_twice_with_the_same_key_charges_once,
    paying_twice_with_two_keys_is_refused_the_second_time,
    paying_without_a_key_is_refused,
    paying_without_the_funds_is_refused_and_audited,
    a_cancelled_order_cannot_be_paid,
    a_confirmed_order_can_be_paid,
    a_free_order_is_paid_without_a_charge,
);

async fn paying_charges_the_wallet_and_sells_the_stock(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    server.advance(std::time::Duration::from_secs(1));
    let paid = try_pay(&member, &order).await.must(200).data();
    assert_eq!(paid["status"], "PAID");
    assert_ne!(paid["paidAt"], order["createdAt"]);
    assert!(paid.get("expiresAt").is_none(), "{paid}");
    assert_eq!(paid["payment"]["orderId"], order["id"]);
    assert_eq!(paid["payment"]["status"], "COMPLETED");
    assert_eq!(balance(&member).await, 4_000);
    let counts = "select on_hand * 100 + reserved from products";
    assert_eq!(
        database.number(counts).await,
        900,
        "nine on hand, none reserved"
    );
    assert_balanced(&server).await;
}

async fn a_payment_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(5, 300);
    body["sku"] = json!("CLIPS-100");
    let product = create_product(&server, body).await;
    top_up(&server.member(), 1_000).await;
    let order = order(&server.member(), &product, 3).await;
    let paid = try_pay(&server.member(), &order).await.must(200);
    insta::assert_json_snapshot!(
        "order_paid",
        paid.snapshot(&["cache-control"]),
        {
            ".body.data.id" => "[id]", ".body.data.userId" => "[user]", ".body.requestId" => "[request]",
            ".body.data.items[].productId" => "[product]",
            ".body.data.payment.id" => "[payment]", ".body.data.payment.orderId" => "[id]",
        }
    );
}

async fn paying_twice_with_the_same_key_charges_once(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    let pay = format!("{}/pay", path_of(&order));
    let first = member.post(&pay).key("once").await.must(200);
    let second = member.post(&pay).key("once").await.must(200);
    assert_eq!(first.bytes, second.bytes, "byte for byte");
    assert_eq!(second.header("idempotency-replayed"), "true");
    assert_eq!(
        second.header("original-request-id"),
        first.header("x-request-id")
    );
    assert_ne!(second.header("x-request-id"), first.header("x-request-id"));
    assert_eq!(balance(&member).await, 4_000);
    assert_eq!(database.number("select count(*) from payments").await, 1);
}

async fn paying_twice_with_two_keys_is_refused_the_second_time(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    try_pay(&member, &order).await.must(200);
    try_pay(&member, &order)
        .await
        .must_fail(409, "ORDER_ALREADY_PAID");
    assert_eq!(balance(&member).await, 4_000);
}

async fn paying_without_a_key_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let refused = server
        .member()
        .post(format!("{}/pay", path_of(&order)))
        .await;
    refused.must_fail(400, "IDEMPOTENCY_KEY_MISSING");
    assert_eq!(balance(&server.member()).await, 5_000);
}

async fn paying_without_the_funds_is_refused_and_audited(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let product = product(&server, 10, 1_000).await;
    top_up(&member, 1_500).await;
    let one = order(&member, &product, 1).await;
    let two = order(&member, &product, 1).await;
    try_pay(&member, &one).await.must(200);
    let pay = format!("{}/pay", path_of(&two));
    let refused = member
        .post(&pay)
        .key("poor")
        .await
        .must_fail(402, "INSUFFICIENT_FUNDS");
    assert_eq!(balance(&member).await, 500);
    // A refusal by a rule is an answer like another: it is replayed, even when it would succeed by now.
    top_up(&member, 5_000).await;
    let replayed = member
        .post(&pay)
        .key("poor")
        .await
        .must_fail(402, "INSUFFICIENT_FUNDS");
    assert_eq!(
        (refused.bytes, "true"),
        (
            replayed.bytes.clone(),
            replayed.header("idempotency-replayed")
        )
    );
    let path = format!("/api/v1/admin/audit-logs?entityId={}", id(&two));
    let logs = server.admin().get(path).await.must(200).text();
    assert!(
        logs.contains("INSUFFICIENT_FUNDS"),
        "a failed attempt is audited: {logs}"
    );
    try_pay(&member, &two).await.must(200);
    assert_balanced(&server).await;
}

async fn a_cancelled_order_cannot_be_paid(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    member
        .post(format!("{}/cancel", path_of(&order)))
        .json(json!({}))
        .await
        .must(200);
    try_pay(&member, &order)
        .await
        .must_fail(422, "ORDER_STATUS_INVALID");
    assert_eq!(balance(&member).await, 5_000);
}

async fn a_confirmed_order_can_be_paid(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    walk(&server, &order, &["CONFIRMED"]).await;
    try_pay(&member, &order).await.must(200);
}

async fn a_free_order_is_paid_without_a_charge(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let product = product(&server, 10, 0).await;
    let order = order(&member, &product, 1).await;
    let paid = try_pay(&member, &order).await.must(200).data();
    assert_eq!(
        (&paid["status"], &paid["total"]),
        (&json!("PAID"), &json!(0))
    );
    assert_eq!(balance(&member).await, 0);
    let cancelled = member
        .post(format!("{}/cancel", path_of(&order)))
        .json(json!({}))
        .await;
    assert_eq!(cancelled.must(200).data()["status"], "CANCELLED");
    assert_balanced(&server).await;
}
