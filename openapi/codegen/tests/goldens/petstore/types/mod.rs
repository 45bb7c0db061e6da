//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! The schemas of the document, one file each.

pub(crate) mod new_pet;
pub(crate) mod pet;
pub(crate) mod species;

pub use self::new_pet::NewPet;
pub use self::pet::Pet;
pub use self::species::Species;
pub use super::codes::ErrorCode;
