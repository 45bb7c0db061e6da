//! The `codegen` command; see [`openapi_codegen::cli`].

use std::io::{stderr, stdout};
use std::process::ExitCode;

use clap::Parser as _;
use openapi_codegen::cli::{Cli, run};

fn main() -> ExitCode {
    ExitCode::from(run(
        &Cli::parse(),
        &mut stdout().lock(),
        &mut stderr().lock(),
    ))
}
