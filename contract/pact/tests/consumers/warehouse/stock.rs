//! The stock, counted by a program with an API key.

use pact_consumer::{builders::InteractionBuilder, prelude::HttpPartBuilder};
use serde_json::json;

use super::client::{Credential, Warehouse};
use crate::support::{Contract, PRODUCT, answer, etag, path_with_id, refuse, send, whole};

const KEY: &str = "wb_test_Zk3vQ0cJH1w8nYpTq5bXs7mL";
const ETAG: &str = "\"7b1f0c2a94d85e36\"";

/// The warehouse with its API key.
fn counter(base: impl Into<String>) -> Warehouse {
    Warehouse::connect(base, Credential::Key(KEY.to_owned()))
}

/// The request that writes a count down, under the `ETag` that the caller names.
fn counts(i: &mut InteractionBuilder, stock: i64) {
    signs(i);
    send(i, "PATCH", json_pattern!({ "stock": stock }));
}

/// A request about a product with the API key.
fn signs(i: &mut InteractionBuilder) {
    i.request.header_from_provider_state(
        "X-API-Key",
        "${apiKey}",
        term!("^wb_(live|test)_[A-Za-z0-9_-]+$", KEY),
    );
    path_with_id(&mut i.request, "/api/v1/products/{}", "productId", PRODUCT);
}

pub(super) async fn reading_the_stock(contract: &Contract) {
    let server = contract.expect("a look at a shelf", |i| {
        i.given_with_params("a product is in the catalogue", &json!({ "stock": 12 }));
        path_with_id(&mut i.request, "/api/v1/products/{}", "productId", PRODUCT);
        i.response.header("ETag", etag());
        answer(
            i,
            200,
            json_pattern!({
                "success": true, "data": { "sku": like!("LAMP-BRASS-01"), "stock": whole(12) },
            }),
        );
    });
    let (stock, etag) = counter(server.url()).stock(PRODUCT).await.expect("a shelf");
    assert_eq!((stock.sku.as_str(), stock.stock), ("LAMP-BRASS-01", 12));
    assert_eq!(etag, ETAG);
}

pub(super) async fn counting_a_product(contract: &Contract) {
    let server = contract.expect("a count of a product", |i| {
        i.given_with_params("a product is in the catalogue", &json!({ "stock": 12 }));
        i.given_with_params(
            "a program has an API key",
            &json!({ "scopes": ["products:write"] }),
        );
        counts(i, 40);
        i.request
            .header_from_provider_state("If-Match", "${etag}", etag());
        answer(
            i,
            200,
            json_pattern!({
                "success": true, "data": { "sku": like!("LAMP-BRASS-01"), "stock": 40 },
            }),
        );
    });
    let stock = counter(server.url()).count(PRODUCT, 40, ETAG).await;
    assert_eq!(stock.expect("a count").stock, 40);
}

pub(super) async fn counting_a_changed_product(contract: &Contract) {
    let server = contract.expect("a count of a product that somebody changed", |i| {
        i.given_with_params("a product is in the catalogue", &json!({ "stock": 12 }));
        i.given_with_params(
            "a program has an API key",
            &json!({ "scopes": ["products:write"] }),
        );
        counts(i, 40);
        i.request.header("If-Match", "\"0000000000000000\"");
        refuse(i, 412, "PRECONDITION_FAILED");
    });
    let refused = counter(server.url())
        .count(PRODUCT, 40, "\"0000000000000000\"")
        .await;
    assert_eq!(
        refused.expect_err("changed").refused(),
        (412, "PRECONDITION_FAILED")
    );
}

pub(super) async fn throwing_away_what_orders_hold(contract: &Contract) {
    let server = contract.expect("a write-off of what orders hold", |i| {
        i.given_with_params(
            "the customer has an order",
            &json!({ "stock": 12, "quantity": 2 }),
        );
        i.given_with_params(
            "a program has an API key",
            &json!({ "scopes": ["products:write"] }),
        );
        signs(i);
        send(i, "PATCH", json_pattern!({ "stockDelta": -12 }));
        refuse(i, 422, "STOCK_BELOW_RESERVED");
    });
    let refused = counter(server.url()).write_off(PRODUCT, 12).await;
    assert_eq!(
        refused.expect_err("held").refused(),
        (422, "STOCK_BELOW_RESERVED")
    );
}

pub(super) async fn counting_with_a_key_for_orders(contract: &Contract) {
    let server = contract.expect("a count with a key for orders", |i| {
        i.given_with_params("a product is in the catalogue", &json!({ "stock": 12 }));
        i.given_with_params(
            "a program has an API key",
            &json!({ "scopes": ["orders:read"] }),
        );
        counts(i, 40);
        i.request
            .header_from_provider_state("If-Match", "${etag}", etag());
        refuse(i, 403, "INSUFFICIENT_SCOPE");
    });
    let refused = counter(server.url()).count(PRODUCT, 40, ETAG).await;
    assert_eq!(
        refused.expect_err("no scope").refused(),
        (403, "INSUFFICIENT_SCOPE")
    );
}
