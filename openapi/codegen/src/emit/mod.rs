//! Emission: from the IR to formatted Rust files.

use crate::ir::Api;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Relative to the output folder, with forward slashes.
    pub path: String,
    /// The whole text.
    pub contents: String,
}

/// Turns the IR into files, in a stable order.
#[must_use]
pub fn emit(_api: &Api) -> Vec<GeneratedFile> {
    Vec::new()
}
