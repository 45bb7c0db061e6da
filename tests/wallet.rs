//! The wallet: its balance, its entries, and topping it up.

use serde_json::json;

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    a_new_wallet_is_empty,
    a_top_up_shows_in_balance_and_entries,
    a_top_up_looks_like_this,
    a_declined_source_charges_nothing_and_is_audited,
    another_currency_is_refused,
    an_amount_beyond_the_bounds_is_refused,
    a_balance_beyond_what_a_wallet_holds_is_refused,
    a_top_up_without_a_key_is_refused,
    entries_are_read_with_a_cursor_without_gaps_while_new_ones_arrive,
    a_cursor_that_was_tampered_with_is_refused,
    entries_are_filtered_by_kind,
    entries_of_others_are_never_shown,
);

async fn a_new_wallet_is_empty(database: Database) {
    let server = Server::start(&database).await;
    let wallet = server.member().get("/api/v1/wallet").await.must(200).data();
    assert_eq!(
        (&wallet["balance"], &wallet["currency"]),
        (&json!(0), &json!("USD"))
    );
    assert_eq!(wallet["userId"], json!(server.people().member.id));
    let entries = server
        .member()
        .get("/api/v1/wallet/entries")
        .await
        .must(200);
    assert_eq!(entries.data(), json!([]));
    assert_eq!(entries.json()["meta"]["hasNext"], false);
}

async fn a_top_up_shows_in_balance_and_entries(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    top_up(&member, 1_000).await;
    let second = top_up(&member, 234).await;
    assert_eq!(
        (&second["amount"], &second["balance"]),
        (&json!(234), &json!(1_234))
    );
    assert_eq!(balance(&member).await, 1_234);
    let entries = member.get("/api/v1/wallet/entries").await.must(200).data();
    let newest = &entries[0];
    assert_eq!(
        (&newest["kind"], &newest["amount"]),
        (&json!("TOPUP"), &json!(234))
    );
    assert_eq!(
        (&newest["balanceAfter"], &entries[1]["balanceAfter"]),
        (&json!(1_234), &json!(1_000))
    );
}

async fn a_top_up_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "amount": 5_000, "currency": "USD", "source": "sandbox-card" });
    let made = server
        .member()
        .post("/api/v1/wallet/top-ups")
        .key("first")
        .json(body)
        .await;
    insta::assert_json_snapshot!(
        "top_up",
        made.must(201).snapshot(&["cache-control"]),
        { ".body.data.id" => "[id]", ".body.requestId" => "[request]" }
    );
}

async fn a_declined_source_charges_nothing_and_is_audited(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let body = json!({ "amount": 500, "currency": "USD", "source": "card-decline" });
    let declined = member
        .post("/api/v1/wallet/top-ups")
        .key("d")
        .json(&body)
        .await;
    declined.must_fail(402, "PAYMENT_DECLINED");
    assert_eq!(balance(&member).await, 0);
    let actor = &server.people().member.id;
    let path = format!("/api/v1/admin/audit-logs?actorId={actor}");
    let logs = server.admin().get(path).await.must(200).text();
    assert!(
        logs.contains("declined") || logs.contains("PAYMENT_DECLINED"),
        "{logs}"
    );
}

async fn another_currency_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "amount": 500, "currency": "EUR", "source": "sandbox-card" });
    let refused = server
        .member()
        .post("/api/v1/wallet/top-ups")
        .key("e")
        .json(body)
        .await;
    refused.must_fail(422, "CURRENCY_MISMATCH");
}

async fn an_amount_beyond_the_bounds_is_refused(database: Database) {
    let server = Server::start(&database).await;
    for amount in [
        json!(0),
        json!(-1),
        json!(9_007_199_254_740_992_i64),
        json!(1.5),
        json!("5"),
    ] {
        let body = json!({ "amount": amount, "currency": "USD", "source": "sandbox-card" });
        let refused = server
            .member()
            .post("/api/v1/wallet/top-ups")
            .key(unique("b"))
            .json(body);
        let refused = refused.await;
        refused.must_fail(400, "VALIDATION_ERROR");
    }
    assert_eq!(balance(&server.member()).await, 0);
}

async fn a_balance_beyond_what_a_wallet_holds_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let most = 9_007_199_254_740_991;
    top_up(&member, most).await;
    let body = json!({ "amount": 1, "currency": "USD", "source": "sandbox-card" });
    let refused = member
        .post("/api/v1/wallet/top-ups")
        .key("more")
        .json(body)
        .await;
    refused.must_fail(422, "LIMIT_EXCEEDED");
    assert_eq!(balance(&member).await, most);
    assert_balanced(&server).await;
}

async fn a_top_up_without_a_key_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "amount": 500, "currency": "USD", "source": "sandbox-card" });
    let refused = server
        .member()
        .post("/api/v1/wallet/top-ups")
        .json(body)
        .await;
    refused.must_fail(400, "IDEMPOTENCY_KEY_MISSING");
    assert_eq!(balance(&server.member()).await, 0);
}

async fn entries_are_read_with_a_cursor_without_gaps_while_new_ones_arrive(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    for amount in 1..=5 {
        top_up(&member, amount).await;
    }
    let mut amounts = Vec::new();
    let mut path = "/api/v1/wallet/entries?limit=2".to_owned();
    for round in 0..3 {
        let page = member.get(&path).await.must(200);
        let entries = page.data();
        amounts.extend(
            entries
                .as_array()
                .unwrap()
                .iter()
                .map(|e| e["amount"].as_i64().unwrap()),
        );
        top_up(&member, 100 + round).await;
        let meta = page.json()["meta"].clone();
        if meta["hasNext"] == false {
            break;
        }
        path = format!(
            "/api/v1/wallet/entries?limit=2&cursor={}",
            meta["nextCursor"].as_str().unwrap()
        );
    }
    assert_eq!(amounts, [5, 4, 3, 2, 1]);
}

async fn a_cursor_that_was_tampered_with_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    for amount in 1..=3 {
        top_up(&member, amount).await;
    }
    let page = member
        .get("/api/v1/wallet/entries?limit=1")
        .await
        .must(200)
        .json();
    let cursor = page["meta"]["nextCursor"].as_str().unwrap().to_owned();
    let flipped = if cursor.starts_with('A') { "B" } else { "A" };
    let tampered = format!("{flipped}{}", &cursor[1..]);
    for bad in [
        tampered,
        cursor[..cursor.len() - 2].to_owned(),
        "MQ".to_owned(),
    ] {
        let refused = member
            .get(format!("/api/v1/wallet/entries?cursor={bad}"))
            .await;
        refused.must_fail(400, "INVALID_CURSOR");
    }
}

async fn entries_are_filtered_by_kind(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    paid_order(&server, &member).await;
    let kinds = async |query: &str| {
        let list = member
            .get(format!("/api/v1/wallet/entries?{query}"))
            .await
            .must(200)
            .data();
        let kind = |entry: &serde_json::Value| entry["kind"].as_str().unwrap().to_owned();
        list.as_array()
            .unwrap()
            .iter()
            .map(kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds("").await, ["PAYMENT", "TOPUP"]);
    assert_eq!(kinds("kind=PAYMENT").await, ["PAYMENT"]);
    assert_eq!(
        kinds("from=2030-01-01T00:00:00Z").await,
        Vec::<String>::new()
    );
    assert_eq!(kinds("to=2030-01-01T00:00:00Z").await, ["PAYMENT", "TOPUP"]);
}

async fn entries_of_others_are_never_shown(database: Database) {
    let server = Server::start(&database).await;
    top_up(&server.member(), 1_000).await;
    let entries = server
        .other()
        .get("/api/v1/wallet/entries")
        .await
        .must(200)
        .data();
    assert_eq!(entries, json!([]));
    assert_eq!(balance(&server.other()).await, 0);
}
