//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The schema `Mark`.

use openapi_runtime as rt;

/// What stands on a square. (tests/cases/positive/tic-tac-toe.yaml:129)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// `-` (tests/cases/positive/tic-tac-toe.yaml:131)
    Minus,
    /// `X` (tests/cases/positive/tic-tac-toe.yaml:131)
    X,
    /// `O` (tests/cases/positive/tic-tac-toe.yaml:131)
    O,
}

impl Mark {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Minus, Self::X, Self::O];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["-", "X", "O"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Minus => "-",
            Self::X => "X",
            Self::O => "O",
        }
    }
}

impl rt::FromText for Mark {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "-" => Some(Self::Minus),
            "X" => Some(Self::X),
            "O" => Some(Self::O),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for Mark {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Mark {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Mark {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static MARK_SCHEMA: rt::Schema = rt::Schema {
    name: "Mark",
    kind: rt::SchemaKind::Words(Mark::NAMES),
};
