//! What changes, and what is told of it in each direction.

mod documents;
mod schemas;

pub use documents::DOCUMENTS;
pub use schemas::SCHEMAS;
