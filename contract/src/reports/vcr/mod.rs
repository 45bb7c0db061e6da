//! Recordings as VCR cassettes (YAML), in the form that Schemathesis gives them, entry by entry: whatever ends a run,
//! what stands in the file can be read.
//!
//! An entry has one member more, `contract`: what a replay of the recording wants to know and Schemathesis' form does
//! not hold.

mod quote;

use std::{
    collections::HashSet,
    fmt::Write as _,
    fs::File,
    io::{self, Write as _},
};

use quote::{double, maybe, single};

use super::text::{Text, reason, text};
use crate::{
    api::Location,
    case::Credentials,
    exchange::{Exchange, Received, Sent, Verdict},
    run::Beginning,
};

/// Writes a cassette.
pub(super) struct Vcr {
    file: File,
}

impl Vcr {
    pub(super) fn new(file: File) -> Self {
        Self { file }
    }

    pub(super) fn begin(&mut self, beginning: &Beginning) -> io::Result<()> {
        let head = format!(
            "command: {}\nrecorded_with: 'contract {}'\nseed: {}\nhttp_interactions:\n",
            single(&beginning.command()),
            env!("CARGO_PKG_VERSION"),
            beginning.seed
        );
        self.file.write_all(head.as_bytes())
    }

    /// Adds an exchange; the file holds it whole when this returns.
    /// `key` is the number of the `Idempotency-Key` that it carried.
    pub(super) fn exchange(&mut self, exchange: &Exchange, key: Option<u64>) -> io::Result<()> {
        let mut entry = String::with_capacity(2048);
        // Writing to a String cannot fail.
        let _ = write_entry(&mut entry, exchange, key);
        self.file.write_all(entry.as_bytes())
    }
}

fn write_entry(out: &mut String, exchange: &Exchange, key: Option<u64>) -> std::fmt::Result {
    let case = &exchange.case;
    let origin = &case.origin;
    let status = match &exchange.outcome {
        Err(_) => "ERROR",
        Ok(_) if exchange.failures().next().is_some() => "FAILURE",
        Ok(_) if exchange.verdicts.is_empty() => "SKIP",
        Ok(_) => "SUCCESS",
    };
    writeln!(out, "- id: {}\n  status: '{status}'", single(&case.id))?;
    writeln!(
        out,
        "  generation:\n    time: 0.0\n    mode: {}",
        origin.mode.as_str()
    )?;
    writeln!(out, "  components:")?;
    for (location, mode) in &origin.components {
        writeln!(out, "    {location}:\n      mode: '{}'", mode.as_str())?;
    }
    writeln!(out, "  phase:\n    name: '{}'", origin.phase.schemathesis())?;
    if origin.description.is_empty() {
        writeln!(out, "    data: {{}}")?;
    } else {
        let location = origin.location.map(Location::as_str);
        writeln!(out, "    data:")?;
        writeln!(out, "      description: {}", double(&origin.description))?;
        writeln!(
            out,
            "      location: {}",
            maybe(Some(&case.place().to_string()))
        )?;
        writeln!(
            out,
            "      parameter: {}",
            maybe(origin.parameter.as_deref())
        )?;
        writeln!(out, "      parameter_location: {}", maybe(location))?;
        if !origin.scenario.is_empty() {
            writeln!(out, "      scenario: {}", double(&origin.scenario))?;
        }
    }
    write_contract(out, exchange, key)?;
    writeln!(out, "  recorded_at: '{}'", exchange.recorded_at)?;
    write_checks(out, &exchange.verdicts)?;
    write_request(out, &exchange.sent)?;
    match &exchange.outcome {
        Ok(received) => write_response(out, received),
        Err(error) => writeln!(
            out,
            "  error: {}\n  response: null",
            double(&error.to_string())
        ),
    }
}

/// What a replay wants to know beyond Schemathesis' form.
fn write_contract(out: &mut String, exchange: &Exchange, key: Option<u64>) -> std::fmt::Result {
    let case = &exchange.case;
    writeln!(out, "  contract:")?;
    writeln!(out, "    operation: {}", double(&case.operation.label))?;
    writeln!(out, "    seed: {}", case.origin.seed)?;
    match &case.credentials {
        Credentials::Usual => writeln!(out, "    credentials: 'usual'")?,
        Credentials::None => writeln!(out, "    credentials: 'none'")?,
        Credentials::Own => writeln!(out, "    credentials: 'own'")?,
        Credentials::Forged { scheme, .. } => {
            writeln!(
                out,
                "    credentials: 'forged'\n    scheme: {}",
                double(scheme)
            )?;
        }
        Credentials::Of(name) => {
            writeln!(
                out,
                "    credentials: 'principal'\n    principal: {}",
                double(name)
            )?;
        }
    }
    if let Some(key) = key {
        writeln!(out, "    idempotency_key: {key}")?;
    }
    if let Some(parent) = &case.origin.parent {
        writeln!(out, "    parent: {}", single(parent))?;
    }
    if let Some(expectation) = &case.origin.expectation {
        let line = crate::recording::expectation_text(expectation);
        writeln!(out, "    expectation: {}", double(&line))?;
    }
    Ok(())
}

fn write_checks(out: &mut String, verdicts: &[Verdict]) -> std::fmt::Result {
    if verdicts.is_empty() {
        return writeln!(out, "  checks: []");
    }
    writeln!(out, "  checks:")?;
    for verdict in verdicts {
        writeln!(out, "    - name: '{}'", verdict.check)?;
        match &verdict.failure {
            None => writeln!(out, "      status: 'SUCCESS'\n      message: ~")?,
            Some(failure) => {
                writeln!(out, "      status: 'FAILURE'")?;
                writeln!(out, "      message: {}", double(&failure.title))?;
                writeln!(out, "      code: '{}'", failure.code)?;
                writeln!(out, "      detail: {}", double(&failure.message))?;
                writeln!(out, "      place: {}", double(&failure.place.to_string()))?;
            }
        }
    }
    Ok(())
}

fn write_request(out: &mut String, sent: &Sent) -> std::fmt::Result {
    writeln!(out, "  request:")?;
    writeln!(out, "    uri: {}", single(&sent.url))?;
    writeln!(out, "    method: {}", single(&sent.method))?;
    write_headers(out, &sent.headers)?;
    match &sent.body {
        Some(body) => write_body(out, body),
        None => Ok(()),
    }
}

fn write_response(out: &mut String, received: &Received) -> std::fmt::Result {
    writeln!(out, "  response:\n    status:")?;
    writeln!(out, "      code: '{}'", received.status)?;
    writeln!(out, "      message: {}", double(reason(received.status)))?;
    writeln!(out, "    elapsed: '{:.6}'", received.elapsed.as_secs_f64())?;
    write_headers(out, &received.headers)?;
    write_body(out, &received.body)?;
    if received.is_cut {
        let length = received.header("content-length");
        let length = length.and_then(|length| length.parse::<u64>().ok());
        // Of a body without an announced length only this much is known.
        let least = u64::try_from(received.body.len()).unwrap_or_default();
        writeln!(out, "    truncated_from: {}", length.unwrap_or(least))?;
    }
    writeln!(out, "    http_version: '{}'", received.http_version)
}

fn write_headers(out: &mut String, headers: &[(String, String)]) -> std::fmt::Result {
    if headers.is_empty() {
        return writeln!(out, "    headers: {{}}");
    }
    writeln!(out, "    headers:")?;
    // A name stands once with all of its values: YAML knows no key twice.
    let mut known = HashSet::new();
    for (name, _) in headers {
        if !known.insert(name.to_ascii_lowercase()) {
            continue;
        }
        writeln!(out, "      {}:", double(name))?;
        let values = headers
            .iter()
            .filter(|(other, _)| other.eq_ignore_ascii_case(name));
        for (_, value) in values {
            writeln!(out, "      - {}", double(value))?;
        }
    }
    Ok(())
}

fn write_body(out: &mut String, body: &[u8]) -> std::fmt::Result {
    match text(body) {
        Text::Plain(text) => writeln!(
            out,
            "    body:\n      encoding: 'utf-8'\n      string: {}",
            double(text)
        ),
        Text::Base64(text) => writeln!(
            out,
            "    body:\n      encoding: 'binary'\n      base64_string: '{text}'"
        ),
    }
}
