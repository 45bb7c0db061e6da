//! What becomes of orders that waited for too long.

use super::super::store::{self, Change};
use super::super::{OrderError, OrderStatus, Trigger};
use super::{Orders, changed};
use crate::context::RequestContext;
use crate::db::StoreError;
use crate::domain::{OrderId, Timestamp, UserId};

impl Orders {
    /// Returns whether there is an order whose time is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let due = store::list_due(&mut self.db.read().await?, now).await?;
        Ok(!due.is_empty())
    }

    /// Ends every order whose time is over: unpaid ones expire, unapproved ones are cancelled; their stock is free again.
    /// Returns how many.
    ///
    /// One transaction per order, so nobody waits for the whole sweep. Two instances may sweep at once: the order is
    /// locked and looked at again.
    ///
    /// # Errors
    /// When the database fails; what was ended until then stays.
    pub async fn expire_due(&self, now: Timestamp) -> Result<u64, OrderError> {
        let ctx = RequestContext::system("expire-orders", now);
        let mut ended = 0;
        loop {
            let due = store::list_due(&mut self.db.read().await?, now).await?;
            if due.is_empty() {
                return Ok(ended);
            }
            for (user, id) in due {
                ended += u64::from(self.db.retrying(|| self.expire(&ctx, user, id)).await?);
            }
        }
    }

    /// Whether the order was still waiting, and now is not.
    async fn expire(
        &self,
        ctx: &RequestContext,
        user: UserId,
        id: OrderId,
    ) -> Result<bool, OrderError> {
        let mut tx = self.db.begin().await?;
        let order = store::lock_own(&mut tx, user, id).await?;
        let Some(order) = order.filter(|order| order.is_overdue(ctx.now)) else {
            return Ok(false);
        };
        let (to, reason) = match order.status {
            OrderStatus::PendingApproval => (OrderStatus::Cancelled, "nobody decided in time"),
            _ => (OrderStatus::Expired, "not paid in time"),
        };
        order.status.check(to, Trigger::Server)?;
        self.release(&mut tx, ctx, &order).await?;
        let change = Change {
            to,
            paid_at: None,
            refunded_amount: 0,
            at: ctx.now,
        };
        self.advance(
            &mut tx,
            ctx,
            &order,
            change,
            changed(&order).with("reason", reason),
        )
        .await?;
        tx.commit().await?;
        Ok(true)
    }
}
