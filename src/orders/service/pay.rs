//! Paying an order.

use super::super::store::{self, Change};
use super::super::{Order, OrderError, OrderStatus, PaidOrder, Trigger};
use super::{Orders, changed};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{StoreError, Tx};
use crate::domain::{Money, OrderId, UserId};
use crate::idempotency::{self, Begun, Once, Outcome};
use crate::payments;
use crate::products;
use crate::wallets;

impl Orders {
    /// Pays the user's order from the user's wallet. An attempt that a rule refuses is written down too.
    ///
    /// However many of these run at once, the order is paid once: its row is locked, and the ledger and the payments
    /// have a unique constraint each on top.
    ///
    /// # Errors
    /// [`OrderError::NotFound`], [`OrderError::AlreadyPaid`], [`OrderError::StatusInvalid`], [`OrderError::Overdue`],
    /// [`OrderError::InsufficientFunds`].
    pub async fn pay(
        &self,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
        once: Once<'_, PaidOrder, OrderError>,
    ) -> Result<Outcome<PaidOrder>, OrderError> {
        self.db
            .retrying(|| async {
                let ttl = self.settings.idempotency_ttl;
                let (mut tx, ticket) =
                    match idempotency::begin(&self.db, ctx, ttl, Some(once.key)).await? {
                        Begun::Run(tx, ticket) => (tx, ticket),
                        Begun::Replay(reply) => return Ok(Outcome::Replayed(reply)),
                    };
                let result = self.pay_in(&mut tx, ctx, user, id).await;
                if let Err(error) = &result {
                    self.record_failure(&mut tx, ctx, id, error).await?;
                }
                let paid = idempotency::finish(tx, ticket, result, Some(once.render)).await?;
                Ok(Outcome::Done(paid))
            })
            .await
    }

    async fn pay_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
    ) -> Result<PaidOrder, OrderError> {
        let order = store::lock_own(tx, user, id)
            .await?
            .ok_or(OrderError::NotFound)?;
        check_payable(&order, ctx)?;
        let total = Money::new(order.total, order.currency)
            .map_err(|_| OrderError::Store(StoreError::Corrupt("orders.total")))?;
        if !wallets::charge(tx, &self.ids, user, id, total, ctx.now).await? {
            return Err(OrderError::InsufficientFunds);
        }
        for (product, quantity) in store::end_reservations(tx, user, id, "SOLD", ctx.now).await? {
            products::sell(tx, product, quantity).await?;
        }
        let payment = payments::record(tx, &self.ids, user, id, total, ctx.now).await?;
        let change = Change {
            to: OrderStatus::Paid,
            paid_at: Some(ctx.now),
            refunded_amount: 0,
            at: ctx.now,
        };
        let entry = changed(&order)
            .with("paymentId", payment.id)
            .with("amount", total);
        let order = self.advance(tx, ctx, &order, change, entry).await?;
        Ok(PaidOrder { order, payment })
    }

    /// A refused attempt leaves a row in the audit log. It commits together with the stored refusal, and without any effect.
    async fn record_failure(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        id: OrderId,
        error: &OrderError,
    ) -> Result<(), OrderError> {
        let is_refusal = matches!(
            error,
            OrderError::InsufficientFunds
                | OrderError::AlreadyPaid
                | OrderError::StatusInvalid(_)
                | OrderError::Overdue
        );
        if is_refusal {
            let entry =
                Entry::new("order.payment_failed", "order", id).with("reason", error.code());
            audit::record(tx, &self.ids, ctx, &entry).await?;
        }
        Ok(())
    }
}

fn check_payable(order: &Order, ctx: &RequestContext) -> Result<(), OrderError> {
    if order.status.is_paid() {
        return Err(OrderError::AlreadyPaid);
    }
    order.status.check(OrderStatus::Paid, Trigger::OwnerPay)?;
    if order.is_overdue(ctx.now) {
        return Err(OrderError::Overdue);
    }
    Ok(())
}
