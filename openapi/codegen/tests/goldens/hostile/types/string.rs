//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The schema `string`.

use openapi_runtime as rt;

static STRING_SCHEMA_VEC: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(0, 20),
    )
    .items(0, 3);
/// The same, in small letters. (tests/cases/positive/hostile.yaml:116)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct StringSchema {
    /// `vec` (tests/cases/positive/hostile.yaml:120)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub vec: Option<Vec<String>>,
}

impl<'de> serde::Deserialize<'de> for StringSchema {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for StringSchema {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["vec"], out)?;
        let vec = object.optional("vec", &STRING_SCHEMA_VEC, out);
        Some(Self { vec: vec? })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        STRING_SCHEMA_VEC.holds_option(self.vec.as_ref())
    }
}

impl serde::Serialize for StringSchema {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        if let Some(value) = &self.vec {
            map.serialize_entry("vec", value)?;
        }
        map.end()
    }
}

pub(crate) static STRING_SCHEMA_SCHEMA: rt::Schema = rt::Schema {
    name: "StringSchema",
    kind: rt::SchemaKind::Object(
        &[rt::Member::optional("vec", rt::Shape::List(&rt::Shape::Text("")))],
    ),
};
