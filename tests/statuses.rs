//! Every declared status of every operation is provoked: the general ones here, for all operations alike, those of the
//! business in the file of each resource. What nobody provokes stands in `contract/exceptions/statuses.toml`.

use std::{collections::BTreeSet, time::Duration};

use reqwest::Method;
use serde_json::json;
use sqlx::Executor as _;
use waybill::config::Rate;

use crate::{
    on_both,
    support::{
        Answer, Backend, Client, Database, Server,
        contract::{Operation, contract},
        coverage::{self, Seen},
        exceptions,
        factories::*,
        judge, raw,
    },
};

on_both!(
    what_cannot_be_accepted_is_406,
    what_is_no_json_is_415_or_413_or_400,
    another_version_is_400,
    an_unknown_parameter_is_400,
    what_is_too_long_is_414_or_431,
    a_parameter_of_two_segments_is_404,
    a_spent_budget_is_429,
    a_reused_key_is_422,
    a_key_in_use_is_409,
    a_broken_database_is_500,
    a_busy_database_is_503,
    a_slow_database_is_504,
);

const NOBODY: &str = "0198c0de-0000-7000-8000-000000000000";

/// The operation's path with ids that fit.
fn concrete(operation: &Operation) -> String {
    let parts = operation
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { NOBODY } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// A request of the operation with everything that it requires.
fn request(client: &Client, operation: &Operation, query: &str) -> crate::support::client::Call {
    let call = client.call(
        operation.method.clone(),
        format!("{}{query}", concrete(operation)),
    );
    match operation.idempotency() {
        Some("required") => call.key(unique("statuses")),
        _ => call,
    }
}

fn with_example(
    call: crate::support::client::Call,
    operation: &Operation,
) -> crate::support::client::Call {
    match operation.body_example() {
        Some(mut body) => {
            if body.get("email").is_some() {
                body["email"] = json!(format!("{}@example.com", unique("statuses")));
            }
            call.json(body)
        }
        None => call,
    }
}

fn declares(operation: &Operation, status: u16, code: &str) -> bool {
    let codes = operation.answer(status).and_then(|answer| answer.codes());
    codes.is_some_and(|codes| codes.iter().any(|declared| declared == code))
}

async fn what_cannot_be_accepted_is_406(database: Database) {
    let server = Server::start(&database).await;
    // Whoever answers a success without a body meets every Accept.
    let has_body = |operation: &&Operation| {
        let answers = operation.answers();
        let mut successes = answers.iter().filter(|answer| answer.status < 300);
        successes.any(|answer| !answer.content_types().is_empty())
    };
    for operation in contract().operations.iter().filter(has_body) {
        let call = request(&server.admin(), operation, "").header("accept", "image/png");
        call.await.must_fail(406, "NOT_ACCEPTABLE");
    }
}

async fn what_is_no_json_is_415_or_413_or_400(database: Database) {
    let server = Server::start(&database).await;
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.node.get("requestBody").is_some())
    {
        let call = || request(&server.admin(), operation, "");
        call()
            .body("text/csv", "a,b")
            .await
            .must_fail(415, "UNSUPPORTED_MEDIA_TYPE");
        let large = " ".repeat(256 * 1024);
        call()
            .body("application/json", large)
            .await
            .must_fail(413, "PAYLOAD_TOO_LARGE");
        // An id that does not exist would be judged later than the body, one that cannot exist earlier.
        call()
            .body("application/json", "{")
            .await
            .must_fail(400, "MALFORMED_JSON");
    }
}

async fn another_version_is_400(database: Database) {
    let server = Server::start(&database).await;
    for operation in &contract().operations {
        let call = request(&server.admin(), operation, "").header("api-version", "v2");
        call.await.must_fail(400, "API_VERSION_MISMATCH");
    }
}

async fn an_unknown_parameter_is_400(database: Database) {
    let server = Server::start(&database).await;
    for operation in &contract().operations {
        let call = with_example(request(&server.admin(), operation, "?unknown=1"), operation);
        let refused = call.await.must_fail(400, "VALIDATION_ERROR");
        assert_eq!(
            refused.violations(),
            ["query:unknown unknown_field"],
            "{}",
            operation.id
        );
        if operation.idempotency() == Some("required") {
            let call = server
                .admin()
                .call(operation.method.clone(), concrete(operation));
            with_example(call, operation)
                .await
                .must_fail(400, "IDEMPOTENCY_KEY_MISSING");
        }
    }
}

async fn what_is_too_long_is_414_or_431(database: Database) {
    let server = Server::start(&database).await;
    for operation in &contract().operations {
        let (method, path) = (&operation.method, concrete(operation));
        let long = format!(
            "{method} {path}?q={} HTTP/1.1\r\nhost: x\r\n\r\n",
            "x".repeat(20_000)
        );
        let answer = raw::exchange(&server.base, long.as_bytes()).await;
        judge(method, &path, &answer);
        answer.must_fail(414, "URI_TOO_LONG");
        let long = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nx-long: {}\r\n\r\n",
            "x".repeat(100_000)
        );
        let answer = raw::exchange(&server.base, long.as_bytes()).await;
        judge(method, &path, &answer);
        answer.must_fail(431, "HEADERS_TOO_LARGE");
    }
}

async fn a_parameter_of_two_segments_is_404(database: Database) {
    let server = Server::start(&database).await;
    let operations = contract().operations.iter();
    for operation in operations.filter(|operation| operation.path.contains('{')) {
        let parts = operation.path.split('/');
        let parts = parts.map(|part| {
            if part.starts_with('{') {
                "no/where"
            } else {
                part
            }
        });
        let path = parts.collect::<Vec<_>>().join("/");
        let answer = server.admin().call(operation.method.clone(), path).await;
        answer.must_fail(404, "ROUTE_NOT_FOUND");
        // No path of the document is asked for here, so the client cannot know whose answer this is.
        coverage::note(&operation.id, 404, "ROUTE_NOT_FOUND");
    }
}

async fn a_spent_budget_is_429(database: Database) {
    let one = Some(Rate {
        calls: 1,
        window: Duration::from_mins(1),
        block: None,
    });
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.tier().is_some())
    {
        let server = Server::with(&database, |config| {
            (
                config.limits.general,
                config.limits.auth,
                config.limits.heavy,
            ) = (one, one, one);
        })
        .await;
        let call = || with_example(request(&server.admin(), operation, "?unknown=1"), operation);
        call().await.must(400);
        call().await.must_fail(429, "RATE_LIMIT_EXCEEDED");
        server.stop().await;
    }
}

async fn a_reused_key_is_422(database: Database) {
    let server = Server::start(&database).await;
    let admin = server.admin();
    let body = json!({ "amount": 1, "currency": "USD", "source": "sandbox-card" });
    admin
        .post("/api/v1/wallet/top-ups")
        .key("used")
        .json(body)
        .await
        .must(201);
    let order = pending_order(&server, &admin).await;
    let product = order["items"][0]["productId"]
        .as_str()
        .expect("an id")
        .to_owned();
    for operation in &contract().operations {
        if !declares(operation, 422, "IDEMPOTENCY_KEY_REUSED") {
            continue;
        }
        let path = operation
            .path
            .replace("{orderId}", &id(&order))
            .replace("{productId}", &product);
        let call = admin.call(operation.method.clone(), path).key("used");
        with_example(call, operation)
            .await
            .must_fail(422, "IDEMPOTENCY_KEY_REUSED");
    }
}

async fn a_key_in_use_is_409(database: Database) {
    // The row of a running request is locked by its transaction; only PostgreSQL lets a test hold one open while
    // another begins, SQLite has one writer and queues.
    if database.backend == Backend::Sqlite {
        return;
    }
    let server = Server::with(&database, |config| {
        config.database.lock_timeout = Duration::from_millis(50);
    })
    .await;
    let admin = server.admin();
    let order = pending_order(&server, &admin).await;
    let product = order["items"][0]["productId"]
        .as_str()
        .expect("an id")
        .to_owned();
    let body = json!({ "amount": 1, "currency": "USD", "source": "sandbox-card" });
    admin
        .post("/api/v1/wallet/top-ups")
        .key("template")
        .json(body)
        .await
        .must(201);
    let running = "insert into idempotency_keys (user_id, caller_id, key, fingerprint, request_id, created_at, expires_at) \
        select user_id, caller_id, 'running', fingerprint, request_id, created_at, expires_at \
        from idempotency_keys where key = 'template'";
    let mut holder = database.postgres_connection().await;
    holder.execute("begin").await.expect("a transaction");
    holder.execute(running).await.expect("a row");
    for operation in &contract().operations {
        if !declares(operation, 409, "IDEMPOTENCY_KEY_IN_USE") {
            continue;
        }
        let path = operation
            .path
            .replace("{orderId}", &id(&order))
            .replace("{productId}", &product);
        let call = admin.call(operation.method.clone(), path).key("running");
        let answer = with_example(call, operation)
            .await
            .must_fail(409, "IDEMPOTENCY_KEY_IN_USE");
        assert_eq!(answer.header("retry-after"), "1", "{}", operation.id);
    }
}

/// Tables without which nothing is known of callers and catalogue.
const VITAL: [&str; 5] = [
    "users",
    "sessions",
    "refresh_tokens",
    "api_keys",
    "products",
];

/// Where `/health` looks.
const MIGRATIONS: &str = "_sqlx_migrations";

/// Whether an operation never touches what is vital.
fn is_untouched(operation: &Operation) -> bool {
    operation.id == "getHealth"
}

async fn a_broken_database_is_500(database: Database) {
    let server = Server::start(&database).await;
    for table in VITAL {
        database
            .execute(&format!("alter table {table} rename to {table}_gone"))
            .await;
    }
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| !is_untouched(operation))
    {
        let call = with_example(request(&server.admin(), operation, ""), operation).faulty();
        let answer = call.await.must_fail(500, "INTERNAL_ERROR");
        let text = answer.text().to_lowercase();
        for secret in [
            "users",
            "sqlx",
            "sqlite",
            "postgres",
            "no such table",
            "relation",
            "select",
        ] {
            assert!(
                !text.contains(secret),
                "{} tells {secret}: {text}",
                operation.id
            );
        }
    }
}

/// Locks what every operation looks at, once the server has looked at it and serves.
async fn busy(server: &Server, database: &Database) -> impl Sized + use<> {
    server.anonymous().get("/health").await.must(200);
    let mut holder = database.postgres_connection().await;
    holder.execute("begin").await.expect("a transaction");
    let lock = sqlx::AssertSqlSafe(format!(
        "lock table {} in access exclusive mode",
        [&VITAL[..], &[MIGRATIONS]].concat().join(", ")
    ));
    holder.execute(sqlx::raw_sql(lock)).await.expect("a lock");
    holder
}

async fn a_busy_database_is_503(database: Database) {
    let server = Server::with(&database, |config| {
        config.database.lock_timeout = Duration::from_millis(20);
    })
    .await;
    match database.backend {
        Backend::Postgres => {
            let _lock = busy(&server, &database).await;
            for operation in contract()
                .operations
                .iter()
                .filter(|operation| !is_untouched(operation))
            {
                let answer = with_example(request(&server.admin(), operation, ""), operation).await;
                unavailable(&answer, operation);
            }
        }
        // Readers of SQLite never wait; a writer does.
        Backend::Sqlite => {
            let mut holder = database.sqlite_connection().await;
            holder.execute("begin immediate").await.expect("the lock");
            let answer = server
                .admin()
                .post("/api/v1/products")
                .json(new_product(1, 1))
                .await;
            unavailable(&answer, contract().operation("createProduct"));
            holder.execute("rollback").await.expect("the end");
            product(&server, 1, 1).await;
        }
    }
}

#[track_caller]
fn unavailable(answer: &Answer, operation: &Operation) {
    assert_eq!(answer.status, 503, "{}: {}", operation.id, answer.text());
    assert_eq!(answer.code(), "SERVICE_UNAVAILABLE", "{}", operation.id);
    assert!(
        answer.header("retry-after").parse::<u32>().is_ok(),
        "{} without Retry-After",
        operation.id
    );
}

async fn a_slow_database_is_504(database: Database) {
    if database.backend == Backend::Sqlite {
        return;
    }
    let server = Server::with(&database, |config| {
        config.server.request_timeout = Duration::from_millis(100);
        config.server.heavy_timeout = Duration::from_millis(100);
        config.database.lock_timeout = Duration::from_secs(30);
        config.database.statement_timeout = Duration::from_secs(30);
    })
    .await;
    let _lock = busy(&server, &database).await;
    for operation in &contract().operations {
        let answer = with_example(request(&server.admin(), operation, ""), operation).await;
        answer.must_fail(504, "TIMEOUT");
    }
}

/// The sum of a whole run of `make test`, which calls this last.
#[test]
#[ignore = "reads what the other tests have seen; `make test` runs it after them"]
fn every_declared_answer_is_provoked_or_listed() {
    let seen = coverage::seen();
    assert!(
        seen.len() > 100,
        "run it after the other tests: only {} answers were seen",
        seen.len()
    );
    let exceptions = exceptions::read("statuses");
    let mut needed = vec![false; exceptions.len()];
    let mut missing = Vec::new();
    for (operation, status, code) in declared() {
        if seen.contains(&(operation.clone(), status, code.clone())) {
            continue;
        }
        match exceptions
            .iter()
            .position(|exception| exception.covers(&operation, status, &code))
        {
            Some(at) => needed[at] = true,
            None => missing.push(format!("{operation} {status} {code}")),
        }
    }
    assert!(
        missing.is_empty(),
        "{} declared answers are provoked by no test:\n{}",
        missing.len(),
        missing.join("\n")
    );
    for (exception, needed) in exceptions.iter().zip(needed) {
        assert!(
            needed,
            "an exception is not needed any more, remove it: {exception:?}"
        );
    }
}

/// Every declared answer: one line per status, or per code where the status has codes.
fn declared() -> BTreeSet<Seen> {
    let mut declared = BTreeSet::new();
    for operation in &contract().operations {
        for answer in operation.answers() {
            let codes = answer.codes().unwrap_or_else(|| vec![String::new()]);
            declared.extend(
                codes
                    .into_iter()
                    .map(|code| (operation.id.clone(), answer.status, code)),
            );
        }
    }
    declared
}

#[test]
fn every_operation_declares_what_all_have_in_common() {
    for operation in &contract().operations {
        for status in [400, 405, 406, 414, 431, 500, 503, 504] {
            assert!(
                operation.answer(status).is_some(),
                "{} does not declare {status}",
                operation.id
            );
        }
        assert_eq!(
            operation.tier().is_some(),
            operation.answer(429).is_some(),
            "{}",
            operation.id
        );
        let secured = !operation.security().is_empty();
        let logs_in = ["login", "refreshToken"].contains(&operation.id.as_str());
        assert_eq!(
            secured || logs_in,
            operation.answer(401).is_some(),
            "{}",
            operation.id
        );
        let has_body = operation.node.get("requestBody").is_some();
        assert_eq!(
            has_body,
            operation.answer(415).is_some(),
            "{}",
            operation.id
        );
        assert_eq!(
            operation.method == Method::PATCH,
            operation.answer(412).is_some() && operation.id != "cancelOrder",
            "{}",
            operation.id
        );
    }
}
