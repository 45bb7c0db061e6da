//! What makes a list of an operation: said by `x-pagination`, or told by the names of parameters and properties.

use std::sync::Arc;

use serde_json::Value;

use super::{EXTENSION, Listing, Meta, Style};
use crate::{
    api::{Api, Location, Operation, Parameter},
    laws::shape,
};

const PAGE: [&str; 4] = ["page", "pagenumber", "pageno", "pageindex"];
const OFFSET: [&str; 4] = ["offset", "skip", "start", "startindex"];
const CURSOR: [&str; 6] = [
    "cursor",
    "after",
    "pagetoken",
    "nexttoken",
    "startingafter",
    "continuationtoken",
];
const LIMIT: [&str; 7] = [
    "limit",
    "perpage",
    "pagesize",
    "size",
    "maxresults",
    "first",
    "top",
];
const NEXT: [&str; 5] = [
    "nextcursor",
    "nextpagetoken",
    "endcursor",
    "nexttoken",
    "continuationtoken",
];

impl Listing {
    /// What an operation lists; `None` for one that does not.
    pub(in crate::laws) fn of(api: &Api, operation: &Arc<Operation>) -> Option<Self> {
        if operation.method != "GET" {
            return None;
        }
        let (_, answer) = operation.answer(200)?;
        let told = Told {
            api,
            operation,
            extension: operation.extensions.get(EXTENSION),
            schema: &shape::json(answer)?.value,
        };
        let (style, position) = told.style();
        let items = told.text("items").or_else(|| array(api, told.schema))?;
        let id = told.text("id").or_else(|| {
            let items = at(api, told.schema, &items)?.get("items")?;
            id(api, items)
        });
        let limit = told.parameter("limitParameter", &LIMIT);
        Some(Self {
            operation: Arc::clone(operation),
            style,
            position: position.map(|parameter| parameter.name.clone()),
            limit: limit.map(limit_of),
            first: position.map_or(1, first_page),
            items,
            id,
            meta: told.meta(),
            producer: told.text("producer"),
            is_stable: told.flag("stable"),
        })
    }
}

/// What the document says of a list, outright or by names.
struct Told<'a> {
    api: &'a Api,
    operation: &'a Operation,
    extension: Option<&'a Value>,
    schema: &'a Value,
}

impl<'a> Told<'a> {
    fn text(&self, key: &str) -> Option<String> {
        let value = self.extension?.get(key)?;
        value.as_str().map(str::to_owned)
    }

    fn flag(&self, key: &str) -> bool {
        let value = self.extension.and_then(|extension| extension.get(key));
        value.is_some_and(|value| value == true)
    }

    /// The query parameter that is named, or that has one of the usual names.
    fn parameter(&self, key: &str, names: &[&str]) -> Option<&'a Parameter> {
        let mut known = self.operation.parameters_in(Location::Query);
        match self.text(key) {
            Some(name) => known.find(|parameter| parameter.name == name),
            None => known.find(|known| names.contains(&shape::plain(&known.name).as_str())),
        }
    }

    fn style(&self) -> (Style, Option<&'a Parameter>) {
        let page = self.parameter("pageParameter", &PAGE);
        let offset = self.parameter("offsetParameter", &OFFSET);
        let cursor = self.parameter("cursorParameter", &CURSOR);
        let whole = self.extension.and_then(Value::as_str).map(str::to_owned);
        match self.text("style").or(whole).as_deref() {
            Some("cursor") => (Style::Cursor, cursor),
            Some("offset") => (Style::Offset, offset),
            Some("page") => (Style::Page, page),
            _ if cursor.is_some() => (Style::Cursor, cursor),
            _ if page.is_some() => (Style::Page, page),
            _ if offset.is_some() => (Style::Offset, offset),
            _ => (Style::Whole, None),
        }
    }

    fn meta(&self) -> Meta {
        let find = |key: &str, names: &[&str]| {
            let is_wanted = |name: &str, _: &Value| names.contains(&shape::plain(name).as_str());
            let by_name = || shape::find(&self.api.schemas, self.schema, &is_wanted);
            self.text(key).or_else(|| by_name().into_iter().next())
        };
        Meta {
            next: find("next", &NEXT),
            has_next: find("hasNext", &["hasnext", "hasmore", "hasnextpage"]),
            has_prev: find("hasPrev", &["hasprev", "hasprevious", "haspreviouspage"]),
            total: find(
                "total",
                &["total", "totalcount", "totalitems", "totalelements"],
            ),
            total_pages: find("totalPages", &["totalpages", "pagecount", "lastpage"]),
            page: find("page", &["page", "pagenumber", "currentpage"]),
            per_page: find("perPage", &["perpage", "pagesize", "limit"]),
        }
    }
}

fn limit_of(parameter: &Parameter) -> (String, u64, Option<u64>) {
    let bound = |key: &str| parameter.schema.value.get(key).and_then(Value::as_u64);
    (
        parameter.name.clone(),
        bound("minimum").unwrap_or(1).max(1),
        bound("maximum"),
    )
}

fn first_page(parameter: &Parameter) -> u64 {
    let bound = |key: &str| parameter.schema.value.get(key).and_then(Value::as_u64);
    bound("default").or_else(|| bound("minimum")).unwrap_or(1)
}

/// Where an answer has its rows: the whole, or the shallowest array.
fn array(api: &Api, schema: &Value) -> Option<String> {
    let is_array = |schema: &Value| {
        let schema = api.schemas.follow(schema);
        schema.get("items").is_some()
            && matches!(schema.get("type"), Some(Value::String(text)) if text == "array")
    };
    if is_array(schema) {
        return Some(String::new());
    }
    let found = shape::find(&api.schemas, schema, &|_, property| is_array(property));
    found.into_iter().next()
}

/// The schema of a part, by pointer through properties.
fn at<'s>(api: &'s Api, schema: &'s Value, pointer: &str) -> Option<&'s Value> {
    let mut schema = api.schemas.follow(schema);
    for name in pointer.split('/').skip(1) {
        let properties = shape::properties(&api.schemas, schema);
        let (_, found) = properties.into_iter().find(|(known, _)| *known == name)?;
        schema = api.schemas.follow(found);
    }
    Some(schema)
}

/// What identifies a row: `id`, else the first property that is one by its name.
fn id(api: &Api, row: &Value) -> Option<String> {
    let properties = shape::properties(&api.schemas, row);
    let exact = properties
        .iter()
        .find(|(name, _)| matches!(*name, "id" | "uuid" | "_id"));
    let named = || {
        let mut named = properties.iter();
        named.find(|(name, _)| name.ends_with("Id") || name.ends_with("_id"))
    };
    let (name, _) = exact.or_else(named)?;
    Some(format!("/{}", shape::escaped(name)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders:
    get:
      parameters:
        - { name: page_no, in: query, schema: { type: integer, default: 0 } }
        - { name: per_page, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
      responses:
        '200':
          description: All.
          content:
            application/json:
              schema:
                type: object
                properties:
                  paging: { type: object, properties: { total_count: { type: integer }, has_more: { type: boolean } } }
                  results: { type: array, items: { type: object, properties: { order_id: { type: integer } } } }
  /events:
    get:
      x-pagination: { style: cursor, cursorParameter: from, limitParameter: count, items: /log, id: /number, next: /then, producer: addEvent }
      parameters:
        - { name: from, in: query, schema: { type: string } }
        - { name: count, in: query, schema: { type: integer } }
      responses:
        '200': { description: All., content: { application/json: { schema: { type: object } } } }
  /colours:
    get:
      responses:
        '200':
          description: All.
          content: { application/json: { schema: { type: array, items: { type: string } } } }
";

    fn listing(label: &str) -> Listing {
        let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
        Listing::of(&api, api.operation(label).unwrap()).unwrap()
    }

    #[test]
    fn lists_are_known_by_usual_names() {
        let orders = listing("GET /orders");
        assert_eq!(orders.style, Style::Page);
        assert_eq!(orders.first, 0);
        assert_eq!(orders.limit, Some(("per_page".into(), 1, Some(50))));
        assert_eq!(orders.items, "/results");
        assert_eq!(orders.key(&json!({ "order_id": 7 })), "7");
        assert_eq!(orders.meta.total.as_deref(), Some("/paging/total_count"));
        assert_eq!(orders.meta.has_next.as_deref(), Some("/paging/has_more"));
        assert_eq!(listing("GET /colours").style, Style::Whole);
    }

    #[test]
    fn what_is_named_otherwise_is_said() {
        let events = listing("GET /events");
        assert_eq!(events.style, Style::Cursor);
        assert_eq!(events.items, "/log");
        assert_eq!(events.key(&json!({ "number": "a" })), "a");
        assert_eq!(events.producer.as_deref(), Some("addEvent"));
        assert_eq!(events.longest(), Some(100));
    }
}
