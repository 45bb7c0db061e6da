//! Use cases of the catalogue.

use std::time::Duration;

use super::model::MAX_STOCK;
use super::{
    NewProduct, Product, ProductChanges, ProductError, ProductFilter, ProductSort, StockChange,
    store,
};
use crate::audit::{self, Entry};
use crate::context::RequestContext;
use crate::db::{Db, Tx};
use crate::domain::{Ids, Page, PageRequest, ProductId, made_at};
use crate::idempotency::{self, Begun, Once, Outcome};

/// The catalogue.
#[derive(Debug, Clone)]
pub struct Products {
    /// The database.
    pub db: Db,
    /// Makes ids.
    pub ids: Ids,
    /// How long an idempotency key is kept.
    pub idempotency_ttl: Duration,
}

/// Carried out once under a key, or every time without one.
type Perhaps<'a> = Option<Once<'a, Product, ProductError>>;

/// Tells whether a version of the product is the one that the caller knows (`If-Match`).
pub type Precondition<'a> = Option<&'a (dyn Fn(&Product) -> bool + Send + Sync)>;

impl Products {
    /// A page of the catalogue.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list(
        &self,
        filter: &ProductFilter,
        sort: ProductSort,
        page: PageRequest,
    ) -> Result<Page<Product>, ProductError> {
        let mut read = self.db.read().await?;
        let total = store::count(&mut read, filter).await?;
        let is_beyond = page.offset() >= total;
        let products = if is_beyond {
            Vec::new()
        } else {
            store::list(&mut read, filter, sort, page).await?
        };
        Ok(Page::new(products, page, total))
    }

    /// A product, archived or not.
    ///
    /// # Errors
    /// [`ProductError::NotFound`].
    pub async fn get(&self, id: ProductId) -> Result<Product, ProductError> {
        store::find(&mut self.db.read().await?, id)
            .await?
            .ok_or(ProductError::NotFound)
    }

    /// Puts a product into the catalogue, and writes that down.
    ///
    /// # Errors
    /// [`ProductError::SkuAlreadyExists`].
    pub async fn create(
        &self,
        ctx: &RequestContext,
        new: &NewProduct,
        once: Perhaps<'_>,
    ) -> Result<Outcome<Product>, ProductError> {
        self.db
            .retrying(|| async {
                let key = once.map(|once| once.key);
                let (mut tx, ticket) =
                    match idempotency::begin(&self.db, ctx, self.idempotency_ttl, key).await? {
                        Begun::Run(tx, ticket) => (tx, ticket),
                        Begun::Replay(reply) => return Ok(Outcome::Replayed(reply)),
                    };
                let result = self.create_in(&mut tx, ctx, new).await;
                let product =
                    idempotency::finish(tx, ticket, result, once.map(|once| once.render)).await?;
                Ok(Outcome::Done(product))
            })
            .await
    }

    async fn create_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        new: &NewProduct,
    ) -> Result<Product, ProductError> {
        let id: ProductId = self.ids.next();
        let created_at = made_at(id.as_uuid());
        let product = Product {
            id,
            sku: new.sku.clone(),
            name: new.name.clone(),
            description: new.description.clone(),
            price: new.price.amount(),
            currency: new.price.currency(),
            on_hand: new.stock,
            reserved: 0,
            archived: false,
            version: 1,
            created_at,
            updated_at: created_at,
        };
        if !store::insert(tx, &product).await? {
            return Err(ProductError::SkuAlreadyExists);
        }
        let entry = Entry::new("product.created", "product", id)
            .with("sku", &product.sku)
            .with("price", new.price)
            .with("stock", product.stock());
        audit::record(tx, &self.ids, ctx, &entry).await?;
        Ok(product)
    }

    /// Changes a product, and writes down what changed.
    ///
    /// # Errors
    /// [`ProductError::NotFound`], [`ProductError::PreconditionFailed`], [`ProductError::SkuAlreadyExists`],
    /// [`ProductError::StockBelowReserved`], [`ProductError::StockTooLarge`].
    pub async fn update(
        &self,
        ctx: &RequestContext,
        id: ProductId,
        changes: &ProductChanges,
        precondition: Precondition<'_>,
        once: Perhaps<'_>,
    ) -> Result<Outcome<Product>, ProductError> {
        self.db
            .retrying(|| async {
                let key = once.map(|once| once.key);
                let (mut tx, ticket) =
                    match idempotency::begin(&self.db, ctx, self.idempotency_ttl, key).await? {
                        Begun::Run(tx, ticket) => (tx, ticket),
                        Begun::Replay(reply) => return Ok(Outcome::Replayed(reply)),
                    };
                let result = self
                    .update_in(&mut tx, ctx, id, changes, precondition)
                    .await;
                let product =
                    idempotency::finish(tx, ticket, result, once.map(|once| once.render)).await?;
                Ok(Outcome::Done(product))
            })
            .await
    }

    async fn update_in(
        &self,
        tx: &mut Tx,
        ctx: &RequestContext,
        id: ProductId,
        changes: &ProductChanges,
        precondition: Precondition<'_>,
    ) -> Result<Product, ProductError> {
        let before = store::lock(tx, id).await?.ok_or(ProductError::NotFound)?;
        if precondition.is_some_and(|is_current| !is_current(&before)) {
            return Err(ProductError::PreconditionFailed);
        }
        let after = changed(&before, changes, ctx)?;

        // A taken SKU aborts PostgreSQL's transaction, and the refusal may have to be stored in it.
        tx.savepoint().await?;
        if let Err(error) = store::update(tx, &after).await {
            tx.rollback_to_savepoint().await?;
            return Err(if error.is_unique("products_sku_key") {
                ProductError::SkuAlreadyExists
            } else {
                error.into()
            });
        }
        audit::record(tx, &self.ids, ctx, &difference(&before, &after)).await?;
        Ok(after)
    }
}

fn changed(
    before: &Product,
    changes: &ProductChanges,
    ctx: &RequestContext,
) -> Result<Product, ProductError> {
    let mut after = before.clone();
    if let Some(sku) = &changes.sku {
        after.sku.clone_from(sku);
    }
    if let Some(name) = &changes.name {
        after.name.clone_from(name);
    }
    if let Some(description) = &changes.description {
        after.description.clone_from(description);
    }
    after.price = changes.price.unwrap_or(before.price);
    after.currency = changes.currency.unwrap_or(before.currency);
    let stock = match changes.stock {
        None => before.stock(),
        Some(StockChange::Set(stock)) => stock,
        Some(StockChange::Add(units)) => before.stock().saturating_add(units),
    };
    if stock < 0 {
        return Err(ProductError::StockBelowReserved {
            available: before.stock(),
        });
    }
    after.on_hand = before.reserved.saturating_add(stock);
    // What is reserved comes back when an order is cancelled, and must find room then.
    if changes.stock.is_some() && after.on_hand > MAX_STOCK {
        return Err(ProductError::StockTooLarge);
    }
    after.version += 1;
    after.updated_at = ctx.now;
    Ok(after)
}

fn difference(before: &Product, after: &Product) -> Entry {
    let mut entry = Entry::new("product.updated", "product", after.id);
    let price = |product: &Product| format!("{} {}", product.price, product.currency);
    let texts = [
        ("sku", before.sku.clone(), after.sku.clone()),
        ("name", before.name.clone(), after.name.clone()),
        ("price", price(before), price(after)),
        (
            "stock",
            before.stock().to_string(),
            after.stock().to_string(),
        ),
    ];
    for (name, from, to) in texts {
        if from != to {
            entry = entry
                .with(&format!("{name}.from"), from)
                .with(&format!("{name}.to"), to);
        }
    }
    if before.description != after.description {
        entry = entry.with("description", "changed");
    }
    entry
}
