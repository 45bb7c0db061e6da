//! Rebuilds when a migration is added: the macro that embeds them only sees those it knew.

#![expect(clippy::print_stdout, reason = "this is how build scripts talk to cargo")]

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
