//! The commands. Each reads the configuration first and says everything that is wrong with it.
//!
//! Standard output carries what was asked for (and, while serving, log lines and nothing else); what is meant for
//! the person at the terminal goes to standard error.

mod admin;
mod database;
mod document;
mod jobs;
mod keys;
mod seed;
mod serve;
mod settings;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use tokio::runtime::Runtime;

use crate::{
    app::{App, Overrides},
    config::{self, Config, ConfigError, Loaded, Sources},
    error::{Error, chain},
    infra::jobs::JobState,
};

/// An order-management API built from its `OpenAPI` document.
#[derive(Debug, Parser)]
#[command(name = "waybill", version, about, arg_required_else_help = true)]
struct Arguments {
    /// A configuration file (TOML); the environment stands over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the API until SIGTERM or SIGINT.
    Serve,
    /// Move the database's schema.
    #[command(subcommand)]
    Migrate(Migrate),
    /// Fill an empty database with demo products, an administrator and a customer; print their credentials once.
    Seed(Seed),
    /// Create administrators.
    #[command(subcommand)]
    Admin(Admin),
    /// Look at the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look at background jobs, and try dead letters again.
    #[command(subcommand)]
    Jobs(JobsCommand),
    /// Make, back up and restore secrets.
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Run the integrity checks; exits with 1 when something does not add up.
    Verify,
    /// Print a version of the contract.
    Openapi(OpenApi),
}

#[derive(Debug, Subcommand)]
enum Migrate {
    /// Apply every migration that is missing.
    Up,
    /// Revert the newest migration, or all above a number.
    Down {
        /// Revert everything above this number; 0 reverts all, and all data is gone.
        #[arg(long, value_name = "NUMBER")]
        to: Option<i64>,
    },
    /// Show which migrations are applied.
    Status,
}

#[derive(Debug, Args)]
struct Seed {
    /// Do nothing, quietly, when there are users or products already, instead of refusing.
    #[arg(long)]
    if_empty: bool,
}

#[derive(Debug, Subcommand)]
enum Admin {
    /// Create an administrator. Without --password-stdin a password is made up and printed once.
    Create {
        /// Where the administrator is reached.
        #[arg(long)]
        email: String,
        /// What the administrator is called.
        #[arg(long, default_value = "Administrator")]
        name: String,
        /// Read the password from standard input, up to the end of the line.
        #[arg(long)]
        password_stdin: bool,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Say what is wrong with the configuration, or that nothing is.
    Check,
    /// Print every key with its value and origin; secrets are masked.
    Print,
}

#[derive(Debug, Subcommand)]
enum JobsCommand {
    /// List jobs, the youngest first.
    List {
        /// Only those in this state: waiting, running, done or dead.
        #[arg(long, value_parser = job_state)]
        state: Option<JobState>,
        /// Only those of this queue.
        #[arg(long)]
        queue: Option<String>,
        /// At most so many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
        limit: u32,
    },
    /// Try dead letters again, as often as at first.
    Retry {
        /// Which, as `jobs list` names them.
        #[arg(required_unless_present = "all_dead", conflicts_with = "all_dead")]
        id: Vec<uuid::Uuid>,
        /// All of them.
        #[arg(long)]
        all_dead: bool,
        /// With --all-dead: those of this queue only.
        #[arg(long, requires = "all_dead")]
        queue: Option<String>,
    },
}

fn job_state(text: &str) -> Result<JobState, String> {
    let known = JobState::ALL.iter().map(|state| state.as_str());
    text.parse()
        .map_err(|_| format!("one of {}", known.collect::<Vec<_>>().join(", ")))
}

#[derive(Debug, Args)]
struct OpenApi {
    /// Which version.
    #[arg(value_parser = ["v1"])]
    version: String,
    /// In which form.
    #[arg(long, value_enum, default_value_t = Format::Yaml)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// The file as it is checked in.
    Yaml,
    /// The same in JSON.
    Json,
    /// Derived, for tools that know `OpenAPI` 3.0 only.
    #[value(name = "3.0")]
    OpenApi30,
}

/// Runs the command of this process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has read enough.
        Err(Error::System { source, .. }) if source.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            note(&format!("waybill: {}", chain(&error)));
            exit_code(&error)
        }
    }
}

/// A process that a signal ended has 128 and the signal's number, as shells count.
fn exit_code(error: &Error) -> ExitCode {
    let Error::Interrupted { signal } = error else {
        return ExitCode::FAILURE;
    };
    u8::try_from(signal.saturating_add(128)).map_or(ExitCode::FAILURE, ExitCode::from)
}

fn run(arguments: Arguments) -> Result<(), Error> {
    if let Command::Openapi(openapi) = &arguments.command {
        return document::print(openapi.format);
    }
    let sources = Sources::of_process(arguments.config);
    if let Command::Keys(command) = &arguments.command {
        return keys::run(command, &sources);
    }
    let loaded = config::load(&sources);
    if let Command::Config(command) = &arguments.command {
        return settings::run(command, loaded);
    }
    let config = loaded.map(|Loaded { config, .. }| config)?;
    runtime()?.block_on(dispatch(arguments.command, config))
}

async fn dispatch(command: Command, config: Config) -> Result<(), Error> {
    match command {
        Command::Serve => Box::pin(serve::run(config)).await,
        Command::Migrate(command) => database::migrate(command, &config).await,
        Command::Jobs(command) => jobs::run(command, app(config).await?).await,
        Command::Verify => database::verify(app(config).await?).await,
        Command::Seed(seed) => seed::run(&seed, app(config).await?).await,
        Command::Admin(command) => admin::run(command, app(config).await?).await,
        // Answered before the runtime was there.
        Command::Config(_) | Command::Keys(_) | Command::Openapi(_) => Ok(()),
    }
}

/// The application for a command that needs its database now. Whoever starts it decides whether to wait and try again.
async fn app(config: Config) -> Result<App, Error> {
    let app = build(config)?;
    app.api().db.reach().await?;
    Ok(app)
}

fn build(config: Config) -> Result<App, Error> {
    App::build(config, Overrides::default())
}

fn runtime() -> Result<Runtime, Error> {
    let built = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    built.map_err(|source| Error::System {
        action: "threads cannot be started",
        source,
    })
}

/// Writes what was asked for.
fn answer(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|source| Error::System {
        action: "standard output cannot be written",
        source,
    })
}

/// Tells the person at the terminal something; whoever closed standard error does not want to know.
fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
