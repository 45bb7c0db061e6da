//! How long a session goes on: refresh tokens are rotated, end in time, and end at once where one was stolen.

use std::time::Duration;

use serde_json::json;

use super::{refresh, with};
use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    a_refresh_token_is_rotated,
    a_rotated_token_presented_late_revokes_the_family,
    a_rotated_token_presented_at_once_is_forgiven,
    refresh_tokens_end_after_seven_days,
    a_mobile_client_stays_thirty_days,
    a_cookie_carries_the_refresh_token_on_demand,
);

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
