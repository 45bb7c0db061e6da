//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `HealthStatus`.

use openapi_runtime as rt;

/// How the server is: `healthy`; `degraded` when it works without something it would like to have; `unhealthy`
/// when it cannot work. (openapi/v1.yaml:2367)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HealthStatus {
    /// `healthy` (openapi/v1.yaml:2371)
    Healthy,
    /// `degraded` (openapi/v1.yaml:2371)
    Degraded,
    /// `unhealthy` (openapi/v1.yaml:2371)
    Unhealthy,
}

impl HealthStatus {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Healthy, Self::Degraded, Self::Unhealthy];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["healthy", "degraded", "unhealthy"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::Degraded => "degraded",
            Self::Unhealthy => "unhealthy",
        }
    }
}

impl rt::FromText for HealthStatus {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "healthy" => Some(Self::Healthy),
            "degraded" => Some(Self::Degraded),
            "unhealthy" => Some(Self::Unhealthy),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for HealthStatus {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for HealthStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for HealthStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for HealthStatus {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static HEALTH_STATUS_SCHEMA: rt::Schema = rt::Schema {
    name: "HealthStatus",
    kind: rt::SchemaKind::Words(HealthStatus::NAMES),
};
