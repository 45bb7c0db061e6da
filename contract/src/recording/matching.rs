//! From recorded requests to cases for the operations of a document.

use std::sync::Arc;

use indexmap::IndexMap;
use percent_encoding::percent_decode_str;
use url::Url;

use super::{FILTERED, Recorded};
use crate::{
    api::{Api, Location, Operation},
    case::{Case, Content, Credentials, Mode, Origin, Payload, Phase},
    document::Place,
    exchange::{Exchange, NoAnswer},
};

/// Headers that a transport writes by itself.
const OF_TRANSPORTS: [&str; 9] = [
    "user-agent",
    "accept-encoding",
    "accept",
    "connection",
    "content-length",
    "host",
    "transfer-encoding",
    "x-schemathesis-testcaseid",
    "x-contract-case-id",
];

/// So many characters of an address are shown.
const LONGEST: usize = 200;

/// A request that no operation of the document takes.
#[derive(Debug, Clone, thiserror::Error)]
#[error(
    "{place}: `{method} {}` fits no path of the document; --base-url says what comes before its paths",
    shortened(url)
)]
pub struct Unmatched {
    /// Where it stands.
    pub place: Place,
    /// Its method.
    pub method: String,
    /// Its address.
    pub url: String,
}

/// The beginning of an address: some are as long as a server takes.
pub(crate) fn shortened(url: &str) -> String {
    match url.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", url.get(..end).unwrap_or_default()),
        None => url.to_owned(),
    }
}

/// What may come before a document's paths in recorded addresses.
#[derive(Debug, Clone)]
pub struct Bases(Vec<String>);

impl Bases {
    /// The path of the given address, that of the document's server, or nothing: the first that fits counts.
    #[must_use]
    pub fn new(api: &Api, given: Option<&Url>) -> Self {
        let mut bases = Vec::new();
        if let Some(given) = given {
            bases.push(given.path().trim_end_matches('/').to_owned());
        } else {
            let server = api.server.as_deref().unwrap_or_default();
            bases.push(path_of(server).trim_end_matches('/').to_owned());
            bases.push(String::new());
        }
        bases.dedup();
        Self(bases)
    }

    /// Whether a document reads, under one of its paths with parameters, what an address points at.
    pub(super) fn reads(&self, api: &Api, url: &str) -> bool {
        let path = path_of(url);
        self.0.iter().any(|base| {
            let inside = path.strip_prefix(base.as_str());
            let read = inside.and_then(|inside| api.at("GET", inside));
            read.is_some_and(|(_, parameters)| !parameters.is_empty())
        })
    }

    /// The operation that a recorded request was about, with the texts of its path parameters. A request with a method
    /// that nobody declares is about the first operation of its path.
    fn find<'a>(
        &self,
        api: &'a Api,
        entry: &Recorded,
    ) -> Option<(&'a Arc<Operation>, IndexMap<String, String>)> {
        let path = path_of(&entry.sent.url);
        self.0.iter().find_map(|base| {
            let inside = path.strip_prefix(base.as_str())?;
            let inside = if inside.is_empty() { "/" } else { inside };
            if let Some(found) = api.at(&entry.sent.method, inside) {
                return Some(found);
            }
            let named = entry
                .operation
                .as_deref()
                .and_then(|name| api.operation(name));
            let mut there = api.operations_at(inside);
            let own = named.and_then(|named| {
                there
                    .iter()
                    .position(|(operation, _)| operation.index == named.index)
            });
            (!there.is_empty()).then(|| there.swap_remove(own.unwrap_or(0)))
        })
    }
}

/// The path of an address as it was sent: dots and escapes are left as they are.
pub(super) fn path_of(url: &str) -> &str {
    let rest = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
        None => url,
    };
    rest.split(['?', '#']).next().unwrap_or_default()
}

impl Recorded {
    /// The request as a case for the document. Credentials that were taken out are left out: somebody puts others in.
    ///
    /// # Errors
    /// [`Unmatched`] when no path of the document fits.
    pub fn case(&self, api: &Api, bases: &Bases) -> Result<Case, Unmatched> {
        let (operation, path) = bases.find(api, self).ok_or_else(|| Unmatched {
            place: self.place.clone(),
            method: self.sent.method.clone(),
            url: self.sent.url.clone(),
        })?;
        let mut case = Case::new(self.id.clone(), operation, Phase::Recording, 0);
        case.method.clone_from(&self.sent.method);
        case.path = path;
        let query = self.sent.url.split_once('?').map(|(_, query)| query);
        let query = query.map(|query| query.split('#').next().unwrap_or_default());
        case.query = query
            .into_iter()
            .flat_map(|query| url::form_urlencoded::parse(query.as_bytes()))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        for (name, value) in &self.sent.headers {
            let lower = name.to_ascii_lowercase();
            match lower.as_str() {
                "cookie" if !value.contains(FILTERED) => case.cookies.extend(cookies(value)),
                "content-type" if self.sent.body.is_some() => {}
                lower if OF_TRANSPORTS.contains(&lower) => {}
                _ => case.headers.push((name.clone(), value.clone())),
            }
        }
        case.body = self.sent.body.as_ref().map(|body| {
            let media_type = self.sent.header("content-type").unwrap_or_default();
            Payload {
                media_type: media_type.to_owned(),
                content: match serde_json::from_slice(body) {
                    Ok(value) if crate::api::Media::is_json(media_type) => Content::Json(value),
                    _ => Content::Bytes(body.clone()),
                },
            }
        });
        let shown = self.shown_credentials(api, &mut case);
        case.credentials = self.credentials.clone().unwrap_or(shown);
        case.origin = Origin {
            phase: self.phase.unwrap_or(Phase::Recording),
            mode: self.mode.unwrap_or(Mode::Positive),
            description: self.description.clone(),
            scenario: self.scenario.clone(),
            location: self.location,
            parameter: self.parameter.clone(),
            components: self.components.clone(),
            expectation: self.expectation.clone(),
            ..case.origin
        };
        Ok(case)
    }

    /// What was taken out is to be put in again; what is still there is sent as it is; what was never there is not.
    fn shown_credentials(&self, api: &Api, case: &mut Case) -> Credentials {
        let ways = case.operation.security.iter();
        let named = ways.flat_map(|way| way.schemes.iter().map(|(name, _)| name));
        let schemes: Vec<_> = named.filter_map(|name| api.schemes.get(name)).collect();
        let mut credentials = Credentials::None;
        for scheme in schemes {
            let Some((location, name, _)) = scheme.write("") else {
                continue;
            };
            let value = match location {
                Location::Query => case.query.iter().find(|(known, _)| *known == name),
                Location::Cookie => case.cookies.iter().find(|(known, _)| *known == name),
                _ => case
                    .headers
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(&name)),
            };
            let hidden = location == Location::Cookie
                && self
                    .sent
                    .header("cookie")
                    .is_some_and(|value| value.contains(FILTERED));
            match value {
                Some((_, value)) if value.contains(FILTERED) => credentials = Credentials::Usual,
                Some(_) if credentials == Credentials::None => credentials = Credentials::Own,
                None if hidden => credentials = Credentials::Usual,
                _ => {}
            }
            case.query
                .retain(|(known, value)| *known != name || !value.contains(FILTERED));
            case.headers.retain(|(known, value)| {
                !(known.eq_ignore_ascii_case(&name) || known.eq_ignore_ascii_case("cookie"))
                    || !value.contains(FILTERED)
            });
        }
        if credentials == Credentials::None && case.operation.security.is_empty() {
            credentials = Credentials::Own;
        }
        credentials
    }

    /// The request and the recorded answer, as a run would have them. Nothing is judged yet.
    ///
    /// # Errors
    /// As [`Recorded::case`].
    pub fn exchange(&self, api: &Api, bases: &Bases) -> Result<Exchange, Unmatched> {
        Ok(Exchange {
            case: self.case(api, bases)?,
            sent: self.sent.clone(),
            outcome: self.received.clone().ok_or_else(|| {
                let unknown = || NoAnswer::Broken("the recording holds no answer".to_owned());
                self.no_answer.clone().unwrap_or_else(unknown)
            }),
            recorded_at: self.recorded_at.unwrap_or(jiff::Timestamp::UNIX_EPOCH),
            verdicts: Vec::new(),
        })
    }
}

fn cookies(header: &str) -> impl Iterator<Item = (String, String)> {
    let cookies = header
        .split(';')
        .filter_map(|cookie| cookie.split_once('='));
    cookies.map(|(name, value)| {
        let value = percent_decode_str(value.trim()).decode_utf8_lossy();
        (name.trim().to_owned(), value.into_owned())
    })
}
