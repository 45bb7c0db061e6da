//! Paying an order.

use super::super::store::{self, Change};
use super::super::{Order, OrderError, OrderStatus, PaidOrder, Trigger};
use super::{Orders, advanced, changed, told};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{StoreError, Tx};
use crate::domain::{Money, OrderId, PaymentId, UserId};
use crate::idempotency::{self, Begun, Once, Outcome, Ticket};
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
                if let Some(paid) = self.pay_at_once(ctx, user, id, once).await? {
                    return Ok(Outcome::Done(paid));
                }
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

    /// Pays on PostgreSQL by one statement that does everything or nothing. None when there is anything to say
    /// but "paid": the long way finds out what, under locks.
    async fn pay_at_once(
        &self,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
        once: Once<'_, PaidOrder, OrderError>,
    ) -> Result<Option<PaidOrder>, OrderError> {
        let Some(mut lease) = self.db.postgres().await? else {
            return Ok(None);
        };
        let ticket = Ticket::of(ctx, once.key);
        // The long way takes another connection when this one turns out dead.
        let Ok(Some(before)) = store::pay_at_once::look(&mut lease, &ticket, user, id).await else {
            return Ok(None);
        };
        if check_payable(&before, ctx).is_err() {
            return Ok(None);
        }
        let payment = Payment {
            id: self.ids.next(),
            user_id: user,
            order_id: id,
            amount: before.total,
            currency: before.currency,
            status: PaymentStatus::Completed,
            created_at: ctx.now,
        };
        let entry = entry(&before, payment.id, total(&before)?);
        let order = advanced(&before, to_paid(ctx), before.version + 1);
        let (entry, event) = told(&order, Some(before.status), entry);
        let paid = PaidOrder { order, payment };
        let payment = store::pay_at_once::Payment {
            before: &before,
            paid: &paid,
            ticket: &ticket,
            fingerprint: &once.key.fingerprint,
            expires_at: ctx.now.plus(self.settings.idempotency_ttl),
            reply: &(once.render)(Ok(&paid)),
            entry: &entry,
            event: &event,
        };
        match store::pay_at_once::pay(&mut lease, &self.ids, ctx, &payment).await {
            Ok(is_paid) => {
                self.outbox.nudge();
                Ok(is_paid.then_some(paid))
            }
            // Whether it was the key that somebody holds, only the long way can tell.
            Err(StoreError::LockTimeout(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
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
        self.pay_locked(tx, ctx, &order).await
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
