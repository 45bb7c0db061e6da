//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `WalletEntry`.

use openapi_runtime as rt;

/// A line of the wallet: what moved how much. `kind` tells the form. (openapi/v1.yaml:3218)
#[derive(Debug, Clone, PartialEq)]
pub enum WalletEntry {
    /// `TOPUP` (openapi/v1.yaml:3220)
    TopUpEntry(super::TopUpEntry),
    /// `PAYMENT` (openapi/v1.yaml:3221)
    PaymentEntry(super::PaymentEntry),
    /// `REFUND` (openapi/v1.yaml:3222)
    RefundEntry(super::RefundEntry),
    /// `ADJUSTMENT` (openapi/v1.yaml:3223)
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
