//! The API as the mobile app calls it.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde::Deserialize;
use serde_json::json;

use crate::http::{CallError, accepted, data, header};

/// The app's connection, with or without a session.
pub(crate) struct App {
    http: Client,
    base: String,
    token: Option<String>,
}

/// What the app keeps in the phone's key store.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tokens {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) refresh_expires_in: u32,
}

/// A page of orders.
#[derive(Debug, Deserialize)]
pub(crate) struct Orders {
    pub(crate) data: Vec<Row>,
    pub(crate) meta: Position,
}

/// One row of the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) total: i64,
    pub(crate) currency: String,
    pub(crate) created_at: String,
}

/// Whether scrolling goes on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Position {
    pub(crate) page: u32,
    pub(crate) total: u64,
    pub(crate) has_next: bool,
}

/// The wallet's card.
#[derive(Debug, Deserialize)]
pub(crate) struct Wallet {
    pub(crate) balance: i64,
    pub(crate) currency: String,
}

/// A stretch of what moved the money.
#[derive(Debug, Deserialize)]
pub(crate) struct Entries {
    pub(crate) data: Vec<Entry>,
    pub(crate) meta: Onward,
}

/// One movement.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) kind: String,
    pub(crate) amount: i64,
    pub(crate) balance_after: i64,
}

/// Where the feed goes on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Onward {
    pub(crate) next_cursor: Option<String>,
}

/// The page of one order.
#[derive(Debug, Deserialize)]
pub(crate) struct Detail {
    pub(crate) status: String,
    pub(crate) payments: Vec<Payment>,
    pub(crate) timeline: Vec<Step>,
}

/// One payment.
#[derive(Debug, Deserialize)]
pub(crate) struct Payment {
    pub(crate) amount: i64,
    pub(crate) status: String,
}

/// One status that the order took.
#[derive(Debug, Deserialize)]
pub(crate) struct Step {
    pub(crate) status: String,
    pub(crate) at: String,
}

/// What a look with an `ETag` brings.
#[derive(Debug)]
pub(crate) enum Look {
    /// What the phone has is still right.
    Unchanged,
    /// It is not.
    Changed { status: String, etag: String },
}

#[derive(Deserialize)]
struct Status {
    status: String,
}

impl App {
    pub(crate) fn start(base: impl Into<String>) -> Self {
        let base: String = base.into();
        Self {
            http: Client::builder().build().expect("a client"),
            base: base.trim_end_matches('/').to_owned(),
            token: None,
        }
    }

    pub(crate) fn with_session(self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self
        }
    }

    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Result<Tokens, CallError> {
        let body = json!({ "email": email, "password": password, "client": "mobile" });
        data(self.post("/api/v1/auth/login").json(&body).send().await?).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Result<Tokens, CallError> {
        let call = self.post("/api/v1/auth/refresh");
        data(call.json(&json!({ "refreshToken": token })).send().await?).await
    }

    pub(crate) async fn orders(&self, page: u32) -> Result<Orders, CallError> {
        let query = [("page", page.to_string()), ("limit", "20".to_owned())];
        let call = self.get("/api/v1/orders").query(&query);
        Ok(accepted(call.send().await?).await?.json().await?)
    }

    /// The orders that are on their way.
    pub(crate) async fn orders_on_their_way(&self) -> Result<Orders, CallError> {
        let query = [("status", "PROCESSING,SHIPPED"), ("limit", "20")];
        let call = self.get("/api/v1/orders").query(&query);
        Ok(accepted(call.send().await?).await?.json().await?)
    }

    pub(crate) async fn order(&self, id: &str) -> Result<Detail, CallError> {
        let call = self.get(&format!("/api/v1/orders/{id}"));
        let call = call.query(&[("expand", "payments,timeline")]);
        data(call.send().await?).await
    }

    /// The order, if it is another one than the phone has.
    pub(crate) async fn order_unless(&self, id: &str, etag: &str) -> Result<Look, CallError> {
        let call = self.get(&format!("/api/v1/orders/{id}"));
        let response = call.header("If-None-Match", etag).send().await?;
        if response.status() == StatusCode::NOT_MODIFIED {
            return Ok(Look::Unchanged);
        }
        let response = accepted(response).await?;
        let etag = header(&response, "etag").unwrap_or_default();
        let Status { status } = data(response).await?;
        Ok(Look::Changed { status, etag })
    }

    pub(crate) async fn wallet(&self) -> Result<Wallet, CallError> {
        data(self.get("/api/v1/wallet").send().await?).await
    }

    pub(crate) async fn entries(&self, after: Option<&str>) -> Result<Entries, CallError> {
        let mut call = self.get("/api/v1/wallet/entries").query(&[("limit", "1")]);
        if let Some(cursor) = after {
            call = call.query(&[("cursor", cursor)]);
        }
        Ok(accepted(call.send().await?).await?.json().await?)
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.call(self.http.get(format!("{}{path}", self.base)))
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.call(self.http.post(format!("{}{path}", self.base)))
    }

    fn call(&self, call: RequestBuilder) -> RequestBuilder {
        match &self.token {
            Some(token) => call.bearer_auth(token),
            None => call,
        }
    }
}
