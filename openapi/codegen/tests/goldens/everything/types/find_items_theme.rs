//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `findItems theme`.

use openapi_runtime as rt;

/// The schema `findItems theme`. (tests/cases/positive/everything.yaml:116)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FindItemsTheme {
    /// `dark` (tests/cases/positive/everything.yaml:116)
    Dark,
    /// `light` (tests/cases/positive/everything.yaml:116)
    Light,
}

impl FindItemsTheme {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Dark, Self::Light];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["dark", "light"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }
}

impl rt::FromText for FindItemsTheme {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "dark" => Some(Self::Dark),
            "light" => Some(Self::Light),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for FindItemsTheme {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for FindItemsTheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for FindItemsTheme {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for FindItemsTheme {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static FIND_ITEMS_THEME_SCHEMA: rt::Schema = rt::Schema {
    name: "FindItemsTheme",
    kind: rt::SchemaKind::Words(FindItemsTheme::NAMES),
};
