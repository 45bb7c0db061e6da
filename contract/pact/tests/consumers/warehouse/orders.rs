//! Orders: picked, shipped, delivered, by a session of staff.

use pact_consumer::builders::InteractionBuilder;
use serde_json::json;

use super::client::{Credential, Warehouse};
use crate::{
    http::CallError,
    support::{
        Contract, NOBODY, ORDER, TOKEN, answer, bearer, id, one_of, path_with_id, refuse, send,
        time, whole,
    },
};

/// The warehouse with a session of staff.
fn staff(base: impl Into<String>) -> Warehouse {
    Warehouse::connect(base, Credential::Session(TOKEN.to_owned()))
}

/// The request for what to pick.
fn lists(i: &mut InteractionBuilder) {
    bearer(&mut i.request);
    i.request
        .path("/api/v1/admin/orders")
        .query_param("status", "PAID")
        .query_param("sort", "createdAt")
        .query_param("limit", "100");
}

pub(super) async fn listing_what_to_pick(contract: &Contract) {
    let server = contract.expect("a list of what to pick", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        i.given("staff is logged in");
        lists(i);
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": each_like!({
                    "id": id(ORDER),
                    "status": one_of(&["PAID"]),
                    "items": each_like!({ "sku": like!("LAMP-BRASS-01"), "quantity": whole(2) }),
                    "paidAt": time("2026-01-02T03:05:40.118Z"),
                }),
                "meta": { "hasNext": like!(false) },
            }),
        );
    });
    let list = staff(server.url()).to_pick().await.expect("a list");
    assert!(!list.meta.has_next);
    let order = list.data.first().expect("an order");
    assert_eq!((order.id.as_str(), order.status.as_str()), (ORDER, "PAID"));
    assert!(order.paid_at.ends_with('Z'));
    let pick = order.items.first().expect("a line");
    assert_eq!((pick.sku.as_str(), pick.quantity), ("LAMP-BRASS-01", 2));
}

pub(super) async fn listing_as_a_customer(contract: &Contract) {
    let server = contract.expect("a list of what to pick for a customer", |i| {
        i.given("a customer is logged in");
        lists(i);
        refuse(i, 403, "FORBIDDEN");
    });
    let refused = staff(server.url()).to_pick().await.expect_err("no staff");
    assert_eq!(refused.refused(), (403, "FORBIDDEN"));
}

pub(super) async fn picking_an_order(contract: &Contract) {
    advancing(contract, "an order is being picked", "PAID", "PROCESSING").await;
}

pub(super) async fn shipping_an_order(contract: &Contract) {
    advancing(
        contract,
        "an order leaves the house",
        "PROCESSING",
        "SHIPPED",
    )
    .await;
}

pub(super) async fn delivering_an_order(contract: &Contract) {
    advancing(contract, "an order arrives", "SHIPPED", "DELIVERED").await;
}

async fn advancing(contract: &Contract, description: &str, from: &str, to: &str) {
    let server = contract.expect(description, |i| {
        i.given_with_params("the customer has an order", &json!({ "status": from }));
        i.given("staff is logged in");
        advances(i, to);
        path_with_id(
            &mut i.request,
            "/api/v1/admin/orders/{}/status",
            "orderId",
            ORDER,
        );
        answer(
            i,
            200,
            json_pattern!({ "success": true, "data": { "id": id(ORDER), "status": to } }),
        );
    });
    let moved = staff(server.url())
        .advance(ORDER, to)
        .await
        .expect("a step");
    assert_eq!((moved.id.as_str(), moved.status.as_str()), (ORDER, to));
}

pub(super) async fn delivering_an_order_too_early(contract: &Contract) {
    let server = contract.expect("a delivery of an order that is still here", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        i.given("staff is logged in");
        advances(i, "DELIVERED");
        path_with_id(
            &mut i.request,
            "/api/v1/admin/orders/{}/status",
            "orderId",
            ORDER,
        );
        answer(
            i,
            422,
            json_pattern!({
                "success": false,
                "error": {
                    "code": "ORDER_STATUS_INVALID",
                    "message": like!("why, in a sentence"),
                    // The steps that the warehouse's screen then offers.
                    "details": each_like!({
                        "field": one_of(&["status"]), "allowed": each_like!(like!("PROCESSING")),
                    }),
                },
            }),
        );
    });
    let refused = staff(server.url()).advance(ORDER, "DELIVERED").await;
    let refused = refused.expect_err("too early");
    assert_eq!(refused.refused(), (422, "ORDER_STATUS_INVALID"));
    let CallError::Refused { problem, .. } = refused else {
        panic!("a refusal");
    };
    assert!(!problem.message.is_empty());
    let detail = problem.details.first().expect("a detail");
    assert_eq!(
        (detail.field.as_str(), detail.allowed.as_slice()),
        ("status", &["PROCESSING".to_owned()][..])
    );
}

pub(super) async fn moving_no_order(contract: &Contract) {
    let server = contract.expect("a step of an order that does not exist", |i| {
        i.given("staff is logged in");
        advances(i, "PROCESSING");
        i.request
            .path(format!("/api/v1/admin/orders/{NOBODY}/status"));
        refuse(i, 404, "ORDER_NOT_FOUND");
    });
    let refused = staff(server.url()).advance(NOBODY, "PROCESSING").await;
    assert_eq!(
        refused.expect_err("none").refused(),
        (404, "ORDER_NOT_FOUND")
    );
}

/// The request that moves an order; its path is the caller's.
fn advances(i: &mut InteractionBuilder, to: &str) {
    bearer(&mut i.request);
    send(i, "PATCH", json_pattern!({ "status": to }));
}
