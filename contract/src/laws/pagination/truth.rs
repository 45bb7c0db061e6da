//! What pages say about themselves, and whether it is so.

use std::collections::HashMap;

use serde_json::Value;

use super::{Law, Walk};
use crate::laws::{
    listing::{self, Position, Sheet, Style},
    trial::{Outcome, fault},
};

impl Law<'_, '_> {
    /// What a page says about itself, held against what the whole walk showed.
    pub(in crate::laws) fn arithmetic(
        &self,
        walk: &Walk,
        position: &Position,
        sheet: &Sheet,
    ) -> Outcome {
        let meta = &self.listing.meta;
        let number = |pointer: &Option<String>| {
            listing::value(&sheet.body, pointer.as_ref()).and_then(Value::as_u64)
        };
        let flag = |pointer: &Option<String>| {
            listing::value(&sheet.body, pointer.as_ref()).and_then(Value::as_bool)
        };
        let is_whole = walk
            .pages
            .last()
            .is_some_and(|(_, last, _)| last.next.is_none());
        let rows = u64::try_from(walk.keys.len()).unwrap_or(u64::MAX);
        let length = u64::try_from(sheet.rows.len()).unwrap_or(u64::MAX);
        let limit = walk.limit;
        let page = match position {
            Position::Number(number) if self.listing.style == Style::Page => *number,
            _ => self.listing.first,
        };
        let begin = match (self.listing.style, position) {
            (Style::Offset, Position::Number(number)) => *number,
            (Style::Page, _) => (page - self.listing.first) * limit,
            _ => 0,
        };
        let is_counted = self.listing.style != Style::Cursor;
        let mut facts = vec![(
            "more rows than asked for",
            length <= limit,
            format!("{length}"),
        )];
        if is_whole {
            if let Some(total) = number(&meta.total) {
                facts.push((
                    "the total is that of its rows",
                    total == rows,
                    format!("total {total}, {rows} rows"),
                ));
            }
            if let Some(pages) = number(&meta.total_pages) {
                let expected = rows.div_ceil(limit);
                let is_right = pages == expected || (rows == 0 && pages == 1);
                facts.push((
                    "the number of pages follows from the total",
                    is_right,
                    format!("{pages} pages for {rows} rows of {limit} each"),
                ));
            }
            if is_counted && let Some(has_next) = flag(&meta.has_next) {
                let is_more = begin + length < rows;
                facts.push((
                    "there is a next page exactly when rows are left",
                    has_next == is_more,
                    format!("hasNext {has_next} after row {} of {rows}", begin + length),
                ));
            }
        }
        if is_counted && let Some(has_prev) = flag(&meta.has_prev) {
            facts.push((
                "there is a page before exactly when rows are",
                has_prev == (begin > 0),
                format!("hasPrev {has_prev} at row {begin}"),
            ));
        }
        if self.listing.style == Style::Cursor
            && let Some(has_next) = flag(&meta.has_next)
        {
            let leads_on = sheet.next.is_some();
            facts.push((
                "a cursor is there exactly when there is more",
                has_next == leads_on,
                format!("hasNext {has_next}, cursor there: {leads_on}"),
            ));
        }
        if self.listing.style == Style::Page
            && let Some(told) = number(&meta.page)
        {
            facts.push((
                "the page is the one that was asked for",
                told == page,
                format!("page {told} in place of {page}"),
            ));
        }
        if let Some(told) = number(&meta.per_page) {
            facts.push((
                "the length is the one that was asked for",
                told == limit,
                format!("{told} in place of {limit}"),
            ));
        }
        match facts.into_iter().find(|(_, holds, _)| !holds) {
            Some((expected, _, found)) => fault(
                "Page says what is not so",
                format!("{} page by page, limit {limit}", self.label()),
                expected,
                found,
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
