//! What an order is.

use super::OrderStatus;
use crate::domain::{Currency, OrderId, ProductId, Timestamp, UserId, text_enum};
use crate::payments::Payment;
use crate::products::Product;

/// An order. Amounts are minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Whose it is.
    pub user_id: UserId,
    /// Where it stands.
    pub status: OrderStatus,
    /// What was ordered, at least one line.
    pub items: Vec<OrderItem>,
    /// The sum of the lines.
    pub subtotal: i64,
    /// What a coupon takes off.
    pub discount: i64,
    /// What is to be paid.
    pub total: i64,
    /// What was paid back.
    pub refunded_amount: i64,
    /// The currency.
    pub currency: Currency,
    /// The coupon.
    pub coupon_code: Option<String>,
    /// When the server gives up on it; none once that cannot happen any more.
    pub expires_at: Option<Timestamp>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Counts its changes: what the `ETag` is made of.
    pub version: i64,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Order {
    /// The entity tag of this version.
    #[must_use]
    pub fn etag(&self) -> String {
        format!("\"o{}\"", self.version)
    }

    /// Whether its time is over, also when nobody has noticed yet.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.status.can_expire() && self.expires_at.is_some_and(|expires_at| expires_at <= now)
    }
}

/// One line of an order: the product as it was then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderItem {
    /// The product.
    pub product_id: ProductId,
    /// Its SKU then.
    pub sku: String,
    /// Its name then.
    pub name: String,
    /// How many units.
    pub quantity: i64,
    /// The price of one then, in minor units.
    pub unit_price: i64,
    /// Quantity times price.
    pub subtotal: i64,
}

/// What to order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// The product.
    pub product_id: ProductId,
    /// How many units, at least one.
    pub quantity: i64,
    /// A coupon to apply.
    pub coupon_code: Option<String>,
}

/// What an order would cost. Amounts are minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What would be ordered.
    pub items: Vec<OrderItem>,
    /// The sum of the lines.
    pub subtotal: i64,
    /// What a coupon would take off.
    pub discount: i64,
    /// What would be paid.
    pub total: i64,
    /// The currency.
    pub currency: Currency,
}

/// An order with the payment that settled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidOrder {
    /// The order.
    pub order: Order,
    /// Its payment.
    pub payment: Payment,
}

/// A status that an order took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// The status.
    pub status: OrderStatus,
    /// When.
    pub at: Timestamp,
    /// Who made it so; none for the server.
    pub actor_id: Option<UserId>,
    /// Why, where somebody said so.
    pub reason: Option<String>,
}

text_enum! {
    /// Something to add to an order.
    pub enum Expansion {
        /// Its payments.
        Payments = "payments",
        /// The statuses it took.
        Timeline = "timeline",
        /// The product as it is today.
        Product = "product",
    }
}

/// An order with what was asked for besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderDetail {
    /// The order.
    pub order: Order,
    /// Its payments, oldest first.
    pub payments: Option<Vec<Payment>>,
    /// The statuses it took, oldest first.
    pub timeline: Option<Vec<TimelineEntry>>,
    /// The product of its first line as it is today.
    pub product: Option<Product>,
}

impl OrderDetail {
    /// The entity tag of the order in this form. Payments and timeline change only together with the order, the product
    /// on its own.
    #[must_use]
    pub fn etag(&self) -> String {
        match &self.product {
            Some(product) => format!("\"o{}-p{}\"", self.order.version, product.version),
            None => self.order.etag(),
        }
    }
}

/// Which orders to list; none means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Orders of this user.
    pub user_id: Option<UserId>,
    /// Orders that stand at one of these; empty means anywhere.
    pub statuses: Vec<OrderStatus>,
    /// Orders that contain this product.
    pub product_id: Option<ProductId>,
    /// The owner's name or address, or the SKU or name of an item, contains this, in whatever case.
    pub q: Option<String>,
    /// Orders placed at this time or later.
    pub from: Option<Timestamp>,
    /// Orders placed before this time.
    pub to: Option<Timestamp>,
    /// They cost at least this, in minor units.
    pub min_total: Option<i64>,
    /// They cost at most this, in minor units.
    pub max_total: Option<i64>,
}

/// The order of a list of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderSort {
    /// Oldest first.
    CreatedAt,
    /// Newest first.
    CreatedAtDescending,
    /// Cheapest first.
    Total,
    /// Dearest first.
    TotalDescending,
}
