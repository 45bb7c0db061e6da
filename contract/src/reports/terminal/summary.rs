//! How the run ended: what was exercised of the document, what was never seen, totals and the exit code.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use super::{BAD, FAINT, GOOD, STRONG};
use crate::{
    reports::{
        tally::Tally,
        text::{counted, length, per_second},
    },
    run::Summary,
};

/// How many parts that were never seen are listed.
const LISTED: usize = 12;

pub(super) fn write(
    out: &mut impl Write,
    summary: &Summary,
    tally: &Tally,
    files: &[PathBuf],
    is_quiet: bool,
) -> io::Result<()> {
    if !is_quiet {
        write_coverage(out, summary)?;
    }
    for file in files {
        writeln!(out, "{FAINT}written:{FAINT:#} {}", file.display())?;
    }
    let found = u64::try_from(tally.findings.len()).unwrap_or(u64::MAX);
    if !is_quiet || summary.exit_code != 0 {
        let style = if summary.exit_code == 0 { GOOD } else { BAD };
        let verdict = match found {
            0 => "no failure".to_owned(),
            _ => format!(
                "{} in {}",
                counted(found, "failure", "different failures"),
                counted(tally.failing, "case", "cases")
            ),
        };
        writeln!(
            out,
            "{style}{verdict}{style:#}, {} in {}, {}/s",
            counted(tally.cases, "case", "cases"),
            length(summary.took),
            per_second(tally.cases, summary.took)
        )?;
        writeln!(
            out,
            "exit code {}: {}",
            summary.exit_code,
            meaning(summary.exit_code)
        )?;
    }
    Ok(())
}

fn write_coverage(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let coverage = &summary.coverage;
    writeln!(out, "\n{STRONG}exercised of the document{STRONG:#}")?;
    write!(out, "{}", coverage.text())?;
    if coverage.never.is_empty() {
        return writeln!(out);
    }
    writeln!(out, "\n{STRONG}never seen{STRONG:#}")?;
    for (name, place) in coverage.never.iter().take(LISTED) {
        writeln!(out, "  {name}  {FAINT}{place}{FAINT:#}")?;
    }
    let rest = coverage.never.len().saturating_sub(LISTED);
    if rest > 0 {
        writeln!(
            out,
            "  and {rest} more: --report json or html lists all of them"
        )?;
    }
    writeln!(out)
}

/// What an exit code says.
fn meaning(code: u8) -> &'static str {
    match code {
        0 => "the server keeps to the document, as far as it was tried",
        1 => "something was found",
        3 => "something that was named cannot be used",
        4 => "the server could not be tested to the end",
        _ => "see the messages above",
    }
}
