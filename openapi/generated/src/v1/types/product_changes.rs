//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `ProductChanges`.

use openapi_runtime as rt;

static PRODUCT_CHANGES_SKU_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$",
);
static PRODUCT_CHANGES_SKU: rt::rules::Text = rt::rules::Text::new()
    .length(1, 64)
    .pattern(&PRODUCT_CHANGES_SKU_PATTERN);
static PRODUCT_CHANGES_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static PRODUCT_CHANGES_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 200)
    .pattern(&PRODUCT_CHANGES_NAME_PATTERN);
static PRODUCT_CHANGES_DESCRIPTION_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$",
);
static PRODUCT_CHANGES_DESCRIPTION: rt::rules::Text = rt::rules::Text::new()
    .length(0, 2000)
    .pattern(&PRODUCT_CHANGES_DESCRIPTION_PATTERN);
static PRODUCT_CHANGES_PRICE: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static PRODUCT_CHANGES_CURRENCY_PATTERN: rt::Pattern = rt::Pattern::new("^[A-Z]{3}$");
static PRODUCT_CHANGES_CURRENCY: rt::rules::Text = rt::rules::Text::new()
    .length(3, 3)
    .pattern(&PRODUCT_CHANGES_CURRENCY_PATTERN);
static PRODUCT_CHANGES_STOCK: rt::rules::Int<i32> = rt::rules::Int::new(
    0,
    1_000_000_000,
);
static PRODUCT_CHANGES_STOCK_DELTA: rt::rules::Int<i32> = rt::rules::Int::new(
    -1_000_000_000,
    1_000_000_000,
);

/// What to change. A field that is left out stays as it is; null, where it is allowed, empties it. `stock` and
/// `stockDelta` exclude each other. (openapi/v1.yaml:3047)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ProductChanges {
    /// The stock keeping unit: capitals, digits and, between them, dots, dashes and underscores.
    /// (openapi/v1.yaml:3054)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub sku: Option<String>,
    /// What it is called. (openapi/v1.yaml:3060)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub name: Option<String>,
    /// What it is, in plain text. Null takes the text away; left out, it stays. (openapi/v1.yaml:3066)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::OrAbsent<rt::fast::Same>, _, _>"
    )]
    pub description: rt::Patch<String>,
    /// The price of one unit, in minor units. Orders that exist keep theirs. (openapi/v1.yaml:3071)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub price: Option<i64>,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3077)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub currency: Option<String>,
    /// How many units can be ordered from now on. (openapi/v1.yaml:3083)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub stock: Option<i32>,
    /// How many units to add, or with a minus sign to take away. (openapi/v1.yaml:3089)
    #[serde(
        rename = "stockDelta",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub stock_delta: Option<i32>,
}

impl<'de> serde::Deserialize<'de> for ProductChanges {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for ProductChanges {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &["sku", "name", "description", "price", "currency", "stock", "stockDelta"],
            out,
        )?;
        let sku = object.optional("sku", &PRODUCT_CHANGES_SKU, out);
        let name = object.optional("name", &PRODUCT_CHANGES_NAME, out);
        let description = object.patch("description", &PRODUCT_CHANGES_DESCRIPTION, out);
        let price = object.optional("price", &PRODUCT_CHANGES_PRICE, out);
        let currency = object.optional("currency", &PRODUCT_CHANGES_CURRENCY, out);
        let stock = object.optional("stock", &PRODUCT_CHANGES_STOCK, out);
        let stock_delta = object
            .optional("stockDelta", &PRODUCT_CHANGES_STOCK_DELTA, out);
        Some(Self {
            sku: sku?,
            name: name?,
            description: description?,
            price: price?,
            currency: currency?,
            stock: stock?,
            stock_delta: stock_delta?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        PRODUCT_CHANGES_SKU.holds_option(self.sku.as_ref())
            && PRODUCT_CHANGES_NAME.holds_option(self.name.as_ref())
            && PRODUCT_CHANGES_DESCRIPTION.holds_option(self.description.value())
            && PRODUCT_CHANGES_PRICE.holds_option(self.price.as_ref())
            && PRODUCT_CHANGES_CURRENCY.holds_option(self.currency.as_ref())
            && PRODUCT_CHANGES_STOCK.holds_option(self.stock.as_ref())
            && PRODUCT_CHANGES_STOCK_DELTA.holds_option(self.stock_delta.as_ref())
    }
}

pub(crate) static PRODUCT_CHANGES_SCHEMA: rt::Schema = rt::Schema {
    name: "ProductChanges",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::optional("sku", rt::Shape::Text("")),
            rt::Member::optional("name", rt::Shape::Text("")),
            rt::Member::optional("description", rt::Shape::Text("")),
            rt::Member::optional("price", rt::Shape::Integer("int64")),
            rt::Member::optional("currency", rt::Shape::Text("")),
            rt::Member::optional("stock", rt::Shape::Integer("int32")),
            rt::Member::optional("stockDelta", rt::Shape::Integer("int32")),
        ],
    ),
};
