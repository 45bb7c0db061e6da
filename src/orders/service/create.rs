//! Placing an order.

use super::super::store;
use super::super::{NewOrder, Order, OrderError, OrderItem, OrderStatus, Quote};
use super::Orders;
use crate::audit::Entry;
use crate::context::RequestContext;
use crate::db::{Queryable, Tx};
use crate::domain::{Money, OrderId, UserId, made_at};
use crate::idempotency::{self, Begun, Once, Outcome};
use crate::products::{self, Product};
use crate::wallets;

impl Orders {
    /// Places an order for `user`: reserves the stock for a while, takes no money yet.
    ///
    /// # Errors
    /// [`OrderError::ProductNotFound`], [`OrderError::CouponInvalid`], [`OrderError::CurrencyMismatch`],
    /// [`OrderError::InsufficientFunds`], [`OrderError::OutOfStock`].
    pub async fn create(
        &self,
        ctx: &RequestContext,
        user: UserId,
        new: &NewOrder,
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
                let result = self.create_in(&mut tx, ctx, user, new).await;
                let order =
                    idempotency::finish(tx, ticket, result, once.map(|once| once.render)).await?;
                Ok(Outcome::Done(order))
            })
            .await
    }

    /// What the order would cost. Checks what placing it would check; nothing is stored or reserved.
    ///
    /// # Errors
    /// As [`Orders::create`].
    pub async fn quote(&self, user: UserId, new: &NewOrder) -> Result<Quote, OrderError> {
        let (product, quote) = offer(&mut self.db.read().await?, user, new).await?;
        if product.stock() < new.quantity {
            return Err(OrderError::OutOfStock {
                available: product.stock(),
            });
        }
        Ok(quote)
    }

    async fn create_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        user: UserId,
        new: &NewOrder,
    ) -> Result<Order, OrderError> {
        let (product, quote) = offer(tx, user, new).await?;
        let order = self.placed(ctx, user, new, quote);
        if !place(tx, &order, &product, new.quantity).await? {
            return Err(unavailable(tx, &product).await?);
        }
        let entry = Entry::new("order.created", "order", order.id)
            .with("total", format!("{} {}", order.total, order.currency));
        self.tell(tx, ctx, &order, None, entry).await?;
        Ok(order)
    }

    fn placed(&self, ctx: &RequestContext, user: UserId, new: &NewOrder, quote: Quote) -> Order {
        let id: OrderId = self.ids.next();
        let created_at = made_at(id.as_uuid());
        let threshold = self.settings.approval_threshold;
        let (status, patience) = if threshold > 0 && quote.total >= threshold {
            (OrderStatus::PendingApproval, self.settings.approval_ttl)
        } else {
            (OrderStatus::Pending, self.settings.reservation_ttl)
        };
        Order {
            id,
            user_id: user,
            status,
            items: quote.items,
            subtotal: quote.subtotal,
            discount: quote.discount,
            total: quote.total,
            refunded_amount: 0,
            currency: quote.currency,
            coupon_code: new.coupon_code.clone(),
            expires_at: Some(ctx.now.plus(patience)),
            paid_at: None,
            version: 1,
            created_at,
            updated_at: created_at,
        }
    }
}

/// Reserves the stock and writes the order. False, and nothing written, when the stock cannot be had.
async fn place(
    tx: &mut Tx,
    order: &Order,
    product: &Product,
    quantity: i64,
) -> Result<bool, OrderError> {
    if let (Tx::Postgres(tx), [item]) = (&mut *tx, order.items.as_slice()) {
        return Ok(store::hot::place(tx, order, item).await?);
    }
    if products::reserve(tx, product.id, quantity, product.price)
        .await?
        .is_none()
    {
        return Ok(false);
    }
    store::insert(tx, order).await?;
    Ok(true)
}

/// The product and what the order would cost, when the wallet covers it.
async fn offer(
    db: &mut impl Queryable,
    user: UserId,
    new: &NewOrder,
) -> Result<(Product, Quote), OrderError> {
    let product = products::find(db, new.product_id).await?;
    let product = product
        .filter(|product| !product.archived)
        .ok_or(OrderError::ProductNotFound)?;
    // There are no coupons yet, so none is valid.
    if new.coupon_code.is_some() {
        return Err(OrderError::CouponInvalid);
    }
    let wallet = wallets::find(db, user)
        .await?
        .ok_or(OrderError::Inconsistent("a user has no wallet"))?;
    if wallet.currency != product.currency {
        return Err(OrderError::CurrencyMismatch {
            product: product.currency,
            wallet: wallet.currency,
        });
    }
    // More than money can express is more than any wallet holds.
    let total = Money::new(product.price, product.currency)
        .and_then(|price| price.times(new.quantity))
        .map_err(|_| OrderError::InsufficientFunds)?;
    if wallet.balance < total.amount() {
        return Err(OrderError::InsufficientFunds);
    }
    let item = OrderItem {
        product_id: product.id,
        sku: product.sku.clone(),
        name: product.name.clone(),
        quantity: new.quantity,
        unit_price: product.price,
        subtotal: total.amount(),
    };
    let quote = Quote {
        items: vec![item],
        subtotal: total.amount(),
        discount: 0,
        total: total.amount(),
        currency: product.currency,
    };
    Ok((product, quote))
}

/// Why the stock could not be reserved.
async fn unavailable(tx: &mut Tx, offered: &Product) -> Result<OrderError, OrderError> {
    let now = products::find(tx, offered.id).await?;
    Ok(match now {
        None => OrderError::ProductNotFound,
        Some(product) if product.archived => OrderError::ProductNotFound,
        Some(product) if product.price != offered.price => OrderError::PriceChanged,
        Some(product) => OrderError::OutOfStock {
            available: product.stock(),
        },
    })
}
