//! Every kind of member, parameter and answer, driven over HTTP.

mod bodies;
mod handlers;
mod parameters;
mod types;

use std::sync::Arc;

use openapi_runtime::poem::{Endpoint, Response};
use serde_json::{Value, json};

use self::handlers::ID;
use crate::goldens::everything;
use crate::host::{Answer, Everyone, ask};

fn service() -> impl Endpoint<Output = Response> {
    everything::routes(Arc::new(Everyone))
}

pub(crate) fn whole_item() -> Value {
    json!({
        "name": "lamp", "price": 12, "status": "IN_USE", "note": null, "secret": "a long secret", "pack": 12,
        "ratio": 0.75, "contact": "a@example.org", "homepage": "https://example.org/x", "address": "127.0.0.1",
        "codes": ["ABC", "DEF"], "labels": {"a": "b"}, "marks": [1, null], "due": "2026-01-02T03:04:05.678Z",
        "parts": [{"partId": ID, "size": {"width": 1, "height": 2}}]
    })
}

async fn created(body: &Value) -> Answer {
    ask(&service(), "POST /items")
        .bearer("admin-token")
        .json(body)
        .send()
        .await
}
