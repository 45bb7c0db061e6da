//! What Schemathesis finds.

use contract_proof::tools::{self, Failed, Found, Said, Tools};
use serde_json::Value;

use crate::agreement::Agreement;

/// What it is told for the matrix: the same phases for every fault, few examples, a fixed seed.
const PHASES: &str = "examples,coverage,stateful";
const EXAMPLES: &str = "10";

/// The codes that it reports about a server, and how far the replayer agrees with its verdicts.
pub(crate) async fn find(tools: &Tools, url: &str) -> Result<(Found, Agreement), Failed> {
    let folder = tempfile::tempdir().map_err(|error| Failed(error.to_string()))?;
    let (report, recording) = (
        folder.path().join("report.json"),
        folder.path().join("events.ndjson"),
    );
    let (report_text, recording_text) = (
        report.display().to_string(),
        recording.display().to_string(),
    );
    let reports = [
        "--report-json-path",
        &report_text,
        "--report-ndjson-path",
        &recording_text,
    ];
    let said = run(tools, url, PHASES, &reports).await?;
    let report = tools::read_json(&report, &said)?;
    let failures = report.get("failures").and_then(Value::as_array);
    let codes = failures.into_iter().flatten();
    let codes = codes.filter_map(|failure| failure.get("code").and_then(Value::as_str));
    let found = Found(codes.map(str::to_owned).collect());
    Ok((found, Agreement::of(tools, &recording, url).await?))
}

/// Runs some phases with reports.
pub(crate) async fn run(
    tools: &Tools,
    url: &str,
    phases: &str,
    more: &[&str],
) -> Result<Said, Failed> {
    let Some(program) = &tools.schemathesis else {
        return Err(Failed("Schemathesis is not there".to_owned()));
    };
    let mut arguments = vec![
        "--config-file",
        "schemathesis.toml",
        "run",
        "openapi.yaml",
        "-u",
        url,
    ];
    arguments.extend([
        "--phases",
        phases,
        "-n",
        EXAMPLES,
        "--seed",
        "42",
        "--no-color",
    ]);
    arguments.extend([
        "--continue-on-failure",
        "--no-shrink",
        "--generation-database",
        "none",
    ]);
    arguments.extend(more);
    let said = tools.run(program, &arguments).await?;
    if said.code > 1 {
        return Err(Failed(format!(
            "Schemathesis ended with {}:\n{}",
            said.code,
            said.text()
        )));
    }
    Ok(said)
}
