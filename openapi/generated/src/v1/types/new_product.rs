//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `NewProduct`.

use openapi_runtime as rt;

static NEW_PRODUCT_SKU_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[A-Z0-9](?:[A-Z0-9._-]*[A-Z0-9])?$",
);
static NEW_PRODUCT_SKU: rt::rules::Text = rt::rules::Text::new()
    .length(1, 64)
    .pattern(&NEW_PRODUCT_SKU_PATTERN);
static NEW_PRODUCT_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static NEW_PRODUCT_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 200)
    .pattern(&NEW_PRODUCT_NAME_PATTERN);
static NEW_PRODUCT_DESCRIPTION_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$",
);
static NEW_PRODUCT_DESCRIPTION: rt::rules::Text = rt::rules::Text::new()
    .length(0, 2000)
    .pattern(&NEW_PRODUCT_DESCRIPTION_PATTERN);
static NEW_PRODUCT_PRICE: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static NEW_PRODUCT_CURRENCY_PATTERN: rt::Pattern = rt::Pattern::new("^[A-Z]{3}$");
static NEW_PRODUCT_CURRENCY: rt::rules::Text = rt::rules::Text::new()
    .length(3, 3)
    .pattern(&NEW_PRODUCT_CURRENCY_PATTERN);
static NEW_PRODUCT_STOCK: rt::rules::Int<i32> = rt::rules::Int::new(0, 1_000_000_000);

/// A product to be added to the catalogue. (openapi/v1.yaml:3005)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewProduct {
    /// The stock keeping unit: capitals, digits and, between them, dots, dashes and underscores.
    /// (openapi/v1.yaml:3011)
    pub sku: String,
    /// What it is called. (openapi/v1.yaml:3017)
    pub name: String,
    /// What it is, in plain text; null when there is nothing to say. (openapi/v1.yaml:3023)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::OrAbsent<rt::fast::Same>, _, _>"
    )]
    pub description: rt::Patch<String>,
    /// The price of one unit, in minor units. (openapi/v1.yaml:3028)
    pub price: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:3034)
    pub currency: String,
    /// How many units there are. (openapi/v1.yaml:3040)
    pub stock: i32,
}

impl<'de> serde::Deserialize<'de> for NewProduct {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for NewProduct {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &["sku", "name", "description", "price", "currency", "stock"],
            out,
        )?;
        let sku = object.required("sku", &NEW_PRODUCT_SKU, out);
        let name = object.required("name", &NEW_PRODUCT_NAME, out);
        let description = object.patch("description", &NEW_PRODUCT_DESCRIPTION, out);
        let price = object.required("price", &NEW_PRODUCT_PRICE, out);
        let currency = object.required("currency", &NEW_PRODUCT_CURRENCY, out);
        let stock = object.required("stock", &NEW_PRODUCT_STOCK, out);
        Some(Self {
            sku: sku?,
            name: name?,
            description: description?,
            price: price?,
            currency: currency?,
            stock: stock?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NEW_PRODUCT_SKU.holds(&self.sku) && NEW_PRODUCT_NAME.holds(&self.name)
            && NEW_PRODUCT_DESCRIPTION.holds_option(self.description.value())
            && NEW_PRODUCT_PRICE.holds(&self.price)
            && NEW_PRODUCT_CURRENCY.holds(&self.currency)
            && NEW_PRODUCT_STOCK.holds(&self.stock)
    }
}

pub(crate) static NEW_PRODUCT_SCHEMA: rt::Schema = rt::Schema {
    name: "NewProduct",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("sku", rt::Shape::Text("")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::optional("description", rt::Shape::Text("")),
            rt::Member::required("price", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("stock", rt::Shape::Integer("int32")),
        ],
    ),
};
