//! Cases per second of the coverage phase, side by side against one server.

use std::time::{Duration, Instant};

use contract_proof::{
    replayer, server,
    tools::{self, Failed, Tools},
};
use serde_json::Value;

use crate::{say, schemathesis};

/// What one run did.
struct Run {
    cases: u64,
    /// Of the phase alone.
    phase_ms: u64,
    /// Of the whole command, its start and its reading of the contract included.
    whole_ms: u64,
}

impl Run {
    fn per_second(&self) -> u64 {
        self.cases * 1000 / self.phase_ms.max(1)
    }
}

/// Runs both tools in turn, several times, and gives the lines to be kept.
pub(crate) async fn compare(tools: &Tools, rounds: usize) -> Result<String, Failed> {
    let running = server::start(None, 0)
        .await
        .map_err(|error| Failed(error.to_string()))?;
    let url = running.url();
    let mut lines = vec![
        "| round | replayer: cases, phase, whole command | cases/s | Schemathesis: cases, phase, whole command | cases/s | factor |".to_owned(),
        "|---|---|---|---|---|---|".to_owned(),
    ];
    for round in 1..=rounds {
        say(&format!("speed: round {round}"));
        let ours = replay(tools, &url).await?;
        let theirs = test(tools, &url).await?;
        let factor = ours.per_second() * 10 / theirs.per_second().max(1);
        let told = |run: &Run| {
            format!(
                "{}, {} ms, {} ms | {}",
                run.cases,
                run.phase_ms,
                run.whole_ms,
                run.per_second()
            )
        };
        lines.push(format!(
            "| {round} | {} | {} | {}.{} |",
            told(&ours),
            told(&theirs),
            factor / 10,
            factor % 10
        ));
    }
    Ok(lines.join("\n"))
}

async fn replay(tools: &Tools, url: &str) -> Result<Run, Failed> {
    let begin = Instant::now();
    let report = replayer::run(tools, url, &["--phases", "coverage"]).await?;
    let whole_ms = millis(begin);
    let cases = report
        .pointer("/phases/coverage/cases")
        .and_then(Value::as_u64);
    let seconds = report
        .pointer("/phases/coverage/time")
        .and_then(Value::as_f64);
    match (cases, seconds) {
        (Some(cases), Some(seconds)) => Ok(Run {
            cases,
            phase_ms: u64::try_from(Duration::from_secs_f64(seconds).as_millis())
                .unwrap_or(u64::MAX),
            whole_ms,
        }),
        _ => Err(Failed(
            "the replayer did not say how fast it was".to_owned(),
        )),
    }
}

async fn test(tools: &Tools, url: &str) -> Result<Run, Failed> {
    let folder = tempfile::tempdir().map_err(|error| Failed(error.to_string()))?;
    let path = folder.path().join("report.json");
    let begin = Instant::now();
    let said = schemathesis::run(
        tools,
        url,
        "coverage",
        &["--report-json-path", &path.display().to_string()],
    )
    .await?;
    let whole_ms = millis(begin);
    let report = tools::read_json(&path, &said)?;
    let cases = report
        .pointer("/test_cases/generated")
        .and_then(Value::as_u64);
    // `Coverage (in 1.64s)`
    let phase = said
        .out
        .lines()
        .find_map(|line| line.split_once("Coverage (in ")?.1.split_once("s)"));
    let phase = phase.and_then(|(seconds, _)| {
        let (whole, part) = seconds.split_once('.')?;
        Some(whole.parse::<u64>().ok()? * 1000 + part.parse::<u64>().ok()? * 10)
    });
    match (cases, phase) {
        (Some(cases), Some(phase_ms)) => Ok(Run {
            cases,
            phase_ms,
            whole_ms,
        }),
        _ => Err(Failed(format!(
            "Schemathesis did not say how fast it was:\n{}",
            said.text()
        ))),
    }
}

fn millis(begin: Instant) -> u64 {
    u64::try_from(begin.elapsed().as_millis()).unwrap_or(u64::MAX)
}
