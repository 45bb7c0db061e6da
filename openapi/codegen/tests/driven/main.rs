//! The positive documents: what they become is checked in, compiled here and driven over HTTP.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

mod differential;
mod everything;
pub mod goldens;
mod host;
mod hostile;
mod petstore;
mod registered;
mod tic_tac_toe;
