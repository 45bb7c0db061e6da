//! What the log tells, and what it never does.

use std::{
    collections::BTreeSet,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{
        Client, Database,
        factories::{PASSWORD, log_in, new_product},
        process,
    },
};

on_both!(
    every_line_of_a_request_has_its_names_down_to_the_statements,
    the_whole_log_tells_no_secret,
    a_log_of_errors_alone_names_the_request_too,
);

const SECRET: &str = "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK";
const FORMER_SECRET: &str = "zX8cV6bN4mA2sD0fG1hJ3kL5qW7eR9tY6uI8oP0a";
const REFRESH_SECRET: &str = "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q";
const ADMIN_PASSWORD: &str = "a password of the operator";

async fn serve(folder: &Path, database: &Database, level: &str) -> process::Serving {
    let environment = [
        ("APP_ENV", "staging"),
        ("DATABASE_URL", database.url.as_str()),
        ("JWT_SECRET", SECRET),
        ("JWT_FORMER_SECRETS", FORMER_SECRET),
        ("JWT_REFRESH_SECRET", REFRESH_SECRET),
        ("BOOTSTRAP_ADMIN_EMAIL", "operator@example.com"),
        ("BOOTSTRAP_ADMIN_PASSWORD", ADMIN_PASSWORD),
        ("LOG_LEVEL", level),
    ];
    process::serve(folder, &environment).await
}

fn read(lines: &[String]) -> Vec<Value> {
    let read = |line: &String| {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("no JSON ({error}): {line}"))
    };
    lines.iter().map(read).collect()
}

async fn every_line_of_a_request_has_its_names_down_to_the_statements(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, "debug").await;
    let anonymous = Client::anonymous(&server.base);
    let tokens = log_in(&anonymous, "member@example.com").await;
    let user = tokens["user"]["id"].as_str().unwrap();
    let member = anonymous.bearer(tokens["accessToken"].as_str().unwrap());
    let again = ask_in_every_way(&anonymous, &member).await;

    let lines = read(&server.stop().await);
    let access = |id: &str| access_line(&lines, id);
    assert_eq!(
        access("log-wallet"),
        [
            json!("GET"),
            json!("/api/v1/wallet"),
            json!(200),
            json!(user),
            json!("v1")
        ]
    );
    let anonymous = |method: &str, route: &str, status: u16, version: &str| {
        [
            json!(method),
            json!(route),
            json!(status),
            json!("anonymous"),
            json!(version),
        ]
    };
    assert_eq!(
        access("log-unmatched"),
        anonymous("GET", "unmatched", 404, "none")
    );
    assert_eq!(
        access("log-refused"),
        anonymous("GET", "/api/v1/wallet", 401, "v1")
    );
    assert_eq!(access("log-page"), anonymous("GET", "/livez", 200, "none"));
    assert_eq!(
        access("log-unchanged"),
        anonymous("GET", "/api/v1/products", again, "v1")
    );
    assert_eq!(
        access("log-head"),
        anonymous("HEAD", "/api/v1/products", 200, "v1")
    );
    assert_eq!(
        access("log-options"),
        anonymous("OPTIONS", "/api/v1/orders", 204, "none")
    );

    say_the_same_two_names(&lines);
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

/// Requests of every kind, each under an id of its own. Returns the status of the list that the client had already.
async fn ask_in_every_way(anonymous: &Client, member: &Client) -> u16 {
    let wallet = member
        .get("/api/v1/wallet")
        .header("x-request-id", "log-wallet")
        .header("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01"));
    wallet.await.must(200);
    let asked = |id: &str, path: &str| anonymous.get(path).header("x-request-id", id).unchecked();
    asked("log-unmatched", "/api/v1/nowhere?token=abc")
        .await
        .must(404);
    asked("log-refused", "/api/v1/wallet").await.must(401);
    asked("log-page", "/livez").await.must(200);
    let list = asked("log-list", "/api/v1/products").await.must(200);
    let again =
        asked("log-unchanged", "/api/v1/products").header("if-none-match", list.header("etag"));
    let again = again.await.status;
    let head = anonymous.call(reqwest::Method::HEAD, "/api/v1/products");
    head.header("x-request-id", "log-head")
        .unchecked()
        .await
        .must(200);
    let options = anonymous.call(reqwest::Method::OPTIONS, "/api/v1/orders");
    options
        .header("x-request-id", "log-options")
        .unchecked()
        .await
        .must(204);
    again
}

/// What the one access line of a request says.
fn access_line(lines: &[Value], id: &str) -> [Value; 5] {
    let mut found = lines
        .iter()
        .filter(|line| line["target"] == "waybill::access" && line["request_id"] == id);
    let line = found
        .next()
        .unwrap_or_else(|| panic!("no access line of {id}"));
    assert!(found.next().is_none(), "two access lines of {id}");
    assert!(line["duration_us"].as_u64().is_some(), "{line}");
    assert!(
        line["trace_id"].as_str().is_some_and(|id| id.len() == 32),
        "{line}"
    );
    let what = [
        "http.method",
        "http.route",
        "http.status",
        "user",
        "api_version",
    ];
    what.map(|name| line[name].clone())
}

/// Everything that happened on the way has the same two names; a refusal is told once, with its code.
fn say_the_same_two_names(lines: &[Value]) {
    let of_wallet: Vec<&Value> = lines
        .iter()
        .filter(|line| line["request_id"] == "log-wallet")
        .collect();
    assert!(
        of_wallet.iter().all(|line| line["trace_id"] == TRACE),
        "{of_wallet:#?}"
    );
    let statements = of_wallet
        .iter()
        .filter(|line| line["target"].as_str().unwrap().ends_with("::query"));
    assert!(statements.count() > 0, "{of_wallet:#?}");
    let refused = lines
        .iter()
        .filter(|line| line["request_id"] == "log-refused" && line["error.code"] == "NO_TOKEN");
    assert_eq!(refused.count(), 1);
    // No line is about a request that it does not name.
    let nameless = lines.iter().filter(|line| {
        line["target"]
            .as_str()
            .unwrap()
            .starts_with("openapi_runtime")
            && line["request_id"].is_null()
    });
    assert_eq!(nameless.count(), 0);
}

async fn the_whole_log_tells_no_secret(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, "debug").await;
    let anonymous = Client::anonymous(&server.base);
    let mut used = Used::default();
    let member = use_credentials(&anonymous, &mut used).await;
    buy_and_invite(&anonymous, &member, &mut used).await;
    used.keep_text(&invited_password(&folder.path().join("data/mail")).await);

    // A statement that fails is told, without its values.
    database
        .execute("alter table wallets rename to wallets_away")
        .await;
    member.get("/api/v1/wallet").unchecked().await.must(500);
    database
        .execute("alter table wallets_away rename to wallets")
        .await;

    let lines = server.stop().await;
    let all = read(&lines);
    assert!(all.iter().any(|line| line["http.status"] == 500) && all.len() > 50);
    used.extend([
        "do not log this",
        "nor this one here",
        "an-invented-key",
        "an.invented.token",
        "Somebody Secret",
        "4111111111111111",
        "Invited Guest",
    ]);
    for line in &lines {
        for secret in &used.0 {
            assert!(!line.contains(secret.as_str()), "{secret} is told: {line}");
        }
    }
}

/// Every secret that was used.
struct Used(BTreeSet<String>);

impl Default for Used {
    fn default() -> Self {
        let configured = [SECRET, FORMER_SECRET, REFRESH_SECRET, ADMIN_PASSWORD];
        let mut used = Self(BTreeSet::new());
        used.extend(configured);
        used.extend([PASSWORD, "@example.com"]);
        used
    }
}

impl Used {
    fn keep(&mut self, of: &Value, name: &str) -> String {
        let secret = of[name].as_str().unwrap();
        self.keep_text(secret);
        secret.to_owned()
    }

    fn keep_text(&mut self, secret: &str) {
        assert!(secret.len() > 6, "too short to be looked for: {secret}");
        self.0.insert(secret.to_owned());
    }

    fn extend<'a>(&mut self, secrets: impl IntoIterator<Item = &'a str>) {
        secrets
            .into_iter()
            .for_each(|secret| self.keep_text(secret));
    }
}

/// Registers, logs in, refreshes and makes an API key, and tries wrong ones of each.
async fn use_credentials(anonymous: &Client, used: &mut Used) -> Client {
    let body = json!({ "email": "secret@example.com", "password": "do not log this", "name": "Somebody Secret" });
    anonymous
        .post("/api/v1/auth/register")
        .json(&body)
        .await
        .must(201);
    let wrong = json!({ "email": "secret@example.com", "password": "nor this one here" });
    anonymous
        .post("/api/v1/auth/login")
        .json(wrong)
        .await
        .must(401);
    let login = json!({ "email": body["email"], "password": body["password"] });
    let tokens = anonymous
        .post("/api/v1/auth/login")
        .json(login)
        .await
        .must(200)
        .data();
    used.keep(&tokens, "accessToken");
    let refresh = json!({ "refreshToken": used.keep(&tokens, "refreshToken") });
    let tokens = anonymous
        .post("/api/v1/auth/refresh")
        .json(&refresh)
        .await
        .must(200)
        .data();
    let member = anonymous.bearer(&used.keep(&tokens, "accessToken"));
    used.keep(&tokens, "refreshToken");
    let new_key = json!({ "name": "shop", "scopes": ["wallet:read"] });
    let key = member
        .post("/api/v1/api-keys")
        .json(new_key)
        .await
        .must(201)
        .data();
    let key = anonymous.api_key(&used.keep(&key, "key"));
    key.get("/api/v1/wallet").await.must(200);
    anonymous
        .api_key("wb_test_an-invented-key")
        .get("/api/v1/wallet")
        .unchecked()
        .await
        .must(401);
    anonymous
        .bearer("an.invented.token")
        .get("/api/v1/wallet")
        .unchecked()
        .await
        .must(401);
    member
}

/// Invites somebody, orders and pays.
async fn buy_and_invite(anonymous: &Client, member: &Client, used: &mut Used) {
    let operator = log_in(anonymous, "admin@example.com").await;
    used.keep(&operator, "refreshToken");
    let admin = anonymous.bearer(&used.keep(&operator, "accessToken"));
    let product = admin
        .post("/api/v1/products")
        .json(new_product(5, 1_000))
        .await
        .must(201)
        .data();
    admin
        .get("/api/v1/users?q=secret@example.com")
        .await
        .must(200);
    let invited =
        json!({ "email": "invited@example.com", "name": "Invited Guest", "role": "member" });
    admin.post("/api/v1/users").json(invited).await.must(201);
    let card = json!({ "amount": 5_000, "currency": "USD", "source": "card-4111111111111111" });
    member
        .post("/api/v1/wallet/top-ups")
        .key("top-up")
        .json(card)
        .await
        .must(201);
    let order = json!({ "productId": product["id"], "quantity": 1 });
    let order = member
        .post("/api/v1/orders")
        .json(order)
        .await
        .must(201)
        .data();
    let pay = format!("/api/v1/orders/{}/pay", order["id"].as_str().unwrap());
    member
        .post(&pay)
        .key("pay")
        .header("x-request-id", "log-pay")
        .await
        .must(200);
}

/// The password that the invitation tells; waits until it is sent.
async fn invited_password(mails: &Path) -> String {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        let sent = std::fs::read_dir(mails).into_iter().flatten();
        let texts = sent.filter_map(|mail| std::fs::read_to_string(mail.ok()?.path()).ok());
        let password = texts
            .filter(|text| text.contains("invited@example.com"))
            .find_map(|text| {
                let line = text
                    .lines()
                    .find_map(|line| line.strip_prefix("Password: "));
                line.map(|password| password.trim().to_owned())
            });
        if let Some(password) = password {
            return password;
        }
        assert!(
            Instant::now() < deadline,
            "no invitation in {}",
            mails.display()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn a_log_of_errors_alone_names_the_request_too(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &database, "error").await;
    let tokens = log_in(&Client::anonymous(&server.base), "member@example.com").await;
    let member = Client::anonymous(&server.base).bearer(tokens["accessToken"].as_str().unwrap());
    database
        .execute("alter table wallets rename to wallets_away")
        .await;
    let failing = member
        .get("/api/v1/wallet")
        .header("x-request-id", "log-error");
    failing.unchecked().await.must(500);
    database
        .execute("alter table wallets_away rename to wallets")
        .await;
    let lines = read(&server.stop().await);
    let line = lines.iter().find(|line| line["request_id"] == "log-error");
    let line = line.unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!(
        (&line["level"], &line["operation"]),
        (&json!("ERROR"), &json!("getWallet"))
    );
    assert!(
        line["trace_id"].as_str().is_some_and(|id| id.len() == 32),
        "{line}"
    );
}
