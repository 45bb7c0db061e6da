//! What a run tells the reports.

use std::time::Duration;

use tokio::sync::mpsc;

use super::Finding;
use crate::{
    case::{Case, Phase},
    checks::Check,
    document::Place,
    exchange::Exchange,
};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The run begins.
    Started(Box<Beginning>),
    /// A phase begins.
    PhaseStarted(Phase),
    /// A request was answered, or was not.
    Exchange(Box<Exchange>),
    /// Something new is wrong. The exchange that showed it follows.
    Finding(Box<Finding>),
    /// Something that people should know, though nothing is wrong.
    Note(Note),
    /// A phase is over.
    PhaseFinished {
        /// Which.
        phase: Phase,
        /// How long it took.
        took: Duration,
        /// Why it ended before its end.
        stopped: Option<String>,
    },
    /// The run is over. Nothing follows.
    Finished(Box<Summary>),
}

/// What people should know of a run: above all, what could not be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The check or law that it concerns.
    pub check: Option<Check>,
    /// The operation or another part of the document that it concerns.
    pub subject: String,
    /// What is to be known, and what helps.
    pub text: String,
    /// Where the subject stands.
    pub place: Option<Place>,
}

/// What a run begins with.
#[derive(Debug, Clone)]
pub struct Beginning {
    /// The command line, word by word.
    pub arguments: Vec<String>,
    /// The document's file.
    pub document: String,
    /// `info.title` and `info.version`.
    pub title: String,
    /// The version of OpenAPI, `3.1` or `3.0`.
    pub specification: String,
    /// The server.
    pub base_url: String,
    /// The seed.
    pub seed: u64,
    /// How many operations the document has, and how many are tested.
    pub operations: (usize, usize),
    /// When.
    pub at: jiff::Timestamp,
}

impl Beginning {
    /// The command line, as a shell takes it.
    #[must_use]
    pub fn command(&self) -> String {
        line(&self.arguments)
    }

    /// The command line that makes a case once more, with those that it needs: its phase, and its operation alone where
    /// the phase makes the cases of each operation from nothing else.
    #[must_use]
    pub fn again(&self, case: &Case) -> String {
        let is_replay = |word: &String| word == "--from" || word.starts_with("--from=");
        if self.arguments.iter().any(is_replay) {
            return self.command();
        }
        let mut words = Vec::new();
        let mut arguments = self.arguments.iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, _)) if name.starts_with("--") => (name, true),
                _ => (argument.as_str(), false),
            };
            if !REPLACED.contains(&name) {
                words.push(argument.clone());
            } else if !inline {
                arguments.next();
            }
        }
        let phase = case.origin.phase;
        let seed = case.origin.seed.to_string();
        words.extend(["--phases", phase.as_str(), "--seed", &seed].map(str::to_owned));
        if matches!(phase, Phase::Coverage | Phase::Random) {
            words.push("--include".to_owned());
            words.push(format!("name={}", case.operation.label));
        }
        line(&words)
    }
}

/// Options that a repetition has its own values for, or does without.
const REPLACED: [&str; 13] = [
    "--include",
    "--max-failures",
    "--min-coverage",
    "--phases",
    "--report",
    "--report-dir",
    "--report-har-path",
    "--report-html-path",
    "--report-json-path",
    "--report-junit-path",
    "--report-ndjson-path",
    "--report-vcr-path",
    "--seed",
];

fn line(words: &[String]) -> String {
    let quoted = words.iter().map(|word| {
        // Only a NUL cannot be quoted, and no argument holds one.
        shlex::try_quote(word).unwrap_or_default()
    });
    quoted.collect::<Vec<_>>().join(" ")
}

/// How a run ended.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Cases that were sent.
    pub cases: u64,
    /// How long it took.
    pub took: Duration,
    /// What was found, each once.
    pub findings: Vec<Finding>,
    /// What was exercised of the document, as a table for people.
    pub coverage: crate::measure::Coverage,
    /// What of the document was not exercised as much as was asked for, one line each.
    pub missed: Vec<String>,
    /// Why it ended before its end.
    pub stopped: Option<String>,
    /// The exit code of the command.
    pub exit_code: u8,
}

/// The way to the reports. Bounded: a slow disk slows the run down in place of filling the memory.
#[derive(Debug, Clone)]
pub struct Events {
    sender: mpsc::Sender<Event>,
}

impl Events {
    /// A way and its end.
    #[must_use]
    pub fn channel() -> (Self, mpsc::Receiver<Event>) {
        let (sender, receiver) = mpsc::channel(1024);
        (Self { sender }, receiver)
    }

    pub(super) async fn tell(&self, event: Event) {
        // Reports that are gone have said why.
        let _ = self.sender.send(event).await;
    }
}
