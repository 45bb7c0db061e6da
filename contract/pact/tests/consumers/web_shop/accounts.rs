//! Accounts and sessions.

use pact_consumer::prelude::HttpPartBuilder;
use serde_json::json;

use super::client::Shop;
use crate::support::{Contract, TOKEN, answer, from_state, id, refuse, send, whole};

const ADA: &str = "01964d3a-7c1e-7b52-9a41-3f6d2c8e5b10";
const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery staple";

pub(super) async fn opening_an_account(contract: &Contract) {
    let server = contract.expect("a registration", |i| {
        i.given("an e-mail address is free");
        i.request.path("/api/v1/auth/register");
        send(
            i,
            "POST",
            json_pattern!({
                "email": like!(EMAIL), "password": like!(PASSWORD), "name": like!("Ada Lovelace"),
            }),
        );
        from_state(&mut i.request, "$.email", "email");
        answer(
            i,
            201,
            json_pattern!({
                "success": true, "data": { "id": id(ADA), "name": like!("Ada Lovelace") },
            }),
        );
    });
    let shop = Shop::open(server.url());
    let ada = shop.register(EMAIL, PASSWORD, "Ada Lovelace").await;
    assert_eq!(ada.expect("an account").name, "Ada Lovelace");
}

pub(super) async fn opening_an_account_for_a_taken_address(contract: &Contract) {
    let server = contract.expect("a registration with a taken address", |i| {
        i.given("a customer has an account");
        i.request.path("/api/v1/auth/register");
        send(
            i,
            "POST",
            json_pattern!({
                "email": like!(EMAIL), "password": like!(PASSWORD), "name": like!("Ada Lovelace"),
            }),
        );
        from_state(&mut i.request, "$.email", "email");
        refuse(i, 409, "EMAIL_ALREADY_EXISTS");
    });
    let shop = Shop::open(server.url());
    let refused = shop.register(EMAIL, PASSWORD, "Ada Lovelace").await;
    assert_eq!(
        refused.expect_err("taken").refused(),
        (409, "EMAIL_ALREADY_EXISTS")
    );
}

pub(super) async fn logging_in(contract: &Contract) {
    let server = contract.expect("a log-in of a browser", |i| {
        i.given_with_params(
            "a customer has an account",
            &json!({ "name": "Ada Lovelace" }),
        );
        i.request.path("/api/v1/auth/login");
        send(
            i,
            "POST",
            json_pattern!({
                "email": like!(EMAIL), "password": like!(PASSWORD),
                "client": "web", "tokenDelivery": "cookie",
            }),
        );
        from_state(&mut i.request, "$.email", "email");
        from_state(&mut i.request, "$.password", "password");
        i.response.header(
            "Set-Cookie",
            term!(
                "^waybill_refresh=[^;]+;.*HttpOnly.*$",
                "waybill_refresh=rt_1; HttpOnly"
            ),
        );
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "accessToken": like!(TOKEN),
                    "tokenType": "Bearer",
                    "expiresIn": whole(900),
                    "user": { "id": id(ADA), "name": "Ada Lovelace" },
                },
            }),
        );
    });
    let session = Shop::open(server.url()).log_in(EMAIL, PASSWORD).await;
    let session = session.expect("a session");
    assert_eq!(session.access_token, TOKEN);
    assert_eq!(session.expires_in, 900);
    assert_eq!(
        (session.user.id.as_str(), session.user.name.as_str()),
        (ADA, "Ada Lovelace")
    );
}

pub(super) async fn logging_in_with_a_wrong_password(contract: &Contract) {
    let server = contract.expect("a log-in with a wrong password", |i| {
        i.given("a customer has an account");
        i.request.path("/api/v1/auth/login");
        send(
            i,
            "POST",
            json_pattern!({
                "email": like!(EMAIL), "password": like!("wrong horse"),
                "client": "web", "tokenDelivery": "cookie",
            }),
        );
        from_state(&mut i.request, "$.email", "email");
        refuse(i, 401, "INVALID_CREDENTIALS");
    });
    let refused = Shop::open(server.url()).log_in(EMAIL, "wrong horse").await;
    assert_eq!(
        refused.expect_err("wrong").refused(),
        (401, "INVALID_CREDENTIALS")
    );
}
