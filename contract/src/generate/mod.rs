//! Values from JSON Schema: those that a schema takes, and those that break it in exactly one way.
//!
//! `shape` lays a schema flat, `values` makes values from it, `sites` walks through a value beside its schema; `positive`
//! and `negative` say what is worth trying at each site. `wire` writes parameters, `body` writes bodies, `template` whole
//! requests. `excess` is what servers refuse of any request.

pub mod body;
pub mod excess;
pub mod format;
pub mod negative;
pub mod node;
pub mod number;
pub mod pattern;
pub mod positive;
pub mod shape;
pub mod sites;
pub mod template;
pub mod text;
pub mod values;
pub mod wire;

#[cfg(test)]
mod tests;
