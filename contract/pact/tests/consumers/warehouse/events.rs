//! What the warehouse hears: what to pick, and what not to pick any more.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{Contract, ORDER, id, one_of};

/// What the picker does next.
#[derive(Debug, PartialEq, Eq)]
enum Task {
    Pick(String),
    /// Take it out of the queue; the flag says whether it lay there.
    PutBack(String, bool),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed {
    order_id: String,
    from: Option<String>,
}

/// The task that follows from an event.
fn task_for(metadata: &Value, body: &[u8]) -> Option<Task> {
    let changed: Changed = serde_json::from_slice(body).expect("an event of an order");
    match metadata["eventType"].as_str() {
        Some("order.paid") => Some(Task::Pick(changed.order_id)),
        Some("order.cancelled") => {
            let lay_there = changed.from.as_deref() == Some("PAID");
            Some(Task::PutBack(changed.order_id, lay_there))
        }
        _ => None,
    }
}

pub(super) async fn hearing_of_a_paid_order(contract: &Contract) {
    contract.receive(
        "an order was paid",
        |message| {
            message.given_with_params("the customer has an order", &json!({ "status": "PAID" }));
            message.json_body(json_pattern!({ "orderId": id(ORDER), "status": "PAID" }));
            message.metadata("contentType", "application/json");
            message.metadata("eventType", "order.paid");
        },
        |metadata, body| {
            assert_eq!(task_for(metadata, body), Some(Task::Pick(ORDER.to_owned())));
        },
    );
}

pub(super) async fn hearing_of_a_cancelled_order(contract: &Contract) {
    contract.receive(
        "a paid order was cancelled",
        |message| {
            let params = json!({ "status": "CANCELLED", "after": "PAID" });
            message.given_with_params("the customer has an order", &params);
            message.json_body(json_pattern!({
                "orderId": id(ORDER),
                "from": one_of(&["PAID", "PENDING", "CONFIRMED", "PROCESSING"]),
                "status": "CANCELLED",
            }));
            message.metadata("contentType", "application/json");
            message.metadata("eventType", "order.cancelled");
        },
        |metadata, body| {
            assert_eq!(
                task_for(metadata, body),
                Some(Task::PutBack(ORDER.to_owned(), true))
            );
        },
    );
}
