//! Checks of methods: undeclared ones get 405, and `Allow` tells the declared ones.

use super::{
    Check,
    codes::failure,
    subject::{Subject, is_undeclared_method},
};
use crate::{case::Phase, exchange::Failure};

/// What frameworks answer by themselves, declared or not.
const IMPLICIT: [&str; 2] = ["HEAD", "OPTIONS"];

/// Undeclared methods get 405 and `Allow`.
pub(super) fn unsupported_method(subject: &Subject<'_>) -> Option<Failure> {
    let check = Check::UnsupportedMethod;
    let case = subject.case();
    let is_tried = is_undeclared_method(case)
        && matches!(case.origin.phase, Phase::Coverage | Phase::Recording)
        && subject.exchange.sent.method != "OPTIONS";
    if !is_tried {
        return None;
    }
    let operation = subject.operation();
    let method = &subject.exchange.sent.method;
    match subject.status() {
        405 => {
            let allow = subject.received.header("allow");
            let is_missing = allow.is_none_or(str::is_empty);
            is_missing.then(|| {
                failure(
                    check,
                    "ST204",
                    &operation.place,
                    "missing_allow_header",
                    format!("Received: 405 to {method} without `Allow`\nExpected: `Allow` with the methods of {} (RFC 9110, 15.5.6)", operation.path),
                )
            })
        }
        // The thing that the path names rarely exists, and callers may be asked who they are before the method counts.
        404 if subject.has_made_up_path() => None,
        401 | 403 if operation.security.iter().any(|way| !way.schemes.is_empty()) => None,
        // Limits are mostly kept before anything else is looked at.
        429 => None,
        status => Some(failure(
            check,
            "ST204",
            &operation.place,
            "wrong_status",
            format!(
                "Received: {status} to {method}, which {} does not declare\nExpected: 405",
                operation.path
            ),
        )),
    }
}

/// `Allow` lists the declared methods.
pub(super) fn allow_header_conformance(subject: &Subject<'_>) -> Option<Failure> {
    if subject.exchange.sent.method != "OPTIONS" {
        return None;
    }
    let values = subject.received.headers.iter();
    let values: Vec<_> = values
        .filter(|(name, _)| name.eq_ignore_ascii_case("allow"))
        .map(|(_, value)| value.as_str())
        .collect();
    let allow = values.join(", ");
    let mut told: Vec<_> = allow
        .split(',')
        .map(|method| method.trim().to_ascii_uppercase())
        .filter(|method| !method.is_empty())
        .collect();
    if told.is_empty() {
        return None;
    }
    told.sort_unstable();
    told.dedup();
    let operation = subject.operation();
    let declared = subject.api.methods_of(&operation.path);
    let mut missing: Vec<_> = declared
        .iter()
        .copied()
        .filter(|method| !IMPLICIT.contains(method) && !told.iter().any(|told| told == method))
        .collect();
    missing.sort_unstable();
    let extra: Vec<_> = told
        .iter()
        .map(String::as_str)
        .filter(|method| !IMPLICIT.contains(method) && !declared.contains(method))
        .collect();
    if missing.is_empty() && extra.is_empty() {
        return None;
    }
    let mut message = format!("Received: `Allow: {allow}` for {}", operation.path);
    for (methods, what) in [
        (&missing, "declared and not told"),
        (&extra, "told and not declared"),
    ] {
        if !methods.is_empty() {
            message = format!("{message}\n{what}: {}", methods.join(", "));
        }
    }
    Some(failure(
        Check::AllowHeaderConformance,
        "ST205",
        &operation.place,
        format!("{}|{}", missing.join(","), extra.join(",")),
        message,
    ))
}
