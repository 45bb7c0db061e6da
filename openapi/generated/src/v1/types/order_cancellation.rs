//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderCancellation`.

use openapi_runtime as rt;

static ORDER_CANCELLATION_REASON_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$",
);
static ORDER_CANCELLATION_REASON: rt::rules::Text = rt::rules::Text::new()
    .length(1, 500)
    .pattern(&ORDER_CANCELLATION_REASON_PATTERN);
/// Why the order is given up. (openapi/v1.yaml:3833)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct OrderCancellation {
    /// The reason, for the records. (openapi/v1.yaml:3838)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub reason: Option<String>,
}

impl<'de> serde::Deserialize<'de> for OrderCancellation {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for OrderCancellation {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["reason"], out)?;
        let reason = object.optional("reason", &ORDER_CANCELLATION_REASON, out);
        Some(Self { reason: reason? })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        ORDER_CANCELLATION_REASON.holds_option(self.reason.as_ref())
    }
}

pub(crate) static ORDER_CANCELLATION_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderCancellation",
    kind: rt::SchemaKind::Object(&[rt::Member::optional("reason", rt::Shape::Text(""))]),
};
