//! The API as the warehouse's system calls it.

use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde_json::json;

use crate::http::{CallError, accepted, data, header};

/// How the warehouse shows who it is.
pub(crate) enum Credential {
    /// A session of staff, for the orders of everybody.
    Session(String),
    /// An API key with the scope `products:write`, for the stock.
    Key(String),
}

/// The warehouse's connection.
pub(crate) struct Warehouse {
    http: Client,
    base: String,
    credential: Credential,
}

/// What is to be picked.
#[derive(Debug, Deserialize)]
pub(crate) struct PickList {
    pub(crate) data: Vec<PickOrder>,
    pub(crate) meta: Position,
}

/// One order of the list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickOrder {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) items: Vec<Pick>,
    pub(crate) paid_at: String,
}

/// One shelf to go to.
#[derive(Debug, Deserialize)]
pub(crate) struct Pick {
    pub(crate) sku: String,
    pub(crate) quantity: u32,
}

/// Whether there is more to pick.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Position {
    pub(crate) has_next: bool,
}

/// An order after a step.
#[derive(Debug, Deserialize)]
pub(crate) struct Moved {
    pub(crate) id: String,
    pub(crate) status: String,
}

/// What is on a shelf.
#[derive(Debug, Deserialize)]
pub(crate) struct Stock {
    pub(crate) sku: String,
    pub(crate) stock: u32,
}

impl Warehouse {
    pub(crate) fn connect(base: impl Into<String>, credential: Credential) -> Self {
        let base: String = base.into();
        Self {
            http: Client::builder().build().expect("a client"),
            base: base.trim_end_matches('/').to_owned(),
            credential,
        }
    }

    /// The paid orders, the oldest first.
    pub(crate) async fn to_pick(&self) -> Result<PickList, CallError> {
        let query = [("status", "PAID"), ("sort", "createdAt"), ("limit", "100")];
        let url = format!("{}/api/v1/admin/orders", self.base);
        let call = self.signed(self.http.get(url).query(&query));
        Ok(accepted(call.send().await?).await?.json().await?)
    }

    /// Takes an order one step further.
    pub(crate) async fn advance(&self, order: &str, status: &str) -> Result<Moved, CallError> {
        let url = format!("{}/api/v1/admin/orders/{order}/status", self.base);
        let call = self.http.patch(url).json(&json!({ "status": status }));
        data(self.signed(call).send().await?).await
    }

    /// What is on the shelf, and the `ETag` that it is counted under.
    pub(crate) async fn stock(&self, product: &str) -> Result<(Stock, String), CallError> {
        let url = format!("{}/api/v1/products/{product}", self.base);
        let response = accepted(self.http.get(url).send().await?).await?;
        let etag = header(&response, "etag").unwrap_or_default();
        Ok((data(response).await?, etag))
    }

    /// Writes down what was counted, unless somebody changed the product meanwhile.
    pub(crate) async fn count(
        &self,
        product: &str,
        stock: u32,
        etag: &str,
    ) -> Result<Stock, CallError> {
        let url = format!("{}/api/v1/products/{product}", self.base);
        let call = self.http.patch(url).header("If-Match", etag);
        let call = self.signed(call.json(&json!({ "stock": stock })));
        data(call.send().await?).await
    }

    /// Takes broken pieces out of the stock.
    pub(crate) async fn write_off(&self, product: &str, pieces: i32) -> Result<Stock, CallError> {
        let url = format!("{}/api/v1/products/{product}", self.base);
        let call = self.http.patch(url).json(&json!({ "stockDelta": -pieces }));
        data(self.signed(call).send().await?).await
    }

    fn signed(&self, call: RequestBuilder) -> RequestBuilder {
        match &self.credential {
            Credential::Session(token) => call.bearer_auth(token),
            Credential::Key(key) => call.header("X-API-Key", key),
        }
    }
}
