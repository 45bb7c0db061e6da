//! What is done with bookings, and the small operations of the depot itself.

use http::{StatusCode, header};
use serde_json::{Map, Value, json};

use crate::{
    access::Caller,
    answer::{Answer, Content, Refusal},
    depot::{private_id, public_id, show_booking},
    faults::Fault,
    pipeline::{Request, Server},
};

impl Server {
    pub(crate) fn follow_bookings(&self, caller: Caller, query: &Map<String, Value>) -> Answer {
        let state = self.state();
        let ids = state
            .bookings_of
            .get(caller.name)
            .map(Vec::as_slice)
            .unwrap_or_default();
        self.feed(ids, query, |id| state.bookings.get(&id).map(show_booking))
    }

    pub(crate) async fn book_pickup(
        &self,
        request: &Request<'_>,
        caller: Caller,
        body: &Value,
        key: Option<String>,
    ) -> Answer {
        let told = body.as_object().cloned().unwrap_or_default();
        self.once(request, key, |state| {
            let id = state.next_id();
            let booking = state.keep_booking(id, caller.name, told, &self.timestamp());
            Answer::of(StatusCode::CREATED, Content::Data(show_booking(&booking)))
                .with(header::LOCATION, format!("/v1/bookings/{}", public_id(id)))
        })
        .await
    }

    pub(crate) fn read_booking(&self, caller: Caller, id: &str) -> Result<Answer, Refusal> {
        let state = self.state();
        let found = private_id(id).and_then(|id| state.bookings.get(&id));
        let booking = found
            .filter(|booking| caller.sees(booking.owner) || self.has(Fault::ForeignBookingRead))
            .ok_or(Refusal::BookingNotFound)?;
        Ok(Answer::data(show_booking(booking)))
    }

    pub(crate) fn open_session(&self, body: &Value) -> Result<Answer, Refusal> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let opened = self.state().sessions.open(text("name"), text("secret"));
        let (token, role) = opened.ok_or(Refusal::InvalidCredentials)?;
        Ok(Answer::data(
            json!({"token": token, "role": role.name(), "expiresIn": 3600}),
        ))
    }
}

/// What a parcel of this weight costs.
pub(crate) fn quote(query: &Map<String, Value>) -> Answer {
    let weight = query
        .get("weightGrams")
        .and_then(Value::as_i64)
        .unwrap_or(500);
    Answer::data(json!({"price": 390 + weight / 10, "currency": "EUR"}))
}
