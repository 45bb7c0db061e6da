//! The order in which a call is judged, routing, and what becomes of handlers that fail.

use std::time::Duration;

use openapi_runtime as rt;

use crate::host::{PAY, Server, Shop, get, post};

/// A request with everything wrong; each step mends one thing.
#[tokio::test]
async fn the_first_thing_wrong_decides() {
    let server = Server::new();
    let bad = || {
        poem::Request::builder()
            .method(http::Method::POST)
            .uri_str("/api/v1/products?what=1")
            .header("Accept", "text/html")
    };
    let code = |answer: crate::host::Answer| (answer.status, answer.code());
    let expect = |status: u16, code: &str| (status, code.to_owned());

    assert_eq!(
        code(
            server
                .send(bad().header("Api-Version", "v2").body("{"))
                .await
        ),
        expect(400, "API_VERSION_MISMATCH")
    );
    assert_eq!(
        code(server.send(bad().body("{")).await),
        expect(401, "NO_TOKEN")
    );
    *server.shop.is_spent.lock().unwrap() = true;
    let bearer = |token: &str| bad().header("Authorization", format!("Bearer {token}"));
    assert_eq!(
        code(server.send(bearer("member").body("{")).await),
        expect(403, "FORBIDDEN")
    );
    let throttled = server.send(bearer("admin").body("{")).await;
    assert_eq!(throttled.header("retry-after"), "7");
    assert_eq!(
        throttled.json()["error"]["message"],
        "Too many requests. Try again in 7 seconds."
    );
    assert_eq!(code(throttled), expect(429, "RATE_LIMIT_EXCEEDED"));
    *server.shop.is_spent.lock().unwrap() = false;
    assert_eq!(
        code(server.send(bearer("admin").body("{")).await),
        expect(406, "NOT_ACCEPTABLE")
    );
    let plain = |body: Vec<u8>| {
        post("/api/v1/products?what=1", "admin")
            .content_type("text/plain")
            .body(body)
    };
    assert_eq!(
        code(server.send(plain(vec![b' '; 70_000])).await),
        expect(415, "UNSUPPORTED_MEDIA_TYPE")
    );
    let json = |body: Vec<u8>| {
        post("/api/v1/products?what=1", "admin")
            .content_type("application/json")
            .body(body)
    };
    assert_eq!(
        code(server.send(json(vec![b' '; 70_000])).await),
        expect(413, "PAYLOAD_TOO_LARGE")
    );
    assert_eq!(
        code(server.send(json(b"{".to_vec())).await),
        expect(400, "MALFORMED_JSON")
    );
    assert_eq!(
        code(server.send(json(b"{}".to_vec())).await),
        expect(400, "VALIDATION_ERROR")
    );
}

#[tokio::test]
async fn versions_that_agree_are_fine() {
    for version in ["v1", "1", "V1"] {
        assert_eq!(
            Server::new()
                .send(
                    get("/api/v1/products")
                        .header("Api-Version", version)
                        .finish()
                )
                .await
                .status,
            200
        );
    }
}

#[tokio::test]
async fn unknown_paths_are_answered_in_the_envelope() {
    for path in [
        "/",
        "/api/v1/nope",
        "/api/v1/products/",
        "/api//v1/products",
        "/api/v1/products%2F",
        "/API/v1/products",
    ] {
        let answer = Server::new().send(get(path).finish()).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (404, "ROUTE_NOT_FOUND"),
            "{path}"
        );
        assert_eq!(answer.json()["requestId"], "req_test");
        assert_eq!(answer.header("x-request-id"), "req_test");
    }
}

#[tokio::test]
async fn other_methods_are_not_allowed() {
    for method in [
        "DELETE", "PUT", "PATCH", "TRACE", "QUERY", "CONNECT", "BREW",
    ] {
        let request = poem::Request::builder()
            .method(method.parse().unwrap())
            .uri_str("/api/v1/products")
            .finish();
        let answer = Server::new().send(request).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (405, "METHOD_NOT_ALLOWED"),
            "{method}"
        );
        assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS, POST");
        assert_eq!(
            &*answer.extensions.get::<rt::Allowed>().unwrap().path,
            "/api/v1/products"
        );
    }
    let pay = Server::new().send(get(PAY).finish()).await;
    assert_eq!((pay.status, pay.header("allow")), (405, "OPTIONS, POST"));
}

#[tokio::test]
async fn options_and_head_are_answered() {
    let options = poem::Request::builder()
        .method(http::Method::OPTIONS)
        .uri_str("/api/v1/products")
        .finish();
    let answer = Server::new().send(options).await;
    assert_eq!(
        (answer.status, answer.header("allow"), answer.body.as_str()),
        (204, "GET, HEAD, OPTIONS, POST", "")
    );
    let server = Server::new();
    let head = poem::Request::builder()
        .method(http::Method::HEAD)
        .uri_str("/api/v1/products")
        .finish();
    let head = server.send(head).await;
    let get = server.send(get("/api/v1/products").finish()).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.body.len().to_string());
    assert_eq!(head.header("etag"), get.header("etag"));
}

#[tokio::test]
async fn expected_failures_have_their_declared_status() {
    let server = Server::new();
    let poor = server.pay("poor").await;
    assert_eq!(
        (poor.status, poor.code().as_str()),
        (402, "INSUFFICIENT_FUNDS")
    );
    assert_eq!(poor.header("cache-control"), "no-store");
    let paid = server.pay("stored").await;
    assert_eq!(
        paid.json()["error"]["details"],
        serde_json::json!([{"field": "status", "reason": "not_allowed", "message": "The order is PAID", "allowed": ["SHIPPED"]}])
    );
}

#[tokio::test]
async fn unexpected_failures_say_nothing_outside_development() {
    for key in ["undeclared", "broken", "panic"] {
        let answer = Server::new().pay(key).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (500, "INTERNAL_ERROR"),
            "{key}"
        );
        for secret in ["secret", "disk", "boom", "COUPON", "debug"] {
            assert!(!answer.body.contains(secret), "{}", answer.body);
        }
        assert_eq!(answer.header("x-ratelimit-remaining"), "99");
    }
    let development = Server::of(Shop {
        debug: true,
        ..Shop::default()
    });
    assert_eq!(
        development.pay("broken").await.json()["error"]["debug"],
        "disk on fire"
    );
    assert_eq!(
        development.pay("panic").await.json()["error"]["debug"],
        "panic: boom"
    );
    assert_eq!(
        development.pay("undeclared").await.json()["error"]["debug"],
        "undeclared error code COUPON_INVALID of payOrder (secret words)"
    );
    assert!(
        development.pay("poor").await.json()["error"]
            .get("debug")
            .is_none()
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long_is_cut_off() {
    let server = Server::of(Shop {
        timeout: Some(Duration::from_secs(3)),
        ..Shop::default()
    });
    let answer = server.pay("slow").await;
    assert_eq!((answer.status, answer.code().as_str()), (504, "TIMEOUT"));
    assert_eq!(answer.header("x-ratelimit-remaining"), "99");
}

#[test]
fn the_registration_describes_itself() {
    use rt::poem_openapi::OpenApi as _;
    type Routes = crate::operations::OrdersRoutes<Shop>;
    let meta = Routes::meta();
    let paths: Vec<_> = meta[0]
        .paths
        .iter()
        .map(|path| (path.path.as_str(), path.operations.len()))
        .collect();
    assert_eq!(
        paths,
        [("/api/v1/orders/{orderId}/pay", 1), ("/api/v1/products", 2)]
    );
    let pay = &meta[0].paths[0].operations[0];
    assert_eq!(
        (pay.operation_id, pay.method.as_str(), pay.security.len()),
        (Some("payOrder"), "POST", 2)
    );
    let statuses: Vec<_> = pay
        .responses
        .responses
        .iter()
        .filter_map(|response| response.status)
        .collect();
    assert_eq!(
        statuses,
        [200, 400, 401, 402, 403, 404, 406, 409, 429, 500, 503, 504]
    );
    let mut registry = rt::registry::Registry::new();
    Routes::register(&mut registry);
    let product: Vec<_> = registry.schemas["Product"]
        .properties
        .iter()
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(product, ["id", "sku", "price", "note", "archivedAt"]);
    assert_eq!(registry.security_schemes.len(), 2);
    assert!(registry.schemas.contains_key("Transfer"));
}
