//! Runtime expressions of OpenAPI links (`$response.body#/data/id`): values of an exchange that later requests need.

use regex::Regex;
use serde_json::Value;

use crate::{api::Media, exchange::Exchange};

/// An expression that was read.
#[derive(Debug, Clone)]
pub enum Expression {
    /// `$url`.
    Url,
    /// `$method`.
    Method,
    /// `$statusCode`.
    StatusCode,
    /// `$request.…`.
    Request(Part),
    /// `$response.…`.
    Response(Part),
}

/// A part of a message.
#[derive(Debug, Clone)]
pub enum Part {
    /// `header.NAME`. `#regex:PATTERN` behind it takes the first group out of the value, as Schemathesis has it.
    Header(String, Option<Regex>),
    /// `query.NAME`, of requests only.
    Query(String),
    /// `path.NAME`, of requests only.
    Path(String),
    /// `body` or `body#/pointer`.
    Body(String),
}

impl Expression {
    /// Whether a text is meant as an expression.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        ["$request.", "$response."]
            .iter()
            .any(|prefix| text.starts_with(prefix))
            || ["$url", "$method", "$statusCode"].contains(&text)
    }

    /// Reads an expression.
    ///
    /// # Errors
    /// What is wrong with it, for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = match text {
            "$url" => Some(Self::Url),
            "$method" => Some(Self::Method),
            "$statusCode" => Some(Self::StatusCode),
            _ => text
                .strip_prefix("$request.")
                .and_then(Part::parse)
                .map(Self::Request)
                .or_else(|| {
                    let part = Part::parse(text.strip_prefix("$response.")?)?;
                    let is_of_request = matches!(part, Part::Query(_) | Part::Path(_));
                    (!is_of_request).then_some(Self::Response(part))
                }),
        };
        parsed.ok_or_else(|| {
            format!("`{text}` is no runtime expression: write one like $response.body#/id, $response.header.location or $request.path.id")
        })
    }

    /// What it means for an exchange; `None` when the exchange has no such part.
    #[must_use]
    pub fn evaluate(&self, exchange: &Exchange) -> Option<Value> {
        match self {
            Self::Url => Some(exchange.sent.url.as_str().into()),
            Self::Method => Some(exchange.sent.method.as_str().into()),
            Self::StatusCode => exchange.status().map(Value::from),
            Self::Request(part) => part.of_request(exchange),
            Self::Response(part) => part.of_response(exchange),
        }
    }
}

impl Part {
    fn parse(text: &str) -> Option<Self> {
        if let Some(rest) = text.strip_prefix("body") {
            let pointer = rest.strip_prefix('#').or(rest.is_empty().then_some(""))?;
            let is_pointer = pointer.is_empty() || pointer.starts_with('/');
            return is_pointer.then(|| Self::Body(pointer.to_owned()));
        }
        let (kind, name) = text.split_once('.').filter(|(_, name)| !name.is_empty())?;
        match (kind, name.split_once("#regex:")) {
            ("header", Some((name, pattern))) => Some(Self::Header(
                name.to_owned(),
                Some(Regex::new(pattern).ok()?),
            )),
            ("header", None) => Some(Self::Header(name.to_owned(), None)),
            ("query", _) => Some(Self::Query(name.to_owned())),
            ("path", _) => Some(Self::Path(name.to_owned())),
            _ => None,
        }
    }

    fn of_request(&self, exchange: &Exchange) -> Option<Value> {
        let case = &exchange.case;
        match self {
            Self::Header(name, pattern) => matched(exchange.sent.header(name)?, pattern.as_ref()),
            Self::Query(name) => {
                let found = case.query.iter().find(|(known, _)| known == name);
                found.map(|(_, value)| value.as_str().into())
            }
            Self::Path(name) => case.path.get(name).map(|value| value.as_str().into()),
            Self::Body(pointer) => {
                let payload = case.body.as_ref()?;
                let value = match payload.json() {
                    Some(value) => value.clone(),
                    None => text_or_json(&payload.media_type, &payload.bytes())?,
                };
                value.pointer(pointer).cloned()
            }
        }
    }

    fn of_response(&self, exchange: &Exchange) -> Option<Value> {
        let received = exchange.received()?;
        match self {
            Self::Header(name, pattern) => matched(received.header(name)?, pattern.as_ref()),
            Self::Body(pointer) => {
                let media_type = received.header("content-type").unwrap_or_default();
                let value = text_or_json(media_type, &received.body)?;
                value.pointer(pointer).cloned()
            }
            Self::Query(_) | Self::Path(_) => None,
        }
    }
}

fn text_or_json(media_type: &str, bytes: &[u8]) -> Option<Value> {
    if Media::is_json(media_type) {
        serde_json::from_slice(bytes).ok()
    } else {
        std::str::from_utf8(bytes).ok().map(Value::from)
    }
}

fn matched(value: &str, pattern: Option<&Regex>) -> Option<Value> {
    let Some(pattern) = pattern else {
        return Some(value.into());
    };
    let captures = pattern.captures(value)?;
    let group = captures.get(1).or_else(|| captures.get(0))?;
    Some(group.as_str().into())
}

/// What a value of a link means for an exchange: expressions are evaluated, also those in braces inside a text
/// (`/orders/{$response.body#/id}`) and inside lists and objects; everything else stays. `None` when a part is missing.
#[must_use]
pub fn resolve(value: &Value, exchange: &Exchange) -> Option<Value> {
    match value {
        Value::String(text) if Expression::is_meant(text) => {
            Expression::parse(text).ok()?.evaluate(exchange)
        }
        Value::String(text) => embedded(text, exchange).map(Value::String),
        Value::Array(items) => items.iter().map(|item| resolve(item, exchange)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| Some((name.clone(), resolve(value, exchange)?)))
            .collect::<Option<_>>()
            .map(Value::Object),
        other => Some(other.clone()),
    }
}

fn embedded(text: &str, exchange: &Exchange) -> Option<String> {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{$") {
        let Some((inner, after)) = after.split_once('}') else {
            break;
        };
        resolved.push_str(before);
        let value = Expression::parse(&format!("${inner}"))
            .ok()?
            .evaluate(exchange)?;
        resolved.push_str(&text_of(&value));
        rest = after;
    }
    resolved.push_str(rest);
    Some(resolved)
}

/// A value as it stands in a path, a query or a header.
#[must_use]
pub fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::{
        api::Api,
        case::{Case, Phase},
        exchange::{Received, Sent},
    };

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders/{id}:
    put:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: It. } }
";

    fn exchange() -> Exchange {
        let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
        let mut case = Case::new("1".into(), &api.operations[0], Phase::Examples, 42);
        case.path.insert("id".to_owned(), "7".to_owned());
        case.query.push(("page".to_owned(), "2".to_owned()));
        case.set_json(json!({ "lines": [{ "sku": "a" }] }));
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Exchange {
            case,
            sent: Sent {
                method: "PUT".to_owned(),
                url: "http://shop/orders/7?page=2".to_owned(),
                headers: vec![header("Accept", "*/*")],
                body: None,
            },
            outcome: Ok(Received {
                status: 200,
                headers: vec![
                    header("content-type", "application/json"),
                    header("location", "/orders/7/lines/9"),
                ],
                body: br#"{"id":7,"a/b":null}"#.to_vec().into(),
                is_cut: false,
                elapsed: Duration::ZERO,
                http_version: "1.1",
            }),
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
            verdicts: Vec::new(),
        }
    }

    #[test]
    fn every_part_of_an_exchange_has_an_expression() {
        let exchange = exchange();
        for (text, expected) in [
            ("$url", json!("http://shop/orders/7?page=2")),
            ("$method", json!("PUT")),
            ("$statusCode", json!(200)),
            ("$request.path.id", json!("7")),
            ("$request.query.page", json!("2")),
            ("$request.header.accept", json!("*/*")),
            ("$request.body#/lines/0/sku", json!("a")),
            ("$response.body", json!({ "id": 7, "a/b": null })),
            ("$response.body#/id", json!(7)),
            ("$response.body#/a~1b", Value::Null),
            ("$response.header.Location", json!("/orders/7/lines/9")),
            (r"$response.header.Location#regex:/lines/(\d+)", json!("9")),
        ] {
            let found = Expression::parse(text).unwrap().evaluate(&exchange);
            assert_eq!(found, Some(expected), "{text}");
        }
        let missing = Expression::parse("$response.body#/nothing").unwrap();
        assert_eq!(missing.evaluate(&exchange), None);
    }

    #[test]
    fn values_of_links_are_expressions_constants_or_texts_with_expressions_in_them() {
        let exchange = exchange();
        let link = json!({ "to": "/orders/{$response.body#/id}/x", "page": 3, "all": ["$request.path.id"] });
        let expected = json!({ "to": "/orders/7/x", "page": 3, "all": ["7"] });
        assert_eq!(resolve(&link, &exchange), Some(expected));
        assert_eq!(resolve(&json!("$response.body#/none"), &exchange), None);
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for text in [
            "$response.query.page",
            "$response.path.id",
            "$request.body/id",
            "$request.body#id",
            "$request.header.",
            "$request.cookie.session",
            "$response.header.x#regex:(",
            "response.body",
        ] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
    }
}
