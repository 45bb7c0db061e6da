//! What is shown: to people at a terminal, to programs, and in a pull request.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

use super::{change::Change, rules::Severity};

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For a pull request.
    Markdown,
}

/// Everything that one comparison found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The older document.
    pub old: String,
    /// The newer document.
    pub new: String,
    /// How many changes are errors, warnings and notes; excepted ones are not counted.
    pub counts: BTreeMap<Severity, usize>,
    /// The changes.
    pub changes: Vec<Change>,
}

impl Report {
    /// Counts the changes.
    #[must_use]
    pub fn new(old: String, new: String, changes: Vec<Change>) -> Self {
        let mut counts = BTreeMap::new();
        for change in changes.iter().filter(|change| change.excepted.is_none()) {
            *counts.entry(change.severity).or_default() += 1;
        }
        Self {
            old,
            new,
            counts,
            changes,
        }
    }

    /// Whether a change that is not excepted is as bad as `threshold`.
    #[must_use]
    pub fn reaches(&self, threshold: Severity) -> bool {
        self.counts
            .iter()
            .any(|(severity, count)| *severity >= threshold && *count > 0)
    }

    /// Writes it. Text and Markdown leave out what is less than `least`.
    #[must_use]
    pub fn render(&self, format: Format, least: Severity) -> String {
        match format {
            Format::Text => self.text(least),
            Format::Json => {
                let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
                text.push('\n');
                text
            }
            Format::Markdown => self.markdown(least),
        }
    }

    fn count(&self, severity: Severity) -> usize {
        self.counts.get(&severity).copied().unwrap_or_default()
    }

    fn headline(&self) -> String {
        let excepted = self
            .changes
            .iter()
            .filter(|change| change.excepted.is_some())
            .count();
        let mut line = format!(
            "{} breaking, {} to look at, {} harmless",
            self.count(Severity::Error),
            self.count(Severity::Warning),
            self.count(Severity::Info),
        );
        if excepted > 0 {
            // Writing to a String cannot fail.
            let _ = write!(line, ", {excepted} excepted");
        }
        line
    }

    fn text(&self, least: Severity) -> String {
        let mut text = format!("{} → {}: {}\n", self.old, self.new, self.headline());
        for change in self
            .changes
            .iter()
            .filter(|change| change.severity >= least)
        {
            let _ = write!(text, "\n{} {}", change.severity, change.rule);
            let subject = place(change);
            if !subject.is_empty() {
                let _ = write!(text, "\n  in {subject}");
            }
            let _ = write!(text, "\n  {}", change.message);
            for (name, place) in [("was", &change.old_place), ("is ", &change.new_place)] {
                if let Some(place) = place {
                    let _ = write!(text, "\n  {name} {place}");
                }
            }
            if !change.consumers.is_empty() {
                let _ = write!(text, "\n  hits {}", change.consumers.join(", "));
            }
            if let Some(reason) = &change.excepted {
                let _ = write!(text, "\n  excepted: {reason}");
            }
            text.push('\n');
        }
        text
    }

    fn markdown(&self, least: Severity) -> String {
        let mut text = format!("### API changes: {}\n", self.headline());
        let shown: Vec<&Change> = self
            .changes
            .iter()
            .filter(|change| change.severity >= least)
            .collect();
        if shown.is_empty() {
            return text;
        }
        text.push_str("\n| | operation | change | hits | rule |\n|---|---|---|---|---|\n");
        for change in shown {
            let mark = match (&change.excepted, change.severity) {
                (Some(_), _) => "excepted",
                (None, Severity::Error) => "**breaks**",
                (None, Severity::Warning) => "look",
                (None, Severity::Info) => "",
            };
            let hits = if change.consumers.is_empty() {
                "–".to_owned()
            } else {
                change.consumers.join(", ")
            };
            let reason = change
                .excepted
                .as_ref()
                .map(|reason| format!(" ({reason})"))
                .unwrap_or_default();
            let _ = writeln!(
                text,
                "| {mark} | {} | {}{} | {} | `{}` |",
                cell(&place(change)),
                cell(&change.message),
                cell(&reason),
                cell(&hits),
                change.rule
            );
        }
        text
    }
}

fn place(change: &Change) -> String {
    let subject = &change.subject;
    let part = subject.part.to_string();
    match (subject.operation.is_empty(), part.is_empty()) {
        (true, _) => part,
        (false, true) => subject.operation.clone(),
        (false, false) => format!("{}, {part}", subject.operation),
    }
}

/// Text of a document must not end a cell or begin a tag.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
        .replace('<', "&lt;")
        .replace('\n', " ")
}
