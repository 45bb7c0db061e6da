//! The same recorded answers, judged by both tools: `contract judge --compare` reads what Schemathesis recorded.

use std::path::Path;

use contract_proof::tools::{Failed, Tools};
use serde_json::Value;

/// How far the verdicts on recordings agree.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    answers: u64,
    verdicts: u64,
    /// One line for each verdict that differs, with its interaction.
    pub(crate) differing: Vec<String>,
}

impl Agreement {
    /// Judges a recording and holds the verdicts against those in it.
    pub(crate) async fn of(tools: &Tools, recording: &Path, url: &str) -> Result<Self, Failed> {
        let recording = recording.display().to_string();
        let mut arguments = vec![
            "judge",
            "openapi.yaml",
            &recording,
            "--config",
            "schemathesis.toml",
        ];
        arguments.extend(["--base-url", url, "--compare", "--format", "json"]);
        let said = tools.run(&tools.contract, &arguments).await?;
        let outcomes: Value = serde_json::from_str(&said.out).map_err(|error| {
            Failed(format!(
                "the judge said no JSON: {error}\n{}{}",
                said.out, said.err
            ))
        })?;
        let mut agreement = Self::default();
        for outcome in outcomes.as_array().into_iter().flatten() {
            let number = |name: &str| {
                outcome
                    .get(name)
                    .and_then(Value::as_u64)
                    .unwrap_or_default()
            };
            agreement.answers += number("judged");
            agreement.verdicts += number("compared");
            let differing = outcome.get("disagreements").and_then(Value::as_array);
            agreement
                .differing
                .extend(differing.into_iter().flatten().map(Value::to_string));
        }
        if agreement.verdicts == 0 {
            return Err(Failed(format!("the judge compared nothing:\n{}", said.err)));
        }
        Ok(agreement)
    }

    /// Says of what differs on which server it was recorded.
    pub(crate) fn name(&mut self, server: &str) {
        for line in &mut self.differing {
            *line = format!("{server}: {line}");
        }
    }

    /// Adds another recording's.
    pub(crate) fn add(&mut self, other: Self) {
        self.answers += other.answers;
        self.verdicts += other.verdicts;
        self.differing.extend(other.differing);
    }

    /// In one sentence.
    pub(crate) fn told(&self) -> String {
        let (answers, verdicts, differ) = (self.answers, self.verdicts, self.differing.len());
        format!(
            "Both tools judged the same {answers} recorded answers: {verdicts} verdicts compared, {differ} differ."
        )
    }
}
