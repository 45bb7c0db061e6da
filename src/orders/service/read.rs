//! Reading orders.

use super::super::store;
use super::super::{
    Expansion, Order, OrderDetail, OrderError, OrderFilter, OrderSort, TimelineEntry,
};
use super::Orders;
use crate::audit;
use crate::context::Actor;
use crate::db::{Queryable, Read, StoreError};
use crate::domain::{OrderId, Page, PageRequest};
use crate::payments;
use crate::products;

impl Orders {
    /// A page of the orders that match, as they are now. Name the user in `filter` to list one user's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        filter: &OrderFilter,
        sort: OrderSort,
        page: PageRequest,
    ) -> Result<Page<Order>, OrderError> {
        page_of(self.db.read().await?, filter, sort, page).await
    }

    /// The same for staff, who look through everybody's orders: from a replica, if there is one.
    ///
    /// # Errors
    /// As [`Orders::list`].
    pub async fn list_for_staff(
        &self,
        filter: &OrderFilter,
        sort: OrderSort,
        page: PageRequest,
    ) -> Result<Page<Order>, OrderError> {
        self.db
            .read_replica(|read| page_of(read, filter, sort, page))
            .await
    }

    /// Adds up how many orders stand at each status, so that a count stays short. Any instance may, at any time.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn settle_counts(&self) -> Result<(), OrderError> {
        if store::has_changes(&mut self.db.read().await?).await? {
            let mut tx = self.db.begin().await?;
            store::settle(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// An order with what `expand` names, for its owner and for staff. One statement for the order and one for each
    /// expansion, all of the same state of the database.
    ///
    /// # Errors
    /// [`OrderError::NotFound`], also when it is somebody else's.
    pub async fn get(
        &self,
        actor: &Actor,
        id: OrderId,
        expand: &[Expansion],
    ) -> Result<OrderDetail, OrderError> {
        if expand.is_empty() {
            let order = find(&mut self.db.read().await?, actor, id).await?;
            return Ok(OrderDetail {
                order,
                payments: None,
                timeline: None,
                product: None,
            });
        }
        let mut snapshot = self.db.snapshot().await?;
        let order = find(&mut snapshot, actor, id).await?;
        let mut detail = OrderDetail {
            order,
            payments: None,
            timeline: None,
            product: None,
        };
        if expand.contains(&Expansion::Payments) {
            detail.payments =
                Some(payments::list_of(&mut snapshot, detail.order.user_id, id).await?);
        }
        if expand.contains(&Expansion::Timeline) {
            detail.timeline = Some(timeline(&mut snapshot, id).await?);
        }
        if expand.contains(&Expansion::Product)
            && let Some(item) = detail.order.items.first()
        {
            detail.product = products::find(&mut snapshot, item.product_id).await?;
        }
        snapshot.rollback().await?;
        Ok(detail)
    }
}

async fn page_of(
    mut read: Read,
    filter: &OrderFilter,
    sort: OrderSort,
    page: PageRequest,
) -> Result<Page<Order>, OrderError> {
    let total = store::count(&mut read, filter).await?;
    let is_beyond = page.offset() >= total;
    let orders = if is_beyond {
        Vec::new()
    } else {
        store::list(&mut read, filter, sort, page).await?
    };
    Ok(Page::new(orders, page, total))
}

async fn find(db: &mut impl Queryable, actor: &Actor, id: OrderId) -> Result<Order, OrderError> {
    let order = match actor.user_id() {
        Some(user) if !actor.is_staff() => store::find_own(db, user, id).await?,
        _ => store::find_any(db, id).await?,
    };
    order.ok_or(OrderError::NotFound)
}

/// The audit log knows every status that the order took.
async fn timeline(db: &mut impl Queryable, id: OrderId) -> Result<Vec<TimelineEntry>, OrderError> {
    let rows = audit::history(db, id.as_uuid(), ["order.created", "order.status_changed"]).await?;
    rows.into_iter()
        .map(|mut row| {
            let status = row
                .metadata
                .get("to")
                .and_then(Option::as_deref)
                .unwrap_or_default()
                .parse();
            Ok(TimelineEntry {
                status: status.map_err(|_| StoreError::Corrupt("audit_logs.metadata"))?,
                at: row.at,
                actor_id: row.actor_id,
                reason: row.metadata.remove("reason").flatten(),
            })
        })
        .collect()
}
