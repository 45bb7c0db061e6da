//! `contract replay`: the document against a live server.

use std::{
    io::{self, Write},
    path::PathBuf,
    sync::Arc,
};

use clap::{Args, value_parser};
use tokio::time::Instant;

use super::{FOUND, UNTESTED, UNUSABLE, from::FromRecording, settings::settings};
use crate::{
    api::Api,
    case::Phase,
    checks::Check,
    config::{self, Condition},
    fixtures::Fixtures,
    measure::Minimum,
    phases,
    principals::{self, Principals},
    reports::{self, ReportSettings, Secrets},
    run::{Beginning, Event, Events, Run, Stop, Summary},
    transport::{Rate, Transport},
};

/// The phases in the order in which they run.
pub(super) const ORDER: [Phase; 6] = [
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
    pub(super) document: PathBuf,
    /// Where the server is; in place of the configuration's `base-url` and the document's first server.
    #[arg(short, long, value_name = "URL")]
    pub(super) url: Option<String>,
    /// A configuration as Schemathesis has it.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Which phases run; all of them by default.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(super) phases: Vec<Phase>,
    /// Where randomness begins.
    #[arg(long)]
    pub(super) seed: Option<u64>,
    /// Cases per operation in the random phase.
    #[arg(short = 'n', long, value_name = "N")]
    pub(super) max_examples: Option<usize>,
    /// Requests at once.
    #[arg(short, long, value_name = "N")]
    pub(super) workers: Option<usize>,
    /// Most requests in a unit of time: 100/s, 10/m, 1000/h.
    #[arg(long, value_name = "N/UNIT", value_parser = rate)]
    pub(super) rate_limit: Option<Rate>,
    /// Seconds until an answer must be there [default: 10].
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    pub(super) timeout: Option<u64>,
    /// Seconds after which a phase is cut off; what it found is kept.
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    pub(super) phase_time: u64,
    /// End after so many failures.
    #[arg(long, value_name = "N")]
    pub(super) max_failures: Option<usize>,
    /// Which laws are tried; all of them by default.
    #[arg(long, value_name = "LAWS", value_delimiter = ',', value_parser = law)]
    pub(super) laws: Vec<Check>,
    /// Most calls that are spent to reach a declared rate limit.
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(super) law_calls: u32,
    /// Most seconds that a law waits when the server says `Retry-After`.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    pub(super) law_wait: u64,
    /// Leave failing cases as they are.
    #[arg(long)]
    pub(super) no_shrink: bool,
    /// A header for every request, as `Name: value`.
    #[arg(short = 'H', long = "header", value_name = "HEADER")]
    pub(super) headers: Vec<String>,
    /// Credentials of the usual caller, as `scheme=secret`.
    #[arg(long, value_name = "SCHEME=SECRET")]
    pub(super) auth: Vec<String>,
    /// Who calls: a file of principals.
    #[arg(long, value_name = "FILE")]
    pub(super) principals: Option<PathBuf>,
    /// Cases and resources of your own: a file, or a folder of files.
    #[arg(long, value_name = "FOLDER")]
    pub(super) fixtures: Option<PathBuf>,
    /// Take the server's certificate as it is.
    #[arg(long)]
    pub(super) insecure: bool,
    /// Only these operations: `name=GET /orders`, `path=…`, `method=…`, `tag=…`, `operation-id=…`; with `~=` a regular
    /// expression. Several: one must fit.
    #[arg(long, value_name = "PART=TEXT", value_parser = Condition::parse)]
    pub(super) include: Vec<Condition>,
    /// Not these operations.
    #[arg(long, value_name = "PART=TEXT", value_parser = Condition::parse)]
    pub(super) exclude: Vec<Condition>,
    /// Only these checks.
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', value_parser = check)]
    pub(super) checks: Vec<Check>,
    /// Not these checks.
    #[arg(long, value_name = "CHECKS", value_delimiter = ',', value_parser = check)]
    pub(super) exclude_checks: Vec<Check>,
    /// Per cent of the document that must be exercised: `80`, or `statuses=50,keywords=95`.
    #[arg(long, value_name = "PERCENT", value_parser = Minimum::parse)]
    pub(super) min_coverage: Option<Minimum>,
    #[command(flatten)]
    pub(super) recording: FromRecording,
    #[command(flatten)]
    pub(super) reports: ReportSettings,
}

fn check(name: &str) -> Result<Check, String> {
    Check::parse(name).ok_or_else(|| {
        let known = Check::ALL.map(Check::as_str).join(", ");
        format!("there is no such check; these are known: {known}")
    })
}

fn law(text: &str) -> Result<Check, String> {
    let laws = || Check::ALL.into_iter().filter(|check| check.is_law());
    let name = text.replace('-', "_");
    laws().find(|law| law.as_str() == name).ok_or_else(|| {
        let known: Vec<_> = laws().map(Check::as_str).collect();
        format!(
            "there is no such law; these are known: {}",
            known.join(", ")
        )
    })
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
    let (settings, people) = settings(arguments, &api)?;
    let transport = Transport::new(
        &settings.base_url,
        settings.headers.clone(),
        settings.limits.clone(),
    )?;
    let principals = arguments.principals.as_deref();
    let principals = Principals::read(
        principals,
        people.as_ref(),
        &settings.secrets,
        &api,
        &super::settings::environment,
    )?;
    let fixtures = match &arguments.fixtures {
        Some(folder) => Fixtures::read(folder, &api, &principals, &super::settings::environment)?,
        None => Fixtures::default(),
    };
    let replay = arguments.recording.read()?;
    let (events, receiver) = Events::channel();
    let secrets = Secrets::new(&api, &settings, &principals);
    let reporters = reports::start(&arguments.reports, secrets, receiver)?;
    let run = Run::new(api, settings, principals, transport, events);
    let run = run.with_fixtures(fixtures).with_replay(replay);
    let run = Arc::new(run);
    let ending = drive(&run, arguments).await;
    // The last sender: reports end when it is gone.
    drop(run);
    reporters
        .await
        .map_err(|error| error.to_string())
        .and_then(|result| result)?;
    // After the reports, where it is read last.
    for line in ending.missed.iter().chain(&ending.stopped) {
        let _ = writeln!(io::stderr(), "contract: {line}");
    }
    Ok(ending.exit_code)
}

/// Runs the phases and tells how it ended.
async fn drive(run: &Arc<Run>, arguments: &ReplayArguments) -> Summary {
    let begin = Instant::now();
    let tested = run.api.operations.iter();
    let tested = tested.filter(|operation| run.settings.filter.lets_through(operation));
    let beginning = Beginning {
        arguments: std::env::args_os()
            .map(|word| word.to_string_lossy().into_owned())
            .collect(),
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
        run.knock().await?;
        principals::sign_in::sign_in(run).await?;
        for phase in ORDER.into_iter().chain([Phase::Recording]) {
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
    let minimum = arguments.min_coverage.as_ref();
    let mut missed = minimum.map_or_else(Vec::new, |minimum| minimum.missed(&coverage));
    missed.extend(arguments.recording.missed(run.differences()));
    let exit_code = match &result {
        Err(Stop::Unreachable { .. } | Stop::Interrupted) => UNTESTED,
        Err(Stop::SignIn { is_answered, .. }) if !is_answered => UNTESTED,
        Err(Stop::Unusable(_) | Stop::SignIn { .. }) => UNUSABLE,
        _ if !findings.is_empty() || !missed.is_empty() => FOUND,
        _ => 0,
    };
    let summary = Summary {
        cases: run.case_count(),
        took: begin.elapsed(),
        findings,
        coverage,
        missed,
        stopped: result.err().map(|stop| stop.to_string()),
        exit_code,
    };
    run.tell(Event::Finished(Box::new(summary.clone()))).await;
    summary
}
