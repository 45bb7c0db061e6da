//! Slow clients, too many clients, clients that leave: what they lose, and that nobody else does.

use std::{future::IntoFuture as _, time::Duration};

use serde_json::json;
use sqlx::Executor as _;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::{sleep, timeout},
};
use waybill::config::Config;

use crate::{
    on_both,
    support::{
        Backend, Database, Server,
        factories::*,
        http2::Http2,
        patience::{metric, until_so, until_somebody_waits},
        raw, run,
    },
};

on_both!(
    beyond_the_limit_requests_are_told_to_come_again,
    heavy_work_leaves_room_for_the_rest,
    what_a_client_left_is_finished,
    what_a_client_did_not_finish_never_runs,
);

/// Runs tests on SQLite alone: they never come near the database.
macro_rules! on_sqlite {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            use super::{Backend, run};
            $(
                #[test]
                fn $name() {
                    run(Backend::Sqlite, super::$name);
                }
            )+
        }
    };
}

on_sqlite!(
    a_dribbling_body_is_refused_and_does_nothing,
    a_dribbling_head_is_cut,
    a_client_that_takes_no_answer_is_cut,
    a_stream_without_a_window_is_cut,
    streams_that_are_opened_and_taken_back_end_the_connection,
    an_idle_http_two_connection_is_told_to_leave,
    five_hundred_slow_clients_disturb_nobody,
);

const MOMENT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_mins(1);

/// Cuts slow clients soon.
fn impatient(config: &mut Config) {
    config.server.header_read_timeout = MOMENT;
    config.server.body_read_timeout = MOMENT;
    config.server.write_timeout = MOMENT;
    config.server.idle_timeout = MOMENT;
}

/// Lets requests wait for locks as long as a test needs.
fn patient(config: &mut Config) {
    config.server.request_timeout = LONG;
    config.server.heavy_timeout = LONG;
    config.database.lock_timeout = LONG;
    config.database.statement_timeout = LONG;
    config.database.acquire_timeout = LONG;
}

/// Reads until the server closes, which it must.
async fn rest(mut stream: TcpStream) -> Vec<u8> {
    let mut received = Vec::new();
    let read = timeout(raw::PATIENCE, stream.read_to_end(&mut received)).await;
    // A reset is as good an end as a close.
    let _ = read.expect("the server ends the connection");
    received
}

/// How many connections were cut for a reason.
async fn cut(server: &Server, reason: &str) -> f64 {
    metric(server, "http_server_cut_connections_total", reason).await
}

async fn a_dribbling_body_is_refused_and_does_nothing(database: Database) {
    let server = Server::with(&database, impatient).await;
    let before = cut(&server, "body_timeout").await;
    let body = json!({ "email": "slow@example.com", "password": PASSWORD, "name": "Slow" });
    let body = body.to_string();
    for framing in [
        format!("content-length: {}\r\n\r\n", body.len()),
        format!("transfer-encoding: chunked\r\n\r\n{:x}\r\n", body.len()),
    ] {
        let mut slow = raw::connect(&server.base).await;
        let head = format!(
            "POST /api/v1/auth/register HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n{framing}"
        );
        slow.write_all(head.as_bytes()).await.unwrap();
        let (mut reader, mut writer) = slow.into_split();
        let body = body.clone();
        let dribbling = tokio::spawn(async move {
            // All but the last byte, and too slowly.
            for byte in &body.as_bytes()[..body.len() - 1] {
                if writer.write_all(&[*byte]).await.is_err() {
                    return;
                }
                sleep(MOMENT / 10).await;
            }
            std::future::pending::<()>().await;
        });
        let mut received = Vec::new();
        let read = timeout(raw::PATIENCE, reader.read_to_end(&mut received)).await;
        let _ = read.expect("the server ends the connection");
        dribbling.abort();
        let answer = raw::parse(&received).expect("an answer");
        let answer = answer.must_fail(400, "VALIDATION_ERROR");
        assert_eq!(answer.header("connection"), "close");
        assert!(
            answer.text().contains("does not come in time"),
            "{}",
            answer.text()
        );
    }
    let whole = |count: f64| count.to_string().parse::<u64>().expect("a count");
    let cut = whole(cut(&server, "body_timeout").await);
    assert!(cut >= whole(before) + 2, "{before} → {cut}");
    let made = "select count(*) from users where email = 'slow@example.com'";
    assert_eq!(database.number(made).await, 0);
}

async fn a_dribbling_head_is_cut(database: Database) {
    let server = Server::with(&database, impatient).await;
    let mut slow = raw::connect(&server.base).await;
    let outcome = timeout(raw::PATIENCE, async {
        loop {
            // Each byte comes well within the time for all of them.
            if slow.write_all(b"G").await.is_err() {
                return;
            }
            sleep(MOMENT / 6).await;
        }
    });
    outcome.await.expect("the server ends the connection");
    server.anonymous().get("/api/v1/products").await.must(200);
}

async fn a_client_that_takes_no_answer_is_cut(database: Database) {
    let server = Server::with(&database, impatient).await;
    let before = cut(&server, "write_timeout").await;
    let mut slow = raw::connect(&server.base).await;
    let ask = "GET /openapi/v1.json HTTP/1.1\r\nhost: a\r\n\r\n".repeat(200);
    slow.write_all(ask.as_bytes()).await.unwrap();
    until_so("it does", async || {
        cut(&server, "write_timeout").await > before
    })
    .await;
    // Far from everything was sent.
    let whole = server.anonymous().get("/openapi/v1.json").unchecked().await;
    assert!(rest(slow).await.len() < 200 * whole.bytes.len());
}

async fn a_stream_without_a_window_is_cut(database: Database) {
    let server = Server::with(&database, |config| {
        config.server.write_timeout = MOMENT;
        config.server.idle_timeout = LONG;
    })
    .await;
    for window in [0, 1000] {
        let mut slow = Http2::open(&server.base, window).await;
        slow.get(1, "/openapi/v1.yaml").await;
        let received = slow.rest().await;
        assert_eq!(received.heads, 1, "{received:?}");
        assert_eq!(received.body_bytes, usize::try_from(window).unwrap());
    }
}

async fn streams_that_are_opened_and_taken_back_end_the_connection(database: Database) {
    let server = Server::start(&database).await;
    let mut hostile = Http2::open(&server.base, 65_535).await;
    hostile.get_and_reset(1_000, "/api/v1/products").await;
    let received = hostile.rest().await;
    assert!(received.goaway, "{received:?}");
    server.anonymous().get("/api/v1/products").await.must(200);
}

async fn an_idle_http_two_connection_is_told_to_leave(database: Database) {
    let server = Server::with(&database, impatient).await;
    let mut idle = Http2::open(&server.base, 65_535).await;
    idle.get(1, "/livez").await;
    let received = idle.rest().await;
    assert!(received.heads == 1 && received.goaway, "{received:?}");
}

async fn five_hundred_slow_clients_disturb_nobody(database: Database) {
    let server = Server::with(&database, |config| {
        config.server.max_concurrent_requests = 8;
    })
    .await;
    let item = product(&server, 5, 100).await;
    let head = "GET /api/v1/products HTTP/1.1\r\nhost: a\r\n";
    let body = "POST /api/v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
                content-length: 900\r\n\r\n{";
    let answers = "GET /openapi/v1.json HTTP/1.1\r\nhost: a\r\n\r\n".repeat(20);
    let mut slow = Vec::new();
    for client in 0..500 {
        let mut stream = raw::connect(&server.base).await;
        let begun = [head, body, &answers][client % 3];
        // Who waits for the rest of a body beyond a certain number is told to come again.
        stream.write_all(begun.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let path = format!("/api/v1/products/{}", item["id"].as_str().unwrap());
    for _ in 0..20 {
        server.anonymous().get(&path).await.must(200);
        place_order(&server).await;
    }
    server
        .anonymous()
        .get("/readyz")
        .unchecked()
        .await
        .must(200);
    assert!(slow.len() == 500);
}

async fn place_order(server: &Server) {
    let item = product(server, 1, 100).await;
    top_up(&server.member(), 100).await;
    let body = json!({ "productId": item["id"], "quantity": 1 });
    server
        .member()
        .post("/api/v1/orders")
        .json(body)
        .await
        .must(201);
}

/// Keeps everybody from writing until it is dropped.
struct Lock {
    release: tokio::sync::oneshot::Sender<()>,
    done: tokio::task::JoinHandle<()>,
}

impl Lock {
    async fn take(database: &Database) -> Self {
        let (release, released) = tokio::sync::oneshot::channel();
        let done = match database.backend {
            Backend::Sqlite => {
                let mut holder = database.sqlite_connection().await;
                holder.execute("begin immediate").await.expect("the lock");
                tokio::spawn(async move {
                    let _ = released.await;
                    holder.execute("rollback").await.expect("the end");
                })
            }
            Backend::Postgres => {
                let mut holder = database.postgres_connection().await;
                holder.execute("begin").await.expect("a transaction");
                let lock = "lock table products, wallets in exclusive mode";
                holder.execute(lock).await.expect("the lock");
                tokio::spawn(async move {
                    let _ = released.await;
                    holder.execute("rollback").await.expect("the end");
                })
            }
        };
        Self { release, done }
    }

    async fn release(self) {
        let _ = self.release.send(());
        self.done.await.expect("the lock is given back");
    }
}

async fn beyond_the_limit_requests_are_told_to_come_again(database: Database) {
    let server = Server::with(&database, |config| {
        patient(config);
        config.server.max_concurrent_requests = 2;
    })
    .await;
    let lock = Lock::take(&database).await;
    let create = || {
        let admin = server.admin();
        tokio::spawn(async move {
            // The probe below may have the place at first.
            loop {
                let answer = admin.post("/api/v1/products").json(new_product(1, 1)).await;
                if answer.status != 503 {
                    return answer;
                }
            }
        })
    };
    let held = [create(), create()];
    let probe = || server.anonymous().get("/api/v1/products").into_future();
    until_so("it does", async || probe().await.status == 503).await;
    for _ in 0..3 {
        let refused = probe().await.must_fail(503, "SERVICE_UNAVAILABLE");
        let wait: u32 = refused.header("retry-after").parse().unwrap();
        assert!((1..=3).contains(&wait));
    }
    for page in ["/livez", "/readyz", "/metrics", "/health"] {
        server.anonymous().get(page).unchecked().await.must(200);
    }
    let shed = metric(&server, "http_server_rejected_total", "SERVICE_UNAVAILABLE").await;
    assert!(shed >= 3.0);
    lock.release().await;
    for held in held {
        held.await.unwrap().must(201);
    }
    probe().await.must(200);
}

async fn heavy_work_leaves_room_for_the_rest(database: Database) {
    let server = Server::with(&database, |config| {
        patient(config);
        config.database.pool_max = 2;
        config.server.max_concurrent_requests = 8;
    })
    .await;
    let lock = Lock::take(&database).await;
    // One runs, two wait, and there is no room for more of the kind.
    let top_ups: Vec<_> = (0..6)
        .map(|_| {
            let body = json!({ "amount": 10, "currency": "USD", "source": "sandbox-card" });
            let call = server
                .member()
                .post("/api/v1/wallet/top-ups")
                .key(unique("top-up"));
            tokio::spawn(call.json(body).into_future())
        })
        .collect();
    until_so("it does", async || {
        top_ups.iter().filter(|call| call.is_finished()).count() == 3
    })
    .await;
    for _ in 0..10 {
        server.member().get("/api/v1/orders").await.must(200);
    }
    lock.release().await;
    let mut statuses = Vec::new();
    for call in top_ups {
        let answer = call.await.unwrap();
        if answer.status == 503 {
            assert_eq!(answer.header("retry-after"), "1");
        }
        statuses.push(answer.status);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 201, 201, 503, 503, 503]);
}

/// The head of a request to create a product, with a body of so many bytes.
fn creation(server: &Server, length: usize) -> String {
    let token = &server.people().admin.token;
    format!(
        "POST /api/v1/products HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n"
    )
}

async fn what_a_client_left_is_finished(database: Database) {
    let server = Server::with(&database, patient).await;
    let abandoned = "http_server_abandoned_requests_total";
    let before = metric(&server, abandoned, "").await;
    let lock = Lock::take(&database).await;
    let body = new_product(1, 1).to_string();
    let mut left = raw::connect(&server.base).await;
    let head = creation(&server, body.len()) + "expect: 100-continue\r\n\r\n";
    left.write_all(head.as_bytes()).await.unwrap();
    let mut invitation = [0; 25];
    left.read_exact(&mut invitation).await.unwrap();
    assert_eq!(&invitation, b"HTTP/1.1 100 Continue\r\n\r\n");
    left.write_all(body.as_bytes()).await.unwrap();
    // It waits for the lock by now.
    if database.backend == Backend::Postgres {
        let mut watcher = database.postgres_connection().await;
        until_somebody_waits(&mut watcher).await;
    }
    for _ in 0..10 {
        server.anonymous().get("/api/v1/products").await.must(200);
    }
    drop(left);
    for _ in 0..10 {
        server.anonymous().get("/api/v1/products").await.must(200);
    }
    lock.release().await;
    until_so("it does", async || {
        database.number("select count(*) from products").await == 1
    })
    .await;
    until_so("it does", async || {
        metric(&server, abandoned, "").await > before
    })
    .await;
}

async fn what_a_client_did_not_finish_never_runs(database: Database) {
    let server = Server::start(&database).await;
    let body = new_product(1, 1).to_string();
    let mut broken = raw::connect(&server.base).await;
    let request = creation(&server, body.len() + 1) + "\r\n" + &body;
    broken.write_all(request.as_bytes()).await.unwrap();
    drop(broken);
    // Who stops waits for everything that runs.
    server.stop().await;
    assert_eq!(database.number("select count(*) from products").await, 0);
}
