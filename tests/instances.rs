//! Two instances side by side on one PostgreSQL: whatever one of them promises, the other one keeps.

use std::{collections::BTreeMap, future::IntoFuture as _, time::Duration};

use serde_json::{Value, json};
use tokio::{task::JoinSet, time::sleep};

use crate::support::{Answer, Backend, Client, Database, Server, factories::*, run};

/// Within which everybody knows of a log-in that ended, a role that changed, a key that was revoked.
const REVOCATION: Duration = Duration::from_secs(5);

macro_rules! on_postgres {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn postgres() {
                super::run(super::Backend::Postgres, super::$name);
            }
        }
    )+};
}

on_postgres!(
    one_key_at_both_at_once_has_one_effect_and_one_answer,
    an_answer_of_one_is_replayed_by_the_other,
    an_order_paid_at_both_at_once_is_charged_once,
    buyers_at_both_share_the_last_pieces,
    a_wallet_spent_at_both_is_never_overdrawn,
    a_refresh_token_used_at_both_at_once_keeps_one_line,
    a_stolen_refresh_token_is_noticed_by_either,
    whatever_was_taken_away_at_one_is_gone_at_the_other_within_five_seconds,
);

/// Two instances that share a database and nothing else.
struct Pair {
    one: Server,
    two: Server,
}

impl Pair {
    async fn start(database: &Database) -> Self {
        Self {
            one: Server::start(database).await,
            two: Server::start(database).await,
        }
    }

    /// The instances in turn.
    fn at(&self, turn: usize) -> &Server {
        [&self.one, &self.two][turn % 2]
    }
}

/// Sends all of them before it waits for any.
async fn all_at_once(calls: impl IntoIterator<Item = crate::support::client::Call>) -> Vec<Answer> {
    let mut set = JoinSet::new();
    for call in calls {
        set.spawn(call.into_future());
    }
    set.join_all().await
}

/// How often each status and code came.
fn tally(answers: &[Answer]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for answer in answers {
        let name = format!("{} {}", answer.status, answer.code());
        *tally.entry(name.trim().to_owned()).or_default() += 1;
    }
    tally
}

async fn one_key_at_both_at_once_has_one_effect_and_one_answer(database: Database) {
    let pair = Pair::start(&database).await;
    let body = json!({ "amount": 700, "currency": "USD", "source": "sandbox-card" });
    let calls = (0..40).map(|turn| {
        let member = pair.at(turn).member();
        member.post("/api/v1/wallet/top-ups").key("k").json(&body)
    });
    let answers = all_at_once(calls).await;
    let counts = tally(&answers);
    let (done, running): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 201);
    // Whoever comes while the first one runs may be told so.
    for answer in running {
        assert_eq!(answer.code(), "IDEMPOTENCY_KEY_IN_USE", "{counts:?}");
    }
    assert!(done.iter().all(|answer| answer.bytes == done[0].bytes));
    let originals = done
        .iter()
        .filter(|answer| answer.header("idempotency-replayed").is_empty());
    assert_eq!(originals.count(), 1, "{counts:?}");
    for turn in 0..2 {
        assert_eq!(balance(&pair.at(turn).member()).await, 700);
    }
    assert_balanced(&pair.one).await;
}

async fn an_answer_of_one_is_replayed_by_the_other(database: Database) {
    let pair = Pair::start(&database).await;
    let order = pending_order(&pair.one, &pair.one.member()).await;
    let pay = |turn: usize| {
        let member = pair.at(turn).member();
        member.post(format!("{}/pay", path_of(&order))).key("k")
    };
    let first = pay(0).await.must(200);
    let second = pay(1).await.must(200);
    assert_eq!(first.text(), second.text());
    assert_eq!(second.header("idempotency-replayed"), "true");
    let reused = pair.two.member().post("/api/v1/wallet/top-ups").key("k");
    let body = json!({ "amount": 700, "currency": "USD", "source": "sandbox-card" });
    reused
        .json(body)
        .await
        .must_fail(422, "IDEMPOTENCY_KEY_REUSED");
}

async fn an_order_paid_at_both_at_once_is_charged_once(database: Database) {
    let pair = Pair::start(&database).await;
    let order = pending_order(&pair.one, &pair.one.member()).await;
    let calls = (0..40).map(|turn| {
        let path = format!("{}/pay", path_of(&order));
        pair.at(turn).member().post(path).key(unique("pay"))
    });
    let tally = tally(&all_at_once(calls).await);
    assert_eq!(tally["200"], 1, "{tally:?}");
    assert_eq!(tally["409 ORDER_ALREADY_PAID"], 39, "{tally:?}");
    assert_eq!(balance(&pair.two.member()).await, 4_000);
    assert_balanced(&pair.two).await;
}

async fn buyers_at_both_share_the_last_pieces(database: Database) {
    let pair = Pair::start(&database).await;
    let product = product(&pair.one, 7, 100).await;
    for buyer in [pair.one.member(), pair.one.other()] {
        top_up(&buyer, 100_000).await;
    }
    let body = json!({ "productId": product["id"], "quantity": 1 });
    let calls = (0..80).map(|turn| {
        let server = pair.at(turn);
        let buyer = [server.member(), server.other()][turn / 2 % 2].clone();
        buyer.post("/api/v1/orders").json(&body)
    });
    let tally = tally(&all_at_once(calls).await);
    assert_eq!(tally["201"], 7, "{tally:?}");
    assert_eq!(tally["409 OUT_OF_STOCK"], 73, "{tally:?}");
    assert_eq!(database.number("select count(*) from orders").await, 7);
    assert_balanced(&pair.two).await;
}

async fn a_wallet_spent_at_both_is_never_overdrawn(database: Database) {
    let pair = Pair::start(&database).await;
    let product = product(&pair.one, 1_000, 100).await;
    let member = pair.one.member();
    top_up(&member, 500).await;
    let mut orders = Vec::new();
    for _ in 0..20 {
        orders.push(order(&member, &product, 1).await);
    }
    let calls = orders.iter().enumerate().map(|(turn, order)| {
        let path = format!("{}/pay", path_of(order));
        pair.at(turn).member().post(path).key(unique("pay"))
    });
    let tally = tally(&all_at_once(calls).await);
    assert_eq!(tally["200"], 5, "{tally:?}");
    assert_eq!(tally["402 INSUFFICIENT_FUNDS"], 15, "{tally:?}");
    assert_eq!(balance(&member).await, 0);
    assert_balanced(&pair.two).await;
}

fn refresh(server: &Server, token: &Value) -> crate::support::client::Call {
    let body = json!({ "refreshToken": token });
    server.anonymous().post("/api/v1/auth/refresh").json(body)
}

async fn a_refresh_token_used_at_both_at_once_keeps_one_line(database: Database) {
    let pair = Pair::start(&database).await;
    let email = &pair.one.people().member.email;
    for _ in 0..5 {
        let tokens = log_in(&pair.one.anonymous(), email).await;
        let calls = (0..2).map(|turn| refresh(pair.at(turn), &tokens["refreshToken"]));
        let answers = all_at_once(calls).await;
        let won: Vec<_> = answers.iter().filter(|one| one.status == 200).collect();
        assert!(!won.is_empty(), "{:?}", tally(&answers));
        let mut alive = 0;
        for (turn, answer) in won.into_iter().enumerate() {
            let next = refresh(pair.at(turn), &answer.data()["refreshToken"]).await;
            alive += usize::from(next.status == 200);
            pair.one.advance(Duration::from_secs(11));
        }
        assert!(alive <= 1, "{alive} lines of one log-in are alive");
    }
}

async fn a_stolen_refresh_token_is_noticed_by_either(database: Database) {
    let pair = Pair::start(&database).await;
    for turn in 0..2 {
        let (here, there) = (pair.at(turn), pair.at(turn + 1));
        let tokens = log_in(&here.anonymous(), &here.people().member.email).await;
        let next = refresh(here, &tokens["refreshToken"]).await.must(200);
        let last = refresh(there, &next.data()["refreshToken"]).await.must(200);
        pair.one.advance(Duration::from_secs(11));
        refresh(there, &tokens["refreshToken"])
            .await
            .must_fail(401, "REFRESH_TOKEN_REUSED");
        refresh(here, &last.data()["refreshToken"]).await.must(401);
    }
}

async fn whatever_was_taken_away_at_one_is_gone_at_the_other_within_five_seconds(
    database: Database,
) {
    let pair = Pair::start(&database).await;
    let admin = pair.one.admin();
    let there = |client: &Client| {
        let (name, value) = client.credential().expect("a credential");
        let anonymous = pair.two.anonymous();
        match value.strip_prefix("Bearer ") {
            Some(token) if name == "authorization" => anonymous.bearer(token),
            _ => anonymous.api_key(value),
        }
    };

    // A log-in, somebody's standing, an account and a key, all lately seen by the other instance.
    let (email, _) = register(&pair.one.anonymous()).await;
    let tokens = log_in(&pair.one.anonymous(), &email).await;
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let logged_out = pair.one.anonymous().bearer(&text(&tokens["accessToken"]));
    let (email, disabled_user) = register(&pair.one.anonymous()).await;
    let tokens = log_in(&pair.one.anonymous(), &email).await;
    let disabled = pair.one.anonymous().bearer(&text(&tokens["accessToken"]));
    let demoted = pair.one.viewer();
    let revoked = api_key(&pair.one.other(), &["wallet:read"]).await;
    let key_id = pair.one.other().get("/api/v1/api-keys").await.must(200);
    let key_id = id(&key_id.data()[0]);
    for client in [&logged_out, &disabled, &revoked] {
        there(client).get("/api/v1/wallet").await.must(200);
    }
    there(&demoted).get("/api/v1/users").await.must(200);

    logged_out.post("/api/v1/auth/logout").await.must(204);
    admin
        .patch(format!("/api/v1/users/{}", id(&disabled_user)))
        .json(json!({ "disabled": true }))
        .await
        .must(200);
    admin
        .patch(format!("/api/v1/users/{}", pair.one.people().viewer.id))
        .json(json!({ "role": "member" }))
        .await
        .must(200);
    let key = format!("/api/v1/api-keys/{key_id}");
    pair.one.other().delete(key).await.must(204);

    // However slow this machine is: a call that comes five seconds later must be refused.
    sleep(REVOCATION).await;
    for client in [&logged_out, &disabled, &revoked] {
        there(client).get("/api/v1/wallet").await.must(401);
    }
    there(&demoted).get("/api/v1/users").await.must(403);
    there(&demoted).get("/api/v1/wallet").await.must(200);
}
