//! What `contract replay` finds.

use serde_json::Value;

use crate::{
    faults::Law,
    tools::{self, Failed, Found, Tools},
};

/// The codes that it reports about a server; those of laws with the law's name.
///
/// # Errors
/// When the replayer cannot test the server to its end.
pub async fn find(tools: &Tools, url: &str, more: &[&str]) -> Result<Found, Failed> {
    let report = run(tools, url, more).await?;
    let failures = report.get("failures").and_then(Value::as_array);
    let named = failures.into_iter().flatten().filter_map(|failure| {
        let code = failure.get("code").and_then(Value::as_str)?;
        let kind = failure.get("type").and_then(Value::as_str)?;
        Some(match code {
            "ST901" => format!("{code} {}", law(kind)),
            _ => code.to_owned(),
        })
    });
    Ok(Found(named.collect()))
}

/// Runs phases, all of them when `more` names none; gives the summary.
///
/// # Errors
/// As [`find`].
pub async fn run(tools: &Tools, url: &str, more: &[&str]) -> Result<Value, Failed> {
    let folder = tempfile::tempdir().map_err(|error| Failed(error.to_string()))?;
    let path = folder.path().join("summary.json");
    let path_text = path.display().to_string();
    let mut arguments = vec!["replay", "openapi.yaml", "--url", url, "--quiet"];
    arguments.extend([
        "--config",
        "schemathesis.toml",
        "--principals",
        "principals.yaml",
    ]);
    arguments.extend(["-n", "20", "--report-json-path", &path_text]);
    arguments.extend(more);
    let said = tools.run(&tools.contract, &arguments).await?;
    if said.code > 1 {
        return Err(Failed(format!(
            "the replayer ended with {}:\n{}",
            said.code,
            said.text()
        )));
    }
    tools::read_json(&path, &said)
}

/// The law behind a type of failure: `RateLimitViolation` is `rate_limit`.
fn law(kind: &str) -> String {
    let is_same = |law: &&Law| {
        let camel: String = law.name().split('_').collect();
        kind.eq_ignore_ascii_case(&format!("{camel}Violation"))
    };
    let law = Law::ALL.iter().find(is_same);
    law.map_or_else(|| kind.to_owned(), |law| law.name().to_owned())
}
