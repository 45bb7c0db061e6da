//! Orders of a customer: creating, reading, listing, cancelling, expiring.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    an_order_reserves_stock_and_charges_nothing,
    an_order_looks_like_this,
    a_dry_run_changes_nothing,
    a_dry_run_answers_the_refusals_of_the_real_thing,
    an_order_without_the_funds_is_refused,
    an_order_for_more_than_there_is_is_refused,
    an_order_for_an_unknown_product_is_refused,
    an_order_with_a_coupon_that_does_not_exist_is_refused,
    an_order_in_another_currency_than_the_wallet_is_refused,
    a_total_beyond_the_bounds_is_refused,
    an_order_keeps_the_price_of_its_moment,
    an_order_of_somebody_else_is_not_found,
    staff_reads_the_order_of_a_customer,
    an_order_is_expanded_on_demand,
    an_unknown_expansion_is_refused,
    a_read_with_the_current_etag_answers_304,
    own_orders_are_listed_newest_first_and_filtered,
    a_cancelled_order_gives_its_stock_back,
    cancelling_looks_like_this,
    cancelling_a_paid_order_refunds_it,
    a_shipped_order_cannot_be_cancelled,
    cancelling_twice_is_refused_and_says_what_is_allowed,
    cancelling_with_a_stale_etag_is_refused,
    an_order_expires_and_gives_its_stock_back,
    an_expired_order_cannot_be_paid_even_before_the_sweep,
    a_confirmed_order_does_not_expire,
);

async fn an_order_reserves_stock_and_charges_nothing(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    top_up(&server.member(), 1_000).await;
    let made = try_order(&server.member(), &product, 3).await.must(201);
    let order = made.data();
    assert_eq!(made.header("location"), path_of(&order));
    assert_eq!(
        (&order["status"], &order["total"]),
        (&json!("PENDING"), &json!(900))
    );
    assert_eq!(order["userId"], json!(server.people().member.id));
    assert_eq!(stock(&server, &product).await, 2);
    assert_eq!(balance(&server.member()).await, 1_000);
    assert_balanced(&server).await;
}

async fn an_order_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(5, 300);
    body["sku"] = json!("CLIPS-100");
    let product = create_product(&server, body).await;
    top_up(&server.member(), 1_000).await;
    let made = try_order(&server.member(), &product, 3).await.must(201);
    insta::assert_json_snapshot!(
        "order_created",
        made.snapshot(&["cache-control"]),
        {
            ".body.data.id" => "[id]", ".body.data.userId" => "[user]", ".body.requestId" => "[request]",
            ".body.data.items[].productId" => "[product]",
        }
    );
}

async fn a_dry_run_changes_nothing(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    top_up(&server.member(), 1_000).await;
    let body = json!({ "productId": product["id"], "quantity": 3 });
    let tried = server
        .member()
        .post("/api/v1/orders?dryRun=true")
        .json(body)
        .await
        .must(200);
    assert_eq!(tried.data()["total"], 900);
    assert_eq!(stock(&server, &product).await, 5);
    let list = server.member().get("/api/v1/orders").await.must(200).data();
    assert_eq!(list, json!([]));
    assert_eq!(database.number("select count(*) from orders").await, 0);
}

async fn a_dry_run_answers_the_refusals_of_the_real_thing(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    let body = |quantity| json!({ "productId": product["id"], "quantity": quantity });
    let member = server.member();
    let tried = member
        .post("/api/v1/orders?dryRun=true")
        .json(body(1))
        .await;
    tried.must_fail(402, "INSUFFICIENT_FUNDS");
    top_up(&member, 10_000).await;
    let tried = member
        .post("/api/v1/orders?dryRun=true")
        .json(body(6))
        .await;
    tried.must_fail(409, "OUT_OF_STOCK");
}

async fn an_order_without_the_funds_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    top_up(&server.member(), 599).await;
    let refused = try_order(&server.member(), &product, 2).await;
    refused.must_fail(402, "INSUFFICIENT_FUNDS");
    assert_eq!(stock(&server, &product).await, 5);
}

async fn an_order_for_more_than_there_is_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    top_up(&server.member(), 10_000).await;
    try_order(&server.member(), &product, 6)
        .await
        .must_fail(409, "OUT_OF_STOCK");
    order(&server.member(), &product, 5).await;
    try_order(&server.member(), &product, 1)
        .await
        .must_fail(409, "OUT_OF_STOCK");
    assert_balanced(&server).await;
}

async fn an_order_for_an_unknown_product_is_refused(database: Database) {
    let server = Server::start(&database).await;
    top_up(&server.member(), 10_000).await;
    let unknown = json!({ "id": "0198c0de-0000-7000-8000-000000000000" });
    try_order(&server.member(), &unknown, 1)
        .await
        .must_fail(404, "PRODUCT_NOT_FOUND");
}

async fn an_order_with_a_coupon_that_does_not_exist_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    top_up(&server.member(), 10_000).await;
    let body = json!({ "productId": product["id"], "quantity": 1, "couponCode": "SAVE10" });
    let refused = server.member().post("/api/v1/orders").json(body).await;
    refused.must_fail(422, "COUPON_INVALID");
    assert_eq!(stock(&server, &product).await, 5);
}

async fn an_order_in_another_currency_than_the_wallet_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(5, 300);
    body["currency"] = json!("EUR");
    let product = create_product(&server, body).await;
    top_up(&server.member(), 10_000).await;
    let refused = try_order(&server.member(), &product, 1).await;
    refused.must_fail(422, "CURRENCY_MISMATCH");
    assert_eq!(stock(&server, &product).await, 5);
}

async fn a_total_beyond_the_bounds_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 1_000, 9_007_199_254_740_991).await;
    top_up(&server.member(), 9_007_199_254_740_991).await;
    // No wallet can hold so much, so the funds are what is missing.
    let refused = try_order(&server.member(), &product, 1_000).await;
    refused.must_fail(402, "INSUFFICIENT_FUNDS");
    assert_balanced(&server).await;
}

async fn an_order_keeps_the_price_of_its_moment(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let path = format!(
        "/api/v1/products/{}",
        order["items"][0]["productId"].as_str().unwrap()
    );
    let change = json!({ "price": 9_999, "name": "Dear" });
    server.admin().patch(path).json(change).await.must(200);
    let read = server.member().get(path_of(&order)).await.must(200).data();
    assert_eq!(read["items"], order["items"]);
    try_pay(&server.member(), &order).await.must(200);
    assert_eq!(balance(&server.member()).await, 4_000);
}

async fn an_order_of_somebody_else_is_not_found(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let other = server.other();
    other
        .get(path_of(&order))
        .await
        .must_fail(404, "ORDER_NOT_FOUND");
    try_pay(&other, &order)
        .await
        .must_fail(404, "ORDER_NOT_FOUND");
    let cancel = other
        .post(format!("{}/cancel", path_of(&order)))
        .json(json!({}))
        .await;
    cancel.must_fail(404, "ORDER_NOT_FOUND");
    assert_eq!(
        other.get("/api/v1/orders").await.must(200).data(),
        json!([])
    );
}

async fn staff_reads_the_order_of_a_customer(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    for staff in [server.viewer(), server.admin()] {
        let read = staff.get(path_of(&order)).await.must(200).data();
        assert_eq!(read["id"], order["id"]);
    }
    // Reading is all that a viewer may do, and paying is for the owner alone.
    try_pay(&server.admin(), &order)
        .await
        .must_fail(404, "ORDER_NOT_FOUND");
}

async fn an_order_is_expanded_on_demand(database: Database) {
    let server = Server::start(&database).await;
    let order = paid_order(&server, &server.member()).await;
    let plain = server.member().get(path_of(&order)).await.must(200).data();
    assert!(plain.get("payments").is_none() && plain.get("timeline").is_none());
    let path = format!("{}?expand=payments,timeline,product", path_of(&order));
    let full = server.member().get(path).await.must(200).data();
    assert_eq!(full["payments"][0]["amount"], order["total"]);
    assert_eq!(full["payments"][0]["status"], "COMPLETED");
    assert_eq!(full["timeline"].as_array().unwrap().len(), 2);
    assert_eq!(
        full["timeline"][1]["actorId"],
        json!(server.people().member.id)
    );
    assert!(full.to_string().contains("Paper clips"), "{full}");
}

async fn an_unknown_expansion_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let refused = server
        .member()
        .get(format!("{}?expand=everything", path_of(&order)))
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    let details = refused.json()["error"]["details"].clone();
    assert_eq!(details[0]["reason"], "not_in_enum");
}

async fn a_read_with_the_current_etag_answers_304(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let read = server.member().get(path_of(&order)).await.must(200);
    assert_eq!(read.header("cache-control"), "private, no-cache");
    let etag = read.header("etag").to_owned();
    let again = server
        .member()
        .get(path_of(&order))
        .header("if-none-match", &etag)
        .await;
    again.must(304);
    try_pay(&server.member(), &order).await.must(200);
    let changed = server
        .member()
        .get(path_of(&order))
        .header("if-none-match", &etag)
        .await;
    changed.must(200);
}

async fn own_orders_are_listed_newest_first_and_filtered(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let product = product(&server, 10, 100).await;
    top_up(&member, 5_000).await;
    let mut made = Vec::new();
    for quantity in 1..=3 {
        server.advance(Duration::from_secs(1));
        made.push(order(&member, &product, quantity).await);
    }
    try_pay(&member, &made[1]).await.must(200);
    let totals = async |query: &str| {
        let list = member
            .get(format!("/api/v1/orders?{query}"))
            .await
            .must(200)
            .data();
        let total = |order: &Value| order["total"].as_i64().unwrap();
        list.as_array()
            .unwrap()
            .iter()
            .map(total)
            .collect::<Vec<_>>()
    };
    assert_eq!(totals("").await, [300, 200, 100]);
    assert_eq!(totals("sort=createdAt").await, [100, 200, 300]);
    assert_eq!(totals("status=PAID").await, [200]);
    assert_eq!(totals("status=PENDING").await, [300, 100]);
    assert_eq!(totals("limit=1&page=2").await, [200]);
    let moment = made[1]["createdAt"].as_str().unwrap();
    assert_eq!(
        totals(&format!("from={moment}&sort=createdAt")).await,
        [200, 300]
    );
    assert!(totals(&format!("to={moment}&from={moment}")).await.len() <= 1);
    assert_eq!(
        server.other().get("/api/v1/orders").await.must(200).data(),
        json!([])
    );
}

async fn a_cancelled_order_gives_its_stock_back(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 5, 300).await;
    top_up(&server.member(), 1_000).await;
    let order = order(&server.member(), &product, 3).await;
    let path = format!("{}/cancel", path_of(&order));
    let cancelled = server
        .member()
        .post(path)
        .json(json!({ "reason": "changed my mind" }))
        .await;
    assert_eq!(cancelled.must(200).data()["status"], "CANCELLED");
    assert_eq!(stock(&server, &product).await, 5);
    assert_balanced(&server).await;
    let shown = server
        .member()
        .get(format!("{}?expand=timeline", path_of(&order)))
        .await
        .data();
    assert_eq!(shown["timeline"][1]["reason"], "changed my mind");
}

async fn cancelling_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let mut body = new_product(5, 300);
    body["sku"] = json!("CLIPS-100");
    let product = create_product(&server, body).await;
    top_up(&server.member(), 1_000).await;
    let order = order(&server.member(), &product, 3).await;
    let path = format!("{}/cancel", path_of(&order));
    let cancelled = server.member().post(path).json(json!({})).await.must(200);
    insta::assert_json_snapshot!(
        "order_cancelled",
        cancelled.snapshot(&["cache-control"]),
        {
            ".body.data.id" => "[id]", ".body.data.userId" => "[user]", ".body.requestId" => "[request]",
            ".body.data.items[].productId" => "[product]",
        }
    );
}

async fn cancelling_a_paid_order_refunds_it(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = paid_order(&server, &member).await;
    let product = json!({ "id": order["items"][0]["productId"] });
    assert_eq!(
        (balance(&member).await, stock(&server, &product).await),
        (4_000, 9)
    );
    let cancelled = member
        .post(format!("{}/cancel", path_of(&order)))
        .json(json!({}))
        .await;
    let cancelled = cancelled.must(200).data();
    assert_eq!(
        (&cancelled["status"], &cancelled["refundedAmount"]),
        (&json!("CANCELLED"), &order["total"])
    );
    assert_eq!(
        (balance(&member).await, stock(&server, &product).await),
        (5_000, 10)
    );
    let entries = member.get("/api/v1/wallet/entries").await.must(200).data();
    assert_eq!(
        (&entries[0]["kind"], &entries[0]["amount"]),
        (&json!("REFUND"), &json!(1_000))
    );
    assert_balanced(&server).await;
}

async fn a_shipped_order_cannot_be_cancelled(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = paid_order(&server, &member).await;
    let cancel = format!("{}/cancel", path_of(&order));
    walk(&server, &order, &["PROCESSING"]).await;
    // PROCESSING may be cancelled by an administrator, no longer by the owner.
    let refused = member.post(&cancel).json(json!({})).await;
    refused.must_fail(422, "ORDER_STATUS_INVALID");
    walk(&server, &order, &["SHIPPED"]).await;
    let refused = try_move(&server, &order, "CANCELLED").await;
    refused.must_fail(422, "ORDER_STATUS_INVALID");
    assert_eq!(balance(&member).await, 4_000);
}

async fn cancelling_twice_is_refused_and_says_what_is_allowed(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let path = format!("{}/cancel", path_of(&order));
    server.member().post(&path).json(json!({})).await.must(200);
    let again = server.member().post(&path).json(json!({})).await;
    let again = again.must_fail(422, "ORDER_STATUS_INVALID").json();
    let detail = &again["error"]["details"][0];
    assert_eq!(
        (&detail["field"], &detail["reason"]),
        (&json!("status"), &json!("not_allowed"))
    );
    assert_eq!(detail["allowed"], json!([]));
}

async fn cancelling_with_a_stale_etag_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let path = format!("{}/cancel", path_of(&order));
    let stale = server
        .member()
        .post(&path)
        .if_match("\"stale\"")
        .json(json!({}))
        .await;
    stale.must_fail(412, "PRECONDITION_FAILED");
    let read = server.member().get(path_of(&order)).await.must(200);
    assert_eq!(read.data()["status"], "PENDING");
    server
        .member()
        .post(&path)
        .if_match(read.header("etag"))
        .json(json!({}))
        .await
        .must(200);
}

async fn an_order_expires_and_gives_its_stock_back(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let product = json!({ "id": order["items"][0]["productId"] });
    server.advance(Duration::from_secs(15 * 60 - 1));
    server.sweep().await;
    assert_eq!(stock(&server, &product).await, 9);
    server.advance(Duration::from_secs(2));
    server.sweep().await;
    let member = server.logged_in_again().await;
    let shown = member
        .get(format!("{}?expand=timeline", path_of(&order)))
        .await
        .must(200)
        .data();
    assert_eq!(shown["status"], "EXPIRED");
    assert_eq!(shown["timeline"][1]["status"], "EXPIRED");
    assert!(shown.get("expiresAt").is_none(), "{shown}");
    server.sweep().await;
    assert_eq!(
        database
            .number("select on_hand - reserved from products")
            .await,
        10
    );
    let trail =
        "select count(*) from audit_logs where actor_type = 'system' and entity_type = 'order'";
    assert_eq!(database.number(trail).await, 1);
}

async fn an_expired_order_cannot_be_paid_even_before_the_sweep(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    server.advance(Duration::from_secs(15 * 60 + 1));
    let member = server.logged_in_again().await;
    let late = try_pay(&member, &order).await;
    late.must_fail(422, "ORDER_STATUS_INVALID");
    assert_eq!(balance(&member).await, 5_000);
}

async fn a_confirmed_order_does_not_expire(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let confirmed = walk(&server, &order, &["CONFIRMED"]).await;
    assert!(confirmed.get("expiresAt").is_none(), "{confirmed}");
    server.advance(Duration::from_hours(24));
    server.sweep().await;
    let member = server.logged_in_again().await;
    try_pay(&member, &order).await.must(200);
}
