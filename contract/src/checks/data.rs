//! Checks of how data is taken: what breaks the document is refused, what keeps to it is not.

use super::{Check, codes::failure, subject::Subject, wire};
use crate::{
    api::{Location, StatusPattern},
    case::{Expectation, Mode, Phase},
    config::Secret,
    exchange::Failure,
};

/// What breaks the document is refused.
pub(super) fn negative_data_rejection(subject: &Subject<'_>) -> Option<Failure> {
    let check = Check::NegativeDataRejection;
    let case = subject.case();
    if case.origin.mode != Mode::Negative
        || is_refusal_wanted(subject)
        || subject.takes(check)
        || wire::may_be_valid(subject.api, case, &subject.exchange.sent)
    {
        return None;
    }
    let origin = &case.origin;
    let mut part = origin
        .location
        .map(|at| format!(" in {at}"))
        .unwrap_or_default();
    if let Some(name) = &origin.parameter {
        part = format!("{part} `{name}`");
    }
    let what = if origin.description.is_empty() {
        "the request breaks the document"
    } else {
        &origin.description
    };
    let status = subject.status();
    Some(failure(
        check,
        "ST201",
        case.place(),
        status.to_string(),
        format!(
            "Received: {status}\nExpected: {}\nInvalid{part}: {what}",
            subject.expected(check)
        ),
    ))
}

/// What keeps to the document is not refused as malformed.
pub(super) fn positive_data_acceptance(subject: &Subject<'_>) -> Option<Failure> {
    let check = Check::PositiveDataAcceptance;
    let case = subject.case();
    let status = subject.status();
    if case.origin.mode != Mode::Positive
        || is_refusal_wanted(subject)
        || subject.takes(check)
        // A document says which requests are well formed, not which credentials there are.
        || (matches!(status, 400 | 422) && grants_credentials(subject))
    {
        return None;
    }
    let place = &subject.operation().place;
    Some(failure(
        check,
        "ST202",
        case.origin.place.as_ref().unwrap_or(place),
        status.to_string(),
        format!(
            "Received: {status} to a request that keeps to the document\nExpected: {}",
            subject.expected(check)
        ),
    ))
}

/// Whether something else says which status the answer has, or may have: a fixture, a law, the size of the request.
fn is_refusal_wanted(subject: &Subject<'_>) -> bool {
    let origin = &subject.case().origin;
    let wanted = match &origin.expectation {
        Some(Expectation::Status(statuses) | Expectation::MayRefuse(statuses)) => {
            statuses.contains(&subject.status())
        }
        _ => false,
    };
    wanted || origin.phase == Phase::Laws
}

/// Whether the operation hands out credentials: the document's `tokenUrl` or the configuration says so.
fn grants_credentials(subject: &Subject<'_>) -> bool {
    let path = &subject.operation().path;
    let leads_here = |address: &str| {
        let address = address.split_once("://").map_or(address, |(_, rest)| {
            rest.find('/')
                .and_then(|at| rest.get(at..))
                .unwrap_or_default()
        });
        let address = address.split(['?', '#']).next().unwrap_or_default();
        let address = address.trim_start_matches('/');
        let own = path.trim_start_matches('/');
        !address.is_empty() && (address == own || address.ends_with(&format!("/{own}")))
    };
    let configured = subject
        .settings
        .secrets
        .values()
        .any(|secret| match secret {
            Secret::Fetched { path, .. } => leads_here(path),
            Secret::Fixed(_) => false,
        });
    configured || subject.api.token_urls().iter().any(|url| leads_here(url))
}

/// A missing required header is refused.
pub(super) fn missing_required_header(subject: &Subject<'_>) -> Option<Failure> {
    let check = Check::MissingRequiredHeader;
    let origin = &subject.case().origin;
    let is_tried = origin.scenario == "missing_parameter"
        && origin.location == Some(Location::Header)
        && matches!(origin.phase, Phase::Coverage | Phase::Recording);
    let name = origin.parameter.as_deref().filter(|_| is_tried)?;
    let status = subject.status();
    let is_credential = name.eq_ignore_ascii_case("authorization");
    let (is_taken, expected) = if is_credential {
        let unauthorized = StatusPattern::Exact(401);
        (unauthorized.holds(status), unauthorized.to_string())
    } else {
        (subject.takes(check), subject.expected(check))
    };
    // The thing that the path names rarely exists, and may be looked up before headers are read.
    if is_taken || (status == 404 && subject.has_made_up_path()) {
        return None;
    }
    Some(failure(
        check,
        "ST203",
        subject.case().place(),
        name,
        format!("Received: {status} to a request without `{name}`\nExpected: {expected}"),
    ))
}
