//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `ItemStatus`.

use openapi_runtime as rt;

/// Where an item stands. (tests/cases/positive/everything.yaml:332)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemStatus {
    /// `OPEN` (tests/cases/positive/everything.yaml:334)
    Open,
    /// `IN_USE` (tests/cases/positive/everything.yaml:334)
    InUse,
    /// `CLOSED` (tests/cases/positive/everything.yaml:334)
    Closed,
}

impl ItemStatus {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Open, Self::InUse, Self::Closed];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["OPEN", "IN_USE", "CLOSED"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::InUse => "IN_USE",
            Self::Closed => "CLOSED",
        }
    }
}

impl ItemStatus {
    /// The values in which something begins.
    pub const INITIAL: &'static [Self] = &[Self::Open];

    /// Which value may follow which, and who may cause it. (tests/cases/positive/everything.yaml:336)
    pub const TRANSITIONS: &'static [(Self, Self, &'static [&'static str])] = &[
        (Self::Open, Self::InUse, &["owner"]),
        (Self::Open, Self::Closed, &["owner", "admin"]),
        (Self::InUse, Self::Closed, &["owner", "admin"]),
    ];

    /// Who may cause the change from this value to `next`; nobody when the table does not have it.
    #[must_use]
    pub fn causes(self, next: Self) -> &'static [&'static str] {
        Self::TRANSITIONS
            .iter()
            .find(|(from, to, _)| *from == self && *to == next)
            .map_or(&[], |(_, _, by)| by)
    }

    /// The values that may follow this one, whoever causes it.
    pub fn successors(self) -> impl Iterator<Item = Self> {
        Self::TRANSITIONS
            .iter()
            .filter(move |(from, _, _)| *from == self)
            .map(|(_, to, _)| *to)
    }
}

impl rt::FromText for ItemStatus {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "OPEN" => Some(Self::Open),
            "IN_USE" => Some(Self::InUse),
            "CLOSED" => Some(Self::Closed),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ItemStatus {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ItemStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ItemStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ItemStatus {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static ITEM_STATUS_SCHEMA: rt::Schema = rt::Schema {
    name: "ItemStatus",
    kind: rt::SchemaKind::Words(ItemStatus::NAMES),
};
