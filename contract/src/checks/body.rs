//! The body of an answer against its schema.

use serde_json::Value;

use super::{
    Check, codes::failure, discriminator, events, media_type, media_type::Reader, subject::Subject,
};
use crate::{
    api::{Answer, Media, Schema, StatusPattern, Violation},
    exchange::{Failure, Received},
};

const CHECK: Check = Check::ResponseSchemaConformance;
/// So much of a value is shown.
const SHOWN: usize = 300;
/// So many broken rules of one body are told.
const MOST: usize = 50;

pub(super) fn response_schema_conformance(subject: &Subject<'_>) -> Vec<Failure> {
    let operation = subject.operation();
    let received = subject.received;
    // No body comes with HEAD.
    if operation.method == "HEAD" {
        return Vec::new();
    }
    let Some((pattern, answer)) = operation.answer(subject.status()) else {
        return Vec::new();
    };
    let content_type = received.header("content-type");
    let Some((name, media)) = declared(answer, content_type) else {
        return Vec::new();
    };
    let Some(schema) = &media.schema else {
        return Vec::new();
    };
    let mut failures = Vec::new();
    if content_type.is_none() {
        failures.push(failure(
            CHECK,
            "ST104",
            &answer.place,
            "",
            format!("Received: no Content-Type\nDocumented for {pattern}: {name}"),
        ));
    }
    let Some(parsed) = media_type::parse(content_type.unwrap_or(name)) else {
        let message = format!(
            "`{}` is no media type, so that nobody can read the body",
            content_type.unwrap_or(name)
        );
        failures.push(failure(CHECK, "ST110", &media.place, "", message));
        return failures;
    };
    let Some(reader) = media_type::reader(&parsed) else {
        return failures;
    };
    // A part of a body says nothing, but for the whole events in it; `Answered` tells of bodies without end.
    if received.is_cut && reader != Reader::Events {
        return failures;
    }
    match read(reader, received) {
        Err((code, message)) => failures.push(failure(CHECK, code, &media.place, code, message)),
        Ok(Read::One(value)) => hold(subject, pattern, schema, &value, "", &mut failures),
        Ok(Read::Events(events)) => {
            for (index, event) in events.iter().enumerate() {
                let title = format!("event {index}: ");
                hold(subject, pattern, schema, event, &title, &mut failures);
            }
        }
    }
    failures
}

/// The media type of an answer that describes a body with this `Content-Type`: its own, one with `*`, or the first
/// when the header is missing or is none.
fn declared<'a>(answer: &'a Answer, content_type: Option<&str>) -> Option<(&'a str, &'a Media)> {
    let first = answer.content.first()?;
    let Some(content_type) = content_type else {
        return Some((first.0, first.1));
    };
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if let Some((name, media)) = answer.content.get_key_value(essence) {
        return Some((name, media));
    }
    let Some(given) = media_type::parse(essence) else {
        return Some((first.0, first.1));
    };
    let takes = |name: &String| {
        media_type::parse(name).is_some_and(|wanted| media_type::matches(&wanted, &given))
    };
    let found = answer.content.iter().find(|(name, _)| takes(name));
    found.map(|(name, media)| (name.as_str(), media))
}

enum Read {
    One(Value),
    Events(Vec<Value>),
}

fn read(reader: Reader, received: &Received) -> Result<Read, (&'static str, String)> {
    let text = decoded(received)?;
    match reader {
        Reader::Json => serde_json::from_str(&text).map(Read::One).map_err(|error| {
            let shown = if text.is_empty() {
                "nothing".to_owned()
            } else {
                shortened(&text)
            };
            (
                "ST109",
                format!("The body is no JSON: {error}\nReceived: {shown}"),
            )
        }),
        Reader::Yaml => yaml_serde::from_str(&text)
            .map(Read::One)
            .map_err(|error| ("ST110", format!("The body is no YAML: {error}"))),
        Reader::Events => {
            let whole = if received.is_cut {
                text.rfind("\n\n").and_then(|end| text.get(..end))
            } else {
                Some(text.as_str())
            };
            Ok(Read::Events(events::read(whole.unwrap_or_default())))
        }
    }
}

/// The body as a text. What no charset explains is no text.
fn decoded(received: &Received) -> Result<String, (&'static str, String)> {
    if let Ok(text) = std::str::from_utf8(&received.body) {
        return Ok(text.to_owned());
    }
    let content_type = received.header("content-type").unwrap_or_default();
    let charset = content_type
        .to_ascii_lowercase()
        .split_once("charset=")
        .map(|(_, rest)| {
            let rest = rest.split(';').next().unwrap_or_default();
            rest.trim().trim_matches('"').to_owned()
        });
    match charset.as_deref() {
        // Every byte is the character with its number.
        Some("iso-8859-1" | "latin1" | "latin-1") => {
            Ok(received.body.iter().map(|byte| char::from(*byte)).collect())
        }
        _ => Err((
            "ST110",
            format!(
                "The body is no text: it holds bytes that are no {}",
                charset.as_deref().unwrap_or("UTF-8")
            ),
        )),
    }
}

fn hold(
    subject: &Subject<'_>,
    pattern: StatusPattern,
    schema: &Schema,
    value: &Value,
    title: &str,
    failures: &mut Vec<Failure>,
) {
    let schemas = &subject.api.schemas;
    let violations = if subject.rules.validates_formats == Some(false) {
        schema.violations_without_formats(value)
    } else {
        schema.violations(value)
    };
    // A schema that cannot be compiled says nothing about answers.
    for violation in violations.unwrap_or_default() {
        let known = |known: &Failure| known.code == "ST108" && known.key == violation.path;
        if failures.len() >= MOST || failures.iter().any(known) || is_tolerated(value, &violation) {
            continue;
        }
        let place = schema.place_of_rule(schemas, &violation.path);
        let at = if violation.instance.is_empty() {
            "/"
        } else {
            &violation.instance
        };
        let received = value.pointer(&violation.instance).unwrap_or(value);
        failures.push(failure(
            CHECK,
            "ST108",
            place,
            violation.path.clone(),
            format!(
                "{title}{}\nReceived at {at}: {}\nDocumented for {pattern}: {}",
                shortened(&violation.message),
                shortened(&received.to_string()),
                rule(&violation.path),
            ),
        ));
    }
    if let Some(mismatch) = discriminator::mismatch(schemas, schema, value) {
        let place = schema.place_of_rule(schemas, &mismatch.path);
        failures.push(failure(
            CHECK,
            "ST111",
            place,
            "",
            format!("{title}{}", mismatch.message),
        ));
    }
}

/// `type: [string, null]` beside an `enum` without null: mostly null was forgotten in the list.
fn is_tolerated(value: &Value, violation: &Violation) -> bool {
    violation.keyword == "enum" && value.pointer(&violation.instance) == Some(&Value::Null)
}

/// The path of a broken rule for people: without the steps through references.
pub(super) fn rule(path: &str) -> String {
    if path.is_empty() {
        return "/".to_owned();
    }
    path.replace("/$ref", "")
}

/// A text that fits on a line of a report.
pub(super) fn shortened(text: &str) -> String {
    let line = text.replace(['\n', '\r'], " ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
