//! Cassettes: YAML as Schemathesis writes it, and near enough to what VCR libraries write.
//!
//! A cassette is read interaction by interaction. Each begins with a dash at the beginning of a line, so that its line
//! is known, memory grows with what is kept alone, and one that breaks off takes no other one with it.

mod interaction;
mod message;

use interaction::Interaction;
use serde::Deserialize;

use super::{Format, Recorded, Recording, RecordingError, foreign};
use crate::document::Place;

pub(super) fn parse(name: &str, text: &str) -> Result<Recording, RecordingError> {
    let mut recording = Recording {
        name: name.to_owned(),
        format: Format::Cassette,
        command: None,
        seed: None,
        entries: Vec::new(),
        problems: Vec::new(),
    };
    let mut head = String::new();
    let mut chunk: Option<Chunk> = None;
    let mut is_inside = false;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let first = line.bytes().next().unwrap_or(b'\n');
        if is_inside && line.starts_with("- ") {
            finish(&mut recording, chunk.take(), false);
            chunk = Some(Chunk {
                line: index + 1,
                text: line.to_owned(),
            });
        } else if is_inside && !first.is_ascii_whitespace() && first != b'#' {
            // Another key at the top.
            finish(&mut recording, chunk.take(), false);
            is_inside = false;
            head.push_str(line);
        } else if let Some(chunk) = &mut chunk {
            chunk.text.push_str(line);
        } else if line.trim_end().starts_with("http_interactions:") {
            is_inside = true;
        } else if !is_inside {
            head.push_str(line);
        } else if !line.trim().is_empty() {
            let reason = "the interactions are not written as a list with a dash at the beginning of each line";
            return Err(foreign(name, index + 1, reason.to_owned()));
        }
    }
    finish(&mut recording, chunk.take(), true);
    if !text
        .lines()
        .any(|line| line.starts_with("http_interactions:"))
    {
        let reason = "there is no `http_interactions` at the beginning of a line";
        return Err(foreign(name, 1, reason.to_owned()));
    }
    let head: Head = yaml_serde::from_str(&head).unwrap_or_default();
    recording.command = head.command;
    recording.seed = head.seed.and_then(|seed| seed.as_u64());
    Ok(recording)
}

struct Chunk {
    line: usize,
    text: String,
}

#[derive(Debug, Default, Deserialize)]
struct Head {
    command: Option<String>,
    /// A number, or `None` as Python spells it.
    seed: Option<yaml_serde::Value>,
}

fn finish(recording: &mut Recording, chunk: Option<Chunk>, is_last: bool) {
    let Some(chunk) = chunk else { return };
    let place = Place {
        file: recording.name.clone(),
        line: chunk.line,
    };
    match interaction(&chunk, place.clone(), &recording.entries) {
        Ok(entry) => recording.entries.push(entry),
        Err(reason) => {
            let what = if is_last {
                "the cassette breaks off in this interaction"
            } else {
                "this interaction cannot be read"
            };
            recording
                .problems
                .push(format!("{place}: {what}: {reason}"));
        }
    }
}

fn interaction(chunk: &Chunk, place: Place, before: &[Recorded]) -> Result<Recorded, String> {
    let read = |text: &str| yaml_serde::from_str::<Vec<Interaction>>(text);
    let list = read(&chunk.text)
        // Header values are JSON in there, which writes characters beyond 16 bits as two escapes.
        .or_else(|_| read(&joined(&chunk.text)))
        .map_err(|error| at_line(&error, chunk.line))?;
    let found = list.into_iter().next().ok_or("it is empty")?;
    let is_whole = match &found.response {
        None => chunk.text.trim_end().ends_with("response: null"),
        Some(response) => response.is_whole(),
    };
    if !is_whole {
        return Err("its answer is not whole".to_owned());
    }
    let parent = found.parent();
    let mut entry = found.recorded(place, before.len())?;
    entry.parent = parent.and_then(|parent| before.iter().rposition(|entry| entry.id == parent));
    Ok(entry)
}

/// Line numbers of the chunk become those of the file.
fn at_line(error: &yaml_serde::Error, first: usize) -> String {
    let text = error.to_string();
    let Some(location) = error.location() else {
        return text;
    };
    let said = format!(" at line {} column {}", location.line(), location.column());
    let line = first + location.line().saturating_sub(1);
    format!("{} (line {line})", text.replace(&said, ""))
}

/// `\ud83d\ude00` becomes the one character that it means.
fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u") {
        joined.push_str(before);
        let half = |text: &str| u16::from_str_radix(text.get(..4)?, 16).ok();
        let pair = half(after).zip(
            after
                .get(4..)
                .and_then(|next| half(next.strip_prefix("\\u")?)),
        );
        let character = pair.and_then(|(high, low)| {
            char::decode_utf16([high, low])
                .next()?
                .ok()
                .filter(|found| found.len_utf16() == 2)
        });
        if let Some(character) = character {
            joined.push(character);
            rest = after.get(10..).unwrap_or_default();
        } else {
            joined.push_str("\\u");
            rest = after;
        }
    }
    joined.push_str(rest);
    joined
}
