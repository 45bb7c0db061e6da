//! Credentials, roles, scopes.

use std::sync::atomic::Ordering;

use crate::bodies::GOOD;
use crate::host::{PAY, Server, get, post};

async fn with_headers(server: &Server, headers: &[(&str, &str)]) -> crate::host::Answer {
    let mut request = poem::Request::builder()
        .method(http::Method::POST)
        .uri_str(PAY)
        .header("Idempotency-Key", "k");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server.send(request.finish()).await
}

#[tokio::test]
async fn without_credentials_there_is_no_token() {
    let server = Server::new();
    let answer = with_headers(&server, &[]).await;
    assert_eq!((answer.status, answer.code().as_str()), (401, "NO_TOKEN"));
    assert_eq!(answer.json()["error"]["message"], "Access token required");
    assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"api\"");
    assert_eq!(server.shop.failed_credentials.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn bad_credentials_are_named_and_paid_for() {
    let server = Server::new();
    for headers in [
        [("Authorization", "Bearer nonsense")],
        [("Authorization", "Bearer")],
        [("Authorization", "Basic YTpi")],
        [("Authorization", "")],
        [("Authorization", "bearer  ")],
    ] {
        let answer = with_headers(&server, &headers).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (401, "INVALID_TOKEN"),
            "{headers:?}"
        );
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"api\", error=\"invalid_token\""
        );
        assert_eq!(answer.header("ratelimit-policy"), "\"auth\";q=100;w=60");
    }
    let key = with_headers(&server, &[("X-API-Key", "nonsense")]).await;
    assert_eq!((key.status, key.code().as_str()), (401, "INVALID_API_KEY"));
    assert_eq!(server.shop.failed_credentials.load(Ordering::Relaxed), 6);
    *server.shop.is_locked_out.lock().unwrap() = true;
    let locked = with_headers(&server, &[("X-API-Key", "nonsense")]).await;
    assert_eq!(
        (
            locked.status,
            locked.code().as_str(),
            locked.header("retry-after")
        ),
        (429, "RATE_LIMIT_EXCEEDED", "7")
    );
    let good = with_headers(&server, &[("Authorization", "Bearer member")]).await;
    assert_eq!(good.status, 200);
}

#[tokio::test]
async fn two_kinds_of_credentials_are_refused() {
    let answer = with_headers(
        &Server::new(),
        &[
            ("Authorization", "Bearer member"),
            ("X-API-Key", "member/orders:write"),
        ],
    )
    .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (400, "VALIDATION_ERROR")
    );
    assert_eq!(
        answer.details(),
        [
            "header Authorization not_allowed",
            "header X-API-Key not_allowed"
        ]
    );
}

#[tokio::test]
async fn roles_and_scopes_decide() {
    let server = Server::new();
    for (header, value, status, code) in [
        ("Authorization", "Bearer member", 200, ""),
        ("Authorization", "bearer admin", 200, ""),
        ("Authorization", "Bearer viewer", 403, "FORBIDDEN"),
        ("X-API-Key", "member/orders:write", 200, ""),
        ("X-API-Key", "admin/orders:read orders:write", 200, ""),
        ("X-API-Key", "member/orders:read", 403, "INSUFFICIENT_SCOPE"),
        // A key never reaches further than its owner.
        ("X-API-Key", "viewer/orders:write", 403, "FORBIDDEN"),
        ("X-API-Key", "viewer/orders:read", 403, "FORBIDDEN"),
    ] {
        let answer = with_headers(&server, &[(header, value)]).await;
        assert_eq!(
            (
                answer.status,
                answer.json()["error"]["code"].as_str().unwrap_or_default()
            ),
            (status, code),
            "{value}"
        );
        assert_eq!(answer.header("x-ratelimit-limit"), "100");
    }
    let scope = with_headers(&server, &[("X-API-Key", "member/orders:read")]).await;
    assert_eq!(
        scope.header("www-authenticate"),
        "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"orders:write\""
    );
}

#[tokio::test]
async fn a_key_is_forbidden_where_keys_are_not_taken() {
    let create = |key: &'static str| async move {
        let request = poem::Request::builder()
            .method(http::Method::POST)
            .uri_str("/api/v1/products")
            .header("X-API-Key", key)
            .content_type("application/json")
            .body(GOOD);
        Server::new().send(request).await
    };
    let valid = create("admin/admin").await;
    assert_eq!((valid.status, valid.code().as_str()), (403, "FORBIDDEN"));
    let invalid = create("nonsense").await;
    assert_eq!(
        (invalid.status, invalid.code().as_str()),
        (401, "INVALID_API_KEY")
    );
}

#[tokio::test]
async fn credentials_are_not_looked_at_where_nobody_asks_for_them() {
    let server = Server::new();
    let answer = server
        .send(
            get("/api/v1/products")
                .header("Authorization", "Bearer nonsense")
                .finish(),
        )
        .await;
    assert_eq!(answer.status, 200);
    assert_eq!(*server.shop.admitted.lock().unwrap(), ["general anonymous"]);
}

#[tokio::test]
async fn a_host_that_cannot_judge_is_not_the_clients_fault() {
    let server = Server::new();
    let answer = server
        .send(post(PAY, "down").header("Idempotency-Key", "k").finish())
        .await;
    assert_eq!(
        (answer.status, answer.code().as_str()),
        (503, "SERVICE_UNAVAILABLE")
    );
    assert!(!answer.header("retry-after").is_empty());
    assert_eq!(server.shop.failed_credentials.load(Ordering::Relaxed), 0);
}
