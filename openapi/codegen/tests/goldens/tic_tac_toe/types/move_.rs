//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The schema `Move`.

use openapi_runtime as rt;

static MOVE_MARK: rt::rules::Parsed<MoveMark> = rt::rules::Parsed::new();

/// The schema `Move`. (tests/cases/positive/tic-tac-toe.yaml:133)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Move {
    /// `mark` (tests/cases/positive/tic-tac-toe.yaml:137)
    pub mark: MoveMark,
}

impl<'de> serde::Deserialize<'de> for Move {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Move {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["mark"], out)?;
        let mark = object.required("mark", &MOVE_MARK, out);
        Some(Self { mark: mark? })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        MOVE_MARK.holds(&self.mark)
    }
}

pub(crate) static MOVE_SCHEMA: rt::Schema = rt::Schema {
    name: "Move",
    kind: rt::SchemaKind::Object(
        &[rt::Member::required("mark", rt::Shape::Named(&MOVE_MARK_SCHEMA))],
    ),
};

/// The schema `Move mark`. (tests/cases/positive/tic-tac-toe.yaml:137)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MoveMark {
    /// `X` (tests/cases/positive/tic-tac-toe.yaml:137)
    X,
    /// `O` (tests/cases/positive/tic-tac-toe.yaml:137)
    O,
}

impl MoveMark {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::X, Self::O];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["X", "O"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::O => "O",
        }
    }
}

impl rt::FromText for MoveMark {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "X" => Some(Self::X),
            "O" => Some(Self::O),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for MoveMark {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for MoveMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for MoveMark {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for MoveMark {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static MOVE_MARK_SCHEMA: rt::Schema = rt::Schema {
    name: "MoveMark",
    kind: rt::SchemaKind::Words(MoveMark::NAMES),
};
