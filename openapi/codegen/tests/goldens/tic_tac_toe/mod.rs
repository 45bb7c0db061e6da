//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! Tic tac toe `1.0.0`, as the document promises it.

use std::sync::Arc;
use openapi_runtime as rt;

/// The operations of the tag `Gameplay`.
pub mod gameplay;

/// The codes of errors.
pub mod codes;
mod security;

/// The schemas of the document.
pub mod types;

pub use self::gameplay::{
    GameplayApi, GameplayRoutes, GetBoardError, GetBoardOk, GetBoardRequest,
    GetSquareError, GetSquareOk, GetSquareRequest, PutSquareError, PutSquareOk,
    PutSquareRequest,
};

pub use self::types::*;

/// Every operation of the document, tag by tag.
pub static OPERATIONS: &[&[&rt::Spec]] = &[gameplay::OPERATIONS];

/// Every route of the document, with method routing and the answers for what does not exist.
///
/// A host that lacks an operation does not compile: the trait of its tag names the function.
pub fn routes<S: GameplayApi>(
    host: Arc<S>,
) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
    rt::Router::new().with(GameplayRoutes(host)).finish()
}
