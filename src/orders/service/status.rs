//! What administrators do with an order.

use super::super::store::{self, Change};
use super::super::{Order, OrderError, OrderStatus, Trigger};
use super::{Orders, Precondition, changed};
use crate::context::RequestContext;
use crate::db::Tx;
use crate::domain::OrderId;
use crate::idempotency::{self, Begun, Once, Outcome};

impl Orders {
    /// Moves an order to `to` on behalf of an administrator. Cancelling gives back money and stock.
    ///
    /// # Errors
    /// [`OrderError::NotFound`], [`OrderError::PreconditionFailed`], [`OrderError::StatusInvalid`],
    /// [`OrderError::Overdue`].
    pub async fn change_status(
        &self,
        ctx: &RequestContext,
        id: OrderId,
        to: OrderStatus,
        reason: Option<&str>,
        precondition: Precondition<'_>,
        once: Option<Once<'_, Order, OrderError>>,
    ) -> Result<Outcome<Order>, OrderError> {
        self.db
            .retrying(|| async {
                let key = once.map(|once| once.key);
                let (mut tx, ticket) =
                    match idempotency::begin(&self.db, ctx, self.settings.idempotency_ttl, key)
                        .await?
                    {
                        Begun::Run(tx, ticket) => (tx, ticket),
                        Begun::Replay(reply) => return Ok(Outcome::Replayed(reply)),
                    };
                let result = self
                    .change_status_in(&mut tx, ctx, id, to, reason, precondition)
                    .await;
                let order =
                    idempotency::finish(tx, ticket, result, once.map(|once| once.render)).await?;
                Ok(Outcome::Done(order))
            })
            .await
    }

    async fn change_status_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        id: OrderId,
        to: OrderStatus,
        reason: Option<&str>,
        precondition: Precondition<'_>,
    ) -> Result<Order, OrderError> {
        let order = store::lock_any(tx, id).await?.ok_or(OrderError::NotFound)?;
        if precondition.is_some_and(|is_current| !is_current(&order)) {
            return Err(OrderError::PreconditionFailed);
        }
        order.status.check(to, Trigger::AdminPatch)?;
        if to == OrderStatus::Cancelled {
            return self
                .cancel_locked(tx, ctx, &order, Trigger::AdminPatch, reason)
                .await;
        }
        // The sweep has not come by yet, but for its owner the order is over.
        if order.is_overdue(ctx.now) {
            return Err(OrderError::Overdue);
        }
        let change = Change {
            to,
            paid_at: order.paid_at,
            refunded_amount: order.refunded_amount,
            at: ctx.now,
        };
        self.advance(
            tx,
            ctx,
            &order,
            change,
            changed(&order).with_option("reason", reason),
        )
        .await
    }
}
