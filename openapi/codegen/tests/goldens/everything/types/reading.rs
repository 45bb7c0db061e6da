//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Reading`.

use openapi_runtime as rt;

static READING_INTEGER: rt::rules::Int<i32> = rt::rules::Int::new(0, 100);
static READING_TEXT: rt::rules::Text = rt::rules::Text::new().length(1, 20);

/// A number or a text. (tests/cases/positive/everything.yaml:476)
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// integer (tests/cases/positive/everything.yaml:478)
    Integer(i32),
    /// string (tests/cases/positive/everything.yaml:479)
    Text(String),
}

impl<'de> serde::Deserialize<'de> for Reading {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::decline(deserializer)
    }
}

impl rt::Parse for Reading {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        use rt::Rule as _;
        match node.kind() {
            rt::NodeKind::Integer => READING_INTEGER.node(node, out).map(Self::Integer),
            rt::NodeKind::Text => READING_TEXT.node(node, out).map(Self::Text),
            _ => rt::no_variant(node, &["integer", "string"], out),
        }
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        match self {
            Self::Integer(value) => READING_INTEGER.holds(value),
            Self::Text(value) => READING_TEXT.holds(value),
        }
    }
}

impl serde::Serialize for Reading {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(value) => serde::Serialize::serialize(value, serializer),
            Self::Text(value) => serde::Serialize::serialize(value, serializer),
        }
    }
}

pub(crate) static READING_SCHEMA: rt::Schema = rt::Schema {
    name: "Reading",
    kind: rt::SchemaKind::OneOf(&[rt::Shape::Integer("int32"), rt::Shape::Text("")]),
};
