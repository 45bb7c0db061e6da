//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Rectangle`.

use openapi_runtime as rt;

/// The schema `Rectangle`. (tests/cases/positive/everything.yaml:459)
#[derive(Debug, Clone, PartialEq)]
pub struct Rectangle {
    /// `width` (tests/cases/positive/everything.yaml:464)
    pub width: i32,
    /// `height` (tests/cases/positive/everything.yaml:465)
    pub height: i32,
    /// `filled` (tests/cases/positive/everything.yaml:466)
    pub filled: Option<bool>,
}

impl serde::Serialize for Rectangle {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &"rectangle")?;
        map.serialize_entry("width", &self.width)?;
        map.serialize_entry("height", &self.height)?;
        if let Some(value) = &self.filled {
            map.serialize_entry("filled", value)?;
        }
        map.end()
    }
}

pub(crate) static RECTANGLE_SCHEMA: rt::Schema = rt::Schema {
    name: "Rectangle",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("kind", rt::Shape::Text("")),
            rt::Member::required("width", rt::Shape::Integer("int32")),
            rt::Member::required("height", rt::Shape::Integer("int32")),
            rt::Member::optional("filled", rt::Shape::Boolean),
        ],
    ),
};

static RECTANGLE_INPUT_KIND: rt::rules::Only = rt::rules::Only::text("rectangle");
static RECTANGLE_INPUT_WIDTH: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);
static RECTANGLE_INPUT_HEIGHT: rt::rules::Int<i32> = rt::rules::Int::new(1, 100);
static RECTANGLE_INPUT_FILLED: rt::rules::Bool = rt::rules::Bool;

/// The schema `Rectangle`. (tests/cases/positive/everything.yaml:459)
#[derive(Debug, Clone, PartialEq)]
pub struct RectangleInput {
    /// `width` (tests/cases/positive/everything.yaml:464)
    pub width: i32,
    /// `height` (tests/cases/positive/everything.yaml:465)
    pub height: i32,
    /// `filled` (tests/cases/positive/everything.yaml:466)
    pub filled: bool,
}

fn rectangle_input_filled_default() -> bool {
    true
}

/// What `RectangleInput` is on the wire, its constants included.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RectangleInputWire {
    #[serde(rename = "kind", deserialize_with = "rectangle_input_kind")]
    _constant_1: (),
    width: i32,
    height: i32,
    #[serde(default = "rectangle_input_filled_default")]
    filled: bool,
}

fn rectangle_input_kind<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<(), D::Error> {
    rt::fast::only(deserializer, &RECTANGLE_INPUT_KIND)
}

impl<'de> serde::Deserialize<'de> for RectangleInput {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let wire = <RectangleInputWire as serde::Deserialize>::deserialize(
            rt::fast::object(deserializer),
        )?;
        Ok(Self {
            width: wire.width,
            height: wire.height,
            filled: wire.filled,
        })
    }
}

impl rt::Parse for RectangleInput {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &["kind", "width", "height", "filled"],
            out,
        )?;
        let constant_1 = object.required("kind", &RECTANGLE_INPUT_KIND, out);
        let width = object.required("width", &RECTANGLE_INPUT_WIDTH, out);
        let height = object.required("height", &RECTANGLE_INPUT_HEIGHT, out);
        let filled = object
            .with_default(
                "filled",
                &RECTANGLE_INPUT_FILLED,
                rectangle_input_filled_default,
                out,
            );
        constant_1?;
        Some(Self {
            width: width?,
            height: height?,
            filled: filled?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        RECTANGLE_INPUT_WIDTH.holds(&self.width)
            && RECTANGLE_INPUT_HEIGHT.holds(&self.height)
            && RECTANGLE_INPUT_FILLED.holds(&self.filled)
    }
}

pub(crate) static RECTANGLE_INPUT_SCHEMA: rt::Schema = rt::Schema {
    name: "RectangleInput",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("kind", rt::Shape::Text("")),
            rt::Member::required("width", rt::Shape::Integer("int32")),
            rt::Member::required("height", rt::Shape::Integer("int32")),
            rt::Member::optional("filled", rt::Shape::Boolean),
        ],
    ),
};
