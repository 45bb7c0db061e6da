//! The server's messages, for the verifier: the event that the real server wrote into its outbox when the interaction's
//! states came about.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http_body_util::Full;
use hyper::{Response, StatusCode};
use serde_json::json;

use crate::{
    server::{Waybill, newest_event},
    states::States,
    stub::{Answered, Stub},
};

/// Where the verifier asks for messages.
pub(crate) struct Messages;

impl Messages {
    pub(crate) async fn serve(server: &Waybill, states: Arc<States>) -> Stub {
        let database = server.database.clone();
        Stub::serve(move |_| {
            let (database, states) = (database.clone(), Arc::clone(&states));
            async move { message(&database, &states).await }
        })
        .await
    }
}

/// The newest event about the order that the states made.
async fn message(database: &str, states: &States) -> Answered {
    let Ok(order) = states.made("orderId") else {
        return refusal("no state of this message makes an order");
    };
    let Some((kind, payload)) = newest_event(database, &order).await else {
        return refusal("the outbox holds nothing about the order");
    };
    let metadata = json!({ "contentType": "application/json", "eventType": kind });
    Response::builder()
        .header("Content-Type", "application/json")
        .header(
            "Pact-Message-Metadata",
            STANDARD.encode(metadata.to_string()),
        )
        .body(Full::from(payload))
        .expect("an answer")
}

fn refusal(why: &'static str) -> Answered {
    Response::builder()
        .status(StatusCode::NOT_FOUND)
        .body(Full::from(why))
        .expect("an answer")
}
