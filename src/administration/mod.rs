//! What staff do across features: every order, the audit log, the integrity checks.
//!
//! Owns no table. It only binds the operations of the tag `Administration` to the features that they concern.

mod handlers;
