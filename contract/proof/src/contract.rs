//! The `contract` command, under a name that the matrix and the tests of this package find beside themselves.

use std::process::ExitCode;

fn main() -> ExitCode {
    contract::cli::main()
}
