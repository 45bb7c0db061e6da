//! The program: its commands are in [`waybill::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    waybill::cli::main()
}
