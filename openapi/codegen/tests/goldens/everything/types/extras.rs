//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Extras`.

use openapi_runtime as rt;

static EXTRAS_KIND: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static EXTRAS_ADDITIONAL: rt::rules::Int<i32> = rt::rules::Int::new(0, 9);

/// Some declared members and any number of others. (tests/cases/positive/everything.yaml:495)
#[derive(Debug, Clone, PartialEq)]
pub struct Extras {
    /// `kind` (tests/cases/positive/everything.yaml:499)
    pub kind: String,
    /// The properties that the document does not name.
    pub additional: rt::Map<i32>,
}

impl<'de> serde::Deserialize<'de> for Extras {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::decline(deserializer)
    }
}

impl rt::Parse for Extras {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::open(node, &["kind"], out)?;
        let kind = object.required("kind", &EXTRAS_KIND, out);
        let additional = object.rest(&["kind"], &EXTRAS_ADDITIONAL, out);
        Some(Self {
            kind: kind?,
            additional: additional?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        EXTRAS_KIND.holds(&self.kind)
            && self.additional.values().all(|value| EXTRAS_ADDITIONAL.holds(value))
    }
}

impl serde::Serialize for Extras {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &self.kind)?;
        for (name, value) in &self.additional {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

pub(crate) static EXTRAS_SCHEMA: rt::Schema = rt::Schema {
    name: "Extras",
    kind: rt::SchemaKind::Object(&[rt::Member::required("kind", rt::Shape::Text(""))]),
};
