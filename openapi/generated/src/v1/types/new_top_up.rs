//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `NewTopUp`.

use openapi_runtime as rt;

static NEW_TOP_UP_AMOUNT: rt::rules::Int<i64> = rt::rules::Int::new(
    1,
    9_007_199_254_740_991,
);
static NEW_TOP_UP_CURRENCY_PATTERN: rt::Pattern = rt::Pattern::new("^[A-Z]{3}$");
static NEW_TOP_UP_CURRENCY: rt::rules::Text = rt::rules::Text::new()
    .length(3, 3)
    .pattern(&NEW_TOP_UP_CURRENCY_PATTERN);
static NEW_TOP_UP_SOURCE_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static NEW_TOP_UP_SOURCE: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&NEW_TOP_UP_SOURCE_PATTERN);
/// Money to pay in. (openapi/v1.yaml:3439)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewTopUp {
    /// How much, in minor units. (openapi/v1.yaml:3445)
    pub amount: i64,
    /// The ISO 4217 code of the currency; it must be the currency of the wallet. (openapi/v1.yaml:3451)
    pub currency: String,
    /// Where the money comes from: the token of a payment method. The built-in sandbox takes any and declines those
    /// that contain `decline`. (openapi/v1.yaml:3457)
    pub source: String,
}

impl<'de> serde::Deserialize<'de> for NewTopUp {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for NewTopUp {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["amount", "currency", "source"], out)?;
        let amount = object.required("amount", &NEW_TOP_UP_AMOUNT, out);
        let currency = object.required("currency", &NEW_TOP_UP_CURRENCY, out);
        let source = object.required("source", &NEW_TOP_UP_SOURCE, out);
        Some(Self {
            amount: amount?,
            currency: currency?,
            source: source?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NEW_TOP_UP_AMOUNT.holds(&self.amount)
            && NEW_TOP_UP_CURRENCY.holds(&self.currency)
            && NEW_TOP_UP_SOURCE.holds(&self.source)
    }
}

pub(crate) static NEW_TOP_UP_SCHEMA: rt::Schema = rt::Schema {
    name: "NewTopUp",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("amount", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("source", rt::Shape::Text("")),
        ],
    ),
};
