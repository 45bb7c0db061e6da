//! Verifies servers against the pacts of their consumers.
//!
//! `pacts` reads the files, `verification` asks the server for every interaction, `report` says what came of it, `cli` is
//! the program `contract-pact`, which `contract pact verify` runs. The comparing is done by Pact's own crates.

pub mod cli;
pub mod pacts;
pub mod report;
pub mod verification;

pub use pacts::{PactError, PactFile};
pub use report::{Failure, Outcome, Report, Verified};
pub use verification::{Provider, verify};
