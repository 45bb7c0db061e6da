//! What ends sessions before their time: logging out of one or of all, and a changed password.

use serde_json::json;

use super::{refresh, with};
use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    logging_out_ends_the_session_at_once,
    logging_out_everywhere_ends_all_sessions,
    a_changed_password_ends_the_other_sessions,
);

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
