//! Parameters: in the path, the query, headers and cookies.

use indexmap::IndexMap;

use super::security::{has_cookie, is_credential};
use crate::{
    api::{Location, Operation, Parameter},
    pact::{check::Sight, finding::Rule, model::Call, value},
};

/// Headers that no document declares: they belong to HTTP, to tracing, or to other parts of the document.
const EVERYBODYS: [&str; 22] = [
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "authorization",
    "baggage",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "expect",
    "forwarded",
    "host",
    "origin",
    "pragma",
    "referer",
    "traceparent",
    "tracestate",
    "transfer-encoding",
    "user-agent",
];

pub(super) fn path(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    // An id that cannot exist is a way to ask for nothing.
    if call.request.is_generated("path") || call.status == 404 {
        return;
    }
    let captured: IndexMap<String, String> = operation
        .match_path(&call.path)
        .or_else(|| operation.match_path(sight.below_server(&call.path)?))
        .unwrap_or_default();
    for (name, text) in captured {
        let Some(parameter) = operation.parameter(Location::Path, &name) else {
            continue;
        };
        sight.sent(
            (Rule::PathParameterInvalid, "/request/path"),
            &format!("`{name}` in the path"),
            (parameter, &[text]),
        );
    }
}

pub(super) fn query(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    for (name, values) in &call.query {
        let pointer = format!("/request/query/{name}");
        // Items and members may be written as `filter[name]` or `tags[]`.
        let base = name.split('[').next().unwrap_or(name);
        let found = operation.parameter(Location::Query, name);
        let Some(parameter) = found else {
            let is_inside = operation.parameter(Location::Query, base).is_some();
            if !is_inside && !is_credential(sight, Location::Query, name) {
                let message = format!("the operation has no query parameter `{name}`");
                sight.note(
                    Rule::QueryUnknown,
                    &pointer,
                    message,
                    Some(&operation.place),
                );
            }
            continue;
        };
        if !call.request.is_generated(&format!("query {name}")) {
            let what = format!("query parameter `{name}`");
            sight.sent((Rule::QueryInvalid, &pointer), &what, (parameter, values));
        }
    }
    for parameter in operation.parameters_in(Location::Query) {
        let is_sent = call.query.iter().any(|(name, _)| {
            name.split('[').next() == Some(&parameter.name) || *name == parameter.name
        });
        if parameter.is_required && !is_sent {
            let message = format!("query parameter `{}` is required", parameter.name);
            sight.note(
                Rule::QueryMissing,
                "/request",
                message,
                Some(&parameter.place),
            );
        }
    }
}

pub(super) fn headers(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    for (name, values) in &call.request.headers {
        let pointer = format!("/request/headers/{name}");
        let small = name.to_ascii_lowercase();
        let Some(parameter) = operation.parameter(Location::Header, name) else {
            if !EVERYBODYS.contains(&small.as_str())
                && !is_credential(sight, Location::Header, name)
            {
                let message = format!("the operation has no header `{name}`");
                sight.note(
                    Rule::HeaderUnknown,
                    &pointer,
                    message,
                    Some(&operation.place),
                );
            }
            continue;
        };
        if !call.request.is_generated(&format!("header {small}")) {
            let joined = [values.join(",")];
            sight.sent(
                (Rule::HeaderInvalid, &pointer),
                &format!("header `{name}`"),
                (parameter, &joined),
            );
        }
    }
    for parameter in operation.parameters_in(Location::Header) {
        if parameter.is_required && call.request.header(&parameter.name).is_none() {
            let message = format!("header `{}` is required", parameter.name);
            sight.note(
                Rule::HeaderMissing,
                "/request",
                message,
                Some(&parameter.place),
            );
        }
    }
    let cookies = call.request.header("cookie").unwrap_or_default().join(";");
    for parameter in operation.parameters_in(Location::Cookie) {
        if parameter.is_required && !has_cookie(&cookies, &parameter.name) {
            let message = format!("cookie `{}` is required", parameter.name);
            sight.note(
                Rule::CookieMissing,
                "/request",
                message,
                Some(&parameter.place),
            );
        }
    }
}

impl Sight<'_> {
    /// Holds the texts of a parameter against its schema.
    fn sent(
        &mut self,
        (rule, pointer): (Rule, &str),
        what: &str,
        (parameter, texts): (&Parameter, &[String]),
    ) {
        let Some(value) = value::of_parameter(texts, parameter, &self.api.schemas) else {
            return;
        };
        match parameter.schema.violations(&value) {
            Err(problem) => self.note(
                Rule::SchemaUnusable,
                pointer,
                problem,
                Some(&parameter.place),
            ),
            Ok(violations) => {
                for violation in violations {
                    let message = format!("{what}: {}", violation.message);
                    self.note(rule, pointer, message, Some(&parameter.place));
                }
            }
        }
    }
}
