//! Lists: where their rows are, how one page leads to the next, what they say about themselves.

mod infer;

use std::sync::Arc;

use serde_json::Value;

use super::{
    shape,
    trial::{Outcome, Trial, untried},
    world::{self, World},
};
use crate::{api::Operation, case::Case, exchange::Received};

/// The name of the extension.
pub(in crate::laws) const EXTENSION: &str = "x-pagination";

/// How pages follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::laws) enum Style {
    /// Numbered.
    Page,
    /// By the number of rows before.
    Offset,
    /// By a mark in the answer before.
    Cursor,
    /// There is one page.
    Whole,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::laws) enum Position {
    /// The beginning.
    Start,
    /// A page or an offset.
    Number(u64),
    /// What the answer before gave.
    Cursor(String),
}

/// A list.
#[derive(Debug)]
pub(in crate::laws) struct Listing {
    pub(in crate::laws) operation: Arc<Operation>,
    pub(in crate::laws) style: Style,
    /// The query parameter that says where a page begins.
    position: Option<String>,
    /// The query parameter that says how long a page is, with its bounds.
    pub(in crate::laws) limit: Option<(String, u64, Option<u64>)>,
    /// The number of the first page.
    pub(in crate::laws) first: u64,
    items: String,
    id: Option<String>,
    pub(in crate::laws) meta: Meta,
    /// The operation that adds rows, when the document names it.
    pub(in crate::laws) producer: Option<String>,
    /// Whether numbered pages keep their rows while others are added.
    pub(in crate::laws) is_stable: bool,
}

/// Pointers to what an answer says about itself.
#[derive(Debug)]
pub(in crate::laws) struct Meta {
    next: Option<String>,
    pub(in crate::laws) has_next: Option<String>,
    pub(in crate::laws) has_prev: Option<String>,
    pub(in crate::laws) total: Option<String>,
    pub(in crate::laws) total_pages: Option<String>,
    pub(in crate::laws) page: Option<String>,
    pub(in crate::laws) per_page: Option<String>,
}

/// One page.
#[derive(Debug)]
pub(in crate::laws) struct Sheet {
    pub(in crate::laws) rows: Vec<Value>,
    pub(in crate::laws) body: Value,
    pub(in crate::laws) next: Option<Position>,
}

impl Listing {
    /// What tells a row from others.
    pub(in crate::laws) fn key(&self, row: &Value) -> String {
        let id = self.id.as_ref().and_then(|pointer| row.pointer(pointer));
        id.map_or_else(|| row.to_string(), world::text)
    }

    /// The request for a page.
    pub(in crate::laws) fn ask(
        &self,
        world: &World<'_>,
        question: &Case,
        position: &Position,
        limit: Option<u64>,
    ) -> Case {
        let mut case = question.clone();
        case.id = world.run.case_id();
        let mut set = |name: &Option<String>, value: Option<String>| {
            let Some(name) = name else { return };
            case.query.retain(|(known, _)| known != name);
            if let Some(value) = value {
                case.query.push((name.clone(), value));
            }
        };
        let limit_name = self.limit.as_ref().map(|(name, ..)| name.clone());
        set(&limit_name, limit.map(|limit| limit.to_string()));
        let text = match position {
            Position::Start => None,
            Position::Number(number) => Some(number.to_string()),
            Position::Cursor(cursor) => Some(cursor.clone()),
        };
        set(&self.position, text);
        case
    }

    /// What an answer holds; `None` when it has no rows where they should be.
    pub(in crate::laws) fn read(
        &self,
        received: &Received,
        position: &Position,
        limit: Option<u64>,
    ) -> Option<Sheet> {
        let body = received.json()?;
        let rows = body.pointer(&self.items)?.as_array()?.clone();
        let next = self.next(&body, &rows, position, limit);
        Some(Sheet { rows, body, next })
    }

    fn next(
        &self,
        body: &Value,
        rows: &[Value],
        position: &Position,
        limit: Option<u64>,
    ) -> Option<Position> {
        let meta = &self.meta;
        let has_next = value(body, meta.has_next.as_ref()).and_then(Value::as_bool);
        let count = u64::try_from(rows.len()).ok()?;
        let at = match position {
            Position::Number(number) => *number,
            _ => self.first,
        };
        match self.style {
            Style::Whole => None,
            Style::Cursor => {
                if has_next == Some(false) {
                    return None;
                }
                let told = value(body, meta.next.as_ref());
                let last = || Some(self.key(rows.last()?));
                let cursor = match told {
                    Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
                    Some(Value::Number(number)) => Some(number.to_string()),
                    None if meta.next.is_none() && has_next == Some(true) => last(),
                    _ => None,
                };
                cursor.map(Position::Cursor)
            }
            Style::Page => {
                let pages = value(body, meta.total_pages.as_ref()).and_then(Value::as_u64);
                let is_more = has_next
                    .or_else(|| Some(at + 1 < self.first + pages?))
                    .unwrap_or(limit.is_some_and(|limit| count >= limit));
                is_more.then_some(Position::Number(at + 1))
            }
            Style::Offset => {
                let total = value(body, meta.total.as_ref()).and_then(Value::as_u64);
                let at = match position {
                    Position::Number(number) => *number,
                    _ => 0,
                };
                let is_more = has_next
                    .or_else(|| Some(at + count < total?))
                    .unwrap_or(limit.is_some_and(|limit| count >= limit));
                (is_more && count > 0).then_some(Position::Number(at + count))
            }
        }
    }

    /// A page, asked for within a trial.
    pub(in crate::laws) async fn sheet(
        &self,
        world: &World<'_>,
        trial: &mut Trial<'_>,
        question: &Case,
        position: &Position,
        limit: Option<u64>,
    ) -> Outcome<(Sheet, Received)> {
        let case = self.ask(world, question, position, limit);
        let received = trial.send(case, "a page").await?;
        if received.status != 200 {
            return untried(format!(
                "{} answers {} {}",
                self.operation.label,
                received.status,
                shape::brief(&received.body)
            ));
        }
        match self.read(&received, position, limit) {
            Some(sheet) => Ok((sheet, received)),
            None => untried(format!(
                "{} has no list at `{}` of its answer",
                self.operation.label, self.items
            )),
        }
    }

    /// Every row, by the longest pages; `None` when there are too many.
    pub(in crate::laws) async fn rows(
        &self,
        world: &World<'_>,
        question: &Case,
    ) -> Outcome<Option<Vec<Value>>> {
        let limit = self.longest();
        let mut rows = Vec::new();
        let mut position = Position::Start;
        for _ in 0..world.run.settings.bounds.pages {
            let case = self.ask(world, question, &position, limit);
            let received = world.sent(case, "what is there").await?;
            let sheet = if received.is_success() {
                self.read(&received, &position, limit)
            } else {
                None
            };
            let Some(sheet) = sheet else {
                return Ok(None);
            };
            rows.extend(sheet.rows);
            match sheet.next {
                Some(next) => position = next,
                None => return Ok(Some(rows)),
            }
        }
        Ok(None)
    }

    /// Where a link to another page leads.
    pub(in crate::laws) fn position_in(&self, target: &str) -> Option<String> {
        super::links::query(target, self.position.as_ref()?)
    }

    /// The longest page that may be asked for.
    pub(in crate::laws) fn longest(&self) -> Option<u64> {
        let (_, least, most) = self.limit.as_ref()?;
        Some(most.unwrap_or(100).max(*least))
    }
}

/// What an answer says at a pointer.
pub(in crate::laws) fn value<'v>(body: &'v Value, pointer: Option<&String>) -> Option<&'v Value> {
    body.pointer(pointer?).filter(|value| !value.is_null())
}
