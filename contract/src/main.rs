//! The command.

use std::process::ExitCode;

fn main() -> ExitCode {
    contract::cli::main()
}
