//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! Everything `2.3.4`, as the document promises it.

use std::sync::Arc;
use openapi_runtime as rt;

/// The operations of the tag `Items`.
pub mod items;

/// The operations of the tag `Reports`.
pub mod reports;

/// The codes of errors.
pub mod codes;
mod security;

/// The schemas of the document.
pub mod types;

pub use self::items::{
    ChangeItemError, ChangeItemOk, ChangeItemRequest, CreateItemError, CreateItemOk,
    CreateItemRequest, FindItemsError, FindItemsOk, FindItemsRequest, ItemsApi,
    ItemsRoutes, RemoveItemError, RemoveItemOk, RemoveItemRequest,
};

pub use self::reports::{
    FillDefaultsError, FillDefaultsOk, FillDefaultsRequest, MakeReportError,
    MakeReportOk, MakeReportRequest, PutTreeError, PutTreeOk, PutTreeRequest, ReportsApi,
    ReportsRoutes,
};

pub use self::types::*;

/// Every operation of the document, tag by tag.
pub static OPERATIONS: &[&[&rt::Spec]] = &[items::OPERATIONS, reports::OPERATIONS];

/// Every route of the document, with method routing and the answers for what does not exist.
///
/// A host that lacks an operation does not compile: the trait of its tag names the function.
pub fn routes<S: ItemsApi + ReportsApi>(
    host: Arc<S>,
) -> impl rt::poem::Endpoint<Output = rt::poem::Response> {
    rt::Router::new()
        .with(ItemsRoutes(Arc::clone(&host)))
        .with(ReportsRoutes(host))
        .finish()
}
