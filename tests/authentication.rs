//! Registering, logging in and out, rotating refresh tokens, changing passwords, and what a token must be.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::{
    on_both,
    support::{Backend, Client, Database, Server, factories::*},
};

on_both!(
    registering_looks_like_this,
    a_registered_user_logs_in,
    logging_in_looks_like_this,
    a_common_password_is_refused,
    a_wrong_password_and_an_unknown_email_answer_alike,
    a_long_password_is_not_cut_off,
    an_access_token_says_what_it_must_and_no_more,
    an_access_token_ends_after_fifteen_minutes,
    a_token_of_another_making_is_refused,
    a_refresh_token_is_no_access_token_and_the_other_way_round,
    a_refresh_token_is_rotated,
    a_rotated_token_presented_late_revokes_the_family,
    a_rotated_token_presented_at_once_is_forgiven,
    refresh_tokens_end_after_seven_days,
    a_mobile_client_stays_thirty_days,
    a_cookie_carries_the_refresh_token_on_demand,
    logging_out_ends_the_session_at_once,
    logging_out_everywhere_ends_all_sessions,
    a_changed_password_ends_the_other_sessions,
    changing_the_password_needs_the_current_one,
    tokens_are_stored_as_hashes_only,
    a_call_without_credentials_says_how_to_bring_some,
    two_credentials_at_once_are_refused,
);

async fn registering_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "email": "Ada@Example.com", "password": PASSWORD, "name": "Ada" });
    let made = server
        .anonymous()
        .post("/api/v1/auth/register")
        .json(body)
        .await
        .must(201);
    insta::assert_json_snapshot!(
        "registered",
        made.snapshot(&["cache-control"]),
        { ".body.data.id" => "[id]", ".body.requestId" => "[request]" }
    );
}

async fn a_registered_user_logs_in(database: Database) {
    let server = Server::start(&database).await;
    let (email, user) = register(&server.anonymous()).await;
    let tokens = log_in(&server.anonymous(), &email.to_uppercase()).await;
    assert_eq!(id(&tokens["user"]), id(&user));
    let me = with(&server, &tokens)
        .get("/api/v1/users/me")
        .await
        .must(200)
        .data();
    assert_eq!(id(&me), id(&user));
    assert_eq!(balance(&with(&server, &tokens)).await, 0);
}

async fn logging_in_looks_like_this(database: Database) {
    let server = Server::start(&database).await;
    let body = json!({ "email": server.people().member.email, "password": PASSWORD });
    let answer = server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(body)
        .await
        .must(200);
    insta::assert_json_snapshot!(
        "logged_in",
        answer.snapshot(&["cache-control"]),
        {
            ".body.data.accessToken" => "[access]", ".body.data.refreshToken" => "[refresh]",
            ".body.data.user.id" => "[id]", ".body.requestId" => "[request]",
        }
    );
}

async fn a_common_password_is_refused(database: Database) {
    let server = Server::start(&database).await;
    for password in ["password", "12345678", "Password1", "qwertyuiop"] {
        let body = json!({ "email": "a@example.com", "password": password, "name": "A" });
        let refused = server
            .anonymous()
            .post("/api/v1/auth/register")
            .json(body)
            .await;
        refused.must_fail(422, "PASSWORD_TOO_COMMON");
    }
    let body = json!({ "email": "a@example.com", "password": "short", "name": "" });
    let refused = server
        .anonymous()
        .post("/api/v1/auth/register")
        .json(body)
        .await;
    let refused = refused.must_fail(400, "VALIDATION_ERROR");
    assert_eq!(
        refused.violations(),
        [
            "body:name pattern_mismatch",
            "body:name too_short",
            "body:password too_short"
        ]
    );
}

async fn a_wrong_password_and_an_unknown_email_answer_alike(database: Database) {
    let server = Server::start(&database).await;
    let attempt = async |email: &str| {
        let body = json!({ "email": email, "password": "not the password" });
        let refused = server
            .anonymous()
            .post("/api/v1/auth/login")
            .json(body)
            .await;
        let body = refused.must_fail(401, "INVALID_CREDENTIALS").json();
        (
            body["error"]["message"].clone(),
            body["error"]["details"].clone(),
        )
    };
    let known = attempt(&server.people().member.email).await;
    assert_eq!(known, attempt("nobody@example.com").await);
}

async fn a_long_password_is_not_cut_off(database: Database) {
    let server = Server::start(&database).await;
    let long = "ä".repeat(127);
    let body = json!({ "email": "long@example.com", "password": format!("{long}1"), "name": "L" });
    server
        .anonymous()
        .post("/api/v1/auth/register")
        .json(body)
        .await
        .must(201);
    let log_in = async |last: &str| {
        let body = json!({ "email": "long@example.com", "password": format!("{long}{last}") });
        server
            .anonymous()
            .post("/api/v1/auth/login")
            .json(body)
            .await
    };
    log_in("1").await.must(200);
    log_in("2").await.must_fail(401, "INVALID_CREDENTIALS");
}

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

async fn a_refresh_token_is_rotated(database: Database) {
    let server = Server::start(&database).await;
    let first = log_in(&server.anonymous(), &server.people().member.email).await;
    assert!(first["refreshToken"].as_str().unwrap().starts_with("rt_"));
    server.advance(Duration::from_mins(1));
    let second = refresh(&server, &first["refreshToken"])
        .await
        .must(200)
        .data();
    assert_ne!(first["refreshToken"], second["refreshToken"]);
    with(&server, &second).get("/api/v1/wallet").await.must(200);
    server.advance(Duration::from_mins(1));
    let third = refresh(&server, &second["refreshToken"])
        .await
        .must(200)
        .data();
    with(&server, &third).get("/api/v1/wallet").await.must(200);
}

async fn a_rotated_token_presented_late_revokes_the_family(database: Database) {
    let server = Server::start(&database).await;
    let first = log_in(&server.anonymous(), &server.people().member.email).await;
    let second = refresh(&server, &first["refreshToken"])
        .await
        .must(200)
        .data();
    server.advance(Duration::from_secs(11));
    refresh(&server, &first["refreshToken"])
        .await
        .must_fail(401, "REFRESH_TOKEN_REUSED");
    refresh(&server, &second["refreshToken"]).await.must(401);
    server.advance(Duration::from_secs(6));
    with(&server, &second)
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
}

async fn a_rotated_token_presented_at_once_is_forgiven(database: Database) {
    let server = Server::start(&database).await;
    let first = log_in(&server.anonymous(), &server.people().member.email).await;
    refresh(&server, &first["refreshToken"]).await.must(200);
    server.advance(Duration::from_secs(9));
    // The answer was lost on its way: the client asks again, and its successor is unused.
    let again = refresh(&server, &first["refreshToken"])
        .await
        .must(200)
        .data();
    with(&server, &again).get("/api/v1/wallet").await.must(200);
    refresh(&server, &again["refreshToken"]).await.must(200);
    // Now a successor is used: the same mistake is a theft.
    refresh(&server, &first["refreshToken"])
        .await
        .must_fail(401, "REFRESH_TOKEN_REUSED");
}

async fn refresh_tokens_end_after_seven_days(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    server.advance(Duration::from_secs(7 * 24 * 60 * 60 + 1));
    refresh(&server, &tokens["refreshToken"])
        .await
        .must_fail(401, "REFRESH_TOKEN_INVALID");
}

async fn a_mobile_client_stays_thirty_days(database: Database) {
    let server = Server::start(&database).await;
    let email = &server.people().member.email;
    let body = json!({ "email": email, "password": PASSWORD, "client": "mobile" });
    let login = server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(body)
        .await
        .must(200)
        .data();
    assert_eq!(login["refreshExpiresIn"], 30 * 24 * 60 * 60);
    let mut tokens = login;
    // However often it is used, a family ends after ninety days.
    for _ in 0..3 {
        server.advance(Duration::from_hours(696));
        tokens = refresh(&server, &tokens["refreshToken"])
            .await
            .must(200)
            .data();
    }
    server.advance(Duration::from_hours(96));
    refresh(&server, &tokens["refreshToken"])
        .await
        .must_fail(401, "REFRESH_TOKEN_INVALID");
}

async fn a_cookie_carries_the_refresh_token_on_demand(database: Database) {
    let server = Server::start(&database).await;
    let email = &server.people().member.email;
    let body = json!({ "email": email, "password": PASSWORD, "tokenDelivery": "cookie" });
    let login = server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(body)
        .await
        .must(200);
    assert!(
        login.data().get("refreshToken").is_none(),
        "{}",
        login.text()
    );
    let cookie = login.header("set-cookie").to_owned();
    for attribute in ["HttpOnly", "Secure", "SameSite=Strict"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let pair = cookie.split(';').next().unwrap();
    let anonymous = server.anonymous();
    let refreshed = anonymous
        .post("/api/v1/auth/refresh")
        .header("cookie", pair)
        .json(json!({}));
    let refreshed = refreshed.await.must(200);
    assert!(refreshed.data().get("refreshToken").is_none());
    assert!(!refreshed.header("set-cookie").is_empty());
}

async fn logging_out_ends_the_session_at_once(database: Database) {
    let server = Server::start(&database).await;
    let one = log_in(&server.anonymous(), &server.people().member.email).await;
    let two = log_in(&server.anonymous(), &server.people().member.email).await;
    with(&server, &one)
        .post("/api/v1/auth/logout")
        .await
        .must(204);
    refresh(&server, &one["refreshToken"]).await.must(401);
    with(&server, &one)
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
    with(&server, &two).get("/api/v1/wallet").await.must(200);
    // Also after a restart, and in another process.
    let restarted = Server::start(&database).await;
    with(&restarted, &one)
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
    refresh(&restarted, &one["refreshToken"]).await.must(401);
}

async fn logging_out_everywhere_ends_all_sessions(database: Database) {
    let server = Server::start(&database).await;
    let one = log_in(&server.anonymous(), &server.people().member.email).await;
    let two = log_in(&server.anonymous(), &server.people().member.email).await;
    with(&server, &one)
        .post("/api/v1/auth/logout")
        .json(json!({ "all": true }))
        .await
        .must(204);
    for tokens in [one, two] {
        with(&server, &tokens)
            .get("/api/v1/wallet")
            .await
            .must_fail(401, "INVALID_TOKEN");
        refresh(&server, &tokens["refreshToken"]).await.must(401);
    }
    server.other().get("/api/v1/wallet").await.must(200);
}

async fn a_changed_password_ends_the_other_sessions(database: Database) {
    let server = Server::start(&database).await;
    let email = &server.people().member.email;
    let other = log_in(&server.anonymous(), email).await;
    let body = json!({ "currentPassword": PASSWORD, "newPassword": "a whole new sentence" });
    server
        .member()
        .post("/api/v1/auth/password")
        .json(body)
        .await
        .must(204);
    refresh(&server, &other["refreshToken"]).await.must(401);
    with(&server, &other)
        .get("/api/v1/wallet")
        .await
        .must_fail(401, "INVALID_TOKEN");
    let old = json!({ "email": email, "password": PASSWORD });
    server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(old)
        .await
        .must(401);
    let new = json!({ "email": email, "password": "a whole new sentence" });
    server
        .anonymous()
        .post("/api/v1/auth/login")
        .json(new)
        .await
        .must(200);
}

async fn changing_the_password_needs_the_current_one(database: Database) {
    let server = Server::start(&database).await;
    let wrong = json!({ "currentPassword": "wrong", "newPassword": "a whole new sentence" });
    let refused = server
        .member()
        .post("/api/v1/auth/password")
        .json(wrong)
        .await;
    refused.must_fail(401, "INVALID_CREDENTIALS");
    let common = json!({ "currentPassword": PASSWORD, "newPassword": "password" });
    let refused = server
        .member()
        .post("/api/v1/auth/password")
        .json(common)
        .await;
    refused.must_fail(422, "PASSWORD_TOO_COMMON");
    log_in(&server.anonymous(), &server.people().member.email).await;
}

async fn tokens_are_stored_as_hashes_only(database: Database) {
    let server = Server::start(&database).await;
    let tokens = log_in(&server.anonymous(), &server.people().member.email).await;
    let key = api_key(&server.member(), &["wallet:read"]).await;
    let (_, key) = key.credential().unwrap();
    let refresh = tokens["refreshToken"]
        .as_str()
        .unwrap()
        .trim_start_matches("rt_");
    let content = content(&database).await;
    let email = server.people().member.email.as_bytes();
    assert!(contains(&content, email), "this looks at the wrong place");
    for secret in [refresh, &key[20..], PASSWORD] {
        assert!(!contains(&content, secret.as_bytes()), "{secret} is stored");
    }
}

/// Everything that is stored: the files of SQLite, every row of PostgreSQL as text.
async fn content(database: &Database) -> Vec<u8> {
    if database.backend == Backend::Sqlite {
        let folder = database.file().parent().unwrap().to_owned();
        let files = std::fs::read_dir(folder).unwrap();
        let bytes = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        return bytes.collect::<Vec<_>>().concat();
    }
    let tables = "select cast(table_name as text) from information_schema.tables where table_schema = 'public'";
    let mut content = String::new();
    for table in database.rows(tables).await.into_iter().flatten() {
        let rows = database
            .rows(&format!("select cast(t as text) from {table} t"))
            .await;
        content.extend(rows.into_iter().flatten());
    }
    content.into_bytes()
}

fn contains(content: &[u8], text: &[u8]) -> bool {
    content.windows(text.len()).any(|window| window == text)
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

fn with(server: &Server, tokens: &Value) -> Client {
    server
        .anonymous()
        .bearer(tokens["accessToken"].as_str().expect("an access token"))
}

async fn refresh(server: &Server, token: &Value) -> crate::support::Answer {
    let body = json!({ "refreshToken": token });
    server
        .anonymous()
        .post("/api/v1/auth/refresh")
        .json(body)
        .await
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("a JWT has three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}
