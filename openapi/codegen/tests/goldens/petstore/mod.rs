//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! Pet shelter `1.0.0`, as the document promises it.

use std::sync::Arc;
use openapi_runtime as rt;

/// The operations of the tag `Pets`.
pub mod pets;

/// The codes of errors.
pub mod codes;

/// The schemas of the document.
pub mod types;

pub use self::pets::{
    AdoptPetError, AdoptPetOk, AdoptPetRequest, CreatePetError, CreatePetOk,
    CreatePetRequest, GetPetError, GetPetOk, GetPetRequest, ListPetsError, ListPetsOk,
    ListPetsRequest, PetsApi, PetsRoutes, RenamePetsError, RenamePetsOk,
    RenamePetsRequest,
};

pub use self::types::*;

/// Every operation of the document, tag by tag.
pub static OPERATIONS: &[&[&rt::Spec]] = &[pets::OPERATIONS];

/// Every route of the document, with method routing and the answers for what does not exist.
///
/// A host that lacks an operation does not compile: the trait of its tag names the function.
pub fn routes<S: PetsApi>(
    host: Arc<S>,
) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
    rt::Router::new().with(PetsRoutes(host)).finish()
}
