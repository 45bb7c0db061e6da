//! Registering, logging in and out, rotating refresh tokens, changing passwords, and what a token must be.
//!
//! The folder follows a session: an account and its password, the access token of a call, the refresh token that prolongs
//! it, the end; and at last what is stored of all this. Who may do what is asked in `tests/authorization.rs`.

mod access_tokens;
mod accounts;
mod ends;
mod refresh_tokens;
mod secrets;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{Answer, Client, Server};

/// Whoever has been given these tokens.
fn with(server: &Server, tokens: &Value) -> Client {
    server
        .anonymous()
        .bearer(tokens["accessToken"].as_str().expect("an access token"))
}

/// Presents a token for new ones.
async fn refresh(server: &Server, token: &Value) -> Answer {
    let body = json!({ "refreshToken": token });
    server
        .anonymous()
        .post("/api/v1/auth/refresh")
        .json(body)
        .await
}

/// What an access token says; its signature is not looked at.
fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("a JWT has three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}
