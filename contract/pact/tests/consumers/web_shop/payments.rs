//! What becomes of an order: paid, or given up.

use pact_consumer::{builders::InteractionBuilder, prelude::HttpPartBuilder};
use serde_json::json;

use super::client::Shop;
use crate::support::{
    Contract, ORDER, TOKEN, answer, bearer, currency, id, path_with_id, refuse, send, whole,
};

/// What an idempotency key looks like.
const KEY: &str = "checkout-3f1c8a52";

pub(super) async fn paying_an_order(contract: &Contract) {
    let server = contract.expect("a payment", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PENDING" }));
        bearer(&mut i.request);
        i.request.post().header("Idempotency-Key", term!("^[!-~]{1,255}$", KEY));
        path_with_id(&mut i.request, "/api/v1/orders/{}/pay", "orderId", ORDER);
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "status": "PAID",
                    "payment": { "id": id("01964d3d-11c8-7d02-a94e-62f58b03c7de"), "amount": whole(9800) },
                },
            }),
        );
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let receipt = shop.pay(ORDER, KEY).await.expect("a receipt");
    assert_eq!(receipt.status, "PAID");
    assert_eq!(receipt.payment.amount, 9800);
    assert!(!receipt.payment.id.is_empty());
}

pub(super) async fn paying_an_order_twice(contract: &Contract) {
    let server = contract.expect("a payment of a paid order", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        bearer(&mut i.request);
        i.request
            .post()
            .header("Idempotency-Key", term!("^[!-~]{1,255}$", KEY));
        path_with_id(&mut i.request, "/api/v1/orders/{}/pay", "orderId", ORDER);
        refuse(i, 409, "ORDER_ALREADY_PAID");
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let refused = shop.pay(ORDER, KEY).await.expect_err("paid before");
    assert_eq!(refused.refused(), (409, "ORDER_ALREADY_PAID"));
}

pub(super) async fn cancelling_a_paid_order(contract: &Contract) {
    let server = contract.expect("a cancellation", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        cancels(i);
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "id": id(ORDER), "status": "CANCELLED",
                    "items": each_like!({
                        "name": like!("Brass desk lamp"), "quantity": whole(2), "unitPrice": whole(4900),
                    }),
                    "total": whole(9800), "currency": currency(),
                },
            }),
        );
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let order = shop.cancel(ORDER, "The wrong colour").await;
    assert_eq!(order.expect("an order").status, "CANCELLED");
}

pub(super) async fn cancelling_a_shipped_order(contract: &Contract) {
    let server = contract.expect("a cancellation of a shipped order", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "SHIPPED" }));
        cancels(i);
        refuse(i, 422, "ORDER_STATUS_INVALID");
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let refused = shop.cancel(ORDER, "Too late").await.expect_err("shipped");
    assert_eq!(refused.refused(), (422, "ORDER_STATUS_INVALID"));
}

/// The request that cancels an order.
fn cancels(i: &mut InteractionBuilder) {
    bearer(&mut i.request);
    send(
        i,
        "POST",
        json_pattern!({ "reason": like!("The wrong colour") }),
    );
    path_with_id(&mut i.request, "/api/v1/orders/{}/cancel", "orderId", ORDER);
}
