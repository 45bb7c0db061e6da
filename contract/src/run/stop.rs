//! Why a phase, or the whole run with it, ends before its end.

use std::time::Duration;

/// A reason to send nothing more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The server cannot be reached any more.
    #[error("the server at {server} cannot be reached: {reason}")]
    Unreachable {
        /// Its address.
        server: String,
        /// What the last attempt said.
        reason: String,
    },
    /// As many failures as were asked for.
    #[error("{0} failures were found, and the run ends there as told")]
    MaxFailures(usize),
    /// A principal cannot sign in.
    #[error("`{principal}` cannot sign in: {problem}")]
    SignIn {
        /// Who.
        principal: String,
        /// What went wrong, with the place of the step.
        problem: String,
        /// Whether the server answered and refused; else it could not be asked.
        is_answered: bool,
    },
    /// Somebody pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// The phase had its time.
    #[error("the time of {} s is over", .0.as_secs())]
    TimeIsOver(Duration),
    /// It cannot go on for a reason of its own (a fixture that cannot be read, a set-up that fails).
    #[error("{0}")]
    Unusable(String),
}
