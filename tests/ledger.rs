//! The books, seen from below: what the database itself refuses, and what the rows say after business.

use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    every_transfer_sums_to_zero,
    balances_equal_their_postings,
    entries_cannot_be_changed_or_deleted,
    a_balance_cannot_fall_below_zero,
    a_second_payment_of_one_order_cannot_exist,
    reserved_stock_stays_within_what_is_there,
    every_change_leaves_one_audit_row,
    a_failed_statement_leaves_nothing_half_done,
);

/// Some of everything: top-ups, paid, cancelled and refunded orders.
async fn busy(database: &Database) -> Server {
    let server = Server::start(database).await;
    let product = product(&server, 100, 500).await;
    for client in [server.member(), server.other()] {
        top_up(&client, 3_000).await;
        let one = order(&client, &product, 1).await;
        let two = order(&client, &product, 2).await;
        let three = order(&client, &product, 1).await;
        try_pay(&client, &one).await.must(200);
        try_pay(&client, &two).await.must(200);
        for order in [&two, &three] {
            let cancel = client
                .post(format!("{}/cancel", path_of(order)))
                .json(serde_json::json!({}));
            cancel.await.must(200);
        }
    }
    assert_balanced(&server).await;
    server
}

async fn every_transfer_sums_to_zero(database: Database) {
    let _server = busy(&database).await;
    assert_eq!(database.number("select count(*) from transfers").await, 8);
    let unbalanced = "select count(*) from (select transfer_id, currency from postings \
        group by transfer_id, currency having sum(amount) <> 0) as wrong";
    assert_eq!(database.number(unbalanced).await, 0);
    let lonely = "select count(*) from transfers t where (select count(*) from postings p \
        where p.transfer_id = t.id) < 2";
    assert_eq!(database.number(lonely).await, 0);
}

async fn balances_equal_their_postings(database: Database) {
    let server = busy(&database).await;
    assert_eq!(balance(&server.member()).await, 2_500);
    let wrong = "select count(*) from wallets w where w.balance <> (select coalesce(sum(p.amount), 0) \
        from postings p where p.account_id = w.account_id)";
    assert_eq!(database.number(wrong).await, 0);
    let entries = server
        .member()
        .get("/api/v1/wallet/entries")
        .await
        .must(200)
        .data();
    let entries = entries.as_array().unwrap();
    let sum: i64 = entries
        .iter()
        .map(|entry| entry["amount"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, 2_500);
    for pair in entries.windows(2) {
        let [newer, older] = pair else { unreachable!() };
        let number = |value: &serde_json::Value, key: &str| value[key].as_i64().unwrap();
        let expected = number(older, "balanceAfter") + number(newer, "amount");
        assert_eq!(number(newer, "balanceAfter"), expected);
    }
}

async fn entries_cannot_be_changed_or_deleted(database: Database) {
    let _server = busy(&database).await;
    for table in ["postings", "transfers", "audit_logs"] {
        let column = if table == "audit_logs" {
            "action = 'nothing'"
        } else {
            "amount = 1"
        };
        for sql in [
            format!("update {table} set {column}"),
            format!("delete from {table}"),
        ] {
            let refused = database.try_execute(&sql).await;
            let error = refused.expect_err(&sql).to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
    }
}

async fn a_balance_cannot_fall_below_zero(database: Database) {
    let _server = busy(&database).await;
    let refused = database
        .try_execute("update wallets set balance = balance - 1000000")
        .await;
    refused.expect_err("the check of the table");
}

async fn a_second_payment_of_one_order_cannot_exist(database: Database) {
    let _server = busy(&database).await;
    let columns = "kind, ref_type, ref_id, user_id, order_id, amount, currency, created_at";
    let id = match database.backend {
        crate::support::Backend::Sqlite => "randomblob(16)",
        crate::support::Backend::Postgres => "gen_random_uuid()",
    };
    let copy = format!(
        "insert into transfers (id, {columns}) select {id}, {columns} from transfers where kind = 'PAYMENT'"
    );
    let error = database
        .try_execute(&copy)
        .await
        .expect_err("a copy of a payment")
        .to_string();
    assert!(error.to_lowercase().contains("unique"), "{error}");
}

async fn reserved_stock_stays_within_what_is_there(database: Database) {
    let server = Server::start(&database).await;
    product(&server, 1, 1).await;
    for wrong in ["reserved = on_hand + 1", "reserved = -1", "on_hand = -1"] {
        let refused = database
            .try_execute(&format!("update products set {wrong}"))
            .await;
        refused.expect_err(wrong);
    }
}

async fn every_change_leaves_one_audit_row(database: Database) {
    let server = Server::start(&database).await;
    let before = database.number("select count(*) from audit_logs").await;
    let order = paid_order(&server, &server.member()).await;
    walk(&server, &order, &["PROCESSING", "SHIPPED"]).await;
    // A product, a top-up, an order, a payment, two steps.
    assert_eq!(
        database.number("select count(*) from audit_logs").await - before,
        6
    );
}

async fn a_failed_statement_leaves_nothing_half_done(database: Database) {
    let server = Server::start(&database).await;
    let order = pending_order(&server, &server.member()).await;
    let before = counts(&database).await;
    // The last write of a payment fails; everything before it must be gone.
    database
        .execute("alter table audit_logs rename column action to verb")
        .await;
    let failed = server
        .member()
        .post(format!("{}/pay", path_of(&order)))
        .key("k")
        .faulty()
        .await;
    failed.must_fail(500, "INTERNAL_ERROR");
    assert_eq!(counts(&database).await, before);
    database
        .execute("alter table audit_logs rename column verb to action")
        .await;
    server
        .member()
        .post(format!("{}/pay", path_of(&order)))
        .key("k")
        .await
        .must(200);
    assert_balanced(&server).await;
}

async fn counts(database: &Database) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in [
        "transfers",
        "postings",
        "payments",
        "audit_logs",
        "outbox",
        "idempotency_keys",
    ] {
        counts.push(
            database
                .number(&format!("select count(*) from {table}"))
                .await,
        );
    }
    counts.push(database.number("select sum(balance) from wallets").await);
    counts.push(
        database
            .number("select sum(on_hand * 1000 + reserved) from products")
            .await,
    );
    counts
}
