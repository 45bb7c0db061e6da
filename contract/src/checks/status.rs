//! Checks of the status and of `Content-Type`.

use super::{
    Check,
    codes::failure,
    media_type,
    subject::{Subject, is_content_type_probe},
};
use crate::exchange::Failure;

/// No 5xx. After a `Content-Type` that the operation does not declare it is a failure of its own, which holds only
/// when the same request with a declared one succeeds: [`super::control`] and [`super::settle`] see to that.
pub(super) fn not_a_server_error(subject: &Subject<'_>) -> Option<Failure> {
    let check = Check::NotAServerError;
    if subject.takes(check) {
        return None;
    }
    let status = subject.status();
    let expected = subject.expected(check);
    let place = &subject.operation().place;
    let key = status.to_string();
    if is_content_type_probe(subject.case()) {
        let sent = subject.exchange.sent.header("content-type");
        let sent = sent.unwrap_or("none");
        let message = format!(
            "Received: {status} to `Content-Type: {sent}`\nExpected: 415, or 400 when it is malformed; with a declared \
             one the same request is answered"
        );
        return Some(failure(check, "ST102", place, key, message));
    }
    let message = format!("Received: {status}\nExpected: {expected}");
    Some(failure(check, "ST101", place, key, message))
}

/// The status is declared.
pub(super) fn status_code_conformance(subject: &Subject<'_>) -> Option<Failure> {
    let operation = subject.operation();
    let status = subject.status();
    if operation.answer(status).is_some() {
        return None;
    }
    let declared: Vec<_> = operation.answers.keys().map(ToString::to_string).collect();
    Some(failure(
        Check::StatusCodeConformance,
        "ST103",
        &operation.place,
        status.to_string(),
        format!("Received: {status}\nDocumented: {}", declared.join(", ")),
    ))
}

/// The media type is declared.
pub(super) fn content_type_conformance(subject: &Subject<'_>) -> Option<Failure> {
    let check = Check::ContentTypeConformance;
    let (pattern, answer) = subject.operation().answer(subject.status())?;
    if answer.content.is_empty() {
        return None;
    }
    let declared: Vec<_> = answer.content.keys().map(String::as_str).collect();
    let declared = declared.join(", ");
    let place = &answer.place;
    let Some(received) = subject.received.header("content-type") else {
        return Some(failure(
            check,
            "ST104",
            place,
            "",
            format!("Received: no Content-Type\nDocumented for {pattern}: {declared}"),
        ));
    };
    let given = media_type::parse(received);
    for (name, media) in &answer.content {
        let message = match (media_type::parse(name), &given) {
            (Some(wanted), Some(given)) if media_type::matches(&wanted, given) => return None,
            (Some(_), Some(_)) => continue,
            (None, _) => format!("`{name}` is declared and is no media type: write type/subtype"),
            (_, None) => {
                format!("Received: {received}, which is no media type\nDocumented: {name}")
            }
        };
        return Some(failure(check, "ST106", &media.place, received, message));
    }
    Some(failure(
        check,
        "ST105",
        place,
        received,
        format!("Received: {received}\nDocumented for {pattern}: {declared}"),
    ))
}
