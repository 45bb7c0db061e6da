//! Laws find what breaks them, and are silent where nothing does: against the depot with switchable faults.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::{path::Path, sync::Arc, time::Duration};

use contract::{
    api::Api,
    case::Phase,
    checks::Check,
    config::{CheckRules, Filter, Settings},
    laws::Bounds,
    phases,
    principals::{Principal, Principals},
    run::{Event, Events, Finding, Note, Run},
    transport::{Limits, Transport},
};
use contract_proof::{
    faults::{Expected, Fault, Law},
    server,
};
use indexmap::IndexMap;

/// What the laws that are named say of a depot.
async fn laws(fault: Option<Fault>, checks: &[Check]) -> (Vec<Finding>, Vec<Note>) {
    let depot = server::start(fault, 0).await.unwrap();
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("proof/openapi.yaml");
    let api = Arc::new(Api::read(&document).unwrap());
    let rules = CheckRules {
        default: Some(false),
        enabled: checks.iter().map(|check| (*check, true)).collect(),
        ..CheckRules::default()
    };
    let limits = Limits {
        workers: 4,
        rate: None,
        timeout: Duration::from_secs(10),
        body: 1024 * 1024,
        is_tls_verified: true,
    };
    let settings = Settings {
        base_url: depot.url().parse().unwrap(),
        headers: Vec::new(),
        seed: 42,
        limits: limits.clone(),
        phases: [Phase::Laws].into(),
        phase_time: Duration::from_mins(1),
        max_failures: None,
        max_examples: 1,
        max_steps: 1,
        unexpected_methods: Vec::new(),
        shrinks: false,
        checks: rules,
        parameters: IndexMap::new(),
        overrides: Vec::new(),
        secrets: IndexMap::new(),
        filter: Filter::default(),
        bounds: Bounds::default(),
    };
    let transport = Transport::new(&settings.base_url, Vec::new(), limits).unwrap();
    let (events, mut receiver) = Events::channel();
    let run = Run::new(api, settings, principals(), transport, events);
    let trial = async move {
        Box::pin(phases::run(&run, Phase::Laws)).await.unwrap();
        run.findings()
    };
    let listening = async {
        let mut notes = Vec::new();
        while let Some(event) = receiver.recv().await {
            if let Event::Note(note) = event {
                notes.push(note);
            }
        }
        notes
    };
    tokio::join!(trial, listening)
}

/// Two customers and one of the staff.
fn principals() -> Principals {
    let of = |token: &str, role: &str| Principal {
        secrets: [("bearerAuth".to_owned(), token.to_owned())].into(),
        holds: [("bearerAuth".to_owned(), vec![role.to_owned()])].into(),
        ..Principal::default()
    };
    let known = [
        ("ada", of("token-of-ada-6f1c2a", "customer")),
        ("bob", of("token-of-bob-90be47", "customer")),
        ("sam", of("token-of-sam-d3385e", "staff")),
    ];
    let known = known.map(|(name, principal)| (name.to_owned(), principal));
    Principals::of(known.into())
}

fn check(law: Law) -> Check {
    match law {
        Law::Idempotency => Check::Idempotency,
        Law::Pagination => Check::Pagination,
        Law::StateMachine => Check::StateMachine,
        Law::RateLimit => Check::RateLimit,
        Law::ConditionalRequests => Check::ConditionalRequests,
        Law::ErrorCodes => Check::ErrorCodes,
        Law::Envelope => Check::Envelope,
    }
}

fn texts(findings: &[Finding]) -> String {
    let texts: Vec<_> = findings
        .iter()
        .map(|finding| {
            let failure = &finding.failure;
            format!(
                "{} {}: {}\n{}",
                failure.place, finding.label, failure.title, failure.message
            )
        })
        .collect();
    texts.join("\n\n")
}

/// Every fault of a law is found by it, and nothing is found without a fault.
async fn holds(law: Law) {
    let check = check(law);
    let (findings, notes) = laws(None, &[check]).await;
    assert!(findings.is_empty(), "{}", texts(&findings));
    for fault in Fault::ALL {
        if fault.expected() == Expected::Law(law) {
            let (findings, _) = laws(Some(*fault), &[check]).await;
            assert!(
                findings
                    .iter()
                    .any(|finding| finding.failure.check == check),
                "{} ({}) stays unseen; {notes:#?}",
                fault.name(),
                fault.broken()
            );
        }
    }
}

#[tokio::test]
async fn a_key_that_does_not_hold_is_found() {
    holds(Law::Idempotency).await;
}

#[tokio::test]
async fn conditions_that_are_not_looked_at_are_found() {
    holds(Law::ConditionalRequests).await;
}

#[tokio::test]
async fn lists_that_lose_or_repeat_rows_are_found() {
    holds(Law::Pagination).await;
}

#[tokio::test]
async fn budgets_that_are_not_what_headers_say_are_found() {
    holds(Law::RateLimit).await;
}

#[tokio::test]
async fn changes_of_state_that_are_not_declared_are_found() {
    holds(Law::StateMachine).await;
}

#[tokio::test]
async fn codes_that_are_not_listed_are_found() {
    holds(Law::ErrorCodes).await;
}

#[tokio::test]
async fn errors_without_the_error_body_are_found() {
    holds(Law::Envelope).await;
}
