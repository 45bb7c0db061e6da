//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! The schema `Species`.

use openapi_runtime as rt;

/// What kind of animal. (tests/cases/positive/petstore.yaml:171)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Species {
    /// `cat` (tests/cases/positive/petstore.yaml:173)
    Cat,
    /// `dog` (tests/cases/positive/petstore.yaml:173)
    Dog,
    /// `guinea-pig` (tests/cases/positive/petstore.yaml:173)
    GuineaPig,
}

impl Species {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Cat, Self::Dog, Self::GuineaPig];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["cat", "dog", "guinea-pig"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cat => "cat",
            Self::Dog => "dog",
            Self::GuineaPig => "guinea-pig",
        }
    }
}

impl rt::FromText for Species {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "cat" => Some(Self::Cat),
            "dog" => Some(Self::Dog),
            "guinea-pig" => Some(Self::GuineaPig),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for Species {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for Species {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Species {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Species {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static SPECIES_SCHEMA: rt::Schema = rt::Schema {
    name: "Species",
    kind: rt::SchemaKind::Words(Species::NAMES),
};
