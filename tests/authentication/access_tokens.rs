//! Which credentials a call may bring: what an access token says, when it ends, and that no other is taken.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;

use super::{claims, refresh, with};
use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    an_access_token_says_what_it_must_and_no_more,
    an_access_token_ends_after_fifteen_minutes,
    a_token_of_another_making_is_refused,
    a_refresh_token_is_no_access_token_and_the_other_way_round,
    a_call_without_credentials_says_how_to_bring_some,
    two_credentials_at_once_are_refused,
);

async fn an_access_token_says_what_it_must_and_no_more(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let token = tokens["accessToken"].as_str().unwrap();
    let mut names: Vec<_> = claims(token).as_object().unwrap().keys().cloned().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "aud", "exp", "iat", "iss", "jti", "nbf", "role", "sid", "sub", "type"
        ]
    );
    let claims = claims(token);
    assert_eq!(
        (&claims["type"], &claims["role"]),
        (&json!("access"), &json!("member"))
    );
    assert_eq!(claims["sub"], json!(server.people().member.id));
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        900
    );
    assert_eq!(
        (&tokens["expiresIn"], &tokens["refreshExpiresIn"]),
        (&json!(900), &json!(604_800))
    );
    assert!(!token.contains("example.com"));
}

async fn an_access_token_ends_after_fifteen_minutes(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let client = with(&server, &tokens);
    server.advance(Duration::from_secs(899));
    client.get("/api/v1/wallet").await.must(200);
    server.advance(Duration::from_secs(61));
    let ended = client
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
    assert!(
        ended
            .header("www-authenticate")
            .contains("error=\"invalid_token\"")
    );
}

async fn a_token_of_another_making_is_refused(database: Database) {
    let server = Server::start(&database).await;
    let token = server.people().member.token.clone();
    let (head, rest) = token.split_once('.').unwrap();
    let (payload, signature) = rest.split_once('.').unwrap();
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
    let mut raised = claims(&token);
    raised["role"] = json!("admin");
    let raised = URL_SAFE_NO_PAD.encode(raised.to_string());
    let embedded =
        URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","jwk":{"kty":"oct","k":"AA"},"kid":"../x"}"#);
    for forged in [
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{head}.{raised}.{signature}"),
        format!("{embedded}.{payload}.{signature}"),
        format!("{head}.{payload}"),
        format!("{head}.{payload}.{signature}x"),
        "x".repeat(3_000),
        "..".to_owned(),
    ] {
        let refused = server
            .anonymous()
            .bearer(&forged)
            .get("/api/v1/wallet")
            .await;
        refused.must_fail(401, "INVALID_TOKEN");
    }
}

async fn a_refresh_token_is_no_access_token_and_the_other_way_round(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let swapped = server
        .anonymous()
        .bearer(tokens["refreshToken"].as_str().unwrap());
    swapped
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
    refresh(&server, &tokens["accessToken"])
        .await
        .must_fail(401, "REFRESH_TOKEN_INVALID");
    refresh(&server, &json!("rt_nonsense"))
        .await
        .must_fail(401, "REFRESH_TOKEN_INVALID");
}

async fn a_call_without_credentials_says_how_to_bring_some(database: Database) {
    let server = Server::start(&database).await;
    let refused = server
        .anonymous()
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "NO_TOKEN");
    let challenge = refused.header("www-authenticate");
    assert!(
        challenge.starts_with("Bearer") && !challenge.contains("error="),
        "{challenge}"
    );
    let malformed = server
        .anonymous()
        .get("/api/v1/wallet")
        .header("authorization", "Basic YTpi");
    malformed.await.must(401);
}

async fn two_credentials_at_once_are_refused(database: Database) {
    let server = Server::start(&database).await;
    let key = api_key(&server.member(), &["wallet:read"]).await;
    let (name, value) = key.credential().unwrap();
    let both = server
        .member()
        .get("/api/v1/wallet")
        .header(name, value)
        .await;
    both.must_fail(400, "VALIDATION_ERROR");
}
