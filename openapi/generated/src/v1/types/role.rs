//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Role`.

use openapi_runtime as rt;

/// What an account may do: `member` is a customer, `viewer` is staff that may read everything, `admin` is staff
/// that may change things. (openapi/v1.yaml:2800)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// `member` (openapi/v1.yaml:2804)
    Member,
    /// `viewer` (openapi/v1.yaml:2804)
    Viewer,
    /// `admin` (openapi/v1.yaml:2804)
    Admin,
}

impl Role {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Member, Self::Viewer, Self::Admin];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["member", "viewer", "admin"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Viewer => "viewer",
            Self::Admin => "admin",
        }
    }
}

impl rt::FromText for Role {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "member" => Some(Self::Member),
            "viewer" => Some(Self::Viewer),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for Role {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Role {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Role {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static ROLE_SCHEMA: rt::Schema = rt::Schema {
    name: "Role",
    kind: rt::SchemaKind::Words(Role::NAMES),
};
