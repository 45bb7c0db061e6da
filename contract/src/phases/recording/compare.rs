//! An answer beside the answer of then. Values are not compared: ids and times differ from run to run.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;

use crate::{exchange::Exchange, recording::Recorded};

/// How many differences of one answer are told.
const TOLD: usize = 5;

/// What of an answer is compared with that of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Compare {
    /// Nothing.
    None,
    /// Its status.
    #[default]
    Status,
    /// Its status, its media type, and the members of its JSON with their types.
    Shape,
}

impl fmt::Display for Compare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "nothing",
            Self::Status => "status",
            Self::Shape => "shape",
        })
    }
}

impl Compare {
    /// What differs, one line each.
    pub(super) fn differences(self, entry: &Recorded, exchange: &Exchange) -> Vec<String> {
        let Some(then) = entry.received.as_ref().filter(|_| self != Self::None) else {
            return Vec::new();
        };
        let now = match &exchange.outcome {
            Ok(now) => now,
            Err(error) => return vec![format!("{} then, {error} now", then.status)],
        };
        if then.status != now.status {
            return vec![format!("{} then, {} now", then.status, now.status)];
        }
        if self == Self::Status {
            return Vec::new();
        }
        let media_type = |received: &crate::exchange::Received| {
            received
                .media_type()
                .unwrap_or_else(|| "no Content-Type".to_owned())
        };
        if media_type(then) != media_type(now) {
            return vec![format!(
                "{} then, {} now",
                media_type(then),
                media_type(now)
            )];
        }
        if entry.is_truncated || now.is_cut {
            return Vec::new();
        }
        match (then.json(), now.json()) {
            (Some(then), Some(now)) => shape_differences(&then, &now),
            (None, None) => Vec::new(),
            (Some(_), None) => vec!["JSON then, none now".to_owned()],
            (None, Some(_)) => vec!["no JSON then, JSON now".to_owned()],
        }
    }
}

fn shape_differences(then: &Value, now: &Value) -> Vec<String> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    collect(then, "", &mut before);
    collect(now, "", &mut after);
    let mut told = Vec::new();
    for (pointer, kind) in &before {
        match after.get(pointer) {
            // An empty list says nothing of its items.
            None if is_below_empty_list(pointer, &after) => {}
            None => told.push(format!("`{pointer}` is gone")),
            Some(other) if other != kind => {
                told.push(format!("`{pointer}` was {kind}, is {other}"));
            }
            Some(_) => {}
        }
    }
    for pointer in after.keys() {
        if !before.contains_key(pointer) && !is_below_empty_list(pointer, &before) {
            told.push(format!("`{pointer}` is new"));
        }
    }
    // What is below a member that is gone or new goes without saying.
    let outermost = outermost(told);
    let rest = outermost.len().saturating_sub(TOLD);
    let mut listed: Vec<String> = outermost.into_iter().take(TOLD).collect();
    if rest > 0 {
        listed.push(format!("and {rest} more"));
    }
    listed
}

fn outermost(told: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for line in told {
        let is_inside = kept.iter().any(|known| {
            let (pointer, end) = known.rsplit_once('`').unwrap_or_default();
            matches!(end, " is gone" | " is new") && line.starts_with(&format!("{pointer}/"))
        });
        if !is_inside {
            kept.push(line);
        }
    }
    kept
}

fn is_below_empty_list(pointer: &str, known: &BTreeMap<String, &'static str>) -> bool {
    pointer.match_indices("/*").any(|(at, _)| {
        let list = pointer.get(..at).unwrap_or_default();
        known.get(list) == Some(&"an array") && !known.contains_key(&format!("{list}/*"))
    })
}

/// The type at every place; the items of a list share one, null says nothing.
fn collect(value: &Value, pointer: &str, types: &mut BTreeMap<String, &'static str>) {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    let known = types.entry(pointer.to_owned()).or_insert(kind);
    if *known == "null" {
        *known = kind;
    }
    match value {
        Value::Array(items) => {
            for item in items {
                collect(item, &format!("{pointer}/*"), types);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                collect(member, &format!("{pointer}/{name}"), types);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_shape_is_members_and_types_and_no_values() {
        let then = json!({"id": 1, "lines": [{"sku": "a"}], "at": "2026-01-01", "old": {"x": 1}});
        let same =
            json!({"id": 2, "lines": [{"sku": "b"}, {"sku": "c"}], "at": "2027", "old": {"x": 3}});
        assert_eq!(shape_differences(&then, &same), Vec::<String>::new());
        let other = json!({"id": "1", "lines": [], "at": "2026", "new": {"y": 1}});
        assert_eq!(
            shape_differences(&then, &other),
            [
                "`/id` was a number, is a string",
                "`/old` is gone",
                "`/new` is new"
            ]
        );
    }

    #[test]
    fn null_has_its_say() {
        let then = json!([{"a": null}, {"a": 1}]);
        assert_eq!(
            shape_differences(&then, &json!([{"a": 2}])),
            Vec::<String>::new()
        );
        assert_eq!(
            shape_differences(&json!({"a": 1}), &json!({"a": null})),
            ["`/a` was a number, is null"]
        );
    }
}
