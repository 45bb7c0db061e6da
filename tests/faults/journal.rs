//! What shoppers were told: the truth that the books are held against.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;

use crate::support::Answer;

/// Something that a shopper asks for; it changes something, so it has a key.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Names it for the server, however often it is sent.
    pub key: String,
    pub kind: Kind,
    pub path: String,
    pub body: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    TopUp { amount: i64 },
    Order { product: usize, quantity: i64 },
    Pay { order: String },
    Cancel { order: String },
}

/// One customer with everything that the server acknowledged to any of the customer's devices.
#[derive(Default)]
pub struct Account {
    pub email: String,
    books: Mutex<Books>,
    /// How many wishes were acknowledged.
    pub acknowledged: AtomicU64,
    /// How many attempts ended without an answer, or with one that says to come again.
    pub disturbed: AtomicU64,
}

/// What the server's books must say of one customer.
#[derive(Debug, Default)]
pub struct Books {
    /// Amounts by the id of the top-up.
    pub top_ups: BTreeMap<String, i64>,
    pub orders: BTreeMap<String, Bought>,
    /// The payment of each paid order.
    pub paid: BTreeMap<String, String>,
    pub cancelled: BTreeSet<String>,
    /// Given up before anybody said what became of them.
    pub open: Vec<Wish>,
}

#[derive(Debug, Clone, Copy)]
pub struct Bought {
    pub product: usize,
    pub quantity: i64,
    pub total: i64,
}

impl Account {
    pub fn new(email: String) -> Self {
        Self {
            email,
            ..Self::default()
        }
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes down how a wish ended: with success, or with a refusal that a rule decided.
    pub fn note(&self, wish: &Wish, answer: &Answer) {
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
        if answer.status >= 400 {
            return note_refusal(wish, answer);
        }
        let data = answer.data();
        let text = |value: &Value| value.as_str().expect("an id").to_owned();
        let mut books = self.books();
        let news = match &wish.kind {
            Kind::TopUp { amount } => {
                assert_eq!(data["amount"], *amount);
                books.top_ups.insert(text(&data["id"]), *amount).is_none()
            }
            Kind::Order { product, quantity } => {
                let bought = Bought {
                    product: *product,
                    quantity: *quantity,
                    total: data["total"].as_i64().expect("a total"),
                };
                books.orders.insert(text(&data["id"]), bought).is_none()
            }
            Kind::Pay { order } => {
                let payment = text(&data["payment"]["id"]);
                books.paid.insert(order.clone(), payment).is_none()
            }
            Kind::Cancel { order } => books.cancelled.insert(order.clone()),
        };
        // Two wishes never have the same effect: that would be one order paid twice, or one id for two things.
        assert!(news, "{wish:?} had the effect of another one: {data}");
    }
}

/// A refusal must be one that the wish can meet in a shop that works.
fn note_refusal(wish: &Wish, answer: &Answer) {
    let code = answer.code();
    let expected: &[&str] = match wish.kind {
        Kind::TopUp { .. } => &[],
        Kind::Order { .. } => &["INSUFFICIENT_FUNDS", "OUT_OF_STOCK"],
        Kind::Pay { .. } => &[
            "INSUFFICIENT_FUNDS",
            "ORDER_ALREADY_PAID",
            "ORDER_STATUS_INVALID",
        ],
        Kind::Cancel { .. } => &["ORDER_STATUS_INVALID"],
    };
    assert!(
        expected.contains(&code.as_str()),
        "{wish:?} was refused: {}",
        answer.text()
    );
}

impl Books {
    /// What the wallet must hold.
    pub fn balance(&self) -> i64 {
        let paid_in: i64 = self.top_ups.values().sum();
        let spent = self.paid.keys().filter(|id| !self.cancelled.contains(*id));
        paid_in - spent.map(|id| self.orders[id].total).sum::<i64>()
    }

    /// What an order must be by now.
    pub fn status(&self, order: &str) -> &'static str {
        if self.cancelled.contains(order) {
            "CANCELLED"
        } else if self.paid.contains_key(order) {
            "PAID"
        } else {
            "PENDING"
        }
    }

    /// How many orders were paid and then cancelled.
    pub fn refunds(&self) -> usize {
        let paid = self.paid.keys();
        paid.filter(|id| self.cancelled.contains(*id)).count()
    }

    /// What all orders that hold or took stock of a product took.
    pub fn taken(&self, product: usize) -> i64 {
        let orders = self.orders.iter();
        let taking =
            orders.filter(|(id, of)| of.product == product && !self.cancelled.contains(*id));
        taking.map(|(_, of)| of.quantity).sum()
    }
}
