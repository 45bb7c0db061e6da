//! A report in a file: created before the run begins, so that a folder that cannot be written ends it at once.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use jiff::Timestamp;

use super::{
    Format, har::Har, junit::junit, ndjson::Ndjson, summary::summary, tally::Tally, vcr::Vcr,
};
use crate::run::Event;

/// How often a report that is made anew may be made while findings come in.
const PAUSE: Duration = Duration::from_secs(1);

/// A report in a file.
pub(super) struct Report {
    path: PathBuf,
    writer: Writer,
    made: Instant,
    /// Writing failed before: what is there stays as it is.
    is_broken: bool,
}

enum Writer {
    Vcr(Vcr),
    Har(Har),
    Ndjson(Ndjson),
    /// Made anew when a phase ends and when something is found.
    Whole(fn(&Tally) -> Result<String, String>),
}

impl Report {
    pub(super) fn create(
        format: Format,
        path: PathBuf,
        clock: fn() -> Timestamp,
    ) -> Result<Self, String> {
        let writer = writer(format, &path, clock).map_err(|error| problem(&path, &error))?;
        Ok(Self {
            path,
            writer,
            made: Instant::now(),
            is_broken: false,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn event(&mut self, event: &Event, tally: &Tally) -> Result<(), String> {
        if self.is_broken {
            return Ok(());
        }
        let written = match (&mut self.writer, event) {
            (Writer::Vcr(vcr), Event::Started(beginning)) => vcr.begin(beginning),
            (Writer::Vcr(vcr), Event::Exchange(exchange)) => vcr.exchange(exchange, tally.key),
            (Writer::Har(har), Event::Started(beginning)) => har.begin(beginning),
            (Writer::Har(har), Event::Exchange(exchange)) => har.exchange(exchange),
            (Writer::Ndjson(ndjson), event) => ndjson.event(event, tally),
            (Writer::Whole(make), event) if is_time(event, self.made) => {
                self.made = Instant::now();
                make(tally)
                    .map_err(io::Error::other)
                    .and_then(|text| replace(&self.path, &text))
            }
            _ => Ok(()),
        };
        written.map_err(|error| {
            self.is_broken = true;
            problem(&self.path, &error)
        })
    }
}

/// Whether a report is made anew after an event.
fn is_time(event: &Event, made: Instant) -> bool {
    match event {
        Event::Started(_) | Event::PhaseFinished { .. } | Event::Finished(_) => true,
        Event::Finding(_) => made.elapsed() >= PAUSE,
        Event::PhaseStarted(_) | Event::Exchange(_) | Event::Note(_) => false,
    }
}

fn writer(format: Format, path: &Path, clock: fn() -> Timestamp) -> io::Result<Writer> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(path)?;
    Ok(match format {
        Format::Vcr => Writer::Vcr(Vcr::new(file)),
        Format::Har => Writer::Har(Har::new(file)),
        Format::Ndjson => Writer::Ndjson(Ndjson::new(file, clock)),
        Format::Junit => Writer::Whole(junit),
        Format::Json => Writer::Whole(|tally| {
            serde_json::to_string_pretty(&summary(tally)).map_err(|error| error.to_string())
        }),
        Format::Html => Writer::Whole(super::html::html),
    })
}

/// Puts a text in place of a file at once: whoever reads meanwhile sees the one or the other.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    fs::write(&name, text)?;
    fs::rename(&name, path)
}

fn problem(path: &Path, error: &io::Error) -> String {
    format!(
        "{}: the report cannot be written ({error}): choose another place with --report-dir, or make room",
        path.display()
    )
}
