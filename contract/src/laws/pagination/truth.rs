//! What pages say about themselves, and whether it is so.

use std::collections::HashMap;

use serde_json::Value;

use super::{Law, Walk};
use crate::laws::{
    listing::{self, Listing, Position, Sheet, Style},
    trial::{Outcome, fault},
};

impl Law<'_, '_> {
    /// What a page says about itself, held against what the whole walk showed.
    pub(super) fn arithmetic(&self, walk: &Walk, position: &Position, sheet: &Sheet) -> Outcome {
        let page = Page::new(self.listing, walk, position, sheet);
        let mut facts = vec![page.has_room()];
        facts.extend(page.totals().into_iter().flatten());
        facts.extend(page.neighbours().into_iter().flatten());
        facts.extend(page.echoes().into_iter().flatten());
        match facts.into_iter().find(|fact| !fact.holds) {
            Some(fact) => fault(
                "Page says what is not so",
                format!("{} page by page, limit {}", self.label(), walk.limit),
                fact.expected,
                fact.found,
            ),
            None => Ok(()),
        }
    }
}

/// No row comes twice.
pub(in crate::laws) fn no_repetition(walk: &Walk, how: &str) -> Outcome {
    let mut pages: HashMap<&String, usize> = HashMap::new();
    let mut keys = walk.keys.iter();
    for (number, (_, sheet, _)) in walk.pages.iter().enumerate() {
        for key in keys.by_ref().take(sheet.rows.len()) {
            if let Some(before) = pages.insert(key, number + 1) {
                return fault(
                    "Row comes twice",
                    how,
                    "every row once",
                    format!("{key} on page {before} and on page {}", number + 1),
                );
            }
        }
    }
    Ok(())
}

/// Something that a page says.
struct Fact {
    expected: &'static str,
    holds: bool,
    found: String,
}

/// A page of a walk, with what the walk knows of it.
struct Page<'w> {
    listing: &'w Listing,
    sheet: &'w Sheet,
    limit: u64,
    /// The number of the page, where pages have numbers.
    number: u64,
    /// The rows before it, where they can be counted.
    begin: u64,
    /// Its rows.
    length: u64,
    /// The rows of the list, when the walk came to its end.
    rows: Option<u64>,
}

impl<'w> Page<'w> {
    fn new(listing: &'w Listing, walk: &Walk, position: &Position, sheet: &'w Sheet) -> Self {
        let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
        let last = walk.pages.last();
        let is_whole = last.is_some_and(|(_, last, _)| last.next.is_none());
        let number = match position {
            Position::Number(number) if listing.style == Style::Page => *number,
            _ => listing.first,
        };
        let begin = match (listing.style, position) {
            (Style::Offset, Position::Number(number)) => *number,
            (Style::Page, _) => (number - listing.first) * walk.limit,
            _ => 0,
        };
        Self {
            listing,
            sheet,
            limit: walk.limit,
            number,
            begin,
            length: count(sheet.rows.len()),
            rows: is_whole.then(|| count(walk.keys.len())),
        }
    }

    fn number(&self, pointer: Option<&String>) -> Option<u64> {
        listing::value(&self.sheet.body, pointer).and_then(Value::as_u64)
    }

    fn flag(&self, pointer: Option<&String>) -> Option<bool> {
        listing::value(&self.sheet.body, pointer).and_then(Value::as_bool)
    }

    fn has_room(&self) -> Fact {
        Fact {
            expected: "no more rows than were asked for",
            holds: self.length <= self.limit,
            found: self.length.to_string(),
        }
    }

    /// What follows from the number of all rows.
    fn totals(&self) -> [Option<Fact>; 2] {
        let meta = &self.listing.meta;
        let Some(rows) = self.rows else {
            return [None, None];
        };
        let total = self.number(meta.total.as_ref()).map(|total| Fact {
            expected: "the total is that of its rows",
            holds: total == rows,
            found: format!("total {total}, {rows} rows"),
        });
        let pages = self.number(meta.total_pages.as_ref()).map(|pages| Fact {
            expected: "the number of pages follows from the total",
            holds: pages == rows.div_ceil(self.limit) || (rows == 0 && pages == 1),
            found: format!("{pages} pages for {rows} rows of {} each", self.limit),
        });
        [total, pages]
    }

    /// Whether there are rows before and after it.
    fn neighbours(&self) -> [Option<Fact>; 2] {
        let meta = &self.listing.meta;
        let has_next = self.flag(meta.has_next.as_ref());
        if self.listing.style == Style::Cursor {
            let leads_on = self.sheet.next.is_some();
            let next = has_next.map(|has_next| Fact {
                expected: "a cursor is there exactly when there is more",
                holds: has_next == leads_on,
                found: format!("hasNext {has_next}, cursor there: {leads_on}"),
            });
            return [next, None];
        }
        let end = self.begin + self.length;
        let next = has_next.zip(self.rows).map(|(has_next, rows)| Fact {
            expected: "there is a next page exactly when rows are left",
            holds: has_next == (end < rows),
            found: format!("hasNext {has_next} after row {end} of {rows}"),
        });
        let before = self.flag(meta.has_prev.as_ref()).map(|has_prev| Fact {
            expected: "there is a page before exactly when rows are",
            holds: has_prev == (self.begin > 0),
            found: format!("hasPrev {has_prev} at row {}", self.begin),
        });
        [next, before]
    }

    /// Whether it tells the page and the length that were asked for.
    fn echoes(&self) -> [Option<Fact>; 2] {
        let meta = &self.listing.meta;
        let page = self.number(meta.page.as_ref());
        let page = page.filter(|_| self.listing.style == Style::Page);
        let page = page.map(|told| Fact {
            expected: "the page is the one that was asked for",
            holds: told == self.number,
            found: format!("page {told} in place of {}", self.number),
        });
        let length = self.number(meta.per_page.as_ref()).map(|told| Fact {
            expected: "the length is the one that was asked for",
            holds: told == self.limit,
            found: format!("{told} in place of {}", self.limit),
        });
        [page, length]
    }
}
