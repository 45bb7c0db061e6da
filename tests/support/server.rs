//! The application in this process, on a port of its own, with a clock that tests move.

use super::{Client, Database};

/// Whoever is in every test's database.
#[derive(Debug, Default)]
pub struct People {
    pub admin: Person,
    pub viewer: Person,
    pub member: Person,
    pub other: Person,
}

/// One of them, logged in.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub token: String,
}
