//! Many at once: one charge, no oversell, no overdraft, and books that balance at every look.

use std::{
    collections::BTreeMap,
    future::{Future, IntoFuture},
};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::{
    on_both,
    support::{Answer, Client, Database, Server, factories::*},
};

on_both!(
    a_hundred_pays_with_a_hundred_keys_charge_once,
    a_hundred_pays_with_one_key_execute_once_and_answer_alike,
    fifty_orders_against_a_wallet_for_ten_pay_exactly_ten,
    two_hundred_orders_for_ten_pieces_sell_exactly_ten,
    pay_and_cancel_at_once_end_in_one_of_both,
    a_refresh_token_used_twenty_times_at_once_keeps_one_line,
    a_hundred_top_ups_add_up,
    one_email_registers_once,
);

/// Starts all of them before it waits for any.
async fn all_at_once<T, F>(tasks: impl IntoIterator<Item = F>) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut set = JoinSet::new();
    for task in tasks {
        set.spawn(task);
    }
    set.join_all().await
}

/// How often each status and code came.
fn tally(answers: &[Answer]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        *tally
            .entry(
                format!("{} {}", answer.status, answer.code())
                    .trim()
                    .to_owned(),
            )
            .or_default() += 1;
    }
    tally
}

/// Reads the integrity report again and again until the work is done; every single one must balance.
async fn while_balanced<T>(server: &Server, work: impl Future<Output = T>) -> T {
    let (done, mut stop) = tokio::sync::oneshot::channel::<()>();
    let admin = server.admin();
    let watch = async move {
        let mut looks = 0;
        while stop.try_recv() == Err(tokio::sync::oneshot::error::TryRecvError::Empty) {
            let answer = admin.get("/api/v1/admin/integrity").await.must(200);
            assert_eq!(
                answer.data()["ok"],
                true,
                "after {looks} looks: {:#}",
                answer.data()
            );
            looks += 1;
        }
        looks
    };
    let watching = tokio::spawn(watch);
    let result = work.await;
    drop(done);
    let looks = watching.await.expect("every look balanced");
    assert!(looks > 0, "nobody looked");
    assert_balanced(server).await;
    result
}

fn pay(client: &Client, order: &Value, key: String) -> crate::support::client::Call {
    client.post(format!("{}/pay", path_of(order))).key(key)
}

async fn a_hundred_pays_with_a_hundred_keys_charge_once(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    let pays = (0..100).map(|at| pay(&member, &order, format!("key-{at}")).into_future());
    let answers = while_balanced(&server, all_at_once(pays)).await;
    let tally = tally(&answers);
    assert_eq!(tally["200"], 1, "{tally:?}");
    assert_eq!(tally["409 ORDER_ALREADY_PAID"], 99, "{tally:?}");
    assert_eq!(balance(&member).await, 4_000);
    assert_eq!(database.number("select count(*) from payments").await, 1);
    assert_eq!(
        database
            .number("select count(*) from transfers where kind = 'PAYMENT'")
            .await,
        1
    );
}

async fn a_hundred_pays_with_one_key_execute_once_and_answer_alike(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let order = pending_order(&server, &member).await;
    let pays = (0..100).map(|_| pay(&member, &order, "the-key".to_owned()).into_future());
    let answers = while_balanced(&server, all_at_once(pays)).await;
    let counts = tally(&answers);
    let (paid, running): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    // Whoever comes while the first one runs may be told so, and then gets the same answer.
    for answer in running {
        assert_eq!(answer.code(), "IDEMPOTENCY_KEY_IN_USE", "{counts:?}");
        assert_eq!(answer.header("retry-after"), "1");
    }
    assert!(!paid.is_empty(), "{counts:?}");
    assert!(paid.iter().all(|answer| answer.bytes == paid[0].bytes));
    let first = paid
        .iter()
        .filter(|answer| answer.header("idempotency-replayed").is_empty());
    assert_eq!(first.count(), 1);
    let late = pay(&member, &order, "the-key".to_owned()).await.must(200);
    assert_eq!(late.bytes, paid[0].bytes);
    assert_eq!(balance(&member).await, 4_000);
}

async fn fifty_orders_against_a_wallet_for_ten_pay_exactly_ten(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let product = product(&server, 1_000, 100).await;
    top_up(&member, 1_000).await;
    let mut orders = Vec::new();
    for _ in 0..50 {
        orders.push(order(&member, &product, 1).await);
    }
    let pays = orders
        .iter()
        .map(|order| pay(&member, order, unique("pay")).into_future());
    let answers = while_balanced(&server, all_at_once(pays)).await;
    let tally = tally(&answers);
    assert_eq!(tally["200"], 10, "{tally:?}");
    assert_eq!(tally["402 INSUFFICIENT_FUNDS"], 40, "{tally:?}");
    assert_eq!(balance(&member).await, 0);
}

async fn two_hundred_orders_for_ten_pieces_sell_exactly_ten(database: Database) {
    let server = Server::start(&database).await;
    let product = product(&server, 10, 100).await;
    let buyers = [server.member(), server.other()];
    for buyer in &buyers {
        top_up(buyer, 100_000).await;
    }
    let body = json!({ "productId": product["id"], "quantity": 1 });
    let orders = (0..200).map(|at| {
        buyers[at % 2]
            .post("/api/v1/orders")
            .json(&body)
            .into_future()
    });
    let answers = while_balanced(&server, all_at_once(orders)).await;
    let tally = tally(&answers);
    assert_eq!(tally["201"], 10, "{tally:?}");
    assert_eq!(tally["409 OUT_OF_STOCK"], 190, "{tally:?}");
    assert_eq!(stock(&server, &product).await, 0);
    let made = answers.iter().filter(|answer| answer.status == 201);
    let pays = made.map(|answer| {
        let order = answer.data();
        let owner = buyers
            .iter()
            .zip([&server.people().member, &server.people().other]);
        let mut owner = owner
            .filter(|(_, person)| order["userId"] == json!(person.id))
            .map(|(client, _)| client);
        pay(owner.next_back().expect("a buyer"), &order, unique("pay")).into_future()
    });
    let paid = all_at_once(pays.collect::<Vec<_>>()).await;
    assert!(paid.iter().all(|answer| answer.status == 200));
    assert_eq!(
        database
            .number("select on_hand + reserved from products")
            .await,
        0
    );
    assert_balanced(&server).await;
}

async fn pay_and_cancel_at_once_end_in_one_of_both(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let product = product(&server, 100, 100).await;
    top_up(&member, 10_000).await;
    for _ in 0..5 {
        let order = order(&member, &product, 1).await;
        let before = balance(&member).await;
        let cancel = member
            .post(format!("{}/cancel", path_of(&order)))
            .json(json!({}));
        let calls = vec![
            pay(&member, &order, unique("pay")).into_future(),
            cancel.into_future(),
        ];
        let answers = while_balanced(&server, all_at_once(calls)).await;
        let shown = member.get(path_of(&order)).await.must(200).data();
        // A cancel that comes after the payment gives the money back: cancelled it is, either way.
        assert_eq!(shown["status"], "CANCELLED", "{:?}", tally(&answers));
        assert_eq!(balance(&member).await, before);
    }
    assert_eq!(stock(&server, &product).await, 100);
}

async fn a_refresh_token_used_twenty_times_at_once_keeps_one_line(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let body = json!({ "refreshToken": tokens["refreshToken"] });
    let anonymous = server.anonymous();
    let calls = (0..20).map(|_| {
        anonymous
            .post("/api/v1/auth/refresh")
            .json(&body)
            .into_future()
    });
    let answers = all_at_once(calls).await;
    let tally = tally(&answers);
    assert!(tally.contains_key("200"), "{tally:?}");
    // At most one of the successors can be used on.
    let mut alive = 0;
    for answer in answers.iter().filter(|answer| answer.status == 200) {
        let body = json!({ "refreshToken": answer.data()["refreshToken"] });
        let next = anonymous.post("/api/v1/auth/refresh").json(body).await;
        alive += usize::from(next.status == 200);
        server.advance(std::time::Duration::from_secs(11));
    }
    assert!(alive <= 1, "{alive} lines of one log-in are alive");
}

async fn a_hundred_top_ups_add_up(database: Database) {
    let server = Server::start(&database).await;
    let member = server.member();
    let body = json!({ "amount": 7, "currency": "USD", "source": "sandbox-card" });
    let calls = (0..100).map(|_| {
        member
            .post("/api/v1/wallet/top-ups")
            .key(unique("t"))
            .json(&body)
            .into_future()
    });
    let answers = while_balanced(&server, all_at_once(calls)).await;
    assert_eq!(tally(&answers)["201"], 100, "{:?}", tally(&answers));
    assert_eq!(balance(&member).await, 700);
    let mut balances: Vec<_> = answers
        .iter()
        .map(|a| a.data()["balance"].as_i64().unwrap())
        .collect();
    balances.sort_unstable();
    assert_eq!(balances, (1..=100).map(|n| n * 7).collect::<Vec<_>>());
}

async fn one_email_registers_once(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "email": "race@example.com", "password": PASSWORD, "name": "Racer" });
    let anonymous = server.anonymous();
    let calls = (0..8).map(|_| {
        anonymous
            .post("/api/v1/auth/register")
            .json(&body)
            .into_future()
    });
    let tally = tally(&all_at_once(calls).await);
    assert_eq!(
        (tally["201"], tally["409 EMAIL_ALREADY_EXISTS"]),
        (1, 7),
        "{tally:?}"
    );
}
