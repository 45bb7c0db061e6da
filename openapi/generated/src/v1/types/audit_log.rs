//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `AuditLog`.

use openapi_runtime as rt;

/// A change that happened. Rows are only ever added. (openapi/v1.yaml:4006)
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLog {
    /// The id of the row. (openapi/v1.yaml:4011)
    pub id: rt::Uuid,
    /// Its place in the log; later rows have higher numbers. (openapi/v1.yaml:4018)
    pub seq: i64,
    /// What happened, such as `order.status_changed`. (openapi/v1.yaml:4024)
    pub action: String,
    /// What kind of thing it happened to, such as `order`. (openapi/v1.yaml:4028)
    pub entity_type: String,
    /// The id of that thing. (openapi/v1.yaml:4032)
    pub entity_id: String,
    /// The account behind it; null when the server acted by itself or nobody was logged in. (openapi/v1.yaml:4036)
    pub actor_id: Option<rt::Uuid>,
    /// Who acted: a person with a token, an API key on behalf of its owner, or the server itself.
    /// (openapi/v1.yaml:4041)
    pub actor_type: super::ActorType,
    /// Details as text. A change of state has `from` and `to`. (openapi/v1.yaml:4043)
    pub metadata: rt::Map<Option<String>>,
    /// The request that caused it; null when there was none. (openapi/v1.yaml:4050)
    pub request_id: Option<String>,
    /// The address that it came from, `IPv4` or `IPv6`; null when there was none. (openapi/v1.yaml:4054)
    pub ip: Option<String>,
    /// When it happened. (openapi/v1.yaml:4058)
    pub at: rt::Timestamp,
}

impl serde::Serialize for AuditLog {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("seq", &self.seq)?;
        map.serialize_entry("action", &self.action)?;
        map.serialize_entry("entityType", &self.entity_type)?;
        map.serialize_entry("entityId", &self.entity_id)?;
        map.serialize_entry("actorId", &self.actor_id)?;
        map.serialize_entry("actorType", &self.actor_type)?;
        map.serialize_entry("metadata", &self.metadata)?;
        map.serialize_entry("requestId", &self.request_id)?;
        map.serialize_entry("ip", &self.ip)?;
        map.serialize_entry("at", &self.at)?;
        map.end()
    }
}

pub(crate) static AUDIT_LOG_SCHEMA: rt::Schema = rt::Schema {
    name: "AuditLog",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("seq", rt::Shape::Integer("int64")),
            rt::Member::required("action", rt::Shape::Text("")),
            rt::Member::required("entityType", rt::Shape::Text("")),
            rt::Member::required("entityId", rt::Shape::Text("")),
            rt::Member::required("actorId", rt::Shape::Text("uuid")),
            rt::Member::required(
                "actorType",
                rt::Shape::Named(&super::actor_type::ACTOR_TYPE_SCHEMA),
            ),
            rt::Member::required("metadata", rt::Shape::Map(&rt::Shape::Text(""))),
            rt::Member::required("requestId", rt::Shape::Text("")),
            rt::Member::required("ip", rt::Shape::Text("")),
            rt::Member::required("at", rt::Shape::Text("date-time")),
        ],
    ),
};
