//! `contract replay`: the document against a live server.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use clap::Args;
use indexmap::IndexMap;
use tokio::time::Instant;
use url::Url;

use super::{FOUND, UNTESTED, UNUSABLE};
use crate::{
    api::Api,
    case::Phase,
    config::{self, File, Filter, Secret, Settings},
    phases,
    principals::{Principal, Principals},
    reports::{self, ReportSettings},
    run::{Beginning, Event, Events, Run, Stop, Summary},
    transport::{Limits, Rate, Transport},
};

/// The phases in the order in which they run.
const ORDER: [Phase; 6] = [
    Phase::Examples,
    Phase::Coverage,
    Phase::Random,
    Phase::Stateful,
    Phase::Auth,
    Phase::Laws,
];

#[derive(Debug, Args)]
pub(super) struct ReplayArguments {
    /// The document.
    document: PathBuf,
    /// Where the server is; in place of the configuration's `base-url` and the document's first server.
    #[arg(short, long, value_name = "URL")]
    url: Option<String>,
    /// A configuration as Schemathesis has it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Which phases run; all of them by default.
    #[arg(long, value_enum, value_delimiter = ',')]
    phases: Vec<Phase>,
    /// Where randomness begins.
    #[arg(long)]
    seed: Option<u64>,
    /// Cases per operation in the random phase.
    #[arg(short = 'n', long, value_name = "N")]
    max_examples: Option<usize>,
    /// Requests at once.
    #[arg(short, long, value_name = "N")]
    workers: Option<usize>,
    /// Most requests in a unit of time: 100/s, 10/m, 1000/h.
    #[arg(long, value_name = "N/UNIT", value_parser = rate)]
    rate_limit: Option<Rate>,
    /// Seconds until an answer must be there.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    timeout: u64,
    /// Seconds after which a phase is cut off; what it found is kept.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    phase_time: u64,
    /// End after so many failures.
    #[arg(long, value_name = "N")]
    max_failures: Option<usize>,
    /// Leave failing cases as they are.
    #[arg(long)]
    no_shrink: bool,
    /// A header for every request, as `Name: value`.
    #[arg(short = 'H', long = "header", value_name = "HEADER")]
    headers: Vec<String>,
    /// Credentials of the usual caller, as `scheme=secret`.
    #[arg(long, value_name = "SCHEME=SECRET")]
    auth: Vec<String>,
    /// Take the server's certificate as it is.
    #[arg(long)]
    insecure: bool,
    #[command(flatten)]
    reports: ReportSettings,
}

fn rate(text: &str) -> Result<Rate, String> {
    config::parse_rate(text)
        .ok_or_else(|| "a number and a unit, like 100/s, 10/m, 1000/h".to_owned())
}

/// Runs the command; gives its exit code.
pub(super) fn main(arguments: &ReplayArguments) -> u8 {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(replay(arguments)),
        Err(error) => Err(error.to_string()),
    };
    outcome.unwrap_or_else(|problem| {
        let _ = writeln!(io::stderr(), "contract: {problem}");
        UNUSABLE
    })
}

async fn replay(arguments: &ReplayArguments) -> Result<u8, String> {
    let api = Arc::new(Api::read(&arguments.document).map_err(|error| error.to_string())?);
    let settings = settings(arguments, &api)?;
    let transport = Transport::new(
        &settings.base_url,
        settings.headers.clone(),
        settings.limits.clone(),
    )?;
    let principals = principals(&settings);
    let (events, receiver) = Events::channel();
    let reporters = reports::start(&arguments.reports, receiver)?;
    let run = Arc::new(Run::new(api, settings, principals, transport, events));
    let exit_code = drive(&run, arguments).await;
    // The last sender: reports end when it is gone.
    drop(run);
    reporters
        .await
        .map_err(|error| error.to_string())
        .and_then(|result| result)?;
    Ok(exit_code)
}

/// Runs the phases and tells how it ended.
async fn drive(run: &Arc<Run>, arguments: &ReplayArguments) -> u8 {
    let begin = Instant::now();
    let tested = run.api.operations.iter();
    let tested = tested.filter(|operation| run.settings.filter.lets_through(operation));
    let beginning = Beginning {
        command: std::env::args().collect::<Vec<_>>().join(" "),
        document: arguments.document.display().to_string(),
        title: format!("{} {}", run.api.title, run.api.version),
        specification: if run.api.document.is_3_0() {
            "3.0"
        } else {
            "3.1"
        }
        .to_owned(),
        base_url: run.transport.base().to_owned(),
        seed: run.settings.seed,
        operations: (run.api.operations.len(), tested.count()),
        at: crate::run::now(),
    };
    run.tell(Event::Started(Box::new(beginning))).await;
    let phases = async {
        for phase in ORDER {
            if run.settings.phases.contains(&phase) {
                phases::run(run, phase).await?;
            }
        }
        Ok(())
    };
    let result = tokio::select! {
        result = phases => result,
        _ = tokio::signal::ctrl_c() => {
            run.end();
            Err(Stop::Interrupted)
        }
    };
    let findings = run.findings();
    let coverage = {
        let measure = run.measure.lock();
        measure
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .coverage()
    };
    let exit_code = match &result {
        Err(Stop::Unreachable { .. } | Stop::Interrupted) => UNTESTED,
        Err(Stop::Unusable(_)) => UNUSABLE,
        _ if !findings.is_empty() => FOUND,
        _ => 0,
    };
    let summary = Summary {
        cases: run.case_count(),
        took: begin.elapsed(),
        findings,
        coverage,
        stopped: result.err().map(|stop| stop.to_string()),
        exit_code,
    };
    run.tell(Event::Finished(Box::new(summary))).await;
    exit_code
}

fn settings(arguments: &ReplayArguments, api: &Api) -> Result<Settings, String> {
    let file = match &arguments.config {
        Some(path) => File::read(path, &environment).map_err(|error| error.to_string())?,
        None => File::default(),
    };
    if !file.ignored.is_empty() {
        let _ = writeln!(
            io::stderr(),
            "contract: {}: passed over, they mean nothing here: {}",
            file.path.display(),
            file.ignored.join(", ")
        );
    }
    let base_url = arguments
        .url
        .as_ref()
        .or(file.base_url.as_ref())
        .or(api.server.as_ref())
        .ok_or("no server is named: give --url, `base-url` in the configuration or `servers` in the document")?;
    let base_url = Url::parse(base_url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| {
            format!("`{base_url}` is no address of a server: write it like http://127.0.0.1:8080")
        })?;
    let mut headers = file.headers;
    for header in &arguments.headers {
        let (name, value) = header
            .split_once(':')
            .ok_or_else(|| format!("`{header}` is no header: write it like `Name: value`"))?;
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let mut secrets = file.secrets;
    for text in &arguments.auth {
        let (scheme, secret) = text
            .split_once('=')
            .filter(|(scheme, _)| api.schemes.contains_key(*scheme))
            .ok_or_else(|| {
                let known: Vec<_> = api.schemes.keys().map(String::as_str).collect();
                format!(
                    "--auth takes scheme=secret with a scheme of the document: {}",
                    known.join(", ")
                )
            })?;
        secrets.insert(scheme.to_owned(), Secret::Fixed(secret.to_owned()));
    }
    let mut phases: BTreeSet<Phase> = if arguments.phases.is_empty() {
        ORDER.into_iter().collect()
    } else {
        arguments.phases.iter().copied().collect()
    };
    if arguments.phases.is_empty() {
        phases.retain(|phase| file.phases.get(phase) != Some(&false));
    }
    Ok(Settings {
        base_url,
        headers,
        seed: arguments.seed.or(file.seed).unwrap_or(42),
        limits: Limits {
            workers: arguments.workers.or(file.workers).unwrap_or(8),
            rate: arguments.rate_limit.or(file.rate),
            timeout: file
                .timeout
                .unwrap_or(Duration::from_secs(arguments.timeout)),
            body: 16 * 1024 * 1024,
            is_tls_verified: !arguments.insecure && file.is_tls_verified != Some(false),
        },
        phases,
        phase_time: Duration::from_secs(arguments.phase_time),
        max_failures: arguments.max_failures.or(file.max_failures),
        max_examples: arguments.max_examples.or(file.max_examples).unwrap_or(100),
        max_steps: file.max_steps.unwrap_or(6),
        unexpected_methods: file.unexpected_methods.unwrap_or_else(|| {
            [
                "GET", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE", "QUERY",
            ]
            .map(str::to_owned)
            .to_vec()
        }),
        shrinks: !arguments.no_shrink && file.shrinks != Some(false),
        checks: file.checks,
        parameters: file.parameters,
        overrides: file.overrides,
        secrets,
        filter: Filter::default(),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "the configuration's ${NAME} asks for the environment of the command"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn principals(settings: &Settings) -> Principals {
    let mut usual = Principal::default();
    for (scheme, secret) in &settings.secrets {
        if let Secret::Fixed(secret) = secret {
            usual.secrets.insert(scheme.clone(), secret.clone());
        }
    }
    let known = if usual.secrets.is_empty() {
        IndexMap::new()
    } else {
        IndexMap::from([("usual".to_owned(), usual)])
    };
    Principals { known }
}
