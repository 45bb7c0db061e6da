//! Simpler cases: each differs from the given one by one step, the largest steps first.

use bytes::Bytes;
use serde_json::{Map, Value};

use crate::{
    api::Location,
    case::{Case, Content, Payload},
    generate::body::Kind,
};

/// So many steps are proposed for a value.
const STEPS: usize = 400;

/// Every step from a case.
pub(super) fn cases(case: &Case) -> Vec<Case> {
    let mut steps = Vec::new();
    let mut add = |change: &dyn Fn(&mut Case)| {
        let mut simpler = case.clone();
        change(&mut simpler);
        steps.push(simpler);
    };
    if case.query.len() > 1 {
        add(&|case| case.query.clear());
    }
    if case.headers.len() > 1 {
        add(&|case| case.headers.clear());
    }
    if case.body.is_some() {
        add(&|case| case.body = None);
    }
    for index in 0..case.query.len() {
        add(&|case| drop(case.query.remove(index)));
    }
    for index in 0..case.headers.len() {
        add(&|case| drop(case.headers.remove(index)));
    }
    for index in 0..case.cookies.len() {
        add(&|case| drop(case.cookies.remove(index)));
    }
    if let Some(payload) = &case.body {
        for content in contents(payload) {
            add(&|case| {
                case.body = Some(Payload {
                    media_type: payload.media_type.clone(),
                    content: content.clone(),
                });
            });
        }
    }
    for (location, pairs) in [
        (Location::Query, &case.query),
        (Location::Header, &case.headers),
        (Location::Cookie, &case.cookies),
    ] {
        for (index, (_, text)) in pairs.iter().enumerate() {
            for shorter in texts(text) {
                add(&|case| {
                    let pairs = match location {
                        Location::Query => &mut case.query,
                        Location::Header => &mut case.headers,
                        _ => &mut case.cookies,
                    };
                    if let Some((_, text)) = pairs.get_mut(index) {
                        text.clone_from(&shorter);
                    }
                });
            }
        }
    }
    steps
}

fn contents(payload: &Payload) -> Vec<Content> {
    match &payload.content {
        Content::Json(value) => values(value).into_iter().map(Content::Json).collect(),
        // Half of a form is no form: it would break the document in a way that the case does not.
        Content::Bytes(_) if has_a_syntax(&payload.media_type) => Vec::new(),
        Content::Bytes(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let shorter = texts(&text).into_iter();
            shorter
                .map(|text| Content::Bytes(Bytes::from(text)))
                .collect()
        }
    }
}

fn has_a_syntax(media_type: &str) -> bool {
    matches!(
        Kind::of(media_type),
        Some(Kind::Form | Kind::Multipart | Kind::Yaml)
    )
}

/// Every step from a value: first without parts, then with simpler parts.
pub(super) fn values(value: &Value) -> Vec<Value> {
    let mut steps = Vec::new();
    match value {
        Value::Object(members) => {
            if members.len() > 1 {
                steps.push(Value::Object(Map::new()));
            }
            for name in members.keys() {
                let mut fewer = members.clone();
                fewer.remove(name);
                steps.push(Value::Object(fewer));
            }
            for (name, member) in members {
                for simpler in values(member) {
                    let mut changed = members.clone();
                    changed.insert(name.clone(), simpler);
                    steps.push(Value::Object(changed));
                    if steps.len() > STEPS {
                        return steps;
                    }
                }
            }
        }
        Value::Array(items) => {
            let half = items.get(..items.len() / 2).unwrap_or_default();
            let first = items.get(..1).unwrap_or_default();
            for fewer in [&[][..], first, half] {
                if fewer.len() < items.len() {
                    steps.push(Value::Array(fewer.to_vec()));
                }
            }
            for index in 0..items.len().min(STEPS / 8) {
                let mut fewer = items.clone();
                fewer.remove(index);
                steps.push(Value::Array(fewer));
            }
            for (index, item) in items.iter().enumerate().take(STEPS / 8) {
                for simpler in values(item) {
                    let mut changed = items.clone();
                    if let Some(item) = changed.get_mut(index) {
                        *item = simpler;
                    }
                    steps.push(Value::Array(changed));
                    if steps.len() > STEPS {
                        return steps;
                    }
                }
            }
        }
        Value::String(text) => steps.extend(texts(text).into_iter().map(Value::String)),
        Value::Number(number) => {
            let whole = number.as_i64();
            let smaller = [Some(0), Some(1), whole.map(|whole| whole / 2)];
            let smaller = smaller.into_iter().flatten();
            steps.extend(
                smaller
                    .filter(|simpler| is_simpler(*simpler, whole))
                    .map(Value::from),
            );
        }
        Value::Null | Value::Bool(_) => {}
    }
    steps
}

fn is_simpler(step: i64, from: Option<i64>) -> bool {
    from.is_none_or(|from| step.unsigned_abs() < from.unsigned_abs())
}

/// Every step from a text: shorter ones, then one of plain letters.
pub(super) fn texts(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let count = letters.len();
    let mut steps = Vec::new();
    for length in [
        0,
        1,
        count / 2,
        count.saturating_sub(count / 4),
        count.saturating_sub(1),
    ] {
        if length < count {
            let shorter: String = letters.iter().take(length).collect();
            if !steps.contains(&shorter) {
                steps.push(shorter);
            }
        }
    }
    let plain = "a".repeat(count);
    if count > 0 && !text.chars().all(|letter| letter == 'a') {
        steps.push(plain);
    }
    steps
}
