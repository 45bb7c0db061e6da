//! Headers of answers: required ones are there, and each fits its schema.

use super::{Check, body, codes::failure, subject::Subject, text};
use crate::exchange::Failure;

pub(super) fn response_headers_conformance(subject: &Subject<'_>) -> Vec<Failure> {
    let check = Check::ResponseHeadersConformance;
    let Some((pattern, answer)) = subject.operation().answer(subject.status()) else {
        return Vec::new();
    };
    let mut failures = Vec::new();
    let mut missing = Vec::new();
    for (name, header) in &answer.headers {
        let Some(received) = subject.received.header(name) else {
            if header.is_required {
                missing.push((name.as_str(), &header.place));
            }
            continue;
        };
        let Some(schema) = &header.schema else {
            continue;
        };
        let value = text::simple(&subject.api.schemas, schema, header.explode, received);
        // A schema that cannot be compiled says nothing about answers.
        for violation in schema.violations(&value).unwrap_or_default() {
            let place = schema.place_of_rule(&subject.api.schemas, &violation.path);
            failures.push(failure(
                check,
                "ST108",
                place,
                format!("{name}{}", violation.path),
                format!(
                    "{}\nReceived: {name}: {}\nDocumented for {pattern}: {}",
                    body::shortened(&violation.message),
                    body::shortened(received),
                    body::rule(&violation.path),
                ),
            ));
        }
    }
    if let Some((_, place)) = missing.first() {
        let names: Vec<_> = missing.iter().map(|(name, _)| *name).collect();
        failures.push(failure(
            check,
            "ST107",
            place,
            names.join(","),
            format!("Missing: {}\nRequired for {pattern}", names.join(", ")),
        ));
    }
    failures
}
