//! How the program ends: what it began is finished, what it did not begin may be tried elsewhere, and the exit code
//! says so.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    on_both,
    support::{Backend, Database, factories::PASSWORD, process, raw, run},
};

on_both!(a_request_that_runs_is_finished);

/// These have nothing to do with the database.
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
    a_balancer_is_given_time_to_notice,
    what_does_not_end_in_time_is_cut,
    a_second_signal_ends_at_once,
    no_request_is_half_answered,
);

fn environment(database: &Database) -> Vec<(&str, &str)> {
    vec![
        ("DATABASE_URL", &database.url),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
        ("LOG_FORMAT", "json"),
        ("RATE_LIMIT_GENERAL", "off"),
        ("RATE_LIMIT_GLOBAL", "off"),
        ("HEADER_READ_TIMEOUT", "60s"),
        ("BODY_READ_TIMEOUT", "60s"),
        ("SHUTDOWN_TIMEOUT", "60s"),
    ]
}

/// A registration whose last byte is missing: it runs when that comes.
async fn begin_registration(base: &str) -> TcpStream {
    let body =
        format!("{{\"email\":\"last@example.com\",\"name\":\"Last\",\"password\":\"{PASSWORD}\"}}");
    let mut stream = raw::connect(base).await;
    let head = format!(
        "POST /api/v1/auth/register HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{}",
        body.len(),
        &body[..body.len() - 1]
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // It has begun once a request on the same server that came after it is answered.
    reqwest::get(format!("{base}/livez")).await.unwrap();
    stream
}

/// Reads until the server closes.
async fn rest(stream: &mut TcpStream) -> Vec<u8> {
    let mut received = Vec::new();
    let read = timeout(raw::PATIENCE, stream.read_to_end(&mut received)).await;
    let _ = read.expect("the server ends the connection");
    received
}

async fn until_refused(base: &str) {
    let address = base.trim_start_matches("http://");
    let refused = timeout(raw::PATIENCE, async {
        while TcpStream::connect(address).await.is_ok() {
            sleep(Duration::from_millis(10)).await;
        }
    });
    refused.await.expect("the port is closed");
}

async fn a_request_that_runs_is_finished(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = process::serve(folder.path(), &environment(&database)).await;
    let mut kept = raw::connect(&server.base).await;
    kept.write_all(b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let mut running = begin_registration(&server.base).await;

    server.signal("TERM").await;
    until_refused(&server.base).await;
    // Who is idle is let go.
    let answers = rest(&mut kept).await;
    assert!(answers.starts_with(b"HTTP/1.1 200 "));
    running.write_all(b"}").await.unwrap();
    let answer = raw::parse(&rest(&mut running).await).expect("an answer");
    assert_eq!(answer.header("connection"), "close");
    answer.must(201);

    let ended = server.ended().await;
    assert_eq!(ended.status.code(), Some(0), "{:#?}", ended.stderr);
    let last = ended.stdout.last().expect("a log");
    assert!(last.contains("stopped"), "{last}");
    let made = "select count(*) from users where email = 'last@example.com'";
    assert_eq!(database.number(made).await, 1);
}

async fn a_balancer_is_given_time_to_notice(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let mut environment = environment(&database);
    environment.push(("SHUTDOWN_DELAY", "3s"));
    let server = process::serve(folder.path(), &environment).await;
    server.signal("TERM").await;
    let ready = format!("{}/readyz", server.base);
    let noticed = timeout(raw::PATIENCE, async {
        while reqwest::get(&ready).await.unwrap().status() != 503 {
            sleep(Duration::from_millis(10)).await;
        }
    });
    noticed.await.expect("readiness goes off");
    // Until then and after it, whoever comes is served.
    let late = reqwest::get(format!("{}/api/v1/products", server.base)).await;
    assert_eq!(late.unwrap().status(), 200);
    until_refused(&server.base).await;
    assert_eq!(server.ended().await.status.code(), Some(0));
}

async fn what_does_not_end_in_time_is_cut(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let mut environment = environment(&database);
    environment.push(("SHUTDOWN_TIMEOUT", "200ms"));
    let server = process::serve(folder.path(), &environment).await;
    let mut running = begin_registration(&server.base).await;
    server.signal("TERM").await;
    assert_eq!(rest(&mut running).await, b"");
    let ended = server.ended().await;
    assert_eq!(ended.status.code(), Some(0), "{:#?}", ended.stderr);
    let log = ended.stdout.concat();
    assert!(log.contains("was cut off"), "{log}");
    assert!(log.contains("\"outcome\":\"abandoned\""), "{log}");
}

async fn a_second_signal_ends_at_once(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = process::serve(folder.path(), &environment(&database)).await;
    let _running = begin_registration(&server.base).await;
    server.signal("TERM").await;
    until_refused(&server.base).await;
    server.signal("INT").await;
    // 128 + SIGINT: it did not end in order, and says so.
    let ended = server.ended().await;
    assert_eq!(ended.status.code(), Some(130), "{:#?}", ended.stderr);
}

/// Asks over kept connections until the server is gone. Whoever sent a request gets the whole answer, or nothing, so
/// that it may be sent again elsewhere.
async fn no_request_is_half_answered(database: Database) {
    let folder = tempfile::tempdir().unwrap();
    let server = process::serve(folder.path(), &environment(&database)).await;
    let mut clients = JoinSet::new();
    for _ in 0..20 {
        let base = server.base.clone();
        clients.spawn(async move {
            let address = base.trim_start_matches("http://").to_owned();
            let mut whole = 0;
            while let Ok(mut stream) = TcpStream::connect(&address).await {
                while let Some(answer) = ask(&mut stream).await {
                    assert_eq!(answer.status, 200, "{}", answer.text());
                    whole += 1;
                    if answer.header("connection") == "close" {
                        break;
                    }
                }
            }
            whole
        });
    }
    sleep(Duration::from_millis(300)).await;
    server.signal("TERM").await;
    let answered: u32 = clients.join_all().await.iter().sum();
    assert!(answered > 0, "nobody was served");
    assert_eq!(server.ended().await.status.code(), Some(0));
}

/// One request and its answer; none when the connection ends before the first byte of it.
async fn ask(stream: &mut TcpStream) -> Option<crate::support::Answer> {
    let request = b"GET /api/v1/products HTTP/1.1\r\nhost: a\r\n\r\n";
    let mut received = Vec::new();
    let exchange = async {
        let mut chunk = [0; 4096];
        if stream.write_all(request).await.is_err() {
            return;
        }
        while !raw::is_complete(&received) {
            match stream.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(count) => received.extend_from_slice(&chunk[..count]),
            }
        }
    };
    timeout(raw::PATIENCE, exchange)
        .await
        .expect("an answer or an end");
    assert!(
        received.is_empty() || raw::is_complete(&received),
        "half an answer: {}",
        String::from_utf8_lossy(&received)
    );
    raw::parse(&received)
}
