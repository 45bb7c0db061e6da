//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `NewOrder`.

use openapi_runtime as rt;

static NEW_ORDER_PRODUCT_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static NEW_ORDER_QUANTITY: rt::rules::Int<i32> = rt::rules::Int::new(1, 1000);
static NEW_ORDER_COUPON_CODE_PATTERN: rt::Pattern = rt::Pattern::new("^[A-Za-z0-9_-]+$");
static NEW_ORDER_COUPON_CODE: rt::rules::Text = rt::rules::Text::new()
    .length(1, 32)
    .pattern(&NEW_ORDER_COUPON_CODE_PATTERN);
/// What to order. (openapi/v1.yaml:3808)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewOrder {
    /// The product. (openapi/v1.yaml:3814)
    #[serde(
        rename = "productId",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    pub product_id: rt::Uuid,
    /// How many units. (openapi/v1.yaml:3820)
    pub quantity: i32,
    /// A coupon to apply. (openapi/v1.yaml:3826)
    #[serde(
        rename = "couponCode",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub coupon_code: Option<String>,
}

impl<'de> serde::Deserialize<'de> for NewOrder {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for NewOrder {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &["productId", "quantity", "couponCode"],
            out,
        )?;
        let product_id = object.required("productId", &NEW_ORDER_PRODUCT_ID, out);
        let quantity = object.required("quantity", &NEW_ORDER_QUANTITY, out);
        let coupon_code = object.optional("couponCode", &NEW_ORDER_COUPON_CODE, out);
        Some(Self {
            product_id: product_id?,
            quantity: quantity?,
            coupon_code: coupon_code?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NEW_ORDER_PRODUCT_ID.holds(&self.product_id)
            && NEW_ORDER_QUANTITY.holds(&self.quantity)
            && NEW_ORDER_COUPON_CODE.holds_option(self.coupon_code.as_ref())
    }
}

pub(crate) static NEW_ORDER_SCHEMA: rt::Schema = rt::Schema {
    name: "NewOrder",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("productId", rt::Shape::Text("uuid")),
            rt::Member::required("quantity", rt::Shape::Integer("int32")),
            rt::Member::optional("couponCode", rt::Shape::Text("")),
        ],
    ),
};
