//! Credentials.

use crate::{
    api::{Location, Operation, Scheme},
    pact::{check::Sight, finding::Rule, model::Call},
};

/// One of the ways in must be open with what is sent.
pub(super) fn check(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    let is_sent = |name: &String| {
        sight
            .api
            .schemes
            .get(name)
            .is_none_or(|scheme| carries(call, scheme))
    };
    let is_open = operation.security.is_empty()
        || operation
            .security
            .iter()
            .any(|way| way.schemes.iter().all(|(name, _)| is_sent(name)));
    if is_open {
        return;
    }
    let ways: Vec<String> = operation
        .security
        .iter()
        .map(|way| {
            let names: Vec<&str> = way.schemes.iter().map(|(name, _)| name.as_str()).collect();
            names.join(" and ")
        })
        .collect();
    let message = format!("credentials are needed: {}", ways.join(", or "));
    sight.note(
        Rule::SecurityMissing,
        "/request",
        message,
        Some(&operation.place),
    );
}

/// Whether a request carries credentials of a scheme.
fn carries(call: &Call, scheme: &Scheme) -> bool {
    let Some((location, name, value)) = scheme.write("") else {
        return true;
    };
    match location {
        Location::Query => call.query.iter().any(|(known, _)| *known == name),
        Location::Cookie => {
            let cookies = call.request.header("cookie").unwrap_or_default().join(";");
            has_cookie(&cookies, &name)
        }
        _ => {
            let sent = call.request.header(&name).and_then(<[String]>::first);
            let prefix = value.trim_end().to_ascii_lowercase();
            sent.is_some_and(|sent| sent.to_ascii_lowercase().starts_with(&prefix))
        }
    }
}

pub(super) fn is_credential(sight: &Sight<'_>, location: Location, name: &str) -> bool {
    sight.api.schemes.values().any(|scheme| {
        let written = scheme.write("");
        written
            .is_some_and(|(known, place, _)| known == location && place.eq_ignore_ascii_case(name))
    })
}

pub(super) fn has_cookie(cookies: &str, name: &str) -> bool {
    cookies
        .split(';')
        .any(|cookie| cookie.trim().split('=').next() == Some(name))
}
