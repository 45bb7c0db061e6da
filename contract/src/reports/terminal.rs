//! What people and CI logs see.

use std::io::{self, Write};

use crate::run::{Event, Finding, Note, Summary};

/// Writes to standard output.
pub(super) struct Terminal {
    is_quiet: bool,
}

impl Terminal {
    pub(super) fn new(is_quiet: bool) -> Self {
        Self { is_quiet }
    }

    pub(super) fn event(&mut self, event: &Event) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match event {
            Event::Started(beginning) if !self.is_quiet => writeln!(
                out,
                "{} ({}) against {}, seed {}",
                beginning.document, beginning.title, beginning.base_url, beginning.seed
            ),
            Event::PhaseFinished {
                phase,
                took,
                stopped,
            } if !self.is_quiet => {
                let stopped = stopped.as_deref().unwrap_or("done");
                writeln!(out, "{phase:<10} {:>6} ms  {stopped}", took.as_millis())
            }
            Event::Note(note) if !self.is_quiet => write_note(&mut out, note),
            Event::Finding(finding) => write_finding(&mut out, finding),
            Event::Finished(summary) if !self.is_quiet => write_summary(&mut out, summary),
            _ => Ok(()),
        }
    }
}

fn write_note(out: &mut impl Write, note: &Note) -> io::Result<()> {
    let check = note.check.map_or("note", |check| check.as_str());
    writeln!(out, "{check}: {}: {}", note.subject, note.text)
}

fn write_finding(out: &mut impl Write, finding: &Finding) -> io::Result<()> {
    let failure = &finding.failure;
    writeln!(
        out,
        "\n{} {}: {} ({})",
        failure.code, finding.label, failure.title, failure.check
    )?;
    for line in failure.message.lines() {
        writeln!(out, "    {line}")?;
    }
    writeln!(out, "    at {}", failure.place)
}

fn write_summary(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    writeln!(
        out,
        "\n{} cases, {} findings, {} ms",
        summary.cases,
        summary.findings.len(),
        summary.took.as_millis()
    )?;
    write!(out, "{}", summary.coverage.text())
}
