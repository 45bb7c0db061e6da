//! Paying an order.

use super::super::store::{self, Change};
use super::super::{Order, OrderError, OrderStatus, PaidOrder, Trigger};
use super::{Orders, advanced, changed};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{StoreError, Tx};
use crate::domain::{Money, OrderId, PaymentId, UserId};
use crate::idempotency::{self, Begun, Once, Outcome};
use crate::payments::{self, Attempt, Payment, PaymentStatus};
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
        let outcome = self
            .db
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
            .await;
        if let Some(attempt) = attempt(&outcome) {
            attempt.count();
        }
        outcome
    }

    async fn pay_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
    ) -> Result<PaidOrder, OrderError> {
        match tx {
            Tx::Postgres(connection) => {
                let (transfer, payment) = (self.ids.next(), self.ids.next());
                let found = store::hot::pay(connection, user, id, transfer, payment, ctx.now);
                let (order, is_charged) = found.await?.ok_or(OrderError::NotFound)?;
                if is_charged {
                    return self.paid_at_once(tx, ctx, &order, payment).await;
                }
                check_payable(&order, ctx)?;
                if order.total > 0 {
                    return Err(OrderError::InsufficientFunds);
                }
                self.pay_locked(tx, ctx, &order).await
            }
            Tx::Sqlite(_) => {
                let order = store::lock_own(tx, user, id)
                    .await?
                    .ok_or(OrderError::NotFound)?;
                check_payable(&order, ctx)?;
                self.pay_locked(tx, ctx, &order).await
            }
        }
    }

    /// Pays an order that is locked and payable, step by step.
    async fn pay_locked(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
    ) -> Result<PaidOrder, OrderError> {
        let (user, id, total) = (order.user_id, order.id, total(order)?);
        if !wallets::charge(tx, &self.ids, user, id, total, ctx.now).await? {
            return Err(OrderError::InsufficientFunds);
        }
        for (product, quantity) in store::end_reservations(tx, user, id, "SOLD", ctx.now).await? {
            products::sell(tx, product, quantity).await?;
        }
        let payment = payments::record(tx, &self.ids, user, id, total, ctx.now).await?;
        let order = self
            .advance(
                tx,
                ctx,
                order,
                to_paid(ctx),
                entry(order, payment.id, total),
            )
            .await?;
        Ok(PaidOrder { order, payment })
    }

    /// What is left to do after one statement has paid `order`, which is as it was before.
    async fn paid_at_once(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        order: &Order,
        payment: PaymentId,
    ) -> Result<PaidOrder, OrderError> {
        // A refusal by a rule would commit what the statement did.
        check_payable(order, ctx)
            .map_err(|_| OrderError::Inconsistent("an order was paid that is not payable"))?;
        let entry = entry(order, payment, total(order)?);
        let payment = Payment {
            id: payment,
            user_id: order.user_id,
            order_id: order.id,
            amount: order.total,
            currency: order.currency,
            status: PaymentStatus::Completed,
            created_at: ctx.now,
        };
        let paid = advanced(order, to_paid(ctx), order.version + 1);
        self.tell(tx, ctx, &paid, Some(order.status), entry).await?;
        Ok(PaidOrder {
            order: paid,
            payment,
        })
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

fn total(order: &Order) -> Result<Money, OrderError> {
    Money::new(order.total, order.currency)
        .map_err(|_| OrderError::Store(StoreError::Corrupt("orders.total")))
}

fn to_paid(ctx: &RequestContext) -> Change {
    Change {
        to: OrderStatus::Paid,
        paid_at: Some(ctx.now),
        refunded_amount: 0,
        at: ctx.now,
    }
}

fn entry(order: &Order, payment: PaymentId, total: Money) -> Entry {
    changed(order)
        .with("paymentId", payment)
        .with("amount", total)
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

/// How the attempt ended; nothing when it did not, or had ended before.
fn attempt(outcome: &Result<Outcome<PaidOrder>, OrderError>) -> Option<Attempt> {
    match outcome {
        Ok(Outcome::Done(_)) => Some(Attempt::Completed),
        Err(OrderError::InsufficientFunds) => Some(Attempt::InsufficientFunds),
        Err(OrderError::AlreadyPaid | OrderError::StatusInvalid(_) | OrderError::Overdue) => {
            Some(Attempt::Refused)
        }
        Ok(Outcome::Replayed(_)) | Err(_) => None,
    }
}
