//! What a run writes down: the terminal, and files in formats that other tools read.
//!
//! Every file is written while the run goes on, in constant memory, so that what is there can be used when the run is
//! cut off: recordings hold every exchange as soon as it is over, the others are made anew whenever a phase ends.

pub mod curl;
mod har;
mod html;
mod junit;
mod kinds;
mod ndjson;
pub mod redact;
mod sequences;
mod summary;
mod tally;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod vcr;
mod writer;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use tokio::{sync::mpsc, task::JoinHandle};

pub use redact::{FILTERED, Secrets};

use crate::run::Event;
use redact::Redactor;
use tally::Tally;
use terminal::Terminal;
use writer::Report;

/// The folder that files are written to when nobody says another one.
const FOLDER: &str = "contract-report";

/// Which reports are wanted.
#[derive(Debug, Clone, Default, Args)]
pub struct ReportSettings {
    /// Only say what is wrong.
    #[arg(short, long)]
    pub quiet: bool,
    /// Files to write: vcr, har, junit, ndjson, json, html.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    pub report: Vec<Format>,
    /// Where files are written to [default: contract-report].
    #[arg(long, value_name = "DIR")]
    pub report_dir: Option<PathBuf>,
    /// Write a VCR cassette to this file.
    #[arg(long, value_name = "FILE")]
    pub report_vcr_path: Option<PathBuf>,
    /// Write a HAR archive to this file.
    #[arg(long, value_name = "FILE")]
    pub report_har_path: Option<PathBuf>,
    /// Write test cases as JUnit has them to this file.
    #[arg(long, value_name = "FILE")]
    pub report_junit_path: Option<PathBuf>,
    /// Write every event to this file, a line of JSON each.
    #[arg(long, value_name = "FILE")]
    pub report_ndjson_path: Option<PathBuf>,
    /// Write a summary in JSON to this file.
    #[arg(long, value_name = "FILE")]
    pub report_json_path: Option<PathBuf>,
    /// Write a page for people to this file.
    #[arg(long, value_name = "FILE")]
    pub report_html_path: Option<PathBuf>,
}

/// A format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Every exchange as a VCR cassette; `contract replay --from` reads it.
    Vcr,
    /// Every exchange as a HAR 1.2 archive, which browsers open.
    Har,
    /// Operations as test cases, for CI.
    Junit,
    /// Every event, a line of JSON each.
    Ndjson,
    /// Counts and kinds of failures.
    Json,
    /// A page for people.
    Html,
}

impl Format {
    fn file_name(self) -> &'static str {
        match self {
            Self::Vcr => "vcr.yaml",
            Self::Har => "har.json",
            Self::Junit => "junit.xml",
            Self::Ndjson => "events.ndjson",
            Self::Json => "summary.json",
            Self::Html => "report.html",
        }
    }
}

impl ReportSettings {
    /// The files that are wanted.
    fn files(&self) -> Vec<(Format, PathBuf)> {
        let folder = self.report_dir.clone().unwrap_or_else(|| FOLDER.into());
        let own = |format| match format {
            Format::Vcr => &self.report_vcr_path,
            Format::Har => &self.report_har_path,
            Format::Junit => &self.report_junit_path,
            Format::Ndjson => &self.report_ndjson_path,
            Format::Json => &self.report_json_path,
            Format::Html => &self.report_html_path,
        };
        Format::value_variants()
            .iter()
            .filter_map(|format| match own(*format) {
                Some(path) => Some((*format, path.clone())),
                None => self
                    .report
                    .contains(format)
                    .then(|| (*format, folder.join(format.file_name()))),
            })
            .collect()
    }
}

/// Starts the reports. They end when nobody can tell them anything any more, with the first problem of writing.
///
/// # Errors
/// Why a report cannot be begun (a folder that cannot be written).
pub fn start(
    settings: &ReportSettings,
    secrets: Secrets,
    mut events: mpsc::Receiver<Event>,
) -> Result<JoinHandle<Result<(), String>>, String> {
    let mut reports = Reports::new(settings, secrets, crate::run::now)?;
    let paths = reports.files.iter().map(|file| file.path().to_owned());
    reports.terminal = Some(Terminal::new(settings.quiet, paths.collect()));
    Ok(tokio::task::spawn_blocking(move || {
        while let Some(event) = events.blocking_recv() {
            reports.event(event);
        }
        reports.end()
    }))
}

/// Everything that is written of a run.
struct Reports {
    redactor: Redactor,
    tally: Tally,
    terminal: Option<Terminal>,
    files: Vec<Report>,
    /// The first problem of writing. The other reports go on.
    problem: Option<String>,
}

impl Reports {
    fn new(
        settings: &ReportSettings,
        secrets: Secrets,
        clock: fn() -> Timestamp,
    ) -> Result<Self, String> {
        let files = settings.files().into_iter();
        let files: Vec<Report> = files
            .map(|(format, path)| Report::create(format, path, clock))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            redactor: Redactor::new(secrets),
            tally: Tally::default(),
            terminal: None,
            files,
            problem: None,
        })
    }

    fn event(&mut self, mut event: Event) {
        self.tally.key = self.redactor.key(&event);
        self.redactor.event(&mut event);
        self.tally.event(&event);
        for file in &mut self.files {
            if let Err(problem) = file.event(&event, &self.tally) {
                self.problem.get_or_insert(problem);
            }
        }
        if let Some(terminal) = &mut self.terminal {
            terminal.event(&event, &self.tally);
        }
    }

    fn end(self) -> Result<(), String> {
        self.problem.map_or(Ok(()), Err)
    }
}
