//! The API as the states use it: as the administrator and as customers, over HTTP.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::ADMIN;

/// The password of everybody.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// What a call brought.
pub(crate) struct Answer {
    pub(crate) data: Value,
    pub(crate) meta: Value,
    pub(crate) etag: String,
}

/// A caller.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// Why a state could not be reached.
pub(crate) type StateResult<T> = anyhow::Result<T>;

impl Api {
    pub(crate) fn at(base: &str) -> Self {
        Self {
            http: reqwest::Client::builder().build().expect("a client"),
            base: base.to_owned(),
            token: None,
        }
    }

    pub(crate) fn bearer(&self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// The administrator, logged in anew.
    pub(crate) async fn admin(&self) -> StateResult<Self> {
        let tokens = self.log_in(ADMIN.0, ADMIN.1, "web").await?;
        Ok(self.bearer(&text(&tokens, "accessToken")?))
    }

    pub(crate) async fn log_in(
        &self,
        email: &str,
        password: &str,
        client: &str,
    ) -> StateResult<Value> {
        let body = json!({ "email": email, "password": password, "client": client });
        Ok(self.post("/api/v1/auth/login", body).await?.data)
    }

    pub(crate) async fn get(&self, path: &str) -> StateResult<Answer> {
        self.call(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> StateResult<Answer> {
        self.call(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> StateResult<Answer> {
        self.call(Method::PATCH, path, Some(body)).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> StateResult<Answer> {
        let mut call = self
            .http
            .request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            call = call.bearer_auth(token);
        }
        if method == Method::POST {
            call = call.header("Idempotency-Key", unique("state"));
        }
        if let Some(body) = body.filter(|body| !body.is_null()) {
            call = call.json(&body);
        }
        let response = call.send().await?;
        let status = response.status();
        let etag = response.headers().get("etag");
        let etag = etag.and_then(|etag| etag.to_str().ok()).unwrap_or_default();
        let etag = etag.to_owned();
        let body: Value = response.json().await?;
        anyhow::ensure!(
            status.is_success(),
            "{method} {path} answered {status}: {body}"
        );
        Ok(Answer {
            data: body["data"].clone(),
            meta: body["meta"].clone(),
            etag,
        })
    }
}

/// A text that nothing else in this process got.
pub(crate) fn unique(prefix: &str) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("{prefix}-{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A member that is a text.
pub(crate) fn text(of: &Value, name: &str) -> StateResult<String> {
    let found = of[name].as_str().map(str::to_owned);
    found.ok_or_else(|| anyhow::anyhow!("no `{name}` in {of}"))
}
