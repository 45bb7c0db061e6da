//! The `codegen` command.
fn main() {}
