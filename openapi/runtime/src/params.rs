//! The input of an operation: generated code takes parameters and the body out of it, and it
//! collects everything that is wrong with them.

use http::HeaderMap;
use poem::Request;
use serde::de::DeserializeOwned;

use crate::body::{self, MalformedJson, Parse};
use crate::query::Query;
use crate::rules::{List, TextRule};
use crate::spec::Carrier;
use crate::{In, Reason, Spec, Style, Violations};

/// A request that is being judged.
#[derive(Debug)]
pub struct Input<'r> {
    pub(crate) spec: &'static Spec,
    pub(crate) request: &'r Request,
    pub(crate) query: &'r Query,
    pub(crate) body: &'r [u8],
    pub(crate) out: Violations,
    pub(crate) not_found: Option<&'static str>,
    pub(crate) malformed: Option<MalformedJson>,
    pub(crate) key_missing: bool,
}

impl<'r> Input<'r> {
    pub(crate) fn new(
        spec: &'static Spec,
        request: &'r Request,
        query: &'r Query,
        body: &'r [u8],
    ) -> Self {
        let mut out = Violations::new();
        query.note_broken(&mut out);
        note_unknown(spec, query, &mut out);
        Self {
            spec,
            request,
            query,
            body,
            out,
            not_found: None,
            malformed: None,
            key_missing: false,
        }
    }

    /// A path parameter.
    pub fn path<R: TextRule>(&mut self, name: &str, rule: &R) -> Option<R::Value> {
        let request = self.request;
        self.out.at_parameter(In::Path, name, |out| {
            let Some(text) = request.raw_path_param(name) else {
                // poem leaves out what is no UTF-8.
                out.invalid_format("Invalid UTF-8");
                return None;
            };
            rule.text(text, out)
        })
    }

    /// A path parameter that names something: a value that breaks its schema names nothing, and
    /// the answer is 404 with `code` in place of 400.
    pub fn path_or<R: TextRule>(
        &mut self,
        name: &str,
        rule: &R,
        code: &'static str,
    ) -> Option<R::Value> {
        let value = self.request.raw_path_param(name).and_then(|text| {
            let mut unheard = Violations::new();
            rule.text(text, &mut unheard).filter(|_| unheard.is_empty())
        });
        if value.is_none() {
            self.not_found.get_or_insert(code);
        }
        value
    }

    /// A parameter that must be there.
    pub fn required<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        rule: &R,
    ) -> Option<R::Value> {
        let Some(text) = self.scalar(location, name)? else {
            self.out.at_parameter(location, name, Violations::required);
            return None;
        };
        self.out
            .at_parameter(location, name, |out| rule.text(&text, out))
    }

    /// A parameter that may be left out.
    pub fn optional<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        rule: &R,
    ) -> Option<Option<R::Value>> {
        match self.scalar(location, name)? {
            Some(text) => self
                .out
                .at_parameter(location, name, |out| rule.text(&text, out))
                .map(Some),
            None => Some(None),
        }
    }

    /// A parameter with a default.
    pub fn with_default<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        rule: &R,
        default: impl FnOnce() -> R::Value,
    ) -> Option<R::Value> {
        Some(self.optional(location, name, rule)?.unwrap_or_else(default))
    }

    /// A list that may be left out, which means that it is empty.
    pub fn list<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        style: Style,
        rule: &List<R>,
    ) -> Option<Vec<R::Value>> {
        self.list_with_default(location, name, style, rule, Vec::new)
    }

    /// A list that must be there.
    pub fn required_list<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        style: Style,
        rule: &List<R>,
    ) -> Option<Vec<R::Value>> {
        let read = self.read_list(location, name, style, rule)?;
        if read.is_none() {
            self.out.at_parameter(location, name, Violations::required);
        }
        read
    }

    /// A list with a default.
    pub fn list_with_default<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        style: Style,
        rule: &List<R>,
        default: impl FnOnce() -> Vec<R::Value>,
    ) -> Option<Vec<R::Value>> {
        Some(
            self.read_list(location, name, style, rule)?
                .unwrap_or_else(default),
        )
    }

    /// The body, which must be there.
    pub fn body<T: Parse + DeserializeOwned>(&mut self) -> Option<T> {
        if self.body.is_empty() {
            self.out.required();
            return None;
        }
        self.read_body()
    }

    /// The body, which may be left out.
    pub fn optional_body<T: Parse + DeserializeOwned>(&mut self) -> Option<Option<T>> {
        if self.body.is_empty() {
            return Some(None);
        }
        self.read_body().map(Some)
    }

    fn read_body<T: Parse + DeserializeOwned>(&mut self) -> Option<T> {
        match body::read(self.body, &mut self.out) {
            Ok(value) => value,
            Err(malformed) => {
                self.malformed = Some(malformed);
                None
            }
        }
    }

    #[expect(
        clippy::option_option,
        reason = "the outer None is a violation, the inner one an absent parameter"
    )]
    fn read_list<R: TextRule>(
        &mut self,
        location: In,
        name: &str,
        style: Style,
        rule: &List<R>,
    ) -> Option<Option<Vec<R::Value>>> {
        if style == Style::Exploded && location == In::Query {
            if self.query.is_broken(name) {
                return None;
            }
            if self.query.values(name).next().is_none() {
                return Some(None);
            }
            let query = self.query;
            return self
                .out
                .at_parameter(location, name, |out| rule.texts(query.values(name), out))
                .map(Some);
        }
        let Some(text) = self.scalar(location, name)? else {
            return Some(None);
        };
        let items = text.split(',').filter(|_| !text.is_empty()).map(str::trim);
        self.out
            .at_parameter(location, name, |out| rule.texts(items, out))
            .map(Some)
    }

    /// The one value of a parameter. The outer `None` means that something was wrong with it.
    #[expect(
        clippy::option_option,
        reason = "the outer None is a violation, the inner one an absent parameter"
    )]
    fn scalar(&mut self, location: In, name: &str) -> Option<Option<String>> {
        let found = match location {
            In::Query if self.query.is_broken(name) => return None,
            In::Query => single(self.query.values(name).map(Ok)),
            In::Header => single(header_values(self.request.headers(), name)),
            // Browsers send the cookie with the most specific path first.
            In::Cookie => Ok(cookie(self.request.headers(), name)),
            In::Path => Ok(self.request.raw_path_param(name).map(str::to_owned)),
            In::Body => Ok(None),
        };
        match found {
            Ok(value) => Some(value),
            Err(reason) => {
                self.out.at_parameter(location, name, |out| match reason {
                    Reason::Duplicate => out.add(Reason::Duplicate, "Given more than once"),
                    _ => out.invalid_format("Must be visible ASCII"),
                });
                None
            }
        }
    }
}

/// At most one value.
fn single<'v>(
    mut values: impl Iterator<Item = Result<&'v str, Reason>>,
) -> Result<Option<String>, Reason> {
    let Some(first) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(Reason::Duplicate);
    }
    first.map(|text| Some(text.to_owned()))
}

fn header_values<'r>(
    headers: &'r HeaderMap,
    name: &str,
) -> impl Iterator<Item = Result<&'r str, Reason>> {
    headers.get_all(name).iter().map(|value| {
        value
            .to_str()
            .map(str::trim)
            .map_err(|_| Reason::InvalidFormat)
    })
}

/// The first cookie of a name (RFC 6265, section 5.4).
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| {
            value
                .strip_prefix('"')
                .and_then(|inner| inner.strip_suffix('"'))
                .unwrap_or(value)
                .to_owned()
        })
}

fn note_unknown(spec: &Spec, query: &Query, out: &mut Violations) {
    let declared = |name: &str| {
        spec.parameters
            .iter()
            .any(|parameter| parameter.location == In::Query && parameter.name == name)
    };
    let is_key = |name: &str| {
        spec.schemes
            .iter()
            .any(|scheme| matches!(scheme.carrier, Carrier::Query(key) if key == name))
    };
    for name in query.names() {
        if !declared(name) && !is_key(name) {
            out.at_parameter(In::Query, name, |out| {
                out.add(Reason::UnknownField, "Unknown query parameter");
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_name() {
        let headers = HeaderMap::from_iter([(
            http::header::COOKIE,
            "a=1; b=\"two\";c=3; a=4".parse().unwrap(),
        )]);
        assert_eq!(cookie(&headers, "a").as_deref(), Some("1"));
        assert_eq!(cookie(&headers, "b").as_deref(), Some("two"));
        assert_eq!(cookie(&headers, "d"), None);
    }
}
