//! The contract as it is served: the checked-in bytes, never what a library makes of them.
//!
//! `/openapi/v1.yaml` is the file itself; `/openapi/v1.json` is the same in JSON, converted once;
//! `/openapi/v1-3.0.json` is the derived form for tools that know OpenAPI 3.0 only. `/docs/` is Swagger UI, from
//! this binary and without any other host.

mod document;
mod swagger;

pub(super) use document::Document;
pub use document::{Format, UnreadableDocument, text, typed};
pub(super) use swagger::{CONTENT_SECURITY_POLICY, Swagger};
