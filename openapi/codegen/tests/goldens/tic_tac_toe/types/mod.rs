//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The schemas of the document, one file each.

pub(crate) mod mark;
pub(crate) mod move_;
pub(crate) mod square;
pub(crate) mod status;

pub use self::mark::Mark;
pub use self::move_::{Move, MoveMark};
pub use self::square::Square;
pub use self::status::Status;
pub use super::codes::ErrorCode;
