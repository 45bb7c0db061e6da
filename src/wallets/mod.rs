//! wallets.
