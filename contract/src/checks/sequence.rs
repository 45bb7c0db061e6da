//! Checks that know what went before: deleted, created, not let in, somebody else's.

use super::{Check, codes::failure, subject::Subject};
use crate::{
    api::{Location, Operation, Scheme},
    case::Expectation,
    checks::subject::is_negative_at,
    exchange::{Failure, Sent},
    recording::FILTERED,
};

/// What was deleted is gone.
pub(super) fn use_after_free(subject: &Subject<'_>) -> Option<Failure> {
    let Some(Expectation::Gone { deleted_by }) = &subject.case().origin.expectation else {
        return None;
    };
    let operation = subject.operation();
    let status = subject.status();
    // A second DELETE may succeed (RFC 9110, 9.2.2), and what creates may create again.
    let reads = matches!(
        operation.method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "QUERY" | "PATCH"
    );
    if !reads || !(200..400).contains(&status) {
        return None;
    }
    Some(failure(
        Check::UseAfterFree,
        "ST301",
        &operation.place,
        "",
        format!(
            "Received: {status} for a resource that is deleted{}\nExpected: 404 or 410\nDeleted by: {deleted_by}",
            cache(subject)
        ),
    ))
}

/// What was created is there.
pub(super) fn ensure_resource_availability(subject: &Subject<'_>) -> Option<Failure> {
    let Some(Expectation::There { created_by }) = &subject.case().origin.expectation else {
        return None;
    };
    if subject.status() != 404 {
        return None;
    }
    Some(failure(
        Check::EnsureResourceAvailability,
        "ST302",
        &subject.operation().place,
        "",
        format!(
            "Received: 404 for a resource that was just created{}\nExpected: the resource\nCreated by: {created_by}",
            cache(subject)
        ),
    ))
}

/// A shared cache may go on serving what was there before.
fn cache(subject: &Subject<'_>) -> String {
    let age = subject.received.header("age");
    let age = age.and_then(|age| age.parse::<u64>().ok());
    if age.is_some_and(|age| age > 0) {
        return " (a cache answered: `Age` is above 0)".to_owned();
    }
    let hit = subject.received.header("x-cache").unwrap_or_default();
    if hit.to_ascii_uppercase().contains("HIT") {
        return " (a cache answered: `X-Cache` says so)".to_owned();
    }
    String::new()
}

/// Nobody is let in without valid credentials, nor with too few rights.
pub(super) fn ignored_auth(subject: &Subject<'_>) -> Option<Failure> {
    let operation = subject.operation();
    let status = subject.status();
    let found = |key: &str, message: String| {
        let place = &operation.place;
        Some(failure(Check::IgnoredAuth, "ST401", place, key, message))
    };
    match &subject.case().origin.expectation {
        Some(Expectation::Unauthenticated { defect }) => {
            // Where the same request succeeds with credentials, any other answer shows that it was looked at.
            let is_let_in = if subject.case().origin.parent.is_some() {
                !matches!(status, 300..=399 | 401 | 403)
            } else {
                subject.is_success()
            };
            if !is_let_in {
                return None;
            }
            found(
                "",
                format!("Received: {status} with {defect}\nExpected: 401 or 403"),
            )
        }
        Some(Expectation::Forbidden { lack }) if subject.is_success() => found(
            "forbidden",
            format!("Received: {status} for {lack}\nExpected: 403 or 404"),
        ),
        Some(Expectation::Forbidden { .. } | Expectation::SomebodyElses { .. }) => None,
        Some(
            Expectation::Gone { .. }
            | Expectation::There { .. }
            | Expectation::Status(_)
            | Expectation::MayRefuse(_),
        )
        | None => {
            let is_unasked = subject.is_success()
                && !is_negative_at(subject.case(), Location::Path)
                && asks_for_credentials(operation)
                && !carries_credentials(subject);
            if !is_unasked {
                return None;
            }
            found(
                "",
                format!("Received: {status} without credentials\nExpected: 401 or 403"),
            )
        }
    }
}

/// Nobody gets somebody else's object.
pub(super) fn object_level_authorization(subject: &Subject<'_>) -> Option<Failure> {
    let Some(Expectation::SomebodyElses { owner, caller }) = &subject.case().origin.expectation
    else {
        return None;
    };
    if !subject.is_success() {
        return None;
    }
    Some(failure(
        Check::ObjectLevelAuthorization,
        "ST402",
        &subject.operation().place,
        "",
        format!(
            "Received: {} for {caller}, and the object is {owner}'s\nExpected: 403 or 404",
            subject.status()
        ),
    ))
}

/// A fixture's own expectations.
pub(super) fn fixture(subject: &Subject<'_>) -> Option<Failure> {
    let Some(Expectation::Status(statuses)) = &subject.case().origin.expectation else {
        return None;
    };
    let status = subject.status();
    if statuses.contains(&status) {
        return None;
    }
    let expected: Vec<_> = statuses.iter().map(ToString::to_string).collect();
    Some(failure(
        Check::Fixture,
        "ST901",
        subject.case().place(),
        status.to_string(),
        format!(
            "Received: {status}\nExpected by the fixture: {}",
            expected.join(", ")
        ),
    ))
}

/// Whether callers must say who they are. One way that asks for nothing lets everybody in.
pub(crate) fn asks_for_credentials(operation: &Operation) -> bool {
    !operation.security.is_empty() && operation.security.iter().all(|way| !way.schemes.is_empty())
}

fn carries_credentials(subject: &Subject<'_>) -> bool {
    let ways = subject.operation().security.iter();
    let names = ways.flat_map(|way| way.schemes.iter().map(|(name, _)| name));
    let mut schemes = names.filter_map(|name| subject.api.schemes.get(name));
    schemes.any(|scheme| carries(&subject.exchange.sent, scheme))
}

/// Whether a request carries something where a scheme's secret travels.
pub(crate) fn carries(sent: &Sent, scheme: &Scheme) -> bool {
    match scheme.write("") {
        Some((Location::Query, name, _)) => url::Url::parse(&sent.url)
            .is_ok_and(|url| url.query_pairs().any(|(known, _)| known == name.as_str())),
        Some((Location::Cookie, name, _)) => sent.header("cookie").is_some_and(|cookies| {
            let mut pairs = cookies
                .split(';')
                .filter_map(|cookie| cookie.split_once('='));
            // Recordings that take secrets out take the whole header.
            pairs.any(|(known, _)| known.trim() == name) || cookies == FILTERED
        }),
        Some((_, name, _)) => sent.header(&name).is_some(),
        // A certificate is no part of the request.
        None => true,
    }
}
