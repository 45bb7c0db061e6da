//! `contract diff` and `contract rules`.

use std::{fmt::Write as _, path::PathBuf};

use clap::{Args, ValueEnum};
use jiff::{Zoned, civil::Date};

use crate::{
    diff::{self, Consumers, Exceptions, Format, Report, Severity, Today, rules},
    document::Document,
};

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// The document that clients know.
    old: PathBuf,
    /// The document that is to take its place.
    new: PathBuf,
    /// How to write the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// End with 1 from this severity on.
    #[arg(long, value_enum, default_value_t = Threshold::Error)]
    fail_on: Threshold,
    /// Leave less severe changes out of the text.
    #[arg(long, value_enum, default_value_t = Threshold::Info)]
    show: Threshold,
    /// A folder of pacts: changes name the consumers that they hit.
    #[arg(long, value_name = "FOLDER")]
    pacts: Option<PathBuf>,
    /// A file of reviewed exceptions, each with a reason and an expiry.
    #[arg(long, value_name = "FILE")]
    exceptions: Option<PathBuf>,
    /// The day to judge sunsets by; today by default.
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Days between an announcement and the end.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    notice: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Threshold {
    Info,
    Warning,
    Error,
}

impl From<Threshold> for Severity {
    fn from(threshold: Threshold) -> Self {
        match threshold {
            Threshold::Info => Self::Info,
            Threshold::Warning => Self::Warning,
            Threshold::Error => Self::Error,
        }
    }
}

pub(super) fn run(
    arguments: &DiffArguments,
) -> Result<(String, bool), Box<dyn std::error::Error + Send + Sync>> {
    let today = Today {
        date: arguments.today.unwrap_or_else(this_day),
        notice_days: arguments.notice,
    };
    let old = Document::read(&arguments.old)?;
    let new = Document::read(&arguments.new)?;
    let mut changes = diff::compare(&old, &new, &today);
    if let Some(folder) = &arguments.pacts {
        Consumers::read(folder)?.mark(&mut changes);
    }
    if let Some(file) = &arguments.exceptions {
        Exceptions::read(file)?.apply(&mut changes, today.date)?;
    }
    let report = Report::new(old.name().to_owned(), new.name().to_owned(), changes);
    let text = report.render(arguments.format, arguments.show.into());
    Ok((text, report.reaches(arguments.fail_on.into())))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command for people and CI; tests name the day with --today"
)]
fn this_day() -> Date {
    Zoned::now().date()
}

pub(super) fn list_rules() -> String {
    let mut text = String::new();
    for (id, severity, summary) in rules::catalogue() {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:<8} {id:<56} {summary}", severity.to_string());
    }
    text
}
