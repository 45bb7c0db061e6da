//! A list, read page by page to its end, or its longest page alone.

use std::collections::HashSet;

use serde_json::Value;

use super::{Law, rows::ROWS};
use crate::{
    case::Case,
    exchange::Received,
    laws::{
        listing::{self, Position, Sheet, Style},
        trial::{Outcome, Trial, fault, untried},
    },
};

/// So many pages a walk should have.
const PAGES: usize = 8;

/// A list that was read to its end.
pub(super) struct Walk {
    pub(super) keys: Vec<String>,
    pub(super) pages: Vec<(Position, Sheet, Received)>,
    pub(super) limit: u64,
}

impl Law<'_, '_> {
    /// The first page, as long as the list gives it.
    pub(super) async fn longest_page(
        &self,
        trial: &mut Trial<'_>,
        question: &Case,
    ) -> Outcome<Sheet> {
        let limit = self.listing.longest();
        let page = self
            .listing
            .sheet(self.world, trial, question, &Position::Start, limit);
        let (sheet, _) = page.await?;
        Ok(sheet)
    }

    /// Reads pages until there are no more. Where the list `grows`, rows are added after each of the first ones.
    pub(super) async fn walk(
        &self,
        trial: &mut Trial<'_>,
        question: &Case,
        limit: u64,
        grows: bool,
    ) -> Outcome<Walk> {
        let mut walk = Walk {
            keys: Vec::new(),
            pages: Vec::new(),
            limit,
        };
        let mut position = Position::Start;
        let most = self.world.run.settings.bounds.pages;
        let mut asked = HashSet::new();
        for number in 0..most {
            let (mut sheet, received) = self
                .listing
                .sheet(self.world, trial, question, &position, Some(limit))
                .await?;
            walk.keys
                .extend(sheet.rows.iter().map(|row| self.listing.key(row)));
            if sheet.rows.is_empty() && self.listing.style != Style::Cursor {
                // Whatever it says: nothing comes after an empty page.
                sheet.next = None;
            }
            let next = sheet.next.clone();
            walk.pages.push((position, sheet, received));
            let Some(next) = next else {
                return Ok(walk);
            };
            if let Position::Cursor(cursor) = &next
                && !asked.insert(cursor.clone())
            {
                return self.leads_back(cursor, limit);
            }
            position = next;
            if grows && number < ROWS {
                self.add(question).await?;
            }
        }
        if self.listing.style == Style::Cursor || grows {
            // Long enough: what was seen so far is judged.
            return Ok(walk);
        }
        untried(format!("it has more than {most} pages of {limit} rows"))
    }

    /// A cursor leads to a page that was read before.
    fn leads_back(&self, cursor: &str, limit: u64) -> Outcome<Walk> {
        fault(
            "Cursor leads back",
            format!("{} page by page, limit {limit}", self.label()),
            "a new cursor on each page",
            format!("the cursor {cursor} again"),
        )
    }

    /// A length of pages that makes several of a number of rows.
    pub(super) fn limit(&self, rows: usize) -> u64 {
        let least = self
            .listing
            .limit
            .as_ref()
            .map_or(1, |(_, least, _)| *least);
        let most = self.listing.longest().unwrap_or(u64::MAX);
        let wanted = u64::try_from(rows.div_ceil(PAGES).max(2)).unwrap_or(2);
        wanted.clamp(least, most)
    }

    /// The number of rows, as far as the list says it or shows it.
    pub(super) fn size(&self, sheet: &Sheet) -> usize {
        let total = listing::value(&sheet.body, self.listing.meta.total.as_ref());
        let told = total
            .and_then(Value::as_u64)
            .and_then(|total| usize::try_from(total).ok());
        told.unwrap_or(sheet.rows.len()).max(sheet.rows.len())
    }
}
