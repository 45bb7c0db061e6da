//! Other values in place of given ones: new names for things that must differ, and small changes that keep to the schema.

use serde_json::{Number, Value};

use crate::api::Schema;

/// Texts shorter than this are codes (currencies, countries): they are not made up.
const CODE_LENGTH: usize = 6;

/// The same value with texts that nobody used before, as far as its schema lets them be changed.
pub(super) fn freshened(value: &Value, schema: Option<&Schema>, token: &str) -> Value {
    let mut fresh = value.clone();
    for pointer in texts(value) {
        let Some(text) = value.pointer(&pointer).and_then(Value::as_str) else {
            continue;
        };
        if let Some(other) = other_texts(text, token)
            .into_iter()
            .filter_map(|other| replaced(&fresh, &pointer, other.into()))
            .find(|tried| schema.is_none_or(|schema| schema.takes(tried)))
        {
            fresh = other;
        }
    }
    fresh
}

/// A value that differs from the given one in one place and keeps to the schema; another one for each number.
pub(super) fn varied(
    value: &Value,
    schema: Option<&Schema>,
    token: &str,
    number: i64,
) -> Option<Value> {
    let takes = |tried: &Value| schema.is_none_or(|schema| schema.takes(tried));
    let mut leaves = Vec::new();
    collect(value, String::new(), &mut leaves);
    let by_number = leaves.iter().filter_map(|(pointer, leaf)| {
        let whole = leaf.as_i64()?;
        [1, -1, 10, -10, 50, -50, 100, -100]
            .into_iter()
            .filter_map(|step: i64| whole.checked_add(step.checked_mul(number)?))
            .filter_map(|other| replaced(value, pointer, Number::from(other).into()))
            .find(takes)
    });
    let by_text = leaves.iter().filter_map(|(pointer, leaf)| {
        let token = format!("{token}{number}");
        other_texts(leaf.as_str()?, &token)
            .into_iter()
            .filter_map(|other| replaced(value, pointer, other.into()))
            .find(takes)
    });
    let by_flag = leaves.iter().filter_map(|(pointer, leaf)| {
        let other = !leaf.as_bool()?;
        replaced(value, pointer, other.into()).filter(takes)
    });
    let mut changes = by_number.chain(by_text).chain(by_flag);
    changes.next()
}

fn other_texts(text: &str, token: &str) -> Vec<String> {
    if let Some((local, domain)) = text.split_once('@') {
        return vec![format!("{local}.{token}@{domain}")];
    }
    if is_id(text) {
        return Vec::new();
    }
    let mut others = vec![
        format!("{text}-{token}"),
        format!("{text}-{}", token.to_ascii_uppercase()),
        format!("{text} {token}"),
    ];
    let length = text.chars().count();
    if length >= CODE_LENGTH {
        let kept = length.saturating_sub(token.len());
        let begin: String = text.chars().take(kept).collect();
        let end: String = token.chars().rev().take(length - kept).collect();
        others.push(format!("{begin}{}", end.to_ascii_uppercase()));
        others.push(format!("{begin}{end}"));
    }
    others
}

/// Whether a text is an id that somebody else gave (a UUID).
fn is_id(text: &str) -> bool {
    text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

fn texts(value: &Value) -> Vec<String> {
    let mut leaves = Vec::new();
    collect(value, String::new(), &mut leaves);
    leaves
        .into_iter()
        .filter(|(_, leaf)| leaf.is_string())
        .map(|(pointer, _)| pointer)
        .collect()
}

/// Every part that has no parts, by pointer.
pub(super) fn collect<'v>(
    value: &'v Value,
    pointer: String,
    leaves: &mut Vec<(String, &'v Value)>,
) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                collect(
                    member,
                    format!("{pointer}/{}", super::shape::escaped(name)),
                    leaves,
                );
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, format!("{pointer}/{index}"), leaves);
            }
        }
        leaf => leaves.push((pointer, leaf)),
    }
}

/// A value with one part replaced.
pub(super) fn replaced(value: &Value, pointer: &str, part: Value) -> Option<Value> {
    let mut changed = value.clone();
    *changed.pointer_mut(pointer)? = part;
    Some(changed)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::Api;

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /users:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                email: { type: string, format: email }
                currency: { type: string, pattern: '^[A-Z]{3}$' }
                sku: { type: string, pattern: '^[A-Z0-9-]+$', maxLength: 12 }
                fee: { type: integer, multipleOf: 50, maximum: 250 }
      responses: { '201': { description: Made. } }
";

    #[test]
    fn new_values_keep_to_the_schema() {
        let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
        let operation = api.operation("POST /users").unwrap();
        let media = &operation.body.as_ref().unwrap().media["application/json"];
        let schema = media.schema.as_ref();
        let given =
            json!({ "email": "a@b.example", "currency": "USD", "sku": "LAMP-1-BLACK", "fee": 250 });
        let fresh = freshened(&given, schema, "x7k2");
        assert_eq!(fresh["email"], "a.x7k2@b.example");
        assert_eq!(fresh["currency"], "USD");
        assert_ne!(fresh["sku"], given["sku"]);
        assert!(schema.unwrap().takes(&fresh), "{fresh}");
        let other = varied(&given, schema, "x7k2", 1).unwrap();
        assert_eq!(other["fee"], 200);
        assert_eq!(varied(&given, schema, "x7k2", 2).unwrap()["fee"], 150);
        assert_eq!(varied(&json!({}), schema, "x", 1), None);
    }
}
