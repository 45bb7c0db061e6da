//! Pages and feeds.

use http::header;
use serde_json::{Map, Value, json};

use crate::{
    answer::{Answer, Content, Refusal},
    faults::Fault,
    pipeline::Server,
};
use http::StatusCode;

/// Rows behind this one are never asked for in earnest; a server with 24 bits for them fails here.
const FAR_ROW: usize = 10_000_000;
const DEFAULT_LIMIT: usize = 20;

fn number(query: &Map<String, Value>, name: &str, default: usize) -> usize {
    let given = query.get(name).and_then(Value::as_u64);
    given
        .and_then(|number| usize::try_from(number).ok())
        .unwrap_or(default)
}

impl Server {
    /// One page of the rows with these ids, which come the oldest first: what is inserted meanwhile comes behind.
    pub(crate) fn page(
        &self,
        mut ids: Vec<u64>,
        query: &Map<String, Value>,
        show: impl Fn(u64) -> Option<Value>,
    ) -> Result<Answer, Refusal> {
        let (page, limit) = (
            number(query, "page", 1),
            number(query, "limit", DEFAULT_LIMIT),
        );
        let mut first = (page - 1) * limit;
        if self.has(Fault::FarPageCrashes) && first > FAR_ROW {
            return Err(Refusal::Internal);
        }
        if self.has(Fault::InsertsShiftPages) {
            ids.reverse();
        }
        if page > 1 && self.has(Fault::PageLosesRow) {
            first += 1;
        }
        if page > 1 && self.has(Fault::PageRepeatsRow) {
            first -= 1;
        }
        let mut total_pages = ids.len().div_ceil(limit);
        let has_next = page < total_pages || self.has(Fault::HasNextWrong);
        if self.has(Fault::TotalPagesWrong) {
            total_pages = ids.len() / limit;
        }
        let total = ids.len() + usize::from(self.has(Fault::TotalWrong));
        let meta = json!({"page": page, "perPage": limit, "total": total, "totalPages": total_pages,
                          "hasNext": has_next, "hasPrev": page > 1});
        let rows: Vec<Value> = ids
            .iter()
            .skip(first)
            .take(limit)
            .filter_map(|id| show(*id))
            .collect();
        let link = self.link(query, page, limit, total_pages);
        let content = Content::Page(Value::Array(rows), meta);
        Ok(Answer::of(StatusCode::OK, content).with(header::LINK, link))
    }

    /// The pages around this one.
    fn link(&self, query: &Map<String, Value>, page: usize, limit: usize, last: usize) -> String {
        let mut filters = form_urlencoded::Serializer::new(String::new());
        for (name, value) in query {
            if let Some(text) = value.as_str() {
                filters.append_pair(name, text);
            }
        }
        let filters = filters.finish();
        let to = |page: usize, rel: &str| {
            let join = if filters.is_empty() { "" } else { "&" };
            format!("</v1/parcels?page={page}&limit={limit}{join}{filters}>; rel=\"{rel}\"")
        };
        let mut links = vec![to(1, "first")];
        if page > 1 {
            links.push(to(page - 1, "prev"));
        }
        if page < last {
            let next = if self.has(Fault::LinkWrong) {
                page
            } else {
                page + 1
            };
            links.push(to(next, "next"));
        }
        links.push(to(last.max(1), "last"));
        links.join(", ")
    }

    /// A stretch of a feed, the newest first. A cursor names the last row that was seen, so inserts do not move it.
    pub(crate) fn feed(
        &self,
        ids: &[u64],
        query: &Map<String, Value>,
        show: impl Fn(u64) -> Option<Value>,
    ) -> Answer {
        let limit = number(query, "limit", DEFAULT_LIMIT);
        let cursor = query.get("cursor").and_then(Value::as_str);
        // A number too large to be an id is newer than everything.
        let seen = cursor.map(|text| u64::from_str_radix(text, 16).unwrap_or(u64::MAX));
        let newest_first = ids.iter().rev().copied();
        let rest: Vec<u64> = match seen {
            None => newest_first.collect(),
            Some(seen) if self.has(Fault::CursorShifts) => newest_first
                .skip(usize::try_from(seen).unwrap_or(usize::MAX))
                .collect(),
            Some(seen) if self.has(Fault::CursorRepeats) => {
                newest_first.filter(|id| *id <= seen).collect()
            }
            Some(seen) => {
                let skipped = usize::from(self.has(Fault::CursorSkips));
                newest_first.filter(|id| *id < seen).skip(skipped).collect()
            }
        };
        let has_next = rest.len() > limit;
        let position = if self.has(Fault::CursorShifts) {
            let before = seen.filter(|_| cursor.is_some()).unwrap_or_default();
            Some(before.saturating_add(u64::try_from(limit).unwrap_or(u64::MAX)))
        } else {
            rest.get(limit - 1).copied()
        };
        let next = position
            .filter(|_| has_next)
            .map(|position| format!("{position:x}"));
        let rows: Vec<Value> = rest.iter().take(limit).filter_map(|id| show(*id)).collect();
        let meta = json!({"limit": limit, "nextCursor": next, "hasNext": has_next});
        Answer::of(StatusCode::OK, Content::Page(Value::Array(rows), meta))
    }
}
