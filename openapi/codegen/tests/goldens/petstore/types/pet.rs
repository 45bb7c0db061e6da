//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! The schema `Pet`.

use openapi_runtime as rt;

/// A pet in the shelter. (tests/cases/positive/petstore.yaml:189)
#[derive(Debug, Clone, PartialEq)]
pub struct Pet {
    /// `id` (tests/cases/positive/petstore.yaml:193)
    pub id: i64,
    /// `name` (tests/cases/positive/petstore.yaml:194)
    pub name: String,
    /// What kind of animal. (tests/cases/positive/petstore.yaml:195)
    pub species: super::Species,
    /// `bornOn` (tests/cases/positive/petstore.yaml:196)
    pub born_on: Option<rt::Date>,
    /// `weightKg` (tests/cases/positive/petstore.yaml:197)
    pub weight_kg: Option<f64>,
}

impl serde::Serialize for Pet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("species", &self.species)?;
        if let Some(value) = &self.born_on {
            map.serialize_entry("bornOn", value)?;
        }
        if let Some(value) = &self.weight_kg {
            map.serialize_entry("weightKg", value)?;
        }
        map.end()
    }
}

impl rt::ReplyBody for Pet {}

pub(crate) static PET_SCHEMA: rt::Schema = rt::Schema {
    name: "Pet",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Integer("int64")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required(
                "species",
                rt::Shape::Named(&super::species::SPECIES_SCHEMA),
            ),
            rt::Member::optional("bornOn", rt::Shape::Text("date")),
            rt::Member::optional("weightKg", rt::Shape::Number("double")),
        ],
    ),
};
