//! The program, with the exit codes of `contract`: 0 every pact is kept, 1 one is broken, 2 the command line is wrong,
//! 3 something that was named cannot be used, 4 nobody answers at the server's address.

use std::{
    collections::HashMap,
    io::{self, Write},
    net::{TcpStream, ToSocketAddrs as _},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use clap::{Parser, Subcommand, ValueEnum};
use pact_verifier::callback_executors::HttpRequestProviderStateExecutor;
use url::Url;

use crate::{
    pacts::{self, PactError},
    verification::{Provider, verify},
};

const BROKEN: u8 = 1;
const UNUSABLE: u8 = 3;
const UNTESTED: u8 = 4;

/// Verifies servers against the pacts of their consumers.
#[derive(Debug, Parser)]
#[command(name = "contract-pact", version, about, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Ask a running server for everything that its consumers need.
    Verify(VerifyArguments),
}

#[derive(Debug, clap::Args)]
struct VerifyArguments {
    /// Where the server listens.
    #[arg(long, value_name = "URL")]
    provider: Url,
    /// A pact, or a folder of them; can be given several times.
    #[arg(long, value_name = "FOLDER", required = true)]
    pacts: Vec<PathBuf>,
    /// Where to ask for provider states: `POST {state, params, action}`, answered with the values of the state.
    #[arg(long, value_name = "URL")]
    state_url: Option<Url>,
    /// Tell the state's address also when an interaction is over (`action: teardown`).
    #[arg(long, requires = "state_url")]
    state_teardown: bool,
    /// Where to ask for messages, on the server's host: `POST {description, providerStates}`.
    #[arg(long, value_name = "URL")]
    message_url: Option<Url>,
    /// Only the pacts of this consumer; can be given several times.
    #[arg(long, value_name = "NAME")]
    consumer: Vec<String>,
    /// Only the pacts with this provider; can be given several times.
    #[arg(long, value_name = "NAME")]
    provider_name: Vec<String>,
    /// A header to send in place of the pact's, `NAME: VALUE`; can be given several times.
    #[arg(long, value_name = "HEADER", value_parser = header)]
    header: Vec<(String, String)>,
    /// How to write the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The longest wait for one answer, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    timeout: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Why nothing could be verified.
#[derive(Debug, thiserror::Error)]
enum VerifyError {
    #[error(transparent)]
    Pact(#[from] PactError),
    #[error("no pact of the {0} that were read is of that consumer and that provider")]
    NoneChosen(usize),
    #[error("{0} cannot be used: an address begins with http:// or https:// and names a host")]
    NotHttp(String),
    #[error("{messages} cannot be used: messages are asked for on the host of {provider}")]
    OtherHost { messages: String, provider: String },
    #[error("nobody answers at {url}: {source}")]
    Unreachable { url: String, source: io::Error },
    #[error("cannot start: {0}")]
    Runtime(#[source] io::Error),
}

/// Runs the command of this process.
#[must_use]
pub fn main() -> ExitCode {
    let Command::Verify(arguments) = Arguments::parse().command;
    match run(&arguments) {
        Ok((text, is_broken)) => {
            // Whoever reads our output may have read enough.
            let _ = io::stdout().write_all(text.as_bytes());
            if is_broken {
                ExitCode::from(BROKEN)
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "contract-pact: {error}");
            ExitCode::from(match error {
                VerifyError::Unreachable { .. } => UNTESTED,
                _ => UNUSABLE,
            })
        }
    }
}

fn run(arguments: &VerifyArguments) -> Result<(String, bool), VerifyError> {
    let mut pacts = pacts::read(&arguments.pacts)?;
    let read = pacts.len();
    let is_named =
        |names: &[String], name: &str| names.is_empty() || names.iter().any(|one| one == name);
    pacts.retain(|file| {
        is_named(&arguments.consumer, &file.pact.consumer().name)
            && is_named(&arguments.provider_name, &file.pact.provider().name)
    });
    if pacts.is_empty() {
        return Err(VerifyError::NoneChosen(read));
    }
    let provider = provider(arguments)?;
    let states = Arc::new(HttpRequestProviderStateExecutor {
        state_change_url: arguments.state_url.as_ref().map(Url::to_string),
        state_change_teardown: arguments.state_teardown,
        state_change_body: true,
        // A state that fails is a fault of the tests, not of the network.
        retries: 0,
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(VerifyError::Runtime)?;
    let report = runtime.block_on(verify(&provider, pacts, states));
    let text = match arguments.format {
        Format::Text => report.text(),
        Format::Json => serde_json::to_string_pretty(&report).unwrap_or_default() + "\n",
    };
    Ok((text, report.count_broken() > 0))
}

fn provider(arguments: &VerifyArguments) -> Result<Provider, VerifyError> {
    let timeout = Duration::from_secs(arguments.timeout);
    for url in [Some(&arguments.provider), arguments.message_url.as_ref()] {
        let Some(url) = url else { continue };
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
            return Err(VerifyError::NotHttp(url.to_string()));
        }
        if url.host_str() != arguments.provider.host_str() {
            return Err(VerifyError::OtherHost {
                messages: url.to_string(),
                provider: arguments.provider.to_string(),
            });
        }
        reach(url, timeout).map_err(|source| VerifyError::Unreachable {
            url: url.to_string(),
            source,
        })?;
    }
    Ok(Provider {
        url: arguments.provider.clone(),
        messages: arguments.message_url.clone(),
        headers: arguments.header.iter().cloned().collect::<HashMap<_, _>>(),
        timeout,
    })
}

/// Whether somebody listens: one clear message is better than one failure for every interaction.
fn reach(url: &Url, timeout: Duration) -> io::Result<()> {
    let port = url.port_or_known_default().unwrap_or(80);
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    for address in (host, port).to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, timeout.max(Duration::from_millis(1))) {
            Ok(_) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn header(text: &str) -> Result<(String, String), String> {
    text.split_once(':')
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| "a header is written as NAME: VALUE".to_owned())
}
