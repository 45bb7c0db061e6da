//! What ends the process: everything that can go wrong before and around serving, with its whole chain of causes.
//!
//! What goes wrong while serving never comes here. A feature's error says its stable code
//! (`openapi_runtime::IntoFailure`), and the runtime turns that into the envelope.

use crate::{
    config::ConfigError,
    db::{MigrateError, StoreError},
    http::docs::UnreadableDocument,
    infra::telemetry::MetricsError,
};

/// Why a command ended badly. The texts are for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database cannot be used.
    #[error("the database cannot be used")]
    Store(#[from] StoreError),
    /// The schema could not be moved.
    #[error("the schema could not be migrated")]
    Migrate(#[from] MigrateError),
    /// The address is taken, or is none.
    #[error("cannot listen on {address}")]
    Listen {
        /// What was configured.
        address: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// The process may not do what it must.
    #[error("{action}")]
    System {
        /// What was attempted.
        action: &'static str,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// Metrics cannot be collected.
    #[error(transparent)]
    Metrics(#[from] MetricsError),
    /// The embedded document is broken.
    #[error(transparent)]
    Document(#[from] UnreadableDocument),
    /// A use case refused.
    #[error("{0}")]
    Refused(String),
    /// A second signal ended the server before it had finished.
    #[error("ended by a second signal before everything had finished")]
    Interrupted {
        /// The signal's number.
        signal: i32,
    },
    /// Ledger, stock or reservations do not agree.
    #[error("{problems} integrity problems were found")]
    Drift {
        /// How many.
        problems: usize,
    },
}

/// Writes an error and everything below it on one line.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // Transparent wrappers repeat what stands below them.
        if !text.ends_with(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        source = cause.source();
    }
    text
}
