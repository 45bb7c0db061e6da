//! The API as the web shop calls it.

use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde_json::json;

use crate::http::{CallError, accepted, data, header};

/// The shop's connection for one visitor.
pub(crate) struct Shop {
    http: Client,
    base: String,
    token: Option<String>,
}

/// A page of the catalogue.
#[derive(Debug, Deserialize)]
pub(crate) struct Catalogue {
    pub(crate) data: Vec<Product>,
    pub(crate) meta: Position,
}

/// What the shop shows of a product.
#[derive(Debug, Deserialize)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) price: i64,
    pub(crate) currency: String,
    pub(crate) stock: u32,
}

/// What the pager needs.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Position {
    pub(crate) page: u32,
    pub(crate) total_pages: u64,
}

/// What the shop keeps of a session; the refresh token stays in the cookie.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Session {
    pub(crate) access_token: String,
    pub(crate) expires_in: u32,
    pub(crate) user: Visitor,
}

/// Who is logged in.
#[derive(Debug, Deserialize)]
pub(crate) struct Visitor {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// What the shop shows of an order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) items: Vec<Line>,
    pub(crate) total: i64,
    pub(crate) currency: String,
    pub(crate) expires_at: Option<String>,
}

/// One line of an order.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) quantity: u32,
    pub(crate) unit_price: i64,
}

/// What the shop shows after paying.
#[derive(Debug, Deserialize)]
pub(crate) struct Receipt {
    pub(crate) status: String,
    pub(crate) payment: Payment,
}

/// The payment.
#[derive(Debug, Deserialize)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) amount: i64,
}

impl Shop {
    pub(crate) fn open(base: impl Into<String>) -> Self {
        let http = Client::builder().build().expect("a client");
        let base: String = base.into();
        Self {
            http,
            base: base.trim_end_matches('/').to_owned(),
            token: None,
        }
    }

    pub(crate) fn logged_in(self, token: &str) -> Self {
        Self {
            token: Some(token.to_owned()),
            ..self
        }
    }

    /// What is in stock, the cheapest first.
    pub(crate) async fn browse(&self, text: &str, page: u32) -> Result<Catalogue, CallError> {
        let page = page.to_string();
        let query = [
            ("q", text),
            ("inStock", "true"),
            ("sort", "price"),
            ("page", &page),
            ("limit", "12"),
        ];
        let call = self.get("/api/v1/products").query(&query);
        Ok(accepted(call.send().await?).await?.json().await?)
    }

    pub(crate) async fn product(&self, id: &str) -> Result<Product, CallError> {
        let call = self.get(&format!("/api/v1/products/{id}"));
        data(call.send().await?).await
    }

    pub(crate) async fn register(
        &self,
        email: &str,
        password: &str,
        name: &str,
    ) -> Result<Visitor, CallError> {
        let body = json!({ "email": email, "password": password, "name": name });
        let call = self.post("/api/v1/auth/register").json(&body);
        data(call.send().await?).await
    }

    /// Opens a session whose refresh token scripts cannot read.
    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Result<Session, CallError> {
        let body = json!({
            "email": email, "password": password, "client": "web", "tokenDelivery": "cookie",
        });
        let response = self.post("/api/v1/auth/login").json(&body).send().await?;
        let response = accepted(response).await?;
        let cookie = header(&response, "set-cookie").unwrap_or_default();
        assert!(cookie.contains("HttpOnly"), "scripts can read {cookie}");
        data(response).await
    }

    /// Places an order; `key` makes a second click harmless.
    pub(crate) async fn place_order(
        &self,
        product: &str,
        quantity: u32,
        key: &str,
    ) -> Result<(String, Order), CallError> {
        let body = json!({ "productId": product, "quantity": quantity });
        let call = self.post("/api/v1/orders");
        let response = call.header("Idempotency-Key", key).json(&body).send();
        let response = accepted(response.await?).await?;
        let location = header(&response, "location").unwrap_or_default();
        Ok((location, data(response).await?))
    }

    pub(crate) async fn pay(&self, order: &str, key: &str) -> Result<Receipt, CallError> {
        let call = self.post(&format!("/api/v1/orders/{order}/pay"));
        data(call.header("Idempotency-Key", key).send().await?).await
    }

    pub(crate) async fn order(&self, id: &str) -> Result<Order, CallError> {
        data(self.get(&format!("/api/v1/orders/{id}")).send().await?).await
    }

    pub(crate) async fn cancel(&self, order: &str, reason: &str) -> Result<Order, CallError> {
        let call = self.post(&format!("/api/v1/orders/{order}/cancel"));
        data(call.json(&json!({ "reason": reason })).send().await?).await
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
