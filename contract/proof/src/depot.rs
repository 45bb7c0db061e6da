//! What the depot knows, in memory.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value, json};

use crate::{
    access::Sessions,
    budget::{Tier, Window},
    faults::Fault,
    idempotency::Stored,
    pipeline::Server,
};

/// All ids share this beginning; the rest counts.
const ID_PREFIX: &str = "00000000-0000-4000-8000-";
/// Ids below belong to what is there from the beginning.
const FIRST_ID: u64 = 0x100;

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) parcels: BTreeMap<u64, Parcel>,
    pub(crate) bookings: BTreeMap<u64, Booking>,
    /// Ids by owner, the oldest first.
    pub(crate) parcels_of: HashMap<&'static str, Vec<u64>>,
    pub(crate) bookings_of: HashMap<&'static str, Vec<u64>>,
    pub(crate) answers: HashMap<(String, String), Stored>,
    pub(crate) windows: HashMap<(String, Tier), Window>,
    pub(crate) sessions: Sessions,
    next_id: u64,
}

/// Something to be sent.
#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    pub(crate) id: u64,
    pub(crate) owner: &'static str,
    pub(crate) status: String,
    /// Counts changes, from 1.
    pub(crate) version: u64,
    pub(crate) created_at: String,
    /// The body that registered it, with the changes since.
    pub(crate) told: Map<String, Value>,
}

/// An appointment for a pick-up.
#[derive(Debug, Clone)]
pub(crate) struct Booking {
    pub(crate) id: u64,
    pub(crate) owner: &'static str,
    pub(crate) created_at: String,
    pub(crate) told: Map<String, Value>,
}

impl State {
    /// A depot with one parcel and one booking of each customer, those that the examples of the contract name.
    pub(crate) fn new(now: &str) -> Self {
        let mut state = Self {
            parcels: BTreeMap::new(),
            bookings: BTreeMap::new(),
            parcels_of: HashMap::new(),
            bookings_of: HashMap::new(),
            answers: HashMap::new(),
            windows: HashMap::new(),
            sessions: Sessions::default(),
            next_id: FIRST_ID,
        };
        let parcel = json!({"reference": "ORDER-1", "size": "S", "weightGrams": 300, "fragile": false,
            "recipient": {"name": "Lin Shen", "postcode": "10115"}, "contents": {"kind": "documents", "pages": 2}});
        let booking = json!({"day": "2030-05-01", "window": "MORNING", "parcels": 1, "fee": 0});
        for (number, owner) in [(1, "ada"), (2, "bob")] {
            let told = parcel.as_object().cloned().unwrap_or_default();
            state.keep_parcel(0xa0 + number, owner, told, now);
            let told = booking.as_object().cloned().unwrap_or_default();
            state.keep_booking(0xb0 + number, owner, told, now);
        }
        state
    }

    pub(crate) fn next_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn keep_parcel(
        &mut self,
        id: u64,
        owner: &'static str,
        told: Map<String, Value>,
        now: &str,
    ) -> Parcel {
        let parcel = Parcel {
            id,
            owner,
            status: "REGISTERED".to_owned(),
            version: 1,
            created_at: now.to_owned(),
            told,
        };
        self.parcels.insert(id, parcel.clone());
        self.parcels_of.entry(owner).or_default().push(id);
        parcel
    }

    pub(crate) fn keep_booking(
        &mut self,
        id: u64,
        owner: &'static str,
        told: Map<String, Value>,
        now: &str,
    ) -> Booking {
        let booking = Booking {
            id,
            owner,
            created_at: now.to_owned(),
            told,
        };
        self.bookings.insert(id, booking.clone());
        self.bookings_of.entry(owner).or_default().push(id);
        booking
    }

    pub(crate) fn drop_parcel(&mut self, id: u64) {
        if let Some(parcel) = self.parcels.remove(&id) {
            let ids = self.parcels_of.entry(parcel.owner).or_default();
            ids.retain(|other| *other != id);
        }
    }
}

/// The id as clients see it.
pub(crate) fn public_id(id: u64) -> String {
    format!("{ID_PREFIX}{id:012x}")
}

/// The id that a client sent. None cannot exist.
pub(crate) fn private_id(text: &str) -> Option<u64> {
    let digits = text.strip_prefix(ID_PREFIX)?;
    let is_hex = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

impl Server {
    /// A parcel as it is answered.
    pub(crate) fn show_parcel(&self, parcel: &Parcel) -> Value {
        let mut shown = parcel.told.clone();
        let tags = shown.get("tags").cloned();
        let none = if self.has(Fault::NullAnswered) {
            Value::Null
        } else {
            json!([])
        };
        shown.insert("tags".to_owned(), tags.unwrap_or(none));
        shown.entry("fragile").or_insert(Value::Bool(false));
        shown.entry("note").or_insert(Value::Null);
        shown.insert("id".to_owned(), public_id(parcel.id).into());
        shown.insert("owner".to_owned(), parcel.owner.into());
        shown.insert("status".to_owned(), parcel.status.clone().into());
        if !self.has(Fault::PropertyMissing) {
            shown.insert("createdAt".to_owned(), parcel.created_at.clone().into());
        }
        if self.has(Fault::NumberAsText) {
            let weight = shown.get("weightGrams").map(Value::to_string);
            shown.insert("weightGrams".to_owned(), weight.into());
        }
        if self.has(Fault::UndeclaredValue) && shown.get("size") == Some(&json!("L")) {
            shown.insert("size".to_owned(), "XL".into());
        }
        if self.has(Fault::UnknownDiscriminator) {
            shown.insert(
                "contents".to_owned(),
                json!({"kind": "letters", "pages": 1}),
            );
        }
        Value::Object(shown)
    }
}

/// A booking as it is answered.
pub(crate) fn show_booking(booking: &Booking) -> Value {
    let mut shown = booking.told.clone();
    shown.insert("id".to_owned(), public_id(booking.id).into());
    shown.insert("createdAt".to_owned(), booking.created_at.clone().into());
    Value::Object(shown)
}
