//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `OrderStatus`.

use openapi_runtime as rt;

/// Where an order stands. `x-state-machine` lists every change that can happen; anything else is refused with
/// `ORDER_STATUS_INVALID`. CANCELLED, EXPIRED and REFUNDED are final. (openapi/v1.yaml:3529)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrderStatus {
    /// `PENDING_APPROVAL` (openapi/v1.yaml:3533)
    PendingApproval,
    /// `PENDING` (openapi/v1.yaml:3533)
    Pending,
    /// `CONFIRMED` (openapi/v1.yaml:3533)
    Confirmed,
    /// `PAID` (openapi/v1.yaml:3533)
    Paid,
    /// `PROCESSING` (openapi/v1.yaml:3533)
    Processing,
    /// `SHIPPED` (openapi/v1.yaml:3533)
    Shipped,
    /// `DELIVERED` (openapi/v1.yaml:3533)
    Delivered,
    /// `CANCELLED` (openapi/v1.yaml:3533)
    Cancelled,
    /// `EXPIRED` (openapi/v1.yaml:3533)
    Expired,
    /// `REFUNDED` (openapi/v1.yaml:3533)
    Refunded,
}

impl OrderStatus {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::PendingApproval,
        Self::Pending,
        Self::Confirmed,
        Self::Paid,
        Self::Processing,
        Self::Shipped,
        Self::Delivered,
        Self::Cancelled,
        Self::Expired,
        Self::Refunded,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "PENDING_APPROVAL",
        "PENDING",
        "CONFIRMED",
        "PAID",
        "PROCESSING",
        "SHIPPED",
        "DELIVERED",
        "CANCELLED",
        "EXPIRED",
        "REFUNDED",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PendingApproval => "PENDING_APPROVAL",
            Self::Pending => "PENDING",
            Self::Confirmed => "CONFIRMED",
            Self::Paid => "PAID",
            Self::Processing => "PROCESSING",
            Self::Shipped => "SHIPPED",
            Self::Delivered => "DELIVERED",
            Self::Cancelled => "CANCELLED",
            Self::Expired => "EXPIRED",
            Self::Refunded => "REFUNDED",
        }
    }
}

impl OrderStatus {
    /// The values in which something begins.
    pub const INITIAL: &'static [Self] = &[Self::Pending, Self::PendingApproval];

    /// Which value may follow which, and who may cause it. (openapi/v1.yaml:3535)
    pub const TRANSITIONS: &'static [(Self, Self, &'static [&'static str])] = &[
        (Self::PendingApproval, Self::Pending, &["admin.decision"]),
        (
            Self::PendingApproval,
            Self::Cancelled,
            &["owner.cancel", "admin.patch", "admin.decision", "server"],
        ),
        (Self::Pending, Self::Confirmed, &["admin.patch"]),
        (Self::Pending, Self::Paid, &["owner.pay"]),
        (Self::Pending, Self::Cancelled, &["owner.cancel", "admin.patch"]),
        (Self::Pending, Self::Expired, &["server"]),
        (Self::Confirmed, Self::Paid, &["owner.pay"]),
        (Self::Confirmed, Self::Cancelled, &["owner.cancel", "admin.patch"]),
        (Self::Paid, Self::Processing, &["admin.patch"]),
        (Self::Paid, Self::Cancelled, &["owner.cancel", "admin.patch"]),
        (Self::Paid, Self::Refunded, &["admin.refund"]),
        (Self::Processing, Self::Shipped, &["admin.patch"]),
        (Self::Processing, Self::Cancelled, &["admin.patch"]),
        (Self::Processing, Self::Refunded, &["admin.refund"]),
        (Self::Shipped, Self::Delivered, &["admin.patch"]),
        (Self::Shipped, Self::Refunded, &["admin.refund"]),
        (Self::Delivered, Self::Refunded, &["admin.refund"]),
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

impl rt::FromText for OrderStatus {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "PENDING_APPROVAL" => Some(Self::PendingApproval),
            "PENDING" => Some(Self::Pending),
            "CONFIRMED" => Some(Self::Confirmed),
            "PAID" => Some(Self::Paid),
            "PROCESSING" => Some(Self::Processing),
            "SHIPPED" => Some(Self::Shipped),
            "DELIVERED" => Some(Self::Delivered),
            "CANCELLED" => Some(Self::Cancelled),
            "EXPIRED" => Some(Self::Expired),
            "REFUNDED" => Some(Self::Refunded),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for OrderStatus {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for OrderStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for OrderStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for OrderStatus {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static ORDER_STATUS_SCHEMA: rt::Schema = rt::Schema {
    name: "OrderStatus",
    kind: rt::SchemaKind::Words(OrderStatus::NAMES),
};
