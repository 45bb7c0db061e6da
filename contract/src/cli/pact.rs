//! `contract pact check` and `contract pact verify`.

use std::{
    env,
    ffi::OsString,
    fmt::Write as _,
    path::PathBuf,
    process::{Command, ExitCode},
};

use clap::{Args, Subcommand};

use crate::{
    api::{Api, Messages},
    pact::{self, Format, Report, Rule, Severity},
};

/// The program that asks servers: the crates of Pact are many, so it is built and installed for itself.
const PROGRAM: &str = "contract-pact";

#[derive(Debug, Args)]
pub(super) struct PactArguments {
    #[command(subcommand)]
    command: PactCommand,
}

#[derive(Debug, Subcommand)]
enum PactCommand {
    /// Hold pacts against a document, without a server, and end with 1 when it does not give what they need.
    Check(CheckArguments),
    /// List what `check` can find, with ids and severities.
    Rules,
    /// Hold a running server against pacts: runs the program `contract-pact`, whose --help lists the options.
    #[command(disable_help_flag = true)]
    Verify {
        /// What `contract-pact verify` takes.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

#[derive(Debug, Args)]
struct CheckArguments {
    /// The document.
    document: PathBuf,
    /// Pacts, or folders of them.
    #[arg(required = true)]
    pacts: Vec<PathBuf>,
    /// How to write the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// End with 1 from this severity on.
    #[arg(long, value_enum, default_value_t = Severity::Error)]
    fail_on: Severity,
    /// Leave less severe findings out of the text.
    #[arg(long, value_enum, default_value_t = Severity::Note)]
    show: Severity,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What a command of this group says, or with which code its program ended.
pub(super) enum Outcome {
    /// A report, and whether something was found.
    Report(String, bool),
    /// The program has said it.
    Ended(ExitCode),
}

pub(super) fn run(arguments: &PactArguments) -> Result<Outcome, Failure> {
    match &arguments.command {
        PactCommand::Check(arguments) => check(arguments),
        PactCommand::Rules => Ok(Outcome::Report(list_rules(), false)),
        PactCommand::Verify { arguments } => verify(arguments),
    }
}

fn check(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let api = Api::read(&arguments.document)?;
    let messages = Messages::of(&api.document)?;
    let pacts = pact::read(&arguments.pacts)?;
    if pacts.is_empty() {
        return Err(
            "no pact was found: name pacts, or folders with files that end in .json".into(),
        );
    }
    let findings = pacts
        .iter()
        .flat_map(|pact| pact::check(pact, &api, &messages));
    let report = Report {
        document: arguments.document.display().to_string(),
        pacts: pacts.len(),
        interactions: pacts.iter().map(|pact| pact.interactions.len()).sum(),
        findings: findings.collect(),
    };
    let text = report.render(arguments.format, arguments.show);
    Ok(Outcome::Report(text, report.reaches(arguments.fail_on)))
}

fn list_rules() -> String {
    let mut text = String::new();
    for rule in Rule::ALL {
        let (severity, id) = (rule.severity(), rule.id());
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{severity:<8} {id:<32} {}", rule.summary());
    }
    text
}

fn verify(arguments: &[OsString]) -> Result<Outcome, Failure> {
    let here = env::current_exe()?;
    let program = here.with_file_name(format!("{PROGRAM}{}", env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err(format!(
            "{} is not there: it verifies servers and is a program of its own; build it with `cargo build -p waybill-contract-pact` and put it beside this one",
            program.display()
        )
        .into());
    }
    let status = Command::new(program)
        .arg("verify")
        .args(arguments)
        .status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(Outcome::Ended(ExitCode::from(
        code.unwrap_or(super::UNUSABLE),
    )))
}
