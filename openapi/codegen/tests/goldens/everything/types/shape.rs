//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Shape`.

use openapi_runtime as rt;

/// A shape, told apart by `kind`. (tests/cases/positive/everything.yaml:442)
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// `circle` (tests/cases/positive/everything.yaml:444)
    Circle(super::Circle),
    /// `rectangle` (tests/cases/positive/everything.yaml:445)
    Rectangle(super::Rectangle),
}

impl serde::Serialize for Shape {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Circle(value) => serde::Serialize::serialize(value, serializer),
            Self::Rectangle(value) => serde::Serialize::serialize(value, serializer),
        }
    }
}

pub(crate) static SHAPE_SCHEMA: rt::Schema = rt::Schema {
    name: "Shape",
    kind: rt::SchemaKind::OneOf(
        &[
            rt::Shape::Named(&super::circle::CIRCLE_SCHEMA),
            rt::Shape::Named(&super::rectangle::RECTANGLE_SCHEMA),
        ],
    ),
};

/// A shape, told apart by `kind`. (tests/cases/positive/everything.yaml:442)
#[derive(Debug, Clone, PartialEq)]
pub enum ShapeInput {
    /// `circle` (tests/cases/positive/everything.yaml:444)
    Circle(super::Circle),
    /// `rectangle` (tests/cases/positive/everything.yaml:445)
    Rectangle(super::RectangleInput),
}

impl<'de> serde::Deserialize<'de> for ShapeInput {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let tagged = rt::fast::tagged(deserializer, "kind")?;
        match tagged.tag() {
            "circle" => tagged.read().map(Self::Circle),
            "rectangle" => tagged.read().map(Self::Rectangle),
            _ => tagged.unknown(),
        }
    }
}

impl rt::Parse for ShapeInput {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        match rt::tag(node, "kind", &["circle", "rectangle"], out)? {
            "circle" => <super::Circle as rt::Parse>::parse(node, out).map(Self::Circle),
            _ => {
                <super::RectangleInput as rt::Parse>::parse(node, out)
                    .map(Self::Rectangle)
            }
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Circle(value) => value.holds(),
            Self::Rectangle(value) => value.holds(),
        }
    }
}

pub(crate) static SHAPE_INPUT_SCHEMA: rt::Schema = rt::Schema {
    name: "ShapeInput",
    kind: rt::SchemaKind::OneOf(
        &[
            rt::Shape::Named(&super::circle::CIRCLE_SCHEMA),
            rt::Shape::Named(&super::rectangle::RECTANGLE_INPUT_SCHEMA),
        ],
    ),
};
