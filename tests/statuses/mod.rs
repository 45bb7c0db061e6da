//! Every declared status of every operation is provoked: the general ones here, for all operations alike, those of the
//! business in the file of each resource. What nobody provokes stands in `contract/exceptions/statuses.toml`.
//!
//! The folder owns the requests that each operation would accept; its files spoil them, repeat them, or take the database
//! away.

mod database;
mod repetition;
mod requests;

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::json;

use crate::support::{
    Client,
    client::Call,
    contract::{Operation, contract},
    coverage::{self, Seen},
    exceptions,
    factories::*,
};

/// An id that can exist and that nothing has.
const NOBODY: &str = "0198c0de-0000-7000-8000-000000000000";

/// The operation's path with ids that fit.
fn concrete(operation: &Operation) -> String {
    let parts = operation
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { NOBODY } else { part });
    parts.collect::<Vec<_>>().join("/")
}

/// A request of the operation with everything that it requires.
fn request(client: &Client, operation: &Operation, query: &str) -> Call {
    let call = client.call(
        operation.method.clone(),
        format!("{}{query}", concrete(operation)),
    );
    match operation.idempotency() {
        Some("required") => call.key(unique("statuses")),
        _ => call,
    }
}

/// The document's own example as the body, with an e-mail address that nobody has yet.
fn with_example(call: Call, operation: &Operation) -> Call {
    match operation.body_example() {
        Some(mut body) => {
            if body.get("email").is_some() {
                body["email"] = json!(format!("{}@example.com", unique("statuses")));
            }
            call.json(body)
        }
        None => call,
    }
}

#[test]
fn every_operation_declares_what_all_have_in_common() {
    for operation in &contract().operations {
        for status in [400, 405, 406, 414, 431, 500, 503, 504] {
            assert!(
                operation.answer(status).is_some(),
                "{} does not declare {status}",
                operation.id
            );
        }
        assert_eq!(
            operation.tier().is_some(),
            operation.answer(429).is_some(),
            "{}",
            operation.id
        );
        let secured = !operation.security().is_empty();
        let logs_in = ["login", "refreshToken"].contains(&operation.id.as_str());
        assert_eq!(
            secured || logs_in,
            operation.answer(401).is_some(),
            "{}",
            operation.id
        );
        let has_body = operation.node.get("requestBody").is_some();
        assert_eq!(
            has_body,
            operation.answer(415).is_some(),
            "{}",
            operation.id
        );
        assert_eq!(
            operation.method == Method::PATCH,
            operation.answer(412).is_some() && operation.id != "cancelOrder",
            "{}",
            operation.id
        );
    }
}

/// The sum of a whole run of `make test`, which calls this last.
#[test]
#[ignore = "reads what the other tests have seen; `make test` runs it after them"]
fn every_declared_answer_is_provoked_or_listed() {
    let seen = coverage::seen();
    assert!(
        seen.len() > 100,
        "run it after the other tests: only {} answers were seen",
        seen.len()
    );
    let exceptions = exceptions::read("statuses");
    let mut needed = vec![false; exceptions.len()];
    let mut missing = Vec::new();
    for (operation, status, code) in declared() {
        if seen.contains(&(operation.clone(), status, code.clone())) {
            continue;
        }
        match exceptions
            .iter()
            .position(|exception| exception.covers(&operation, status, &code))
        {
            Some(at) => needed[at] = true,
            None => missing.push(format!("{operation} {status} {code}")),
        }
    }
    assert!(
        missing.is_empty(),
        "{} declared answers are provoked by no test:\n{}",
        missing.len(),
        missing.join("\n")
    );
    for (exception, needed) in exceptions.iter().zip(needed) {
        assert!(
            needed,
            "an exception is not needed any more, remove it: {exception:?}"
        );
    }
}

/// Every declared answer: one line per status, or per code where the status has codes.
fn declared() -> BTreeSet<Seen> {
    let mut declared = BTreeSet::new();
    for operation in &contract().operations {
        for answer in operation.answers() {
            let codes = answer.codes().unwrap_or_else(|| vec![String::new()]);
            declared.extend(
                codes
                    .into_iter()
                    .map(|code| (operation.id.clone(), answer.status, code)),
            );
        }
    }
    declared
}
