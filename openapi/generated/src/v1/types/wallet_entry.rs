//! Generated from openapi/v1.yaml (sha256 e7073c287c4fb01eafe0849928aa4c4228ad2dda235aa1be4bd404e7dc799fe0). Do not edit.
//!
//! The schema `WalletEntry`.

use openapi_runtime as rt;

/// A line of the wallet: what moved how much. `kind` tells the form. (openapi/v1.yaml:3216)
#[derive(Debug, Clone, PartialEq)]
pub enum WalletEntry {
    /// `TOPUP` (openapi/v1.yaml:3218)
    TopUpEntry(super::TopUpEntry),
    /// `PAYMENT` (openapi/v1.yaml:3219)
    PaymentEntry(super::PaymentEntry),
    /// `REFUND` (openapi/v1.yaml:3220)
    RefundEntry(super::RefundEntry),
    /// `ADJUSTMENT` (openapi/v1.yaml:3221)
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
