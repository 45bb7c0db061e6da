//! What a product is.

use crate::domain::{Currency, Money, ProductId, Timestamp};

/// The most units of a product that can be orderable.
pub(super) const MAX_STOCK: i64 = 1_000_000_000;

/// Something that can be ordered.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its stock keeping unit, unique.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// What there is to say about it.
    pub description: Option<String>,
    /// The price of a unit, in minor units.
    pub price: i64,
    /// The price's currency.
    pub currency: Currency,
    /// Units in the warehouse.
    pub on_hand: i64,
    /// Units that open orders hold back.
    pub reserved: i64,
    /// Whether it is out of the catalogue.
    pub archived: bool,
    /// Counts the changes, stock included: what the `ETag` is made of.
    pub version: i64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When an administrator last changed it.
    pub updated_at: Timestamp,
}

impl Product {
    /// The entity tag of this version: a new one with every change, that of the stock included.
    #[must_use]
    pub fn etag(&self) -> String {
        format!("\"p{}\"", self.version)
    }

    /// Units that can still be ordered.
    #[must_use]
    pub const fn stock(&self) -> i64 {
        self.on_hand - self.reserved
    }
}

/// A product to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// Its stock keeping unit.
    pub sku: String,
    /// Its name.
    pub name: String,
    /// What there is to say about it.
    pub description: Option<String>,
    /// The price of a unit.
    pub price: Money,
    /// Units in stock.
    pub stock: i64,
}

/// What to change of a product; none leaves as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductChanges {
    /// Its stock keeping unit.
    pub sku: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// What there is to say about it; `Some(None)` empties it.
    pub description: Option<Option<String>>,
    /// The price of a unit, in minor units.
    pub price: Option<i64>,
    /// The price's currency.
    pub currency: Option<Currency>,
    /// The stock.
    pub stock: Option<StockChange>,
}

/// How to change a stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StockChange {
    /// So many units can be ordered from now on.
    Set(i64),
    /// So many units more, or less.
    Add(i64),
}

/// Which products to list; none means all. Archived ones never.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Name, SKU or description contain this, in whatever case.
    pub q: Option<String>,
    /// They cost at least this, in minor units.
    pub min_price: Option<i64>,
    /// They cost at most this, in minor units.
    pub max_price: Option<i64>,
    /// They can, or cannot, be ordered now.
    pub in_stock: Option<bool>,
}

/// The order of a list of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductSort {
    /// Oldest first.
    CreatedAt,
    /// Newest first.
    CreatedAtDescending,
    /// By name.
    Name,
    /// By name, backwards.
    NameDescending,
    /// Cheapest first.
    Price,
    /// Dearest first.
    PriceDescending,
}

/// The text that the search looks through.
pub(super) fn search_text(sku: &str, name: &str, description: Option<&str>) -> String {
    [sku, name, description.unwrap_or_default()]
        .join("\n")
        .to_lowercase()
}
