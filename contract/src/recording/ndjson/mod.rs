//! The events of a run, one JSON object a line: the only format that tells which request follows from which.
//!
//! `event` knows the lines, `scenario` what stands in those that hold requests, `message` the requests themselves.

mod event;
mod message;
mod scenario;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use event::Event;

use super::{Format, Recording, RecordingError, foreign};
use crate::document::Place;

/// Whether a text is one of events.
pub(super) fn is_one(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    line.starts_with("{\"Initialize\":")
}

/// Reads the events of a run.
pub(super) fn parse(name: &str, text: &str) -> Result<Recording, RecordingError> {
    let mut recording = Recording {
        name: name.to_owned(),
        format: Format::Events,
        command: None,
        seed: None,
        entries: Vec::new(),
        problems: Vec::new(),
    };
    let mut is_own = false;
    let mut positions = HashMap::new();
    for (index, line) in text.lines().enumerate() {
        let place = Place {
            file: name.to_owned(),
            line: index + 1,
        };
        let event = match serde_json::from_str::<Event>(line) {
            Ok(event) => event,
            Err(_) if line.trim().is_empty() => continue,
            Err(error) if index == 0 => {
                return Err(foreign(name, 1, format!("the line is no event: {error}")));
            }
            Err(error) => {
                recording.problems.push(problem(&place, &error));
                continue;
            }
        };
        match event {
            Event::Initialize(begin) => {
                recording.command = begin.command;
                is_own = begin.contract_version.is_some();
                recording.seed = begin.seed;
            }
            Event::ScenarioFinished(scenario) | Event::FuzzScenarioFinished(scenario) => {
                if !is_own {
                    // Requests follow from those of their own scenario.
                    positions.clear();
                }
                let recorder = scenario.recorder;
                recorder.record(&mut recording, &place, is_own, &mut positions);
            }
            Event::Other => {}
        }
    }
    Ok(recording)
}

fn problem(place: &Place, error: &serde_json::Error) -> String {
    if error.is_eof() {
        return format!("{place}: the recording breaks off in this event");
    }
    format!("{place}: this event cannot be read: {error}")
}
