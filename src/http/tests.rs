//! The stack over real sockets, around a route that answers whatever a test needs.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use poem::{Endpoint, Request, Response};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinHandle,
    time::{sleep, timeout},
};

use super::*;
use crate::{
    config::{CorsOrigins, ServerConfig},
    domain::{Clock, Ids},
    infra::{shutdown::Shutdown, telemetry::Metrics},
};

/// A route that holds its request until a test lets it go.
#[derive(Clone)]
pub(super) struct Routes {
    pub(super) entered: Arc<Semaphore>,
    pub(super) released: Arc<Semaphore>,
    pub(super) finished: Arc<Semaphore>,
}

impl Routes {
    fn new() -> Self {
        let none = || Arc::new(Semaphore::new(0));
        Self {
            entered: none(),
            released: none(),
            finished: none(),
        }
    }
}

impl Endpoint for Routes {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        match request.uri().path() {
            "/panic" => panic!("on purpose"),
            "/slow" => {
                sleep(Duration::from_millis(300)).await;
                Ok(Response::builder().body("slow"))
            }
            "/held" => {
                self.entered.add_permits(1);
                self.released.acquire().await.unwrap().forget();
                self.finished.add_permits(1);
                Ok(Response::builder().body("held"))
            }
            "/huge" => Ok(Response::builder().body(vec![b'x'; 16 * 1024 * 1024])),
            "/echo" => {
                let body = request.take_body().into_string().await?;
                Ok(Response::builder().content_type("text/plain").body(body))
            }
            "/big" => Ok(Response::builder()
                .content_type("application/json")
                .body("[1,2,3]".repeat(1000))),
            _ => Err(poem::error::NotFoundError.into()),
        }
    }
}

struct Always;

impl Readiness for Always {
    async fn is_ready(&self) -> bool {
        true
    }
}

pub(super) struct Server {
    pub(super) address: SocketAddr,
    pub(super) routes: Routes,
    pub(super) shutdown: Shutdown,
    pub(super) task: JoinHandle<()>,
}

async fn server(cors: CorsOrigins) -> Server {
    configured(|config| config.cors = cors).await
}

pub(super) async fn configured(configure: impl FnOnce(&mut ServerConfig)) -> Server {
    let mut config = ServerConfig {
        host: "127.0.0.1".to_owned(),
        port: 0,
        request_timeout: Duration::from_secs(10),
        heavy_timeout: Duration::from_secs(30),
        shutdown_timeout: Duration::from_secs(2),
        shutdown_delay: Duration::ZERO,
        header_read_timeout: Duration::from_millis(500),
        body_read_timeout: Duration::from_millis(500),
        write_timeout: Duration::from_millis(500),
        idle_timeout: Duration::from_millis(500),
        max_concurrent_requests: 100,
        max_connections: 1_000,
        trusted_proxies: Vec::new(),
        cors: CorsOrigins::Listed(Vec::new()),
    };
    configure(&mut config);
    let routes = Routes::new();
    let ids = Ids::new(Clock::System);
    let stack = Stack::new(
        routes.clone(),
        Always,
        Metrics::install().unwrap(),
        &config,
        Clock::System,
        ids,
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let shutdown = Shutdown::default();
    let patience = Patience::of(&config);
    let stopped = shutdown.clone();
    #[expect(clippy::disallowed_methods, reason = "the test waits for it")]
    let task = tokio::spawn(async move {
        serve(listener, Arc::new(stack), patience, &stopped).await;
    });
    Server {
        address,
        routes,
        shutdown,
        task,
    }
}

impl Server {
    /// Sends bytes and reads until the server closes.
    async fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut answer = Vec::new();
        timeout(Duration::from_secs(5), stream.read_to_end(&mut answer))
            .await
            .unwrap()
            .unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(super) async fn get(&self, path: &str, headers: &str) -> String {
        self.raw(
            format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}\r\n")
                .as_bytes(),
        )
        .await
    }
}

/// So many header fields.
fn fields(count: usize) -> String {
    let lines: Vec<String> = (0..count)
        .map(|field| format!("x-{field}: v\r\n"))
        .collect();
    lines.concat()
}

async fn plain() -> Server {
    configured(|_| {}).await
}

pub(super) fn assert_envelope(answer: &str, status: u16, code: &str) {
    assert!(
        answer.starts_with(&format!("HTTP/1.1 {status} ")),
        "{answer}"
    );
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["error"]["code"], code, "{answer}");
    let id = head
        .lines()
        .find_map(|line| line.strip_prefix("x-request-id: "))
        .unwrap();
    assert_eq!(body["requestId"], id);
    assert_eq!(body["error"]["requestId"], id);
    assert!(head.contains("content-type: application/json"), "{head}");
    assert!(head.contains("x-content-type-options: nosniff"), "{head}");
    assert!(head.contains("api-version: v1"), "{head}");
}

#[tokio::test]
async fn what_no_route_answers_comes_in_the_envelope() {
    let server = plain().await;
    assert_envelope(&server.get("/nowhere", "").await, 404, "ROUTE_NOT_FOUND");
    assert_envelope(
        &server.get("/docs/nowhere", "").await,
        404,
        "ROUTE_NOT_FOUND",
    );
    assert_envelope(&server.get("/panic", "").await, 500, "INTERNAL_ERROR");
    let post = server
        .raw(b"POST /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        .await;
    assert_envelope(&post, 405, "METHOD_NOT_ALLOWED");
    assert!(post.contains("allow: GET, HEAD, OPTIONS\r\n"));
}

#[tokio::test]
async fn heads_beyond_our_limits_get_the_envelope() {
    let server = plain().await;
    let long = "a".repeat(9_000);
    assert_envelope(
        &server.get(&format!("/{long}"), "").await,
        414,
        "URI_TOO_LONG",
    );
    let large = format!("x-large: {}\r\n", "v".repeat(17_000));
    assert_envelope(&server.get("/big", &large).await, 431, "HEADERS_TOO_LARGE");
    let at_the_limit = fields(98);
    assert!(
        server
            .get("/big", &at_the_limit)
            .await
            .starts_with("HTTP/1.1 200 ")
    );
}

#[tokio::test]
async fn heads_beyond_hypers_limits_get_the_envelope_too() {
    let server = plain().await;
    let many = fields(400);
    assert_envelope(&server.get("/big", &many).await, 431, "HEADERS_TOO_LARGE");
    let huge = format!("x-huge: {}\r\n", "v".repeat(300_000));
    assert_envelope(&server.get("/big", &huge).await, 431, "HEADERS_TOO_LARGE");
    assert_envelope(
        &server.raw(b"NOT HTTP AT ALL\r\n\r\n").await,
        400,
        "VALIDATION_ERROR",
    );
    let lengths =
        b"POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab";
    assert_envelope(&server.raw(lengths).await, 400, "VALIDATION_ERROR");
}

#[tokio::test]
async fn nothing_can_be_smuggled_behind_two_lengths() {
    let server = plain().await;
    let request = b"POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n\
        0\r\n\r\nGET /big HTTP/1.1\r\nhost: a\r\n\r\n";
    let answer = server.raw(request).await;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
}

#[tokio::test]
async fn a_request_id_is_kept_or_made() {
    let server = plain().await;
    assert!(
        server
            .get("/big", "x-request-id: mine-1\r\n")
            .await
            .contains("x-request-id: mine-1\r\n")
    );
    assert!(
        server
            .get("/big", "x-request-id: not mine\r\n")
            .await
            .contains("x-request-id: req_")
    );
}

#[tokio::test]
async fn slow_heads_are_given_up() {
    let server = plain().await;
    for beginning in ["", "GET /big HT", "P"] {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(beginning.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A reset is as good an end as a close.
        let _ = timeout(Duration::from_secs(3), stream.read_to_end(&mut answer))
            .await
            .unwrap();
        assert!(answer.is_empty(), "{beginning}");
    }
}

#[tokio::test]
async fn running_requests_are_finished_and_new_connections_refused() {
    let server = plain().await;
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    let mut running = TcpStream::connect(server.address).await.unwrap();
    running
        .write_all(b"GET /slow HTTP/1.1\r\nhost: a\r\n\r\n")
        .await
        .unwrap();
    sleep(Duration::from_millis(100)).await;

    server.shutdown.begin();
    let mut answer = String::new();
    running.read_to_string(&mut answer).await.unwrap();
    timeout(Duration::from_secs(1), server.task)
        .await
        .unwrap()
        .unwrap();

    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("slow"),
        "{answer}"
    );
    assert!(TcpStream::connect(server.address).await.is_err());
}

#[tokio::test]
async fn pages_of_other_origins_are_let_in_only_by_name() {
    let server = server(CorsOrigins::Listed(vec!["https://shop.example".to_owned()])).await;
    let preflight = |origin: &str| {
        format!(
            "OPTIONS /big HTTP/1.1\r\nhost: a\r\nconnection: close\r\norigin: {origin}\r\n\
             access-control-request-method: PATCH\r\n\r\n"
        )
    };
    let allowed = server
        .raw(preflight("https://shop.example").as_bytes())
        .await;
    assert!(allowed.starts_with("HTTP/1.1 204 "), "{allowed}");
    assert!(allowed.contains("access-control-allow-origin: https://shop.example\r\n"));
    assert!(
        allowed
            .contains("access-control-allow-methods: GET, HEAD, POST, PATCH, DELETE, OPTIONS\r\n")
    );
    assert_envelope(
        &server
            .raw(preflight("https://evil.example").as_bytes())
            .await,
        403,
        "FORBIDDEN",
    );
    let foreign = server.get("/big", "origin: https://evil.example\r\n").await;
    assert!(
        foreign.starts_with("HTTP/1.1 200 ") && !foreign.contains("access-control-allow-origin")
    );
    assert!(foreign.contains("vary: origin\r\n"));
}

#[tokio::test]
async fn answers_are_compressed_on_demand() {
    let server = plain().await;
    let packed = server.get("/big", "accept-encoding: gzip\r\n").await;
    assert!(
        packed.contains("content-encoding: gzip\r\n")
            && packed.contains("vary: accept-encoding\r\n")
    );
    assert!(packed.len() < 1_000);
    let plain = server
        .get("/big", "accept-encoding: gzip\r\nx-no-compression: 1\r\n")
        .await;
    assert!(!plain.contains("content-encoding") && plain.len() > 7_000);
}

#[tokio::test]
async fn the_document_and_its_page_are_served() {
    let server = plain().await;
    let yaml = server.get("/openapi/v1.yaml", "").await;
    assert!(yaml.ends_with(include_str!("../../openapi/v1.yaml")));
    let head = server
        .raw(b"HEAD /openapi/v1.json HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .await;
    assert!(
        head.starts_with("HTTP/1.1 200 ")
            && head.contains("etag: \"")
            && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert!(
        server
            .get("/docs", "")
            .await
            .contains("location: /docs/\r\n")
    );
    let page = server.get("/docs/", "").await;
    assert!(
        page.contains("<title>Swagger UI</title>") && page.contains("script-src 'self'"),
        "{page}"
    );
    assert!(
        server
            .get("/metrics", "")
            .await
            .contains("http_server_connections")
    );
    assert!(
        server
            .get("/readyz", "")
            .await
            .ends_with("{\"status\":\"ready\"}")
    );
}
