//! What people and CI logs see: a bar on a terminal, plain lines elsewhere, everything that was found at the end.

mod findings;
mod summary;

use std::{
    io::{self, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use super::{
    tally::{PhaseTally, Tally},
    text::{counted, excerpt, length, per_second},
};
use crate::{
    checks::Check,
    run::{Event, Finding, Note},
};

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const STRONG: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// How much of a note is shown.
const LINE: usize = 400;

/// How often the figures beside the bar change.
const BEAT: Duration = Duration::from_millis(100);

/// Writes to standard output; the bar stands on standard error, where a terminal is.
pub(super) struct Terminal {
    is_quiet: bool,
    files: Vec<PathBuf>,
    bar: ProgressBar,
    begin: Instant,
    last: Instant,
    /// Nobody reads any more.
    is_closed: bool,
}

impl Terminal {
    pub(super) fn new(is_quiet: bool, files: Vec<PathBuf>) -> Self {
        Self {
            is_quiet,
            files,
            bar: ProgressBar::hidden(),
            begin: Instant::now(),
            last: Instant::now(),
            is_closed: false,
        }
    }

    pub(super) fn event(&mut self, event: &Event, tally: &Tally) {
        match event {
            Event::PhaseStarted(phase) if !self.is_quiet => {
                let tested = tally
                    .beginning
                    .as_ref()
                    .map(|beginning| beginning.operations.1);
                self.begin_bar(phase.as_str(), tested.unwrap_or_default());
            }
            Event::Exchange(_) => self.move_bar(tally),
            Event::PhaseFinished { .. } | Event::Finished(_) => self.bar.finish_and_clear(),
            _ => {}
        }
        let mut text = Vec::new();
        // Writing to memory cannot fail.
        let _ = self.write(&mut text, event, tally);
        if text.is_empty() || self.is_closed {
            return;
        }
        let written = self
            .bar
            .suspend(|| anstream::stdout().lock().write_all(&text));
        // Whoever reads our output may have read enough; files and exit code still tell.
        self.is_closed = written.is_err();
    }

    pub(super) fn write(&self, out: &mut Vec<u8>, event: &Event, tally: &Tally) -> io::Result<()> {
        match event {
            Event::Finished(summary) => {
                findings::write(out, tally)?;
                summary::write(out, summary, tally, &self.files, self.is_quiet)
            }
            _ if self.is_quiet => Ok(()),
            Event::Started(beginning) => {
                let (all, tested) = beginning.operations;
                writeln!(
                    out,
                    "{STRONG}{}{STRONG:#} ({}, OpenAPI {}) at {}",
                    beginning.document,
                    beginning.title,
                    beginning.specification,
                    beginning.base_url
                )?;
                writeln!(
                    out,
                    "{tested} of {all} operations, seed {}\n",
                    beginning.seed
                )
            }
            Event::Finding(finding) => write_news(out, finding),
            Event::Note(note) => write_note(out, note),
            Event::PhaseFinished { phase, .. } => {
                let known = tally.phases.iter().rev();
                match known.into_iter().find(|tally| tally.phase == *phase) {
                    Some(tally) => write_phase(out, tally),
                    None => Ok(()),
                }
            }
            Event::PhaseStarted(_) | Event::Exchange(_) => Ok(()),
        }
    }

    fn begin_bar(&mut self, phase: &str, operations: usize) {
        let style =
            ProgressStyle::with_template("{prefix:<10} {bar:24} {pos}/{len} operations, {msg}");
        self.bar = ProgressBar::new(u64::try_from(operations).unwrap_or(u64::MAX));
        if let Ok(style) = style {
            self.bar.set_style(style);
        }
        self.bar.set_prefix(phase.to_owned());
        self.bar.set_message("starting");
        // Time goes on while an answer does not come.
        self.bar.enable_steady_tick(BEAT);
        self.begin = Instant::now();
    }

    fn move_bar(&mut self, tally: &Tally) {
        if self.bar.is_hidden() || self.last.elapsed() < BEAT {
            return;
        }
        self.last = Instant::now();
        let Some(phase) = tally.phases.last() else {
            return;
        };
        let touched = u64::try_from(phase.touched.len()).unwrap_or(u64::MAX);
        self.bar.set_position(touched);
        self.bar.set_message(format!(
            "{}, {} failing, {}/s",
            counted(phase.cases, "case", "cases"),
            phase.failing,
            per_second(phase.cases, self.begin.elapsed())
        ));
    }
}

/// A line for something that was just found. What there is to say about it comes at the end.
fn write_news(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let failure = &finding.failure;
    writeln!(
        out,
        "  {BAD}{}{BAD:#} {}: {}",
        failure.code, finding.label, failure.title
    )
}

fn write_note(out: &mut impl Write, note: &Note) -> io::Result<()> {
    let check = note.check.map_or("note", Check::as_str);
    writeln!(
        out,
        "  {FAINT}{check}:{FAINT:#} {}: {}",
        excerpt(note.subject.as_bytes(), LINE),
        excerpt(note.text.as_bytes(), LINE)
    )
}

fn write_phase(out: &mut impl Write, phase: &PhaseTally) -> io::Result<()> {
    let style = if phase.failing == 0 { GOOD } else { BAD };
    write!(
        out,
        "{style}{:<10}{style:#} {:>7} cases {:>6} failing {:>7}/s  {}",
        phase.phase.as_str(),
        phase.cases,
        phase.failing,
        per_second(phase.cases, phase.took),
        length(phase.took)
    )?;
    if phase.unanswered > 0 {
        write!(out, ", {} without an answer", phase.unanswered)?;
    }
    match &phase.stopped {
        Some(reason) => writeln!(out, ", stopped: {reason}"),
        None => writeln!(out),
    }
}
