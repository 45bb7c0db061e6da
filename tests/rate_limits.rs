//! Budgets of calls: per caller and tier, in headers and refusals, and how they come back.

use std::time::Duration;

use serde_json::json;
use waybill::config::Rate;

use crate::{
    on_both,
    support::{Answer, Database, Server},
};

on_both!(
    every_answer_says_what_is_left,
    a_spent_budget_is_refused_until_it_comes_back,
    waiting_exactly_as_long_as_told_succeeds,
    a_window_slides_and_does_not_jump,
    the_auth_tier_blocks_for_a_minute,
    the_heavy_tier_is_small,
    callers_do_not_share_a_budget,
    failed_credentials_spend_the_budget_of_the_address,
    one_account_is_protected_from_guessing,
    the_global_budget_is_for_everybody,
    a_forwarded_address_counts_only_from_a_trusted_proxy,
    a_refusal_looks_like_this,
    a_budget_that_is_off_refuses_nobody,
);

const MINUTE: Duration = Duration::from_mins(1);

/// The limits of the contract.
async fn strict(database: &Database) -> Server {
    Server::with(database, |config| config.limits = Server::contract_limits()).await
}

fn number(answer: &Answer, header: &str) -> i64 {
    answer
        .header(header)
        .parse()
        .unwrap_or_else(|_| panic!("{header}: {:?}", answer.header(header)))
}

async fn every_answer_says_what_is_left(database: Database) {
    let server = strict(&database).await;
    let first = server.member().get("/api/v1/wallet").await.must(200);
    let second = server.member().get("/api/v1/wallet").await.must(200);
    assert_eq!(number(&first, "x-ratelimit-limit"), 100);
    assert_eq!(number(&first, "x-ratelimit-remaining"), 99);
    assert_eq!(number(&second, "x-ratelimit-remaining"), 98);
    let reset = number(&first, "x-ratelimit-reset");
    let now = server.now().as_millis() / 1_000;
    assert!(
        (now..=now + 60).contains(&reset),
        "{reset} is no time within a minute of {now}"
    );
    assert!(
        first.header("ratelimit-policy").contains("q=100"),
        "{}",
        first.header("ratelimit-policy")
    );
    assert!(first.header("ratelimit-policy").contains("w=60"));
    assert!(
        first.header("ratelimit").contains("r=99"),
        "{}",
        first.header("ratelimit")
    );
}

async fn a_spent_budget_is_refused_until_it_comes_back(database: Database) {
    let server = strict(&database).await;
    for left in (0..100).rev() {
        let answer = server.member().get("/api/v1/wallet").await.must(200);
        assert_eq!(number(&answer, "x-ratelimit-remaining"), left);
    }
    let refused = server
        .member()
        .get("/api/v1/wallet")
        .await
        .must_fail(429, "RATE_LIMIT_EXCEEDED");
    let wait = number(&refused, "retry-after");
    assert!((1..=60).contains(&wait), "{wait}");
    let message = refused.json()["error"]["message"].clone();
    assert_eq!(
        message,
        json!(format!("Too many requests. Try again in {wait} seconds."))
    );
    server.advance(2 * MINUTE);
    server.member().get("/api/v1/wallet").await.must(200);
}

async fn waiting_exactly_as_long_as_told_succeeds(database: Database) {
    let server = strict(&database).await;
    for at in 0..100 {
        server.member().get("/api/v1/wallet").await.must(200);
        if at % 10 == 0 {
            server.advance(Duration::from_millis(700));
        }
    }
    let refused = server.member().get("/api/v1/wallet").await.must(429);
    let wait = number(&refused, "retry-after");
    server.advance(Duration::from_secs(u64::try_from(wait).unwrap()));
    server.member().get("/api/v1/wallet").await.must(200);
}

async fn a_window_slides_and_does_not_jump(database: Database) {
    let server = strict(&database).await;
    // Ninety calls at the end of one window must count at the beginning of the next.
    server.advance(Duration::from_secs(59));
    for _ in 0..90 {
        server.member().get("/api/v1/wallet").await.must(200);
    }
    server.advance(Duration::from_secs(2));
    let mut admitted = 0;
    while server.member().get("/api/v1/wallet").await.status == 200 {
        admitted += 1;
        assert!(admitted <= 13, "{admitted} calls more within three seconds");
    }
    assert!(admitted >= 8, "only {admitted} of ten calls were left");
}

async fn the_auth_tier_blocks_for_a_minute(database: Database) {
    let server = strict(&database).await;
    let log_in = || {
        let body = json!({ "email": "nobody@example.com", "password": "wrong password" });
        server
            .anonymous()
            .post("/api/v1/auth/refresh")
            .json(json!({ "refreshToken": body["email"] }))
    };
    for _ in 0..20 {
        log_in().await.must(401);
    }
    let refused = log_in().await.must_fail(429, "RATE_LIMIT_EXCEEDED");
    let wait = number(&refused, "retry-after");
    assert!((59..=60).contains(&wait), "blocked for {wait} s");
    server.advance(Duration::from_secs(30));
    log_in().await.must(429);
    server.advance(Duration::from_secs(u64::try_from(wait).unwrap() - 30));
    log_in().await.must(401);
}

async fn the_heavy_tier_is_small(database: Database) {
    let server = strict(&database).await;
    for _ in 0..10 {
        server
            .admin()
            .get("/api/v1/admin/integrity")
            .await
            .must(200);
    }
    server
        .admin()
        .get("/api/v1/admin/integrity")
        .await
        .must_fail(429, "RATE_LIMIT_EXCEEDED");
    // Another tier is another budget.
    server.admin().get("/api/v1/admin/orders").await.must(200);
}

async fn callers_do_not_share_a_budget(database: Database) {
    let server = strict(&database).await;
    for _ in 0..100 {
        server.member().get("/api/v1/wallet").await.must(200);
    }
    server.member().get("/api/v1/wallet").await.must(429);
    server.other().get("/api/v1/wallet").await.must(200);
    server.anonymous().get("/api/v1/products").await.must(200);
}

async fn failed_credentials_spend_the_budget_of_the_address(database: Database) {
    let server = strict(&database).await;
    for at in 0..20 {
        let guess = format!("wb_live_guess{at}");
        server
            .anonymous()
            .api_key(&guess)
            .get("/api/v1/wallet")
            .await
            .must(401);
    }
    let next = server
        .anonymous()
        .api_key("wb_live_guess")
        .get("/api/v1/wallet")
        .await;
    next.must_fail(429, "RATE_LIMIT_EXCEEDED");
    // Whoever brings a good credential is not punished for a neighbour behind the same address.
    server.member().get("/api/v1/wallet").await.must(200);
}

async fn one_account_is_protected_from_guessing(database: Database) {
    let server = strict(&database).await;
    let email = &server.people().member.email;
    let guess = || {
        let body = json!({ "email": email, "password": "wrong password" });
        server.anonymous().post("/api/v1/auth/login").json(body)
    };
    for _ in 0..10 {
        guess().await.must_fail(401, "INVALID_CREDENTIALS");
    }
    guess().await.must_fail(429, "RATE_LIMIT_EXCEEDED");
}

async fn the_global_budget_is_for_everybody(database: Database) {
    let server = Server::with(&database, |config| {
        config.limits.global = Some(Rate {
            calls: 3,
            window: MINUTE,
            block: None,
        });
    })
    .await;
    server.member().get("/api/v1/wallet").await.must(200);
    server.other().get("/api/v1/wallet").await.must(200);
    server.anonymous().get("/api/v1/products").await.must(200);
    let refused = server
        .admin()
        .get("/api/v1/wallet")
        .await
        .must_fail(429, "RATE_LIMIT_EXCEEDED");
    assert!(
        refused.header("ratelimit-policy").contains("global"),
        "{}",
        refused.header("ratelimit-policy")
    );
    server.anonymous().get("/health").await.must(200);
}

async fn a_forwarded_address_counts_only_from_a_trusted_proxy(database: Database) {
    let server = Server::with(&database, |config| {
        config.limits.general = Some(Rate {
            calls: 2,
            window: MINUTE,
            block: None,
        });
    })
    .await;
    let from = async |server: &Server, address: &str| {
        let call = server.anonymous().get("/api/v1/products?limit=1");
        call.header("x-forwarded-for", address).await.status
    };
    assert_eq!(from(&server, "203.0.113.1").await, 200);
    assert_eq!(from(&server, "203.0.113.2").await, 200);
    assert_eq!(
        from(&server, "203.0.113.3").await,
        429,
        "the header is anybody's to write"
    );

    let behind = Server::with(&database, |config| {
        config.limits.general = Some(Rate {
            calls: 2,
            window: MINUTE,
            block: None,
        });
        config.server.trusted_proxies = vec!["127.0.0.0/8".parse().unwrap()];
    })
    .await;
    for address in ["203.0.113.1", "203.0.113.1", "203.0.113.2"] {
        assert_eq!(from(&behind, address).await, 200);
    }
    assert_eq!(from(&behind, "203.0.113.1").await, 429);
    // What the client itself wrote stands left of what the proxy added.
    assert_eq!(from(&behind, "198.51.100.9, 203.0.113.1").await, 429);
    assert_eq!(from(&behind, "nonsense").await, 200);
}

async fn a_refusal_looks_like_this(database: Database) {
    let server = Server::with(&database, |config| {
        config.limits.heavy = Some(Rate {
            calls: 1,
            window: MINUTE,
            block: None,
        });
    })
    .await;
    server
        .admin()
        .get("/api/v1/admin/integrity")
        .await
        .must(200);
    let refused = server
        .admin()
        .get("/api/v1/admin/integrity")
        .await
        .must(429);
    let headers = [
        "retry-after",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "ratelimit-policy",
        "ratelimit",
        "cache-control",
    ];
    insta::assert_json_snapshot!(
        "rate_limited",
        refused.snapshot(&headers),
        { ".body.requestId" => "[request]", ".body.error.requestId" => "[request]" }
    );
}

async fn a_budget_that_is_off_refuses_nobody(database: Database) {
    let server = Server::with(&database, |config| {
        config.limits = Server::contract_limits();
        config.limits.heavy = None;
        config.limits.global = None;
    })
    .await;
    for _ in 0..30 {
        server
            .admin()
            .get("/api/v1/admin/integrity")
            .unchecked()
            .await
            .must(200);
    }
}
