//! What a server may refuse without looking at what is asked: an answer in a form that it does not have, an address,
//! headers or a body that are too long. Tried where the document declares the refusal, so that its status is exercised
//! and the answer held against the document.
//!
//! Nothing of it breaks the document, and servers are free to take it: RFC 9110 leaves it to them whether they mind
//! `Accept` (12.5.1), and how much they read (4.1, 5.4). The body's limit is declared: `x-body-limit`, in bytes.

use bytes::Bytes;
use serde_json::Value;

use crate::{
    api::{Location, Operation, StatusPattern},
    case::{Content, Payload},
    generate::{
        excess,
        template::{Template, Variation},
    },
};

/// What is tried where no `x-body-limit` is declared.
const LONG_BODY: usize = 256 * 1024;
/// Longer bodies are not made: every report holds them.
const LONGEST_BODY: usize = 1024 * 1024;

/// Requests that meet the declared refusals of an operation.
pub(super) fn declared(
    operation: &Operation,
    template: &Template<'_>,
    variations: &mut Vec<Variation>,
) {
    if declares(operation, 406) {
        variations.push(Variation {
            headers: vec![("Accept".to_owned(), excess::MEDIA_TYPE.to_owned())],
            may_refuse: vec![406],
            scenario: "unacceptable_media_type",
            description: format!("Accept: {}", excess::MEDIA_TYPE),
            ..Variation::default()
        });
    }
    if declares(operation, 414) {
        variations.push(Variation {
            query: vec![("padding".to_owned(), "x".repeat(excess::QUERY))],
            // What nobody declared may be refused, however long it is.
            may_refuse: vec![414, 400],
            scenario: "uri_too_long",
            description: format!("An address of over {} bytes", excess::QUERY),
            ..Variation::default()
        });
    }
    if declares(operation, 431) {
        variations.push(Variation {
            headers: vec![("X-Padding".to_owned(), "x".repeat(excess::HEADER))],
            may_refuse: vec![431, 400, 413],
            scenario: "headers_too_long",
            description: format!("A header of {} bytes", excess::HEADER),
            ..Variation::default()
        });
    }
    if declares(operation, 413) {
        let limit = operation.extensions.get("x-body-limit");
        let limit = limit.and_then(Value::as_u64).map(usize::try_from);
        let length = limit.map_or(Some(LONG_BODY), |limit| limit.ok()?.checked_add(1));
        variations.extend(template.body().zip(length).and_then(too_long));
    }
}

/// The usual body made longer: blanks after JSON mean nothing.
fn too_long((usual, length): (&Payload, usize)) -> Option<Variation> {
    let mut body = serde_json::to_vec(usual.json()?).ok()?;
    if length > LONGEST_BODY || body.len() >= length {
        return None;
    }
    body.resize(length, b' ');
    Some(Variation {
        body: Some(Some(Payload {
            media_type: usual.media_type.clone(),
            content: Content::Bytes(Bytes::from(body)),
        })),
        may_refuse: vec![413],
        scenario: "body_too_long",
        description: format!("A body of {length} bytes"),
        location: Some(Location::Body),
        ..Variation::default()
    })
}

/// Whether the status itself is declared, not only its class.
fn declares(operation: &Operation, status: u16) -> bool {
    let answer = operation.answer(status);
    answer.is_some_and(|(pattern, _)| pattern == StatusPattern::Exact(status))
}
