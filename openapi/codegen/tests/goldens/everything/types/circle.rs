//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Circle`.

use openapi_runtime as rt;

static CIRCLE_KIND: rt::rules::Only = rt::rules::Only::text("circle");
static CIRCLE_RADIUS: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);

/// The schema `Circle`. (tests/cases/positive/everything.yaml:452)
#[derive(Debug, Clone, PartialEq)]
pub struct Circle {
    /// `radius` (tests/cases/positive/everything.yaml:457)
    pub radius: i32,
}

/// What `Circle` is on the wire, its constants included.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct CircleWire {
    #[serde(rename = "kind", deserialize_with = "circle_kind")]
    _constant_1: (),
    radius: i32,
}

fn circle_kind<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<(), D::Error> {
    rt::fast::only(deserializer, &CIRCLE_KIND)
}

impl<'de> serde::Deserialize<'de> for Circle {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let wire = <CircleWire as serde::Deserialize>::deserialize(
            rt::fast::object(deserializer),
        )?;
        Ok(Self { radius: wire.radius })
    }
}

impl rt::Parse for Circle {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["kind", "radius"], out)?;
        let constant_1 = object.required("kind", &CIRCLE_KIND, out);
        let radius = object.required("radius", &CIRCLE_RADIUS, out);
        constant_1?;
        Some(Self { radius: radius? })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        CIRCLE_RADIUS.holds(&self.radius)
    }
}

impl serde::Serialize for Circle {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &"circle")?;
        map.serialize_entry("radius", &self.radius)?;
        map.end()
    }
}

pub(crate) static CIRCLE_SCHEMA: rt::Schema = rt::Schema {
    name: "Circle",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("kind", rt::Shape::Text("")),
            rt::Member::required("radius", rt::Shape::Integer("int32")),
        ],
    ),
};
