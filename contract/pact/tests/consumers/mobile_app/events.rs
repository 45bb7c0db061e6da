//! What the app's push service hears: an order is on its way.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{Contract, ORDER, id, one_of};

const ADA: &str = "01964d3a-7c1e-7b52-9a41-3f6d2c8e5b10";

/// A change of an order's status.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Moved {
    order_id: String,
    user_id: String,
    from: String,
    status: String,
}

/// The push: to whom, and what it says.
fn push_for(metadata: &Value, body: &[u8]) -> Option<(String, String)> {
    if metadata["eventType"] != "order.shipped" {
        return None;
    }
    let moved: Moved = serde_json::from_slice(body).expect("an event of an order");
    let text = format!("{}: {} → {}", moved.order_id, moved.from, moved.status);
    Some((moved.user_id, text))
}

pub(super) async fn hearing_of_a_shipped_order(contract: &Contract) {
    contract.receive(
        "an order was shipped",
        |message| {
            message.given_with_params("the customer has an order", &json!({ "status": "SHIPPED" }));
            message.json_body(json_pattern!({
                "orderId": id(ORDER),
                "userId": id(ADA),
                "from": one_of(&["PROCESSING"]),
                "status": "SHIPPED",
            }));
            message.metadata("contentType", "application/json");
            message.metadata("eventType", "order.shipped");
        },
        |metadata, body| {
            let (whom, text) = push_for(metadata, body).expect("a push");
            assert_eq!(whom, ADA);
            assert_eq!(text, format!("{ORDER}: PROCESSING → SHIPPED"));
        },
    );
}
