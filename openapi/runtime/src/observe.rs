//! What is logged of every call: names of codes, never bodies, addresses or tokens.

use crate::{Failure, Spec};

/// Logs a failure, once: what a client can cause as a warning, everything else as an error with its
/// causes. Whose request it was, the host's span says.
pub(crate) fn failed(spec: &'static Spec, status: u16, failure: &Failure) {
    if status >= 500 {
        let causes = failure.source_chain();
        tracing::error!(
            operation = spec.id,
            http.response.status_code = status,
            error.code = failure.code,
            error.message = %failure.message,
            error.causes = %causes,
            "operation failed"
        );
    } else {
        tracing::warn!(
            operation = spec.id,
            http.response.status_code = status,
            error.code = failure.code,
            error.details = failure.details.len(),
            "operation refused"
        );
    }
}
