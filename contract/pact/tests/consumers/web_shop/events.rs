//! What the shop hears: it asks for a review when an order has arrived.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{Contract, ORDER, id};

const ADA: &str = "01964d3a-7c1e-7b52-9a41-3f6d2c8e5b10";

/// A request for a review.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReviewRequest {
    order_id: String,
    user_id: String,
}

/// The handler: other events are none of its business.
fn review_to_ask_for(metadata: &Value, body: &[u8]) -> Option<ReviewRequest> {
    (metadata["eventType"] == "order.delivered")
        .then(|| serde_json::from_slice(body).expect("an event of an order"))
}

pub(super) async fn hearing_of_a_delivered_order(contract: &Contract) {
    contract.receive(
        "an order was delivered",
        |message| {
            message.given_with_params(
                "the customer has an order",
                &json!({ "status": "DELIVERED" }),
            );
            message.json_body(json_pattern!({
                "orderId": id(ORDER), "userId": id(ADA), "status": "DELIVERED",
            }));
            message.metadata("contentType", "application/json");
            message.metadata("eventType", "order.delivered");
        },
        |metadata, body| {
            let wanted = ReviewRequest {
                order_id: ORDER.to_owned(),
                user_id: ADA.to_owned(),
            };
            assert_eq!(review_to_ask_for(metadata, body), Some(wanted));
        },
    );
}
