//! The reviewed lists in `contract/exceptions/`: what the generated tests do not demand, each with its reason.

use serde::Deserialize;

/// One entry of `statuses.toml` or `authorization.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The `operationId`, or `*` for all.
    pub operation: String,
    /// The status (`statuses.toml`).
    pub status: Option<u16>,
    /// The code, where only one of the status is meant.
    pub code: Option<String>,
    /// The caller (`authorization.toml`).
    pub caller: Option<String>,
    /// Why it cannot be otherwise.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// Reads a list, like `statuses`.
pub fn read(name: &str) -> Vec<Exception> {
    let path = format!(
        "{}/contract/exceptions/{name}.toml",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let list: List = toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    for entry in &list.exception {
        assert!(
            entry.reason.len() > 20,
            "{path}: an exception needs a reason: {entry:?}"
        );
    }
    list.exception
}

impl Exception {
    /// Whether it speaks of this answer.
    pub fn covers(&self, operation: &str, status: u16, code: &str) -> bool {
        (self.operation == "*" || self.operation == operation)
            && self.status == Some(status)
            && self.code.as_deref().is_none_or(|own| own == code)
    }
}
