//! What was exercised in the end, in kinds and in per cent, and the table of it.

use std::fmt::Write as _;

use crate::document::Place;

/// The kinds of parts, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Kind {
    /// Operations that were called.
    Operations,
    /// Declared answers that came.
    Statuses,
    /// Parameters that were sent.
    Parameters,
    /// Keywords of requests that refused a value.
    Keywords,
    /// Fields of answers that came.
    Fields,
}

/// What was exercised, in kinds.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Kind, parts that the document has, parts that were seen.
    pub kinds: Vec<(&'static str, usize, usize)>,
    /// What was never seen, each with its place, kind by kind.
    pub never: Vec<(String, Place)>,
}

impl Kind {
    pub(super) const ALL: [Self; 5] = [
        Self::Operations,
        Self::Statuses,
        Self::Parameters,
        Self::Keywords,
        Self::Fields,
    ];

    /// The name in tables and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Statuses => "statuses",
            Self::Parameters => "parameters",
            Self::Keywords => "keywords",
            Self::Fields => "fields",
        }
    }
}

impl Coverage {
    /// The part that was seen, in per cent, rounded down; 100 for a document without parts.
    #[must_use]
    pub fn percent(&self) -> usize {
        let (all, seen) = self
            .kinds
            .iter()
            .fold((0, 0), |(all, seen), kind| (all + kind.1, seen + kind.2));
        percent_of(seen, all)
    }

    /// A table for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let (mut all, mut all_seen) = (0, 0);
        for (kind, total, seen) in &self.kinds {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "  {kind:<12} {seen:>6} of {total:>6}  {:>3} %",
                percent_of(*seen, *total)
            );
            all += total;
            all_seen += seen;
        }
        let _ = writeln!(
            text,
            "  {:<12} {all_seen:>6} of {all:>6}  {:>3} %",
            "all",
            self.percent()
        );
        text
    }
}

pub(super) fn percent_of(seen: usize, all: usize) -> usize {
    (seen * 100).checked_div(all).unwrap_or(100)
}
