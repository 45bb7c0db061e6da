//! Slow clients, many clients, clients that leave, and the end of the server, over real sockets.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::tests::{Server, assert_envelope, configured};

/// Nothing here takes that long when all is well.
const PATIENCE: Duration = Duration::from_secs(20);

impl Server {
    async fn open(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream
    }

    /// Begins a request that `/held` holds.
    async fn hold(&self) -> TcpStream {
        let stream = self.open(b"GET /held HTTP/1.1\r\nhost: a\r\n\r\n").await;
        let entered = timeout(PATIENCE, self.routes.entered.acquire()).await;
        entered.unwrap().unwrap().forget();
        stream
    }

    async fn release(&self) {
        self.routes.released.add_permits(1);
        let finished = timeout(PATIENCE, self.routes.finished.acquire()).await;
        finished.unwrap().unwrap().forget();
    }
}

/// Reads until the server closes.
async fn rest(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    // A reset is as good an end as a close.
    let read = timeout(PATIENCE, stream.read_to_end(&mut answer)).await;
    let _ = read.expect("the connection ends");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_kept_connection_outlives_the_time_for_a_head() {
    let server = configured(|config| {
        config.header_read_timeout = Duration::from_millis(100);
        config.idle_timeout = Duration::from_secs(30);
    })
    .await;
    let mut kept = server.open(b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut first = [0; 15];
    kept.read_exact(&mut first).await.unwrap();
    tokio::time::sleep(Duration::from_millis(400)).await;
    kept.write_all(b"GET /nowhere HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await
        .unwrap();
    assert!(rest(kept).await.contains("HTTP/1.1 404 "));
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let server = configured(|config| config.header_read_timeout = Duration::from_mins(1)).await;
    let idle = server.open(b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(rest(idle).await.starts_with("HTTP/1.1 200 "));
}

#[tokio::test]
async fn a_body_that_stops_coming_is_refused_and_its_connection_closed() {
    let server = configured(|_| {}).await;
    for head in ["content-length: 9", "transfer-encoding: chunked"] {
        let request = format!("POST /echo HTTP/1.1\r\nhost: a\r\n{head}\r\n\r\n");
        let stalled = server.open(request.as_bytes()).await;
        // The routes of this test know nothing of our envelopes; that of an operation is tested through the API.
        let answer = rest(stalled).await;
        assert!(!answer.starts_with("HTTP/1.1 2"), "{answer}");
    }
}

#[tokio::test]
async fn a_body_in_pieces_has_its_time() {
    let server = configured(|config| config.body_read_timeout = Duration::from_mins(1)).await;
    let head = b"POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 5\r\n\r\n";
    let mut slow = server.open(head).await;
    for byte in *b"hello" {
        tokio::time::sleep(Duration::from_millis(50)).await;
        slow.write_all(&[byte]).await.unwrap();
    }
    let answer = rest(slow).await;
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello"));
}

#[tokio::test]
async fn who_takes_nothing_of_an_answer_is_cut() {
    let server = configured(|_| {}).await;
    let slow = server.open(b"GET /huge HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let other = server.get("/big", "").await;
    assert!(other.starts_with("HTTP/1.1 200 "));
    // The server gives up while nothing is read, so that the answer that is read afterwards is not whole.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert!(rest(slow).await.len() < 16 * 1024 * 1024);
}

#[tokio::test]
async fn beyond_the_limit_requests_are_told_to_come_again() {
    let server = configured(|config| config.max_concurrent_requests = 2).await;
    let held = [server.hold().await, server.hold().await];
    for _ in 0..3 {
        let refused = server.get("/big", "").await;
        assert_envelope(&refused, 503, "SERVICE_UNAVAILABLE");
        assert!(refused.contains("retry-after: "), "{refused}");
    }
    for page in ["/livez", "/readyz", "/metrics", "/openapi/v1.yaml"] {
        let answer = server.get(page, "").await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{page}: {answer}");
    }
    // It is routed, though these routes have no such path.
    assert_envelope(&server.get("/health", "").await, 404, "ROUTE_NOT_FOUND");
    server.release().await;
    server.release().await;
    drop(held);
    let answer = server.get("/big", "").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn who_waits_for_a_body_takes_no_place() {
    let server = configured(|config| {
        config.max_concurrent_requests = 1;
        config.body_read_timeout = Duration::from_mins(1);
    })
    .await;
    let head =
        b"POST /echo HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhell";
    let mut waiting = Vec::new();
    for _ in 0..4 {
        waiting.push(server.open(head).await);
    }
    let answer = server.get("/big", "").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    for mut waiting in waiting {
        waiting.write_all(b"o").await.unwrap();
        assert!(rest(waiting).await.ends_with("hello"));
    }
}

#[tokio::test]
async fn a_request_is_finished_although_its_client_left() {
    let server = configured(|config| config.max_concurrent_requests = 1).await;
    drop(server.hold().await);
    // It goes on, and in its place.
    assert_envelope(&server.get("/big", "").await, 503, "SERVICE_UNAVAILABLE");
    server.release().await;
    let mut answer = server.get("/big", "").await;
    while answer.starts_with("HTTP/1.1 503 ") {
        answer = server.get("/big", "").await;
    }
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn the_oldest_idle_connection_makes_room() {
    let server = configured(|config| {
        config.max_connections = 2;
        config.header_read_timeout = Duration::from_mins(1);
    })
    .await;
    let oldest = server.open(b"GET /big HT").await;
    let busy = server.hold().await;
    let probe = server.get("/livez", "").await;
    assert!(probe.starts_with("HTTP/1.1 200 "), "{probe}");
    assert_eq!(rest(oldest).await, "");
    server.release().await;
    drop(busy);
}

#[tokio::test]
async fn with_a_delay_the_port_stays_open_for_a_while() {
    let server = configured(|config| config.shutdown_delay = Duration::from_hours(1)).await;
    server.shutdown.begin();
    let answer = server.get("/big", "").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    server.task.abort();
}

#[tokio::test]
async fn at_the_end_a_kept_connection_is_closed_and_what_runs_is_finished() {
    let server = configured(|config| {
        config.shutdown_timeout = Duration::from_mins(1);
        config.idle_timeout = Duration::from_mins(1);
        config.header_read_timeout = Duration::from_mins(1);
    })
    .await;
    let kept = server.open(b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let silent = server.open(b"").await;
    let running = server.hold().await;
    server.shutdown.begin();
    assert!(rest(kept).await.starts_with("HTTP/1.1 200 "));
    assert_eq!(rest(silent).await, "");
    server.release().await;
    assert!(rest(running).await.ends_with("held"));
    timeout(PATIENCE, server.task).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn what_still_runs_at_the_end_of_the_time_is_cut() {
    let server = configured(|config| config.shutdown_timeout = Duration::from_millis(200)).await;
    let running = server.hold().await;
    drop(server.hold().await);
    server.shutdown.begin();
    timeout(PATIENCE, server.task).await.unwrap().unwrap();
    assert_eq!(rest(running).await, "");
}
