//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Product`.

use openapi_runtime as rt;

/// Something that can be ordered. (openapi/v1.yaml:2946)
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// The id of the product. (openapi/v1.yaml:2951)
    pub id: rt::Uuid,
    /// The stock keeping unit, unique among all products. (openapi/v1.yaml:2958)
    pub sku: String,
    /// What it is called. (openapi/v1.yaml:2962)
    pub name: String,
    /// What it is, in plain text; null when there is nothing to say. (openapi/v1.yaml:2966)
    pub description: Option<String>,
    /// The price of one unit, in minor units. (openapi/v1.yaml:2971)
    pub price: i64,
    /// The ISO 4217 code of the currency. (openapi/v1.yaml:2977)
    pub currency: String,
    /// How many units can still be ordered. (openapi/v1.yaml:2983)
    pub stock: i32,
    /// Whether it is out of the catalogue. Archived products cannot be ordered. (openapi/v1.yaml:2989)
    pub archived: bool,
    /// When it was created. (openapi/v1.yaml:2992)
    pub created_at: rt::Timestamp,
    /// When it was last changed. (openapi/v1.yaml:2998)
    pub updated_at: rt::Timestamp,
}

impl serde::Serialize for Product {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("sku", &self.sku)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("description", &self.description)?;
        map.serialize_entry("price", &self.price)?;
        map.serialize_entry("currency", &self.currency)?;
        map.serialize_entry("stock", &self.stock)?;
        map.serialize_entry("archived", &self.archived)?;
        map.serialize_entry("createdAt", &self.created_at)?;
        map.serialize_entry("updatedAt", &self.updated_at)?;
        map.end()
    }
}

pub(crate) static PRODUCT_SCHEMA: rt::Schema = rt::Schema {
    name: "Product",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("sku", rt::Shape::Text("")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("description", rt::Shape::Text("")),
            rt::Member::required("price", rt::Shape::Integer("int64")),
            rt::Member::required("currency", rt::Shape::Text("")),
            rt::Member::required("stock", rt::Shape::Integer("int32")),
            rt::Member::required("archived", rt::Shape::Boolean),
            rt::Member::required("createdAt", rt::Shape::Text("date-time")),
            rt::Member::required("updatedAt", rt::Shape::Text("date-time")),
        ],
    ),
};
