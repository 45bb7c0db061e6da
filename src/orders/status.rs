//! The state machine of orders: what can become of an order, and through whom. The document's `x-state-machine` is the
//! same table, and a test compares them.

use crate::domain::text_enum;

text_enum! {
    /// Where an order stands.
    pub enum OrderStatus {
        /// An administrator has to agree first.
        PendingApproval = "PENDING_APPROVAL",
        /// Its stock is reserved for a while.
        Pending = "PENDING",
        /// Its stock is reserved without end.
        Confirmed = "CONFIRMED",
        /// It is paid.
        Paid = "PAID",
        /// It is being packed.
        Processing = "PROCESSING",
        /// It is on its way.
        Shipped = "SHIPPED",
        /// It has arrived.
        Delivered = "DELIVERED",
        /// It was given up. Final.
        Cancelled = "CANCELLED",
        /// It was not paid in time. Final.
        Expired = "EXPIRED",
        /// It was paid back in full. Final.
        Refunded = "REFUNDED",
    }
}

text_enum! {
    /// What makes an order change.
    pub enum Trigger {
        /// Its owner pays.
        OwnerPay = "owner.pay",
        /// Its owner cancels.
        OwnerCancel = "owner.cancel",
        /// An administrator sets the status.
        AdminPatch = "admin.patch",
        /// An administrator decides on the approval.
        AdminDecision = "admin.decision",
        /// Refunds reach the amount paid.
        AdminRefund = "admin.refund",
        /// Its time is over.
        Server = "server",
    }
}

/// One line of the state machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The status before.
    pub from: OrderStatus,
    /// The status after.
    pub to: OrderStatus,
    /// What leads there.
    pub by: &'static [Trigger],
}

const fn line(from: OrderStatus, to: OrderStatus, by: &'static [Trigger]) -> Transition {
    Transition { from, to, by }
}

/// Everything that can happen to an order. What is not here cannot.
pub const TRANSITIONS: &[Transition] = {
    use OrderStatus::{
        Cancelled, Confirmed, Delivered, Expired, Paid, Pending, PendingApproval, Processing,
        Refunded, Shipped,
    };
    use Trigger::{AdminDecision, AdminPatch, AdminRefund, OwnerCancel, OwnerPay, Server};
    &[
        line(PendingApproval, Pending, &[AdminDecision]),
        line(
            PendingApproval,
            Cancelled,
            &[OwnerCancel, AdminPatch, AdminDecision, Server],
        ),
        line(Pending, Confirmed, &[AdminPatch]),
        line(Pending, Paid, &[OwnerPay]),
        line(Pending, Cancelled, &[OwnerCancel, AdminPatch]),
        line(Pending, Expired, &[Server]),
        line(Confirmed, Paid, &[OwnerPay]),
        line(Confirmed, Cancelled, &[OwnerCancel, AdminPatch]),
        line(Paid, Processing, &[AdminPatch]),
        line(Paid, Cancelled, &[OwnerCancel, AdminPatch]),
        line(Paid, Refunded, &[AdminRefund]),
        line(Processing, Shipped, &[AdminPatch]),
        line(Processing, Cancelled, &[AdminPatch]),
        line(Processing, Refunded, &[AdminRefund]),
        line(Shipped, Delivered, &[AdminPatch]),
        line(Shipped, Refunded, &[AdminRefund]),
        line(Delivered, Refunded, &[AdminRefund]),
    ]
};

/// An order cannot become that now, or not this way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an order that is {from} cannot become {to} this way")]
pub struct IllegalTransition {
    /// Where the order stands.
    pub from: OrderStatus,
    /// What it should have become.
    pub to: OrderStatus,
    /// What it can become this way.
    pub allowed: Vec<OrderStatus>,
}

impl OrderStatus {
    /// Whether an order that stands here can become `to` through `trigger`.
    ///
    /// # Errors
    /// [`IllegalTransition`] otherwise, also when it is `to` already.
    pub fn check(self, to: Self, trigger: Trigger) -> Result<(), IllegalTransition> {
        let allowed = self.reachable_by(trigger);
        if allowed.contains(&to) {
            Ok(())
        } else {
            Err(IllegalTransition {
                from: self,
                to,
                allowed,
            })
        }
    }

    /// What an order that stands here can become through `trigger`.
    #[must_use]
    pub fn reachable_by(self, trigger: Trigger) -> Vec<Self> {
        TRANSITIONS
            .iter()
            .filter(|line| line.from == self && line.by.contains(&trigger))
            .map(|line| line.to)
            .collect()
    }

    /// Whether it was paid, and the money has not come back.
    #[must_use]
    pub const fn is_paid(self) -> bool {
        matches!(
            self,
            Self::Paid | Self::Processing | Self::Shipped | Self::Delivered
        )
    }

    /// Whether its stock is reserved.
    #[must_use]
    pub const fn holds_stock(self) -> bool {
        matches!(
            self,
            Self::PendingApproval | Self::Pending | Self::Confirmed
        )
    }

    /// Whether it may wait for too long.
    #[must_use]
    pub const fn can_expire(self) -> bool {
        matches!(self, Self::PendingApproval | Self::Pending)
    }

    /// The event that tells of an order that came here.
    #[must_use]
    pub const fn event_type(self) -> &'static str {
        match self {
            Self::PendingApproval | Self::Pending => "order.created",
            Self::Confirmed => "order.confirmed",
            Self::Paid => "order.paid",
            Self::Processing => "order.processing",
            Self::Shipped => "order.shipped",
            Self::Delivered => "order.delivered",
            Self::Cancelled => "order.cancelled",
            Self::Expired => "order.expired",
            Self::Refunded => "order.refunded",
        }
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
