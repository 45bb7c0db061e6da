//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderStatusChange`.

use openapi_runtime as rt;

static ORDER_STATUS_CHANGE_STATUS: rt::rules::Parsed<super::OrderStatus> = rt::rules::Parsed::new();
static ORDER_STATUS_CHANGE_REASON_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]*$",
);
static ORDER_STATUS_CHANGE_REASON: rt::rules::Text = rt::rules::Text::new()
    .length(1, 500)
    .pattern(&ORDER_STATUS_CHANGE_REASON_PATTERN);
/// The status that the order shall take. (openapi/v1.yaml:3845)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct OrderStatusChange {
    /// Where an order stands. `x-state-machine` lists every change that can happen; anything else is refused with
    /// `ORDER_STATUS_INVALID`. CANCELLED, EXPIRED and REFUNDED are final. (openapi/v1.yaml:3850)
    pub status: super::OrderStatus,
    /// Why, for the timeline and the audit log. (openapi/v1.yaml:3852)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub reason: Option<String>,
}

impl<'de> serde::Deserialize<'de> for OrderStatusChange {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for OrderStatusChange {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["status", "reason"], out)?;
        let status = object.required("status", &ORDER_STATUS_CHANGE_STATUS, out);
        let reason = object.optional("reason", &ORDER_STATUS_CHANGE_REASON, out);
        Some(Self {
            status: status?,
            reason: reason?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        ORDER_STATUS_CHANGE_STATUS.holds(&self.status)
            && ORDER_STATUS_CHANGE_REASON.holds_option(self.reason.as_ref())
    }
}

pub(crate) static ORDER_STATUS_CHANGE_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderStatusChange",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::order_status::ORDER_STATUS_SCHEMA),
            ),
            rt::Member::optional("reason", rt::Shape::Text("")),
        ],
    ),
};
