//! Every check that is on, over an exchange.

use super::{
    Check, answered, body, data, headers, methods, sequence, status,
    subject::{Subject, is_content_type_probe, is_probe},
};
use crate::{
    api::Api,
    case::Case,
    config::Settings,
    exchange::{Exchange, Failure, Verdict},
    laws,
};

/// The checks that look at single answers, in the order of reports.
const ORDER: [Check; 16] = [
    Check::NotAServerError,
    Check::StatusCodeConformance,
    Check::ContentTypeConformance,
    Check::ResponseHeadersConformance,
    Check::ResponseSchemaConformance,
    Check::NegativeDataRejection,
    Check::PositiveDataAcceptance,
    Check::MissingRequiredHeader,
    Check::UnsupportedMethod,
    Check::AllowHeaderConformance,
    Check::UseAfterFree,
    Check::EnsureResourceAvailability,
    Check::IgnoredAuth,
    Check::ObjectLevelAuthorization,
    Check::MaxResponseTime,
    Check::Fixture,
];

/// What every check that is switched on says about an exchange. A check that finds several things gives several
/// verdicts; one that does not apply gives none.
#[must_use]
pub fn judge(api: &Api, settings: &Settings, exchange: &Exchange) -> Vec<Verdict> {
    let rules = settings.checks_of(&exchange.case.operation);
    let mut verdicts = Vec::with_capacity(ORDER.len() + 1);
    if rules.is_on(Check::Answered) {
        add(&mut verdicts, Check::Answered, answered::answered(exchange));
    }
    let Some(received) = exchange.received() else {
        return verdicts;
    };
    let subject = Subject {
        api,
        settings,
        rules: &rules,
        exchange,
        received,
    };
    for check in ORDER {
        if rules.is_on(check) && applies(check, &subject) {
            add(&mut verdicts, check, look(check, &subject));
        }
    }
    verdicts.extend(laws::look(api, settings, exchange));
    verdicts
}

/// Whether a check has anything to say about such a request at all.
fn applies(check: Check, subject: &Subject<'_>) -> bool {
    match check {
        Check::NotAServerError
        | Check::UnsupportedMethod
        | Check::AllowHeaderConformance
        | Check::MissingRequiredHeader
        | Check::ObjectLevelAuthorization => true,
        Check::MaxResponseTime => subject.rules.max_response_time.is_some(),
        Check::Fixture => subject.case().origin.expectation.is_some(),
        _ => !is_probe(subject.case()),
    }
}

fn look(check: Check, subject: &Subject<'_>) -> Vec<Failure> {
    let one = match check {
        Check::NotAServerError => status::not_a_server_error(subject),
        Check::StatusCodeConformance => status::status_code_conformance(subject),
        Check::ContentTypeConformance => status::content_type_conformance(subject),
        Check::ResponseHeadersConformance => return headers::response_headers_conformance(subject),
        Check::ResponseSchemaConformance => return body::response_schema_conformance(subject),
        Check::NegativeDataRejection => data::negative_data_rejection(subject),
        Check::PositiveDataAcceptance => data::positive_data_acceptance(subject),
        Check::MissingRequiredHeader => data::missing_required_header(subject),
        Check::UnsupportedMethod => methods::unsupported_method(subject),
        Check::AllowHeaderConformance => methods::allow_header_conformance(subject),
        Check::UseAfterFree => sequence::use_after_free(subject),
        Check::EnsureResourceAvailability => sequence::ensure_resource_availability(subject),
        Check::IgnoredAuth => sequence::ignored_auth(subject),
        Check::ObjectLevelAuthorization => sequence::object_level_authorization(subject),
        Check::MaxResponseTime => answered::max_response_time(subject),
        Check::Fixture => sequence::fixture(subject),
        // `judge` asks it before there is an answer.
        Check::Answered
        // Laws judge by themselves.
        | Check::Idempotency
        | Check::Pagination
        | Check::StateMachine
        | Check::RateLimit
        | Check::ConditionalRequests
        | Check::ErrorCodes
        | Check::Envelope => None,
    };
    one.into_iter().collect()
}

fn add(verdicts: &mut Vec<Verdict>, check: Check, failures: impl IntoIterator<Item = Failure>) {
    let before = verdicts.len();
    verdicts.extend(failures.into_iter().map(|failure| Verdict {
        check,
        failure: Some(failure),
    }));
    if verdicts.len() == before {
        verdicts.push(Verdict {
            check,
            failure: None,
        });
    }
}

/// The request that a verdict waits for: after a 5xx to a `Content-Type` that the operation does not declare, the same
/// request with a declared one. Its answer goes to [`settle`].
#[must_use]
pub fn control(exchange: &Exchange) -> Option<Case> {
    let is_open = exchange.failures().any(|failure| failure.code == "ST102");
    let case = &exchange.case;
    if !is_open || !is_content_type_probe(case) {
        return None;
    }
    let declared = case.operation.body.as_ref();
    let declared = declared.and_then(|body| body.media.first());
    let mut control = case.clone();
    control
        .headers
        .retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    control.body = control.body.zip(declared).map(|(mut body, (name, _))| {
        body.media_type.clone_from(name);
        body
    });
    control.origin.scenario.clear();
    control.origin.parent = Some(case.id.clone());
    Some(control)
}

/// Takes the failure back when the request fails with a declared `Content-Type`, too: then the header is not the cause,
/// and ordinary requests show it.
pub fn settle(exchange: &mut Exchange, control: &Exchange) {
    if control.status().is_some_and(|status| status < 500) {
        return;
    }
    for verdict in &mut exchange.verdicts {
        if verdict
            .failure
            .as_ref()
            .is_some_and(|failure| failure.code == "ST102")
        {
            verdict.failure = None;
        }
    }
}
