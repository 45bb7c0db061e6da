//! The credentials that came with a request, as they came.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::params::cookie;
use crate::query::Query;
use crate::spec::Carrier;
use crate::{In, Scheme, Spec};

/// A credential that came with the request.
#[derive(Debug)]
pub(super) struct Presented {
    pub(super) scheme: &'static Scheme,
    pub(super) text: String,
}

impl Presented {
    /// Where the client put it, for details.
    pub(super) fn place(&self) -> (In, &'static str) {
        match self.scheme.carrier {
            Carrier::Bearer | Carrier::Basic => (In::Header, "Authorization"),
            Carrier::Header(name) => (In::Header, name),
            Carrier::Query(name) => (In::Query, name),
            Carrier::Cookie(name) => (In::Cookie, name),
        }
    }
}

/// Every scheme of the document or, where the operation does not know them, of the operation.
fn schemes(spec: &'static Spec) -> Vec<&'static Scheme> {
    let mut all: Vec<&'static Scheme> = spec.schemes.to_vec();
    for requirement in spec
        .security
        .iter()
        .flat_map(|alternative| alternative.iter())
    {
        if !all
            .iter()
            .any(|scheme| scheme.name == requirement.scheme.name)
        {
            all.push(requirement.scheme);
        }
    }
    all
}

/// Every credential that the document knows and the request has.
pub(super) fn presented(spec: &'static Spec, headers: &HeaderMap, query: &Query) -> Vec<Presented> {
    let all = schemes(spec);
    let mut found = Vec::new();
    for scheme in &all {
        let text = match scheme.carrier {
            Carrier::Bearer => authorization(headers, "bearer", is_sole(&all, Carrier::Bearer)),
            Carrier::Basic => authorization(headers, "basic", is_sole(&all, Carrier::Basic)),
            Carrier::Header(name) => key_header(headers, name),
            Carrier::Query(name) => query.values(name).next().map(str::to_owned),
            Carrier::Cookie(name) => cookie(headers, name),
        };
        found.extend(text.map(|text| Presented { scheme, text }));
    }
    found
}

/// The key in a header; empty, which no key is, when it came twice or is not visible ASCII.
fn key_header(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?;
    let is_sole = values.next().is_none();
    let text = first.to_str().ok().filter(|_| is_sole).unwrap_or_default();
    Some(text.trim().to_owned())
}

/// Whether `carrier` is the only one that uses the `Authorization` header.
fn is_sole(all: &[&Scheme], carrier: Carrier) -> bool {
    all.iter().all(|scheme| {
        scheme.carrier == carrier || !matches!(scheme.carrier, Carrier::Bearer | Carrier::Basic)
    })
}

/// The credential in `Authorization`. One that does not have the right form, or came twice, is
/// empty: it is there, and it is not valid.
fn authorization(headers: &HeaderMap, scheme: &str, is_sole: bool) -> Option<String> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let first = values.next()?;
    let text = first.to_str().unwrap_or_default().trim();
    let (name, credential) = text.split_once(' ').unwrap_or((text, ""));
    if !name.eq_ignore_ascii_case(scheme) {
        return is_sole.then(String::new);
    }
    Some(if values.next().is_some() {
        String::new()
    } else {
        credential.trim().to_owned()
    })
}

/// User and password; both empty when the text is no base64 of `user:password`.
pub(super) fn basic(text: &str) -> (String, String) {
    STANDARD
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|pair| {
            pair.split_once(':')
                .map(|(user, password)| (user.to_owned(), password.to_owned()))
        })
        .unwrap_or_default()
}
