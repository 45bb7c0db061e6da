//! From arguments and the configuration to the settings of a run.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    time::Duration,
};

use url::Url;

use super::replay::{ORDER, ReplayArguments};
use crate::{
    api::Api,
    case::Phase,
    checks::Check,
    config::{CheckRules, File, Filter, People, Secret, Settings},
    laws::Bounds,
    transport::Limits,
};

/// What a run is told: the command line over the file over defaults; and the file of accounts that the file names.
pub(super) fn settings(
    arguments: &ReplayArguments,
    api: &Api,
) -> Result<(Settings, Option<People>), String> {
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
    let base_url = base_url(arguments, &file, api)?;
    let mut headers = file.headers;
    for header in &arguments.headers {
        let (name, value) = header
            .split_once(':')
            .ok_or_else(|| format!("`{header}` is no header: write it like `Name: value`"))?;
        headers.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    let mut secrets = file.secrets;
    for (scheme, secret) in given(arguments, api)? {
        secrets.insert(scheme, secret);
    }
    let mut phases: BTreeSet<Phase> = if arguments.phases.is_empty() {
        ORDER.into_iter().collect()
    } else {
        arguments.phases.iter().copied().collect()
    };
    if arguments.phases.is_empty() {
        phases.retain(|phase| file.phases.get(phase) != Some(&false));
    }
    if arguments.recording.from.is_some() {
        phases = BTreeSet::from([Phase::Recording]);
    }
    let checks = checks(arguments, file.checks);
    let settings = Settings {
        base_url,
        headers,
        seed: arguments.seed.or(file.seed).unwrap_or(42),
        limits: Limits {
            workers: arguments.workers.or(file.workers).unwrap_or(8),
            rate: arguments.rate_limit.or(file.rate),
            timeout: arguments
                .timeout
                .map(Duration::from_secs)
                .or(file.timeout)
                .unwrap_or(Duration::from_secs(10)),
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
        checks,
        parameters: file.parameters,
        overrides: file.overrides,
        secrets,
        filter: Filter {
            include: arguments
                .include
                .iter()
                .map(|one| vec![one.clone()])
                .collect(),
            exclude: arguments
                .exclude
                .iter()
                .map(|one| vec![one.clone()])
                .collect(),
        },
        bounds: Bounds {
            calls: arguments.law_calls,
            wait: Duration::from_secs(arguments.law_wait),
            ..Bounds::default()
        },
    };
    let mut operations = api.operations.iter();
    if !operations.any(|operation| settings.filter.lets_through(operation)) {
        return Err(nothing_is_left(api));
    }
    Ok((settings, file.people))
}

/// A run without operations would find nothing, and look like a server without faults.
fn nothing_is_left(api: &Api) -> String {
    let known: Vec<_> = api
        .operations
        .iter()
        .map(|known| known.label.as_str())
        .collect();
    let first: Vec<_> = known.iter().take(5).copied().collect();
    let more = if known.len() > first.len() {
        ", …"
    } else {
        ""
    };
    format!(
        "--include and --exclude leave none of the {} operations of {}: {}{more}",
        known.len(),
        api.document.name(),
        first.join(", ")
    )
}

/// The credentials of the command line, by scheme.
fn given(arguments: &ReplayArguments, api: &Api) -> Result<Vec<(String, Secret)>, String> {
    let given = arguments.auth.iter().map(|text| {
        let (scheme, secret) = text
            .split_once('=')
            .filter(|(scheme, _)| api.schemes.contains_key(*scheme))
            .ok_or_else(|| {
                let known: Vec<_> = api.schemes.keys().map(String::as_str).collect();
                let known = match known.as_slice() {
                    [] => "it has none".to_owned(),
                    known => known.join(", "),
                };
                format!("--auth takes scheme=secret with a scheme of the document: {known}")
            })?;
        Ok((scheme.to_owned(), Secret::Fixed(secret.to_owned())))
    });
    given.collect()
}

/// The server: of the command line, else of the configuration, else of the document.
fn base_url(arguments: &ReplayArguments, file: &File, api: &Api) -> Result<Url, String> {
    let base_url = arguments
        .url
        .as_ref()
        .or(file.base_url.as_ref())
        .or(api.server.as_ref())
        .ok_or("no server is named: give --url, `base-url` in the configuration or `servers` in the document")?;
    Url::parse(base_url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| {
            format!("`{base_url}` is no address of a server: write it like http://127.0.0.1:8080")
        })
}

/// The check rules of a file with what the command line says over them.
fn checks(arguments: &ReplayArguments, mut checks: CheckRules) -> CheckRules {
    if !arguments.checks.is_empty() {
        checks.default = Some(false);
        checks.enabled.clear();
    }
    let switched_on = arguments.checks.iter().map(|check| (*check, true));
    let switched_off = arguments.exclude_checks.iter().map(|check| (*check, false));
    checks.enabled.extend(switched_on.chain(switched_off));
    if !arguments.laws.is_empty() {
        for law in Check::ALL.into_iter().filter(|check| check.is_law()) {
            checks.enabled.insert(law, arguments.laws.contains(&law));
        }
    }
    checks
}

#[expect(
    clippy::disallowed_methods,
    reason = "the configuration's ${NAME} asks for the environment of the command"
)]
pub(super) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
