//! How a case is written as a request: address, headers and body.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use super::{CASE_ID, Transport};
use crate::{
    api::Location,
    case::{Case, Payload},
    exchange::Sent,
};

/// What stands in a path or a query as it is (RFC 3986, 2.3), and the comma, which lists are written with. Segments of
/// full stops alone mean others: nobody makes them.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',');
/// The same for parameters of the style `matrix`, which are written with more.
const MATRIX: &AsciiSet = &ESCAPED.remove(b';').remove(b'=');

/// Why a case cannot be written as a request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsendable {
    /// The address is none.
    #[error("`{0}` is no address: {1}")]
    Address(String, String),
    /// HTTP has no such header.
    #[error("HTTP cannot carry the header `{0}` with this value")]
    Header(String),
    /// HTTP has no such method.
    #[error("HTTP has no method `{0}`")]
    Method(String),
}

impl Transport {
    /// Writes a case as a request. `credentials` are what its principal sends: location, name and value.
    ///
    /// # Errors
    /// [`Unsendable`]; generators make values that HTTP cannot carry, which says nothing about the server.
    pub fn write(
        &self,
        case: &Case,
        credentials: &[(Location, String, String)],
    ) -> Result<Sent, Unsendable> {
        let url = self.url(case, credentials)?;
        let headers = self.headers(case, credentials);
        for (name, value) in &headers {
            header(name, value)?;
        }
        Ok(Sent {
            method: case.method.clone(),
            url,
            headers,
            body: case.body.as_ref().map(Payload::bytes),
        })
    }

    fn url(
        &self,
        case: &Case,
        credentials: &[(Location, String, String)],
    ) -> Result<String, Unsendable> {
        let mut query = case.query.clone();
        query.extend(at(credentials, Location::Query));
        let url = format!("{}{}{}", self.base, path(case), query_text(&query));
        match Url::parse(&url) {
            Ok(_) => Ok(url),
            Err(error) => Err(Unsendable::Address(url, error.to_string())),
        }
    }

    fn headers(
        &self,
        case: &Case,
        credentials: &[(Location, String, String)],
    ) -> Vec<(String, String)> {
        let mut headers = case.headers.clone();
        headers.extend(at(credentials, Location::Header));
        let mut cookies = case.cookies.clone();
        cookies.extend(at(credentials, Location::Cookie));
        if !cookies.is_empty() {
            let pairs: Vec<_> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            headers.push(("Cookie".to_owned(), pairs.join("; ")));
        }
        if let Some(payload) = &case.body
            && !payload.media_type.is_empty()
            && case.header("content-type").is_none()
        {
            headers.push(("Content-Type".to_owned(), payload.media_type.clone()));
        }
        for (name, value) in &self.common {
            if !headers
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
            {
                headers.push((name.clone(), value.clone()));
            }
        }
        headers.push((CASE_ID.to_owned(), case.id.clone()));
        headers
    }
}

/// The credentials that travel at a location: name and value.
fn at(
    credentials: &[(Location, String, String)],
    location: Location,
) -> impl Iterator<Item = (String, String)> {
    credentials
        .iter()
        .filter(move |(place, ..)| *place == location)
        .map(|(_, name, value)| (name.clone(), value.clone()))
}

/// The path with its parameters, escaped. A parameter without a value stays empty.
fn path(case: &Case) -> String {
    let mut path = String::new();
    let mut rest = case.operation.path.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        path.push_str(before);
        let value = case.path.get(name).map_or("", String::as_str);
        let parameter = case.operation.parameter(Location::Path, name);
        let is_matrix = parameter.is_some_and(|parameter| parameter.style == "matrix");
        let escaped = if is_matrix { MATRIX } else { ESCAPED };
        path.extend(utf8_percent_encode(value, escaped));
        rest = after;
    }
    path.push_str(rest);
    path
}

fn query_text(query: &[(String, String)]) -> String {
    let mut text = String::new();
    for (name, value) in query {
        text.push(if text.is_empty() { '?' } else { '&' });
        text.extend(utf8_percent_encode(name, ESCAPED));
        text.push('=');
        text.extend(utf8_percent_encode(value, ESCAPED));
    }
    text
}

/// A header as HTTP has it.
pub(super) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Unsendable> {
    let refused = || Unsendable::Header(name.to_owned());
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| refused())?;
    let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| refused())?;
    Ok((parsed, value))
}
