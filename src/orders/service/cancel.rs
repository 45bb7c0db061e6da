//! Giving an order up.

use super::super::store::{self, Change};
use super::super::{Order, OrderError, OrderStatus, Trigger};
use super::{Orders, Precondition, changed};
use crate::context::RequestContext;
use crate::db::{StoreError, Tx};
use crate::domain::{Money, OrderId, UserId};
use crate::idempotency::{self, Begun, Once, Outcome};
use crate::payments;
use crate::products;
use crate::wallets;

impl Orders {
    /// Cancels the user's own order. What was paid comes back in full, the stock too.
    ///
    /// # Errors
    /// [`OrderError::NotFound`], [`OrderError::PreconditionFailed`], [`OrderError::StatusInvalid`].
    pub async fn cancel(
        &self,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
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
                    .cancel_own(&mut tx, ctx, user, id, reason, precondition)
                    .await;
                let order =
                    idempotency::finish(tx, ticket, result, once.map(|once| once.render)).await?;
                Ok(Outcome::Done(order))
            })
            .await
    }

    async fn cancel_own(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
        reason: Option<&str>,
        precondition: Precondition<'_>,
    ) -> Result<Order, OrderError> {
        let order = store::lock_own(tx, user, id)
            .await?
            .ok_or(OrderError::NotFound)?;
        if precondition.is_some_and(|is_current| !is_current(&order)) {
            return Err(OrderError::PreconditionFailed);
        }
        self.cancel_locked(tx, ctx, &order, Trigger::OwnerCancel, reason)
            .await
    }

    /// Cancels an order that is locked.
    pub(super) async fn cancel_locked(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
        trigger: Trigger,
        reason: Option<&str>,
    ) -> Result<Order, OrderError> {
        order.status.check(OrderStatus::Cancelled, trigger)?;
        let refunded_amount = if order.status.is_paid() {
            self.give_back(tx, ctx, order).await?;
            order.total
        } else {
            self.release(tx, ctx, order).await?;
            order.refunded_amount
        };
        let change = Change {
            to: OrderStatus::Cancelled,
            paid_at: order.paid_at,
            refunded_amount,
            at: ctx.now,
        };
        let entry = changed(order).with_option("reason", reason);
        self.advance(tx, ctx, order, change, entry).await
    }

    /// Gives back what was paid and has not come back yet, and puts the goods back.
    async fn give_back(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
    ) -> Result<(), OrderError> {
        let rest = Money::new(order.total - order.refunded_amount, order.currency)
            .map_err(|_| OrderError::Store(StoreError::Corrupt("orders.refunded_amount")))?;
        if !wallets::refund_cancelled(tx, &self.ids, order.user_id, order.id, rest, ctx.now).await?
        {
            return Err(OrderError::Inconsistent(
                "a wallet has no room for its refund",
            ));
        }
        let mut items: Vec<_> = order
            .items
            .iter()
            .map(|item| (item.product_id, item.quantity))
            .collect();
        items.sort_unstable();
        for (product, quantity) in items {
            products::restock(tx, product, quantity).await?;
        }
        payments::mark_refunded(tx, order.user_id, order.id, ctx.now).await?;
        Ok(())
    }

    /// Lets go of the stock that the order holds.
    pub(super) async fn release(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
    ) -> Result<(), OrderError> {
        let ended =
            store::end_reservations(tx, order.user_id, order.id, "RELEASED", ctx.now).await?;
        for (product, quantity) in ended {
            products::release(tx, product, quantity).await?;
        }
        Ok(())
    }
}
