//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Part`.

use openapi_runtime as rt;

static PART_PART_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static PART_SIZE: rt::rules::Nested<PartSize> = rt::rules::Nested::new();

/// The schema `Part`. (tests/cases/positive/everything.yaml:388)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Part {
    /// `partId` (tests/cases/positive/everything.yaml:392)
    #[serde(
        rename = "partId",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    pub part_id: rt::Uuid,
    /// `size` (tests/cases/positive/everything.yaml:394)
    pub size: PartSize,
}

impl<'de> serde::Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Part {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["partId", "size"], out)?;
        let part_id = object.required("partId", &PART_PART_ID, out);
        let size = object.required("size", &PART_SIZE, out);
        Some(Self {
            part_id: part_id?,
            size: size?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        PART_PART_ID.holds(&self.part_id) && PART_SIZE.holds(&self.size)
    }
}

impl serde::Serialize for Part {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("partId", &self.part_id)?;
        map.serialize_entry("size", &self.size)?;
        map.end()
    }
}

pub(crate) static PART_SCHEMA: rt::Schema = rt::Schema {
    name: "Part",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("partId", rt::Shape::Text("uuid")),
            rt::Member::required("size", rt::Shape::Named(&PART_SIZE_SCHEMA)),
        ],
    ),
};

static PART_SIZE_WIDTH: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);
static PART_SIZE_HEIGHT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// The schema `Part size`. (tests/cases/positive/everything.yaml:394)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct PartSize {
    /// `width` (tests/cases/positive/everything.yaml:398)
    pub width: i32,
    /// `height` (tests/cases/positive/everything.yaml:399)
    pub height: i32,
}

impl<'de> serde::Deserialize<'de> for PartSize {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for PartSize {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["width", "height"], out)?;
        let width = object.required("width", &PART_SIZE_WIDTH, out);
        let height = object.required("height", &PART_SIZE_HEIGHT, out);
        Some(Self {
            width: width?,
            height: height?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        PART_SIZE_WIDTH.holds(&self.width) && PART_SIZE_HEIGHT.holds(&self.height)
    }
}

impl serde::Serialize for PartSize {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("width", &self.width)?;
        map.serialize_entry("height", &self.height)?;
        map.end()
    }
}

pub(crate) static PART_SIZE_SCHEMA: rt::Schema = rt::Schema {
    name: "PartSize",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("width", rt::Shape::Integer("int32")),
            rt::Member::required("height", rt::Shape::Integer("int32")),
        ],
    ),
};
