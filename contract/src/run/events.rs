//! What a run tells the reports.

use std::time::Duration;

use tokio::sync::mpsc;

use super::Finding;
use crate::{case::Phase, checks::Check, document::Place, exchange::Exchange};

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

    /// The command line that makes the cases of a phase once more.
    #[must_use]
    pub fn again(&self, phase: Phase, seed: u64) -> String {
        let is_replay = |word: &String| word == "--from" || word.starts_with("--from=");
        if phase == Phase::Recording || self.arguments.iter().any(is_replay) {
            return self.command();
        }
        let mut words = Vec::new();
        let mut arguments = self.arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--phases" | "--seed" => {
                    arguments.next();
                }
                _ if argument.starts_with("--phases=") || argument.starts_with("--seed=") => {}
                _ => words.push(argument.clone()),
            }
        }
        for word in ["--phases", phase.as_str(), "--seed", &seed.to_string()] {
            words.push(word.to_owned());
        }
        line(&words)
    }
}

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
