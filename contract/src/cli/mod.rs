//! The commands and their exit codes: 0 all is well, 1 something was found, 2 the command line is wrong,
//! 3 something that was named cannot be used, 4 the server could not be tested to the end.

mod diff;
mod from;
mod judge;
mod pact;
mod replay;
mod settings;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

const FOUND: u8 = 1;
const UNUSABLE: u8 = 3;
const UNTESTED: u8 = 4;

/// Holds servers and documents against an OpenAPI contract.
#[derive(Debug, Parser)]
#[command(name = "contract", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run a document against a live server, and end with 1 when the server breaks it.
    Replay(Box<replay::ReplayArguments>),
    /// Hold recorded answers against a document, without a server.
    Judge(judge::JudgeArguments),
    /// Say what changed between two documents, and end with 1 when it breaks clients.
    Diff(diff::DiffArguments),
    /// Hold what consumers need against a document or a server.
    Pact(pact::PactArguments),
    /// List every kind of change with its id and severity.
    Rules,
}

/// Runs the command of this process.
#[must_use]
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Replay(arguments) => return ExitCode::from(replay::main(&arguments)),
        Command::Judge(arguments) => return ExitCode::from(judge::main(&arguments)),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Pact(arguments) => match pact::run(&arguments) {
            Ok(pact::Outcome::Report(text, is_found)) => Ok((text, is_found)),
            Ok(pact::Outcome::Ended(code)) => return code,
            Err(error) => Err(error),
        },
        Command::Rules => Ok((diff::list_rules(), false)),
    };
    match outcome {
        Ok((text, is_found)) => {
            // Whoever reads our output may have read enough.
            let _ = io::stdout().write_all(text.as_bytes());
            if is_found {
                ExitCode::from(FOUND)
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "contract: {error}");
            ExitCode::from(UNUSABLE)
        }
    }
}
