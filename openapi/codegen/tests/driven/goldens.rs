//! The generated modules, exactly as the generator wrote them.
#![expect(
    clippy::large_enum_variant,
    reason = "an answer is made once and rendered at once: a box around its body would cost more than it saves"
)]

/// `tests/cases/positive/everything.yaml`
#[rustfmt::skip]
#[path = "../goldens/everything/mod.rs"]
pub mod everything;

/// `tests/cases/positive/hostile.yaml`
#[rustfmt::skip]
#[path = "../goldens/hostile/mod.rs"]
pub mod hostile;

/// `tests/cases/positive/petstore.yaml`
#[rustfmt::skip]
#[path = "../goldens/petstore/mod.rs"]
pub mod petstore;

/// `tests/cases/positive/tic-tac-toe.yaml`
#[rustfmt::skip]
#[path = "../goldens/tic_tac_toe/mod.rs"]
pub mod tic_tac_toe;
