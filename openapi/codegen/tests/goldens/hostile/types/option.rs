//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The schema `Option`.

use openapi_runtime as rt;

static OPTION_SCHEMA_SOME: rt::rules::Text = rt::rules::Text::new().length(0, 20);

/// Called like a type of the prelude. (tests/cases/positive/hostile.yaml:110)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct OptionSchema {
    /// `some` (tests/cases/positive/hostile.yaml:114)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub some: Option<String>,
}

impl<'de> serde::Deserialize<'de> for OptionSchema {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for OptionSchema {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["some"], out)?;
        let some = object.optional("some", &OPTION_SCHEMA_SOME, out);
        Some(Self { some: some? })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        OPTION_SCHEMA_SOME.holds_option(self.some.as_ref())
    }
}

impl serde::Serialize for OptionSchema {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        if let Some(value) = &self.some {
            map.serialize_entry("some", value)?;
        }
        map.end()
    }
}

pub(crate) static OPTION_SCHEMA_SCHEMA: rt::Schema = rt::Schema {
    name: "OptionSchema",
    kind: rt::SchemaKind::Object(&[rt::Member::optional("some", rt::Shape::Text(""))]),
};
