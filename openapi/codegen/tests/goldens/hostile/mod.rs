//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! Hostile */ "title" `1.0.0 */ // '`, as the document promises it.

use std::sync::Arc;
use openapi_runtime as rt;

/// The operations of the tag `fn */ "types"`.
pub mod fn_types;

/// The operations of the tag `types`.
pub mod types_;

/// The codes of errors.
pub mod codes;

/// The schemas of the document.
pub mod types;

pub use self::fn_types::{FnTypesApi, FnTypesRoutes, MatchError, MatchOk, MatchRequest};
pub use self::types_::{
    OperationsError, OperationsOk, OperationsRequest, TypesApi, TypesRoutes,
};

pub use self::types::*;

/// Every operation of the document, tag by tag.
pub static OPERATIONS: &[&[&rt::Spec]] = &[fn_types::OPERATIONS, types_::OPERATIONS];

/// Every route of the document, with method routing and the answers for what does not exist.
///
/// A host that lacks an operation does not compile: the trait of its tag names the function.
pub fn routes<S: FnTypesApi + TypesApi>(
    host: Arc<S>,
) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
    rt::Router::new()
        .with(FnTypesRoutes(Arc::clone(&host)))
        .with(TypesRoutes(host))
        .finish()
}
