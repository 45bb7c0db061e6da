//! On whose behalf a recorded request is sent, and what is expected because of it.

use crate::{
    api::Location,
    case::{Case, Credentials, Expectation},
    exchange::{Exchange, Received},
    recording::{FILTERED, Recorded},
    run::Run,
};

/// A secret that nobody has.
const FORGED: &str = "forged-by-the-replay";

/// On whose behalf it is sent today.
pub(super) fn credentials(run: &Run, entry: &Recorded, case: &Case) -> Credentials {
    let named = |name: &String| run.principals.known.contains_key(name);
    match (&entry.credentials, &entry.identity) {
        (Some(Credentials::Forged { scheme, .. }), _) => return forged(scheme.clone()),
        (Some(Credentials::None), _) => return Credentials::None,
        (_, Some(name)) if named(name) => return Credentials::Of(name.clone()),
        _ => {}
    }
    // Credentials that were refused then were no good ones; good ones would ask another question.
    let is_refused = entry.received.as_ref().map(|received| received.status) == Some(401);
    let hidden = hidden_scheme(run, entry, case);
    match hidden {
        Some(scheme) if is_refused && case.credentials == Credentials::Usual => forged(scheme),
        _ => case.credentials.clone(),
    }
}

fn forged(scheme: String) -> Credentials {
    Credentials::Forged {
        scheme,
        secret: FORGED.to_owned(),
    }
}

/// The scheme whose secret was taken out of the request.
fn hidden_scheme(run: &Run, entry: &Recorded, case: &Case) -> Option<String> {
    let ways = case.operation.security.iter();
    let mut names = ways.flat_map(|way| way.schemes.iter().map(|(name, _)| name));
    names
        .find(|name| {
            let written = run
                .api
                .schemes
                .get(*name)
                .and_then(|scheme| scheme.write(""));
            written.is_some_and(|(location, header, _)| {
                location == Location::Header
                    && entry
                        .sent
                        .header(&header)
                        .is_some_and(|value| value.contains(FILTERED))
            })
        })
        .cloned()
}

/// What a check that failed then expected: recordings hold what it said, not what it knew.
pub(super) fn expectation(
    entry: &Recorded,
    case: &Case,
    sent: &[Option<Exchange>],
) -> Option<Expectation> {
    let failed = |name| entry.found(name) == Some(true);
    let earlier = |method: &str| {
        sent.iter().flatten().rev().find(|exchange| {
            exchange.case.method == method && exchange.received().is_some_and(Received::is_success)
        })
    };
    let named = |exchange: &Exchange| {
        let status = exchange.status().unwrap_or_default();
        format!("{} → {status}", exchange.case.operation.label)
    };
    if let Some(expectation) = &entry.expectation {
        // What was deleted or made then may not be so today.
        let holds = match expectation {
            Expectation::Gone { .. } => earlier("DELETE").is_some(),
            Expectation::There { .. } => earlier("POST").is_some(),
            Expectation::Forbidden { .. } | Expectation::SomebodyElses { .. } => {
                matches!(case.credentials, Credentials::Of(_))
            }
            Expectation::Unauthenticated { .. }
            | Expectation::Status(_)
            | Expectation::MayRefuse(_) => true,
        };
        return holds.then(|| expectation.clone());
    }
    if failed("use_after_free") {
        return earlier("DELETE").map(|exchange| Expectation::Gone {
            deleted_by: named(exchange),
        });
    }
    if failed("ensure_resource_availability") {
        return earlier("POST").map(|exchange| Expectation::There {
            created_by: named(exchange),
        });
    }
    if failed("ignored_auth") {
        return Some(Expectation::Unauthenticated {
            defect: "the credentials of the recording".to_owned(),
        });
    }
    if failed("object_level_authorization") {
        return Some(Expectation::SomebodyElses {
            owner: "somebody else".to_owned(),
            caller: entry
                .identity
                .clone()
                .unwrap_or_else(|| match &case.credentials {
                    Credentials::Of(name) => name.clone(),
                    _ => "the caller".to_owned(),
                }),
        });
    }
    None
}
