//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `IntegrityCheck`.

use openapi_runtime as rt;

/// The outcome of one check. (openapi/v1.yaml:4102)
#[derive(Debug, Clone, PartialEq)]
pub struct IntegrityCheck {
    /// Something that can be checked: `ledger` (every transfer sums to zero, every balance equals its postings),
    /// `stock` (reservations match what products hold back). (openapi/v1.yaml:4106)
    pub name: super::IntegrityCheckName,
    /// Whether everything matches. (openapi/v1.yaml:4108)
    pub ok: bool,
    /// What was counted and summed, by name. (openapi/v1.yaml:4111)
    pub figures: rt::Map<i64>,
    /// What does not match, one sentence each; empty when all is well. (openapi/v1.yaml:4120)
    pub problems: Vec<String>,
}

impl serde::Serialize for IntegrityCheck {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("ok", &self.ok)?;
        map.serialize_entry("figures", &self.figures)?;
        map.serialize_entry("problems", &self.problems)?;
        map.end()
    }
}

pub(crate) static INTEGRITY_CHECK_SCHEMA: rt::Schema = rt::Schema {
    name: "IntegrityCheck",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required(
                "name",
                rt::Shape::Named(
                    &super::integrity_check_name::INTEGRITY_CHECK_NAME_SCHEMA,
                ),
            ),
            rt::Member::required("ok", rt::Shape::Boolean),
            rt::Member::required(
                "figures",
                rt::Shape::Map(&rt::Shape::Integer("int64")),
            ),
            rt::Member::required("problems", rt::Shape::List(&rt::Shape::Text(""))),
        ],
    ),
};
