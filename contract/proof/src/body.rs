//! Reads bodies and holds them against the type and the shape that the operation takes.

use bytes::Bytes;
use http::{HeaderMap, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde_json::{Value, json};

use crate::{
    answer::Refusal,
    faults::Fault,
    input::Judge,
    pipeline::{Request, Server},
    routes::Operation,
    rules,
};

/// More than any body of the contract needs.
const LARGEST: usize = 64 * 1024;

impl Server {
    /// All bytes of a body.
    pub(crate) async fn collect(&self, body: Incoming) -> Result<Bytes, Refusal> {
        match Limited::new(body, LARGEST).collect().await {
            Ok(collected) => Ok(collected.to_bytes()),
            Err(_) if self.has(Fault::LargeBodyCrashes) => Err(Refusal::Internal),
            Err(_) => Err(Refusal::PayloadTooLarge),
        }
    }

    pub(crate) fn check_media_type(
        &self,
        headers: &HeaderMap,
        wanted: &str,
    ) -> Result<(), Refusal> {
        let Some(value) = headers.get(header::CONTENT_TYPE) else {
            // Without a body there is nothing to name a type for; that it is missing is told later.
            let is_empty = headers
                .get(header::CONTENT_LENGTH)
                .is_none_or(|length| length == "0")
                && !headers.contains_key(header::TRANSFER_ENCODING);
            return if is_empty {
                Ok(())
            } else {
                Err(Refusal::UnsupportedMediaType)
            };
        };
        let text = value.to_str().unwrap_or_default();
        let essence = text.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case(wanted) {
            Ok(())
        } else if self.has(Fault::ForeignTypeCrashes) {
            Err(Refusal::Internal)
        } else {
            Err(Refusal::UnsupportedMediaType)
        }
    }

    pub(crate) fn read_body(
        &self,
        judge: &mut Judge<'_>,
        operation: Operation,
        request: &Request<'_>,
    ) -> Result<Value, Refusal> {
        let shape = match operation {
            Operation::OpenSession => &rules::CREDENTIALS,
            Operation::RegisterParcel => &rules::NEW_PARCEL,
            Operation::ChangeParcel => &rules::PARCEL_CHANGES,
            Operation::MoveParcel => &rules::STATUS_CHANGE,
            Operation::BookPickup => &rules::NEW_BOOKING,
            Operation::InstructParcel => {
                let length =
                    std::str::from_utf8(&request.body).map_or(0, |text| text.chars().count());
                if !(1..=200).contains(&length) {
                    judge.note_body("too_long");
                }
                return Ok(Value::Null);
            }
            _ => return Ok(Value::Null),
        };
        if request.body.is_empty() {
            if operation == Operation::BookPickup && self.has(Fault::AcceptsMissingBody) {
                return Ok(
                    json!({"day": "2030-01-01", "window": "MORNING", "parcels": 1, "fee": 0}),
                );
            }
            judge.note_body("required");
            return Ok(Value::Null);
        }
        let Ok(body) = serde_json::from_slice(&request.body) else {
            let crashes = self.has(Fault::MalformedCrashes);
            return Err(if crashes {
                Refusal::Internal
            } else {
                Refusal::MalformedJson
            });
        };
        Ok(judge.body(shape, &body))
    }
}
