//! Every row comes once, page by page, whether the list stays as it is or grows meanwhile.

use std::collections::HashSet;

use super::{Law, Walk, truth::no_repetition};
use crate::{
    case::Case,
    laws::{
        links,
        listing::{self, Sheet, Style},
        trial::{Outcome, Trial, fault, untried},
    },
};

impl Law<'_, '_> {
    /// Nothing changes: every row comes once, and what pages say of themselves is so.
    pub(super) async fn complete(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome {
        if self.listing.limit.is_none() {
            return untried("no query parameter says how long a page is");
        }
        self.fill(trial, question).await?;
        let sheet = self.longest_page(trial, question).await?;
        let size = self.size(&sheet);
        let limit = self.limit(size);
        let walk = self.walk(trial, question, limit, false).await?;
        let how = format!("{} page by page, limit {limit}", self.label());
        no_repetition(&walk, &how)?;
        self.no_loss(&sheet, &walk, &how)?;
        for (position, sheet, received) in &walk.pages {
            self.arithmetic(&walk, position, sheet)?;
            links::check(
                self.listing,
                &walk.keys,
                walk.limit,
                position,
                sheet,
                received,
            )?;
        }
        Ok(())
    }

    /// Rows are added while pages are read: none comes twice, and none that was there is lost.
    pub(super) async fn growing(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome {
        let is_feed = self.listing.style == Style::Cursor || self.listing.is_stable;
        if !is_feed {
            // Numbered pages move when rows are added before them, unless the document promises more.
            return Ok(());
        }
        self.fill(trial, question).await?;
        let before = self.longest_page(trial, question).await?;
        let limit = self.limit(before.rows.len());
        if !self.add(question).await? {
            return untried(format!(
                "nothing says how rows are added: name the operation by `producer` in `{}`",
                listing::EXTENSION
            ));
        }
        let walk = self.walk(trial, question, limit, true).await?;
        let how = format!(
            "{} page by page, limit {limit}, while rows are added",
            self.label()
        );
        no_repetition(&walk, &how)?;
        self.no_loss(&before, &walk, &how)
    }

    /// Every row that was on one long page comes page by page.
    fn no_loss(&self, long: &Sheet, walk: &Walk, how: &str) -> Outcome {
        let seen: HashSet<_> = walk.keys.iter().collect();
        let is_whole = walk
            .pages
            .last()
            .is_some_and(|(_, sheet, _)| sheet.next.is_none());
        let reached = long.rows.iter().map(|row| self.listing.key(row));
        let reached: Vec<_> = if is_whole {
            reached.collect()
        } else {
            reached.take(walk.keys.len()).collect()
        };
        match reached.iter().find(|key| !seen.contains(key)) {
            Some(lost) => fault(
                "Row is lost",
                how,
                format!("every row of the page of {} rows", long.rows.len()),
                format!("{} rows without {lost}", walk.keys.len()),
            ),
            None => Ok(()),
        }
    }
}
