//! Roles of users and scopes of API keys.

use super::text_enum;

text_enum! {
    /// What a user may do everywhere.
    pub enum Role {
        /// A customer: owns a wallet and orders.
        Member = "member",
        /// Staff that reads everything and changes nothing.
        Viewer = "viewer",
        /// Staff that may change everything.
        Admin = "admin",
    }
}

impl Role {
    /// Whether the role reads other people's things: viewers and admins.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Viewer | Self::Admin)
    }
}

text_enum! {
    /// What an API key may do of what its owner may do.
    pub enum Scope {
        /// Read orders.
        OrdersRead = "orders:read",
        /// Create, pay and cancel orders.
        OrdersWrite = "orders:write",
        /// Create and change products.
        ProductsWrite = "products:write",
        /// Read the wallet.
        WalletRead = "wallet:read",
        /// Top the wallet up.
        WalletWrite = "wallet:write",
        /// Administration.
        Admin = "admin",
    }
}
