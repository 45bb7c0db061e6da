//! The API as code: generated from the documents in `openapi/`, never edited by hand.
//!
//! `make generate` writes it; `make check` refuses a version that does not match its document.

pub mod v1;
