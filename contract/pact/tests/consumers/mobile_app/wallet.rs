//! The wallet and what moved it.

use serde_json::json;

use super::client::App;
use crate::support::{Contract, TOKEN, answer, bearer, currency, one_of, query_from_state, whole};

const CURSOR: &str = "eyJzIjoxMjgzfQ";
const KINDS: &[&str] = &["PAYMENT", "TOPUP", "REFUND", "ADJUSTMENT"];

pub(super) async fn reading_the_wallet(contract: &Contract) {
    let server = contract.expect("the wallet", |i| {
        i.given_with_params("a customer is logged in", &json!({ "balance": 25_000 }));
        bearer(&mut i.request);
        i.request.path("/api/v1/wallet");
        answer(
            i,
            200,
            json_pattern!({
                "success": true, "data": { "balance": 25_000, "currency": currency() },
            }),
        );
    });
    let wallet = App::start(server.url()).with_session(TOKEN).wallet().await;
    let wallet = wallet.expect("a wallet");
    assert_eq!((wallet.balance, wallet.currency.as_str()), (25_000, "USD"));
}

pub(super) async fn reading_the_entries(contract: &Contract) {
    let server = contract.expect("the newest entry of the wallet", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        bearer(&mut i.request);
        i.request
            .path("/api/v1/wallet/entries")
            .query_param("limit", term!("^[1-9][0-9]?$", "1"));
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": each_like!({
                    "kind": one_of(KINDS), "amount": whole(-9800), "balanceAfter": whole(15_200),
                }),
                "meta": { "nextCursor": like!(CURSOR) },
            }),
        );
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let entries = app.entries(None).await.expect("entries");
    let entry = entries.data.first().expect("an entry");
    assert_eq!(
        (entry.kind.as_str(), entry.amount, entry.balance_after),
        ("PAYMENT", -9800, 15_200)
    );
    assert_eq!(entries.meta.next_cursor.as_deref(), Some(CURSOR));
}

pub(super) async fn reading_on_in_the_entries(contract: &Contract) {
    let server = contract.expect("the entry that follows", |i| {
        i.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
        i.given("the app has read one entry of the wallet");
        bearer(&mut i.request);
        i.request
            .path("/api/v1/wallet/entries")
            .query_param("limit", term!("^[1-9][0-9]?$", "1"));
        query_from_state(
            &mut i.request,
            "cursor",
            "cursor",
            term!("^[A-Za-z0-9_-]+$", CURSOR),
        );
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": each_like!({
                    "kind": one_of(&["TOPUP"]), "amount": whole(25_000), "balanceAfter": whole(25_000),
                }),
                "meta": { "nextCursor": null },
            }),
        );
    });
    let app = App::start(server.url()).with_session(TOKEN);
    let entries = app.entries(Some(CURSOR)).await.expect("entries");
    assert_eq!(entries.data.first().expect("an entry").kind, "TOPUP");
    assert_eq!(entries.meta.next_cursor, None);
}
