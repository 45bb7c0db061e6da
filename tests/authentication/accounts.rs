//! Who gets an account and its tokens: registering, logging in, and what a password must be.

use serde_json::json;

use super::with;
use crate::{
    on_both,
    support::{Database, Server, factories::*},
};

on_both!(
    registering_looks_like_this,
    a_registered_user_logs_in,
    logging_in_looks_like_this,
    a_common_password_is_refused,
    a_wrong_password_and_an_unknown_email_answer_alike,
    a_long_password_is_not_cut_off,
    changing_the_password_needs_the_current_one,
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
