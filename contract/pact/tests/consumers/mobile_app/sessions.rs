//! Sessions of a phone: the refresh token comes in the body and lasts for a month.

use pact_consumer::builders::InteractionBuilder;
use serde_json::json;

use super::client::App;
use crate::support::{Contract, TOKEN, answer, from_state, refuse, send, whole};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery staple";
const REFRESH: &str = "rt_Zk3vQ0cJH1w8nYpTq5bXs7mLrE2dUa9fGiK4oWyNxBM";
const MONTH: u32 = 2_592_000;

pub(super) async fn logging_in(contract: &Contract) {
    let server = contract.expect("a log-in of a phone", |i| {
        i.given("a customer has an account");
        i.request.path("/api/v1/auth/login");
        send(
            i,
            "POST",
            json_pattern!({
                "email": like!(EMAIL), "password": like!(PASSWORD), "client": "mobile",
            }),
        );
        from_state(&mut i.request, "$.email", "email");
        from_state(&mut i.request, "$.password", "password");
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "accessToken": like!(TOKEN),
                    "refreshToken": like!(REFRESH),
                    // The app promises a month without a log-in.
                    "refreshExpiresIn": MONTH,
                },
            }),
        );
    });
    let tokens = App::start(server.url()).log_in(EMAIL, PASSWORD).await;
    let tokens = tokens.expect("a session");
    assert_eq!(
        (tokens.access_token.as_str(), tokens.refresh_token.as_str()),
        (TOKEN, REFRESH)
    );
    assert_eq!(tokens.refresh_expires_in, MONTH);
}

pub(super) async fn refreshing(contract: &Contract) {
    let server = contract.expect("a renewal of a session", |i| {
        i.given_with_params("a customer is logged in", &json!({ "client": "mobile" }));
        refreshes(i);
        from_state(&mut i.request, "$.refreshToken", "refreshToken");
        answer(
            i,
            200,
            json_pattern!({
                "success": true,
                "data": {
                    "accessToken": like!(TOKEN),
                    "refreshToken": like!(REFRESH),
                    "refreshExpiresIn": whole(MONTH.into()),
                },
            }),
        );
    });
    let tokens = App::start(server.url()).refresh(REFRESH).await;
    assert_eq!(tokens.expect("a session").access_token, TOKEN);
}

pub(super) async fn refreshing_with_an_unknown_token(contract: &Contract) {
    let server = contract.expect("a renewal with an unknown token", |i| {
        refreshes(i);
        refuse(i, 401, "REFRESH_TOKEN_INVALID");
    });
    let refused = App::start(server.url()).refresh(REFRESH).await;
    assert_eq!(
        refused.expect_err("unknown").refused(),
        (401, "REFRESH_TOKEN_INVALID")
    );
}

/// The request that renews a session.
fn refreshes(i: &mut InteractionBuilder) {
    let body = json_pattern!({ "refreshToken": like!(REFRESH) });
    i.request.path("/api/v1/auth/refresh");
    send(i, "POST", body);
}
