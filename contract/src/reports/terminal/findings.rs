//! What was found, by operation and code, each with all that is needed to see it again.

use std::io::{self, Write};

use super::{BAD, FAINT, STRONG};
use crate::{
    exchange::Exchange,
    reports::{
        curl::curl,
        tally::Tally,
        text::{counted, excerpt, length, reason},
    },
    run::Finding,
};

/// How much of a body is shown.
const SHOWN: usize = 600;

pub(super) fn write(out: &mut impl Write, tally: &Tally) -> io::Result<()> {
    for (label, findings) in tally.by_operation() {
        let operation = findings.first().map(|first| &first.exchange.case.operation);
        write!(out, "\n{STRONG}{label}{STRONG:#}")?;
        if let Some(operation) = operation {
            let id = operation.id.as_deref().unwrap_or("no operationId");
            write!(out, "  {FAINT}{id}, {}{FAINT:#}", operation.place)?;
        }
        writeln!(out)?;
        for finding in findings {
            write_finding(out, finding, tally)?;
        }
    }
    Ok(())
}

fn write_finding(out: &mut impl Write, finding: &Finding, tally: &Tally) -> io::Result<()> {
    let failure = &finding.failure;
    let times = u64::try_from(finding.count).unwrap_or(u64::MAX);
    writeln!(
        out,
        "  {BAD}{}{BAD:#} {} {FAINT}({}, {}){FAINT:#}",
        failure.code,
        failure.title,
        failure.check,
        counted(times, "time", "times")
    )?;
    for line in failure.message.lines() {
        writeln!(out, "    {}", excerpt(line.as_bytes(), SHOWN))?;
    }
    let origin = &finding.exchange.case.origin;
    let mut source = format!("{} phase, {} data", origin.phase, origin.mode.as_str());
    if !origin.description.is_empty() {
        source = format!(
            "{source}: {}",
            excerpt(origin.description.as_bytes(), SHOWN)
        );
    }
    field(out, "document", &failure.place.to_string())?;
    field(
        out,
        "case",
        &format!("{} ({source})", finding.exchange.case.id),
    )?;
    write_exchange(out, &finding.exchange)?;
    for line in tally.before(finding) {
        field(out, "before", line)?;
    }
    field(out, "curl", &curl(&finding.exchange.sent))?;
    if let Some(beginning) = &tally.beginning {
        field(out, "again", &beginning.again(&finding.exchange.case))?;
    }
    writeln!(out)
}

fn write_exchange(out: &mut impl Write, exchange: &Exchange) -> io::Result<()> {
    let sent = &exchange.sent;
    field(out, "request", &format!("{} {}", sent.method, sent.url))?;
    if let Some(body) = &sent.body {
        field(out, "", &excerpt(body, SHOWN))?;
    }
    match &exchange.outcome {
        Err(error) => field(out, "answer", &error.to_string()),
        Ok(received) => {
            let status = received.status;
            let kind = received.header("content-type").unwrap_or("no Content-Type");
            let took = length(received.elapsed);
            let line = format!("{status} {}, {kind}, {took}", reason(status));
            field(out, "answer", &excerpt(line.as_bytes(), SHOWN))?;
            if received.body.is_empty() {
                return Ok(());
            }
            field(out, "", &excerpt(&received.body, SHOWN))
        }
    }
}

fn field(out: &mut impl Write, name: &str, value: &str) -> io::Result<()> {
    writeln!(out, "    {FAINT}{name:<9}{FAINT:#} {value}")
}
