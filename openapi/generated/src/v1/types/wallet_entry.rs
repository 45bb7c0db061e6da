//! Generated from openapi/v1.yaml (sha256 e4055b26dc6ca5b8a1e9dde290c1f919155fbd6607059b5211e673658518522b). Do not edit.
//!
//! The schema `WalletEntry`.

use openapi_runtime as rt;

/// A line of the wallet: what moved how much. `kind` tells the form. (openapi/v1.yaml:3188)
#[derive(Debug, Clone, PartialEq)]
pub enum WalletEntry {
    /// `TOPUP` (openapi/v1.yaml:3190)
    TopUpEntry(super::TopUpEntry),
    /// `PAYMENT` (openapi/v1.yaml:3191)
    PaymentEntry(super::PaymentEntry),
    /// `REFUND` (openapi/v1.yaml:3192)
    RefundEntry(super::RefundEntry),
    /// `ADJUSTMENT` (openapi/v1.yaml:3193)
    AdjustmentEntry(super::AdjustmentEntry),
}

impl serde::Serialize for WalletEntry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::TopUpEntry(value) => serde::Serialize::serialize(value, serializer),
            Self::PaymentEntry(value) => serde::Serialize::serialize(value, serializer),
            Self::RefundEntry(value) => serde::Serialize::serialize(value, serializer),
            Self::AdjustmentEntry(value) => {
                serde::Serialize::serialize(value, serializer)
            }
        }
    }
}

pub(crate) static WALLET_ENTRY_SCHEMA: rt::Schema = rt::Schema {
    name: "WalletEntry",
    kind: rt::SchemaKind::OneOf(
        &[
            rt::Shape::Named(&super::top_up_entry::TOP_UP_ENTRY_SCHEMA),
            rt::Shape::Named(&super::payment_entry::PAYMENT_ENTRY_SCHEMA),
            rt::Shape::Named(&super::refund_entry::REFUND_ENTRY_SCHEMA),
            rt::Shape::Named(&super::adjustment_entry::ADJUSTMENT_ENTRY_SCHEMA),
        ],
    ),
};
