//! What was found, for people and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::finding::{Finding, Severity};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What holding pacts against a document brought.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The document.
    pub document: String,
    /// How many pacts there were.
    pub pacts: usize,
    /// How many interactions they have.
    pub interactions: usize,
    /// In the order of the pacts.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether something was found that is at least as bad.
    #[must_use]
    pub fn reaches(&self, severity: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity >= severity)
    }

    /// Writes the findings that are at least as bad as `show`; JSON has them all.
    #[must_use]
    pub fn render(&self, format: Format, show: Severity) -> String {
        match format {
            Format::Text => self.text(show),
            // A report is made of texts and numbers.
            Format::Json => serde_json::to_string_pretty(self).unwrap_or_default() + "\n",
        }
    }

    fn text(&self, show: Severity) -> String {
        let mut text = String::new();
        for finding in self
            .findings
            .iter()
            .filter(|finding| finding.severity >= show)
        {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{:<7}  {}, \"{}\": {}\n         {}  [{}]\n         {}{}\n",
                finding.severity,
                finding.consumer,
                finding.interaction,
                finding.subject,
                finding.message,
                finding.rule.id(),
                finding.pact,
                finding
                    .document
                    .as_ref()
                    .map(|place| format!("  against {place}"))
                    .unwrap_or_default(),
            );
        }
        let count = |severity, what| {
            let found = self.findings.iter();
            let found = found.filter(|finding| finding.severity == severity);
            counted(found.count(), what)
        };
        let _ = writeln!(
            text,
            "{} with {} against {}: {}, {}, {}",
            counted(self.pacts, "pact"),
            counted(self.interactions, "interaction"),
            self.document,
            count(Severity::Error, "error"),
            count(Severity::Warning, "warning"),
            count(Severity::Note, "note"),
        );
        text
    }
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
