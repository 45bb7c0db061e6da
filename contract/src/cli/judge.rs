//! `contract judge`: recorded answers against a document, without a server.
//!
//! Ends with 0 when nothing is wrong, with 1 when an answer breaks the document (with `--compare`: when our verdicts
//! differ from the recorded ones), with 3 when a file cannot be used or cannot be used to its end.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::PathBuf,
};

use clap::{Args, ValueEnum};
use indexmap::IndexMap;
use serde_json::{Value, json};
use url::Url;

use super::{FOUND, UNUSABLE, settings::environment};
use crate::{
    api::Api,
    config::{File, Settings},
    document::Place,
    exchange::{Exchange, Failure},
    recording::{Bases, Compared, Recording, compare},
};

#[derive(Debug, Args)]
pub(super) struct JudgeArguments {
    /// The document.
    document: PathBuf,
    /// Cassettes, crash files, events or HAR.
    #[arg(required = true)]
    recordings: Vec<PathBuf>,
    /// A configuration as Schemathesis has it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What comes before the document's paths in the recorded addresses; the document's server by default.
    #[arg(long, value_name = "URL")]
    base_url: Option<Url>,
    /// Only say where our verdicts differ from the recorded ones.
    #[arg(long)]
    compare: bool,
    /// How the result is written.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What was found in one recording.
struct Outcome {
    recording: Recording,
    compared: Compared,
    findings: Vec<Found>,
}

/// A failure with the interactions that show it.
struct Found {
    operation: String,
    failure: Failure,
    shown_by: Vec<(String, Place)>,
}

/// Runs the command; gives its exit code.
pub(super) fn main(arguments: &JudgeArguments) -> u8 {
    let (outcomes, unusable) = match outcomes(arguments) {
        Ok(outcomes) => outcomes,
        Err(problem) => (Vec::new(), vec![problem]),
    };
    let text = match arguments.format {
        Format::Text => text(&outcomes, arguments.compare),
        Format::Json => format!("{:#}\n", as_json(&outcomes, arguments.compare)),
    };
    // Whoever reads our output may have read enough.
    let _ = io::stdout().write_all(text.as_bytes());
    let mut is_unusable = false;
    let problems = outcomes.iter().flat_map(|outcome| {
        let unmatched = outcome.compared.judged.unmatched.iter();
        let broken = outcome.recording.problems.iter().cloned();
        broken.chain(unmatched.map(ToString::to_string))
    });
    for problem in unusable.into_iter().chain(problems) {
        is_unusable = true;
        let _ = writeln!(io::stderr(), "contract: {problem}");
    }
    let is_found = outcomes.iter().any(|outcome| {
        if arguments.compare {
            !outcome.compared.disagreements.is_empty()
        } else {
            !outcome.findings.is_empty()
        }
    });
    match (is_unusable, is_found) {
        (true, _) => UNUSABLE,
        (false, true) => FOUND,
        (false, false) => 0,
    }
}

fn outcomes(arguments: &JudgeArguments) -> Result<(Vec<Outcome>, Vec<String>), String> {
    let api = Api::read(&arguments.document).map_err(|error| error.to_string())?;
    let file = match &arguments.config {
        Some(path) => File::read(path, &environment).map_err(|error| error.to_string())?,
        None => File::default(),
    };
    let named = arguments.base_url.clone();
    // No request is sent; what matters of the address is its path.
    let base_url = named
        .clone()
        .or_else(|| Url::parse(file.base_url.as_ref()?).ok());
    let anywhere = Url::parse("http://127.0.0.1").map_err(|error| error.to_string())?;
    let mut settings = Settings::new(base_url.unwrap_or(anywhere));
    settings.headers = file.headers;
    settings.checks = file.checks;
    settings.parameters = file.parameters;
    settings.secrets = file.secrets;
    settings.overrides = file.overrides;
    let bases = Bases::new(&api, named.as_ref());
    let mut outcomes = Vec::new();
    let mut unusable = Vec::new();
    for path in &arguments.recordings {
        match Recording::read(path) {
            Ok(recording) => {
                let compared = compare(&recording, &api, &settings, &bases);
                let findings = findings(&recording, &compared.judged.exchanges);
                outcomes.push(Outcome {
                    recording,
                    compared,
                    findings,
                });
            }
            Err(problem) => unusable.push(problem.to_string()),
        }
    }
    Ok((outcomes, unusable))
}

/// Each failure once, as a run tells them.
fn findings(recording: &Recording, exchanges: &[(usize, Exchange)]) -> Vec<Found> {
    let mut found: IndexMap<(String, String, String), Found> = IndexMap::new();
    for (at, exchange) in exchanges {
        let Some(entry) = recording.entries.get(*at) else {
            continue;
        };
        let case = &exchange.case;
        let operation = format!("{} {}", case.method, case.operation.path);
        for failure in exchange.failures() {
            let kind = format!("{} {}", failure.code, failure.check);
            let key = (kind, operation.clone(), failure.key.clone());
            let known = found.entry(key).or_insert_with(|| Found {
                operation: operation.clone(),
                failure: failure.clone(),
                shown_by: Vec::new(),
            });
            known.shown_by.push((entry.id.clone(), entry.place.clone()));
        }
    }
    found.into_values().collect()
}

fn text(outcomes: &[Outcome], compares: bool) -> String {
    let mut text = String::new();
    for outcome in outcomes {
        // Writing to a string cannot fail.
        let _ = outcome.write(&mut text, compares);
    }
    text
}

impl Outcome {
    fn write(&self, text: &mut String, compares: bool) -> std::fmt::Result {
        if !compares {
            for found in &self.findings {
                found.write(text)?;
            }
        }
        let disagreements = &self.compared.disagreements;
        for differs in disagreements {
            writeln!(
                text,
                "{}: {} {}: {}: ours {}, recorded {}",
                differs.place,
                differs.id,
                differs.operation,
                differs.check,
                differs.ours,
                differs.theirs
            )?;
        }
        let judged = self.compared.judged.exchanges.len();
        write!(text, "{}: {judged} answers judged", self.recording.name)?;
        if !compares {
            write!(text, ", {} findings", self.findings.len())?;
        }
        if self.compared.compared > 0 {
            let (all, differ) = (self.compared.compared, disagreements.len());
            write!(text, ", {all} recorded verdicts compared, {differ} differ")?;
        }
        text.push('\n');
        Ok(())
    }

    fn json(&self, compares: bool) -> Value {
        let mut object = json!({
            "recording": self.recording.name,
            "judged": self.compared.judged.exchanges.len(),
            "compared": self.compared.compared,
            "disagreements": self.compared.disagreements,
            "problems": self.recording.problems,
            "unmatched": self.compared.judged.unmatched.iter().map(ToString::to_string).collect::<Vec<_>>(),
        });
        if let Some(object) = object.as_object_mut().filter(|_| !compares) {
            let findings = self.findings.iter().map(Found::json).collect();
            object.insert("findings".to_owned(), findings);
        }
        object
    }
}

impl Found {
    fn write(&self, text: &mut String) -> std::fmt::Result {
        let failure = &self.failure;
        writeln!(
            text,
            "{} {}: {} ({})",
            failure.code, self.operation, failure.title, failure.check
        )?;
        for line in failure.message.lines() {
            writeln!(text, "    {line}")?;
        }
        writeln!(text, "    at {}", failure.place)?;
        if let Some((id, place)) = self.shown_by.first() {
            let more = match self.shown_by.len() {
                1 => String::new(),
                count => format!(", and by {} more", count - 1),
            };
            writeln!(text, "    shown by {id} ({place}){more}\n")?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let failure = &self.failure;
        let shown_by = self.shown_by.iter();
        json!({
            "code": failure.code,
            "check": failure.check.as_str(),
            "operation": self.operation,
            "title": failure.title,
            "message": failure.message,
            "place": failure.place,
            "key": failure.key,
            "shownBy": shown_by.map(|(id, place)| json!({ "id": id, "line": place.line })).collect::<Vec<_>>(),
        })
    }
}

fn as_json(outcomes: &[Outcome], compares: bool) -> Value {
    outcomes
        .iter()
        .map(|outcome| outcome.json(compares))
        .collect()
}
