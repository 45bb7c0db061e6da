//! The command.

use std::process::ExitCode;

fn main() -> ExitCode {
    contract_pact::cli::main()
}
