//! Orders: the list that scrolls, and one order with its story.

use pact_consumer::prelude::HttpPartBuilder;
use serde_json::json;

use super::client::{App, Look};
use crate::support::{
    Contract, ORDER, TOKEN, answer, bearer, currency, etag, id, one_of, path_with_id, refuse, time,
    whole,
};

/// Every status that the app has a picture for.
const STATUSES: &[&str] = &[
    "PAID",
    "PENDING_APPROVAL",
    "PENDING",
    "CONFIRMED",
    "PROCESSING",
    "SHIPPED",
    "DELIVERED",
    "CANCELLED",
    "EXPIRED",
    "REFUNDED",
];
const ETAG: &str = "\"7b1f0c2a94d85e36\"";

pub(super) async fn listing_orders(contract: &Contract) {
    let server = contract.expect("the first page of orders", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        bearer(&mut i.request);
        i.request
            .path("/api/v1/orders")
            .query_param("page", term!("^[1-9][0-9]*$", "1"))
            .query_param("limit", "20");
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": each_like!({
                    "id": id(ORDER),
                    "status": one_of(STATUSES),
                    "total": whole(9800),
                    "currency": currency(),
                    "createdAt": time("2026-01-02T03:04:05.602Z"),
                }),
                "meta": { "page": 1, "total": whole(1), "hasNext": like!(false) },
            }),
        );
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let orders = app.orders(1).await.expect("orders");
    assert_eq!((orders.meta.page, orders.meta.total), (1, 1));
    assert!(!orders.meta.has_next, "scrolling ends here");
    let [row] = orders.data.as_slice() else {
        panic!("one order: {orders:?}");
    };
    assert_eq!((row.total, row.currency.as_str()), (9800, "USD"));
    assert_eq!(row.id, ORDER);
    assert!(row.created_at.ends_with('Z'));
}

pub(super) async fn listing_orders_on_their_way(contract: &Contract) {
    let server = contract.expect("the orders on their way", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "SHIPPED" }));
        bearer(&mut i.request);
        i.request
            .path("/api/v1/orders")
            .query_param("status", "PROCESSING,SHIPPED")
            .query_param("limit", "20");
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": each_like!({
                    "id": id(ORDER),
                    "status": one_of(&["SHIPPED", "PROCESSING"]),
                    "total": whole(9800),
                    "currency": currency(),
                    "createdAt": time("2026-01-02T03:04:05.602Z"),
                }),
                "meta": { "page": 1, "total": whole(1), "hasNext": like!(false) },
            }),
        );
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let orders = app.orders_on_their_way().await.expect("orders");
    let statuses: Vec<_> = orders.data.iter().map(|row| row.status.as_str()).collect();
    assert_eq!(statuses, ["SHIPPED"]);
}

pub(super) async fn listing_with_a_token_that_is_none(contract: &Contract) {
    let server = contract.expect("a list for a token that is none", |i| {
        i.request
            .header("Authorization", term!("^Bearer .+$", "Bearer garbage"));
        i.request
            .path("/api/v1/orders")
            .query_param("page", term!("^[1-9][0-9]*$", "1"))
            .query_param("limit", "20");
        refuse(i, 401, "INVALID_TOKEN");
    });
    let app = App::start(server.url()).with_session("garbage");
    let refused = app.orders(1).await.expect_err("no session");
    assert_eq!(refused.refused(), (401, "INVALID_TOKEN"));
}

pub(super) async fn reading_an_order_with_its_story(contract: &Contract) {
    let server = contract.expect("an order with payments and timeline", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        bearer(&mut i.request);
        path_with_id(&mut i.request, "/api/v1/orders/{}", "orderId", ORDER);
        i.request.query_param("expand", "payments,timeline");
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "status": "PAID",
                    "payments": each_like!({ "amount": whole(9800), "status": one_of(&["COMPLETED"]) }),
                    "timeline": each_like!({
                        "status": one_of(STATUSES), "at": time("2026-01-02T03:05:40.118Z"),
                    }),
                },
            }),
        );
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let order = app.order(ORDER).await.expect("an order");
    assert_eq!(order.status, "PAID");
    let payment = order.payments.first().expect("a payment");
    assert_eq!(
        (payment.amount, payment.status.as_str()),
        (9800, "COMPLETED")
    );
    let step = order.timeline.first().expect("a step");
    assert_eq!(
        (step.status.as_str(), step.at.as_str()),
        ("PAID", "2026-01-02T03:05:40.118Z")
    );
}

pub(super) async fn reading_an_unchanged_order(contract: &Contract) {
    let server = contract.expect("a look at an order that the phone has", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        bearer(&mut i.request);
        path_with_id(&mut i.request, "/api/v1/orders/{}", "orderId", ORDER);
        i.request
            .header_from_provider_state("If-None-Match", "${etag}", etag());
        i.response.status(304).header("ETag", etag());
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let look = app.order_unless(ORDER, ETAG).await.expect("a look");
    assert!(matches!(look, Look::Unchanged), "{look:?}");
}

pub(super) async fn reading_a_changed_order(contract: &Contract) {
    let server = contract.expect("a look at an order that has changed", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "SHIPPED" }));
        bearer(&mut i.request);
        path_with_id(&mut i.request, "/api/v1/orders/{}", "orderId", ORDER);
        i.request.header("If-None-Match", "\"0000000000000000\"");
        i.response.header("ETag", etag());
        answer(
            i,
            200,
            json_pattern!({ "success": true, "data": { "status": "SHIPPED" } }),
        );
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let look = app
        .order_unless(ORDER, "\"0000000000000000\"")
        .await
        .expect("a look");
    let Look::Changed { status, etag } = look else {
        panic!("it has changed: {look:?}");
    };
    assert_eq!((status.as_str(), etag.as_str()), ("SHIPPED", ETAG));
}

pub(super) async fn reading_the_order_of_somebody_else(contract: &Contract) {
    let server = contract.expect("a look at the order of somebody else", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        i.given("another customer is logged in");
        bearer(&mut i.request);
        path_with_id(&mut i.request, "/api/v1/orders/{}", "orderId", ORDER);
        i.request.query_param("expand", "payments,timeline");
        refuse(i, 404, "ORDER_NOT_FOUND");
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let refused = app.order(ORDER).await.expect_err("not ours");
    assert_eq!(refused.refused(), (404, "ORDER_NOT_FOUND"));
}
