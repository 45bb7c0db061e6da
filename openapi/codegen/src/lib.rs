//! The generator: from an OpenAPI document to poem-openapi types, traits and routes.
//!
//! `read` gives a located tree, `lower` an [`ir::Api`], `emit` the files. Nothing here knows what
//! the document is about.

pub mod cli;
pub mod compile;
mod concern;
pub mod diagnostics;
pub mod downgrade;
pub mod emit;
pub mod examples;
pub mod ir;
pub mod lower;
mod names;
pub mod read;
pub mod resolve;
pub mod tree;
pub mod write;
