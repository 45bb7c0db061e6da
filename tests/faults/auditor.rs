//! Compares what shoppers were told with what the server's books say: over HTTP, in the tables, from the command line.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::{
    journal::{Account, Books},
    shopper::Shopper,
    stage::{STOCK, Stage},
    traffic::Traffic,
};

/// Longer than anybody waits for the job of a server that died, and for the next tries of one that failed then.
const BACKGROUND: Duration = Duration::from_mins(2);

/// What all customers together were told.
pub struct Told {
    pub orders: usize,
    pub paid: usize,
    pub cancelled: usize,
}

/// Ends the traffic and checks everything. What was acknowledged is there exactly once, and nothing else is there.
pub async fn audit(stage: Stage, traffic: Traffic) {
    let told = compare(&stage, traffic).await;
    if !stage.instances.is_empty() {
        check_mails(&told, &stage.mails());
    }
    stage.close().await;
}

/// As [`audit`], but for the mails, and the servers go on.
pub async fn compare(stage: &Stage, traffic: Traffic) -> Told {
    let disturbed = traffic.disturbed();
    let accounts = traffic.accounts.clone();
    let mut shoppers = traffic.finish().await;
    let mut settled = 0;
    for shopper in &mut shoppers {
        settled += settle(stage, shopper).await;
    }
    for account in &accounts {
        let mut devices = shoppers.iter_mut();
        let device = devices.find(|one| Arc::ptr_eq(&one.account, account));
        check_account(device.expect("every account has a device")).await;
    }
    check_stock(stage, &accounts).await;
    check_background(stage).await;
    check_tables(stage, &accounts).await;
    check_integrity(stage).await;
    let sum = |of: fn(&Books) -> usize| accounts.iter().map(|one| of(&one.books())).sum();
    let told = Told {
        orders: sum(|books| books.orders.len()),
        paid: sum(|books| books.paid.len()),
        cancelled: sum(|books| books.cancelled.len()),
    };
    assert!(told.paid > 0, "nobody paid anything");
    eprintln!(
        "  {} orders, {} paid; {disturbed} attempts repeated, {settled} wishes left open and settled: {:?}",
        told.orders,
        told.paid,
        stage.doors.disturbances()
    );
    told
}

/// Each paid order has a receipt, each order a confirmation unless it was cancelled before. A mail may come twice, with
/// the same `Message-ID`; these are the ids, such as `EVENT.payment-receipt`.
pub fn check_mails(told: &Told, ids: &BTreeSet<String>) {
    let count = |template: &str| ids.iter().filter(|id| id.ends_with(template)).count();
    assert_eq!(count(".payment-receipt"), told.paid);
    let confirmations = count(".order-confirmation");
    let expected = told.orders - told.cancelled..=told.orders;
    assert!(
        expected.contains(&confirmations),
        "{confirmations} of {expected:?}"
    );
}

/// Sends what was given up once more. Either it took place then, and is only answered now, or it takes place now.
async fn settle(stage: &Stage, shopper: &mut Shopper) -> usize {
    let open = std::mem::take(&mut shopper.account.books().open);
    for wish in &open {
        let sql = format!(
            "select count(*) from idempotency_keys where key = '{}'",
            wish.key
        );
        let took_place = stage.number(&sql).await == 1;
        let answer = shopper.settle(wish).await;
        let replayed = answer.header("idempotency-replayed") == "true";
        assert_eq!(replayed, took_place, "{wish:?}: {}", answer.text());
        shopper.account.note(wish, &answer);
    }
    open.len()
}

/// What a customer sees of wallet and orders is what the customer was told.
async fn check_account(shopper: &mut Shopper) {
    let account = Arc::clone(&shopper.account);
    let wallet = shopper.read("/api/v1/wallet").await;
    assert_eq!(wallet["data"]["balance"], account.books().balance());

    let mut moved = BTreeSet::new();
    let mut path = "/api/v1/wallet/entries?limit=100".to_owned();
    loop {
        let page = shopper.read(&path).await;
        for entry in page["data"].as_array().expect("a list") {
            let kind = entry["kind"].as_str().expect("a kind");
            let about = entry["orderId"].as_str().unwrap_or_default();
            let line = (kind.to_owned(), about.to_owned(), entry["amount"].as_i64());
            assert!(
                kind == "TOPUP" || moved.insert(line),
                "moved twice: {entry}"
            );
        }
        let Some(cursor) = page["meta"]["nextCursor"].as_str() else {
            break;
        };
        path = format!("/api/v1/wallet/entries?limit=100&cursor={cursor}");
    }

    let ids: Vec<_> = account.books().orders.keys().cloned().collect();
    for id in ids {
        let shown = shopper.read(&format!("/api/v1/orders/{id}")).await;
        let expected = account.books().status(&id);
        assert_eq!(shown["data"]["status"], expected, "{}", shown["data"]);
    }
    let list = shopper.read("/api/v1/orders?limit=1").await;
    let count = account.books().orders.len();
    assert_eq!(list["meta"]["total"], count, "orders nobody was told of");
}

/// What can still be bought is what was there, less what was bought.
async fn check_stock(stage: &Stage, accounts: &[Arc<Account>]) {
    for (at, (id, before)) in stage.products.iter().zip(STOCK).enumerate() {
        let shown = stage.client().get(format!("/api/v1/products/{id}")).await;
        let taken: i64 = accounts.iter().map(|of| of.books().taken(at)).sum();
        assert_eq!(shown.must(200).data()["stock"], before - taken);
    }
}

/// Every effect has its rows, as often as it was acknowledged: money, orders, audit, events.
async fn check_tables(stage: &Stage, accounts: &[Arc<Account>]) {
    let sum = |of: &dyn Fn(&Account) -> usize| -> i64 {
        let total: usize = accounts.iter().map(|account| of(account)).sum();
        i64::try_from(total).expect("few")
    };
    let top_ups = sum(&|of| of.books().top_ups.len());
    let orders = sum(&|of| of.books().orders.len());
    let paid = sum(&|of| of.books().paid.len());
    let cancelled = sum(&|of| of.books().cancelled.len());
    let refunds = sum(&|of| of.books().refunds());
    for (expected, from) in [
        (top_ups, "transfers where kind = 'TOPUP'"),
        (paid, "transfers where kind = 'PAYMENT'"),
        (refunds, "transfers where kind = 'REFUND'"),
        (paid, "payments where status in ('COMPLETED', 'REFUNDED')"),
        (paid - refunds, "payments where status = 'COMPLETED'"),
        (orders, "orders"),
        (orders, "audit_logs where action = 'order.created'"),
        (
            paid + cancelled,
            "audit_logs where action = 'order.status_changed'",
        ),
        (orders, "outbox where event_type = 'order.created'"),
        (paid, "outbox where event_type = 'order.paid'"),
        (cancelled, "outbox where event_type = 'order.cancelled'"),
        // One for each order and one for each payment; those that were sent and those that had no reason any more.
        (
            if stage.instances.is_empty() {
                0
            } else {
                orders + paid
            },
            "jobs where queue = 'mails' and state = 'done'",
        ),
    ] {
        let sql = format!("select count(*) from {from}");
        assert_eq!(stage.number(&sql).await, expected, "{sql}");
    }
}

/// Whatever was to be done later is done: every event is published, no job waits, none was given up by mistake.
async fn check_background(stage: &Stage) {
    if stage.instances.is_empty() {
        // Servers in this process leave that to others.
        return;
    }
    for waiting in [
        "outbox where published_at is null",
        "jobs where state in ('waiting', 'running')",
    ] {
        let sql = format!("select count(*) from {waiting}");
        let started = Instant::now();
        while stage.number(&sql).await > 0 {
            assert!(started.elapsed() < BACKGROUND, "{waiting} for ever");
            sleep(Duration::from_millis(50)).await;
        }
    }
    let dead = "select count(*) from jobs where state = 'dead'";
    assert_eq!(stage.number(dead).await, stage.dead_letters);
}

async fn check_integrity(stage: &Stage) {
    let admin = stage.admin().await;
    let report = admin.get("/api/v1/admin/integrity").await.must(200);
    assert_eq!(report.data()["ok"], Value::Bool(true), "{}", report.text());
}
