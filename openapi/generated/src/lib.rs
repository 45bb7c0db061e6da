//! What the generator makes of the documents in `openapi/`: one module per version, checked in, never edited by hand.
//!
//! A handler implements the traits of [`v1`] and is mounted by [`v1::routes`]. To change what is here, change the
//! document and run `make generate`.
#![expect(
    clippy::large_enum_variant,
    reason = "an answer is made once and rendered at once: a box around its body would cost more than it saves"
)]

pub mod v1;
