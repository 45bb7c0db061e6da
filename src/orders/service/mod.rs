//! Use cases of orders, one file each.

mod cancel;
mod create;
mod expire;
mod pay;
mod read;
mod status;

use std::time::Duration;

use serde_json::json;

use super::store::{self, Change};
use super::{Order, OrderError, OrderStatus};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{Db, Tx};
use crate::domain::Ids;
use crate::events::{Event, Outbox};

/// The rules that an operator sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderSettings {
    /// How long an unpaid order holds its stock.
    pub reservation_ttl: Duration,
    /// From which total on, in minor units, somebody has to agree first; zero for never.
    pub approval_threshold: i64,
    /// How long an order waits for that.
    pub approval_ttl: Duration,
    /// How long an idempotency key is kept.
    pub idempotency_ttl: Duration,
}

impl Default for OrderSettings {
    fn default() -> Self {
        Self {
            reservation_ttl: Duration::from_mins(15),
            approval_threshold: 1_000_000,
            approval_ttl: Duration::from_hours(72),
            idempotency_ttl: Duration::from_hours(24),
        }
    }
}

/// Orders.
#[derive(Debug, Clone)]
pub struct Orders {
    /// The database.
    pub db: Db,
    /// Makes ids.
    pub ids: Ids,
    /// Where events are left.
    pub outbox: Outbox,
    /// The rules.
    pub settings: OrderSettings,
}

/// Tells whether a version of the order is the one that the caller knows (`If-Match`).
pub type Precondition<'a> = Option<&'a (dyn Fn(&Order) -> bool + Send + Sync)>;

impl Orders {
    /// Moves `order`, which is locked, to where `change` says, and tells the audit log and the subscribers.
    async fn advance(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
        change: Change,
        entry: Entry,
    ) -> Result<Order, OrderError> {
        let version =
            store::set_status(tx, order, change)
                .await?
                .ok_or(OrderError::Inconsistent(
                    "a locked order changed its status",
                ))?;
        let advanced = advanced(order, change, version);
        self.tell(tx, ctx, &advanced, Some(order.status), entry)
            .await?;
        Ok(advanced)
    }

    /// Writes the audit row and the event of an order's new status.
    async fn tell(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
        from: Option<OrderStatus>,
        entry: Entry,
    ) -> Result<(), OrderError> {
        let (entry, event) = told(order, from, entry);
        match tx {
            Tx::Postgres(tx) => {
                store::hot::tell(tx, &self.ids, ctx, &entry, &event).await?;
                self.outbox.nudge();
            }
            Tx::Sqlite(_) => {
                audit::record(tx, &self.ids, ctx, &entry).await?;
                self.outbox.announce(tx, ctx, &event).await?;
            }
        }
        Ok(())
    }
}

/// The order after a change.
fn advanced(order: &Order, change: Change, version: i64) -> Order {
    Order {
        status: change.to,
        paid_at: change.paid_at,
        refunded_amount: change.refunded_amount,
        expires_at: None,
        version,
        updated_at: change.at,
        ..order.clone()
    }
}

/// The audit row and the event of an order's new status.
fn told(order: &Order, from: Option<OrderStatus>, entry: Entry) -> (Entry, Event) {
    let entry = entry.with_option("from", from).with("to", order.status);
    (entry, event(order, from))
}

fn event(order: &Order, from: Option<OrderStatus>) -> Event {
    Event {
        event_type: order.status.event_type(),
        user_id: Some(order.user_id),
        entity_id: order.id.as_uuid(),
        payload: json!({
            "orderId": order.id.as_uuid(),
            "userId": order.user_id.as_uuid(),
            "from": from.map(OrderStatus::as_str),
            "status": order.status.as_str(),
            "total": order.total,
            "refundedAmount": order.refunded_amount,
            "currency": order.currency.as_str(),
        }),
    }
}

/// The audit row of an order that changed its status, without the statuses.
fn changed(order: &Order) -> Entry {
    Entry::new("order.status_changed", "order", order.id)
}
