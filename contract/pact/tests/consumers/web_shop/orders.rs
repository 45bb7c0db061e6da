//! Orders, from the cart to the page of an order.

use pact_consumer::{builders::InteractionBuilder, prelude::HttpPartBuilder};
use serde_json::json;

use super::client::Shop;
use crate::support::{
    Contract, ORDER, PRODUCT, TOKEN, answer, bearer, currency, from_state, id, one_of,
    path_with_id, refuse, send, time, whole,
};

/// What an idempotency key looks like.
const KEY: &str = "checkout-3f1c8a52";

/// The request that places an order.
fn places(i: &mut InteractionBuilder, quantity: i64) {
    i.request.path("/api/v1/orders");
    i.request
        .header("Idempotency-Key", term!("^[!-~]{1,255}$", KEY));
    let quantity = if quantity > 0 {
        whole(quantity)
    } else {
        json_pattern!(quantity)
    };
    let body = json_pattern!({ "productId": id(PRODUCT), "quantity": quantity });
    send(i, "POST", body);
}

pub(super) async fn placing_an_order(contract: &Contract) {
    let server = contract.expect("an order", |i| {
        i.given_with_params("a customer is logged in", &json!({ "balance": 10_000 }));
        i.given_with_params(
            "a product is in the catalogue",
            &json!({ "price": 4900, "stock": 12 }),
        );
        bearer(&mut i.request);
        places(i, 2);
        from_state(&mut i.request, "$.productId", "productId");
        let location = format!("/api/v1/orders/{ORDER}");
        i.response.header(
            "Location",
            term!("^/api/v1/orders/[0-9a-f-]{36}$", location),
        );
        answer(
            i,
            201,
            json_pattern!({
                "success": true,
                "data": {
                    "id": id(ORDER),
                    "status": "PENDING",
                    "items": each_like!({
                        "name": like!("Brass desk lamp"),
                        "quantity": whole(2),
                        "unitPrice": whole(4900),
                    }),
                    "total": 9800,
                    "currency": currency(),
                    "expiresAt": time("2026-01-02T03:19:05.602Z"),
                },
            }),
        );
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let (location, order) = shop.place_order(PRODUCT, 2, KEY).await.expect("an order");
    assert_eq!(location, format!("/api/v1/orders/{}", order.id));
    assert_eq!((order.status.as_str(), order.total), ("PENDING", 9800));
    assert!(
        order.expires_at.is_some(),
        "it says until when it can be paid"
    );
    let [line] = order.items.as_slice() else {
        panic!("one line: {order:?}");
    };
    assert_eq!((line.quantity, line.unit_price), (2, 4900));
}

pub(super) async fn ordering_none(contract: &Contract) {
    let server = contract.expect("an order of no unit", |i| {
        i.given("a customer is logged in");
        i.given("a product is in the catalogue");
        bearer(&mut i.request);
        places(i, 0);
        from_state(&mut i.request, "$.productId", "productId");
        answer(
            i,
            400,
            json_pattern!({
                "success": false,
                "error": {
                    "code": "VALIDATION_ERROR",
                    "message": like!("why, in a sentence"),
                    "details": each_like!({ "field": one_of(&["quantity"]) }),
                },
            }),
        );
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let refused = shop.place_order(PRODUCT, 0, KEY).await.expect_err("none");
    assert_eq!(refused.refused(), (400, "VALIDATION_ERROR"));
}

pub(super) async fn ordering_without_a_session(contract: &Contract) {
    let server = contract.expect("an order of a stranger", |i| {
        i.given("a product is in the catalogue");
        places(i, 1);
        from_state(&mut i.request, "$.productId", "productId");
        i.response.header(
            "WWW-Authenticate",
            term!("^Bearer .*$", "Bearer realm=\"waybill\""),
        );
        refuse(i, 401, "NO_TOKEN");
    });
    let shop = Shop::open(server.url());
    let refused = shop.place_order(PRODUCT, 1, KEY).await.expect_err("who?");
    assert_eq!(refused.refused(), (401, "NO_TOKEN"));
}

pub(super) async fn ordering_without_money(contract: &Contract) {
    let server = contract.expect("an order beyond the wallet", |i| {
        i.given_with_params("a customer is logged in", &json!({ "balance": 0 }));
        i.given_with_params(
            "a product is in the catalogue",
            &json!({ "price": 4900, "stock": 12 }),
        );
        bearer(&mut i.request);
        places(i, 1);
        from_state(&mut i.request, "$.productId", "productId");
        refuse(i, 402, "INSUFFICIENT_FUNDS");
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let refused = shop
        .place_order(PRODUCT, 1, KEY)
        .await
        .expect_err("no money");
    assert_eq!(refused.refused(), (402, "INSUFFICIENT_FUNDS"));
}

pub(super) async fn ordering_more_than_there_is(contract: &Contract) {
    let server = contract.expect("an order beyond the stock", |i| {
        i.given_with_params("a customer is logged in", &json!({ "balance": 10_000 }));
        i.given_with_params(
            "a product is in the catalogue",
            &json!({ "price": 100, "stock": 1 }),
        );
        bearer(&mut i.request);
        places(i, 3);
        from_state(&mut i.request, "$.productId", "productId");
        refuse(i, 409, "OUT_OF_STOCK");
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let refused = shop
        .place_order(PRODUCT, 3, KEY)
        .await
        .expect_err("sold out");
    assert_eq!(refused.refused(), (409, "OUT_OF_STOCK"));
}

pub(super) async fn reading_an_order(contract: &Contract) {
    let server = contract.expect("a look at an order", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PENDING" }));
        bearer(&mut i.request);
        path_with_id(&mut i.request, "/api/v1/orders/{}", "orderId", ORDER);
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "id": id(ORDER),
                    "status": "PENDING",
                    "items": each_like!({
                        "name": like!("Brass desk lamp"),
                        "quantity": whole(2),
                        "unitPrice": whole(4900),
                    }),
                    "total": whole(9800),
                    "currency": currency(),
                },
            }),
        );
    });
    let shop = Shop::open(server.url()).logged_in(TOKEN);
    let order = shop.order(ORDER).await.expect("an order");
    assert_eq!((order.id.as_str(), order.currency.as_str()), (ORDER, "USD"));
    assert_eq!(order.items.first().expect("a line").name, "Brass desk lamp");
}
