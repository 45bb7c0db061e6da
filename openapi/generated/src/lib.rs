//! What the generator makes of the documents in `openapi/`: one module per version, checked in, never edited by hand.

pub mod v1;
