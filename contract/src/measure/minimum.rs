//! How much of a document a run must exercise.

use std::collections::HashMap;

use super::coverage::{Coverage, Kind, percent_of};

/// What must be seen at least, in per cent: of everything, or of single kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minimum {
    /// Of everything.
    pub all: Option<usize>,
    /// Of single kinds.
    pub kinds: HashMap<Kind, usize>,
}

impl Minimum {
    /// Reads `90` or `statuses=50,keywords=95`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let percent = |text: &str| {
            let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
            number
                .filter(|number| *number <= 100)
                .ok_or_else(|| format!("`{text}` is no number of per cent from 0 to 100"))
        };
        let mut minimum = Self::default();
        for part in text.split(',') {
            let Some((kind, number)) = part.split_once('=') else {
                minimum.all = Some(percent(part)?);
                continue;
            };
            let kind = Kind::ALL
                .into_iter()
                .find(|known| known.as_str() == kind.trim())
                .ok_or_else(|| {
                    let known = Kind::ALL.map(Kind::as_str).join(", ");
                    format!("`{kind}` is no part of the table: {known}")
                })?;
            minimum.kinds.insert(kind, percent(number)?);
        }
        Ok(minimum)
    }

    /// What a run did not reach, one line each.
    #[must_use]
    pub fn missed(&self, coverage: &Coverage) -> Vec<String> {
        let mut missed = Vec::new();
        let all = coverage.percent();
        if let Some(wanted) = self.all.filter(|wanted| all < *wanted) {
            missed.push(format!(
                "{all} % of the document was exercised, {wanted} % are asked for"
            ));
        }
        for (name, total, seen) in &coverage.kinds {
            let wanted = self.kinds.iter().find(|(kind, _)| kind.as_str() == *name);
            let reached = percent_of(*seen, *total);
            if let Some((_, wanted)) = wanted.filter(|(_, wanted)| reached < **wanted) {
                missed.push(format!(
                    "{reached} % of the {name} were exercised, {wanted} % are asked for"
                ));
            }
        }
        missed
    }
}
