//! Values that travel as texts: how a text may be read, by the types that its schema admits.

use serde_json::{Map, Number, Value};

use crate::api::{Schema, Schemas};

/// The types that a schema admits, through references and alternatives; none named: all of them.
#[derive(Debug, Default, Clone)]
pub(super) struct Types(Vec<String>);

impl Types {
    pub(super) fn of(schemas: &Schemas, schema: &Value) -> Self {
        let mut types = Self::default();
        types.collect(schemas, schema, 0);
        types
    }

    fn collect(&mut self, schemas: &Schemas, schema: &Value, depth: usize) {
        let schema = schemas.follow(schema);
        match schema.get("type") {
            Some(Value::String(kind)) => self.0.push(kind.clone()),
            Some(Value::Array(kinds)) => {
                let kinds = kinds.iter().filter_map(Value::as_str);
                self.0.extend(kinds.map(str::to_owned));
            }
            // A schema that leads back to itself names no type on the way.
            _ if depth > 20 => {}
            _ => {
                let listed = schema.get("enum").and_then(Value::as_array);
                let constant = schema.get("const");
                for value in listed.into_iter().flatten().chain(constant) {
                    self.0.push(type_of(value).to_owned());
                }
                for keyword in ["anyOf", "oneOf", "allOf"] {
                    let parts = schema.get(keyword).and_then(Value::as_array);
                    for part in parts.into_iter().flatten() {
                        self.collect(schemas, part, depth + 1);
                    }
                }
            }
        }
    }

    /// Whether a type is named.
    pub(super) fn names(&self, kind: &str) -> bool {
        self.0.iter().any(|known| known == kind)
    }

    /// Whether texts are admitted.
    pub(super) fn has_text(&self) -> bool {
        self.0.is_empty() || self.names("string")
    }

    /// Whether arrays or objects are admitted: how those are written is another matter.
    pub(super) fn has_parts(&self) -> bool {
        self.0.is_empty() || self.names("array") || self.names("object")
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// The ways in which a single value may be read from its text. The likeliest is the first.
pub(super) fn readings(types: &Types, text: &str) -> Vec<Value> {
    let mut readings = Vec::new();
    if types.has_text() {
        readings.push(Value::from(text));
    }
    if types.names("null") && text.eq_ignore_ascii_case("null") {
        readings.push(Value::Null);
    }
    if (types.names("integer") || types.names("number"))
        && let Some(number) = number(text, types.names("number"))
    {
        readings.push(Value::Number(number));
    }
    if types.names("boolean")
        && let Some(flag) = flag(text)
    {
        readings.push(Value::Bool(flag));
    }
    if readings.is_empty() {
        readings.push(Value::from(text));
    }
    readings
}

/// Servers read numbers of digits alone, perhaps with a sign.
fn number(text: &str, has_fractions: bool) -> Option<Number> {
    let is_number = |c: u8| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.bytes().all(is_number) {
        return None;
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = unsigned.parse::<i64>() {
        return Some(number.into());
    }
    if let Ok(number) = unsigned.parse::<u64>() {
        return Some(number.into());
    }
    let is_integer = unsigned
        .trim_start_matches('-')
        .bytes()
        .all(|c| c.is_ascii_digit());
    if !has_fractions && !is_integer {
        return None;
    }
    Number::from_f64(unsigned.parse().ok()?)
}

/// The spellings that frameworks take.
fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => Some(true),
        "n" | "no" | "f" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// The reading of a header's or a path parameter's text (style `simple`) that fits its schema; the likeliest one
/// where none fits.
pub(super) fn simple(schemas: &Schemas, schema: &Schema, explode: bool, text: &str) -> Value {
    let types = Types::of(schemas, &schema.value);
    let shape = schemas.follow(&schema.value);
    let mut readings = Vec::new();
    if types.names("object")
        && let Some(object) = object(schemas, shape, explode, text)
    {
        readings.push(object);
    }
    if types.names("array") {
        let items = shape.get("items").unwrap_or(&Value::Null);
        let item_types = Types::of(schemas, items);
        let items = text.split(',').map(|item| first(&item_types, item.trim()));
        readings.push(items.collect());
    }
    if readings.is_empty() || types.has_text() {
        readings.extend(self::readings(&types, text));
    }
    let fits = readings.iter().position(|reading| schema.takes(reading));
    readings.swap_remove(fits.unwrap_or(0))
}

fn object(schemas: &Schemas, shape: &Value, explode: bool, text: &str) -> Option<Value> {
    let parts: Vec<&str> = text.split(',').collect();
    let pairs: Vec<(&str, &str)> = if explode {
        let pairs = parts.iter().map(|part| part.split_once('='));
        pairs.collect::<Option<_>>()?
    } else {
        let pairs = parts.chunks(2).map(|pair| match pair {
            [name, value] => Some((*name, *value)),
            _ => None,
        });
        pairs.collect::<Option<_>>()?
    };
    let mut object = Map::new();
    for (name, value) in pairs {
        let properties = shape.get("properties").and_then(|named| named.get(name));
        let property = properties
            .or_else(|| shape.get("additionalProperties"))
            .unwrap_or(&Value::Null);
        let types = Types::of(schemas, property);
        object.insert(name.to_owned(), first(&types, value));
    }
    Some(Value::Object(object))
}

/// Inside of arrays and objects the likeliest reading: the whole is held against its schema afterwards.
fn first(types: &Types, text: &str) -> Value {
    readings(types, text).swap_remove(0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(schema: &Value, text: &str) -> Vec<Value> {
        readings(&Types::of(&Schemas::default(), schema), text)
    }

    #[test]
    fn a_text_is_read_by_the_types_that_its_schema_admits() {
        for (schema, text, wanted) in [
            (json!({ "type": "integer" }), "5", json!([5])),
            (json!({ "type": "integer" }), "+5", json!([5])),
            (json!({ "type": "integer" }), "5.0", json!(["5.0"])),
            (json!({ "type": "number" }), "1e3", json!([1000.0])),
            (json!({ "type": "boolean" }), "true", json!([true])),
            (json!({ "type": "boolean" }), "maybe", json!(["maybe"])),
            (
                json!({ "type": ["integer", "null"] }),
                "null",
                json!([null]),
            ),
            (json!({ "type": "string" }), "5", json!(["5"])),
            (json!({ "enum": [1, 2] }), "2", json!([2])),
            (
                json!({ "oneOf": [{ "type": "integer" }, { "type": "string" }] }),
                "2",
                json!(["2", 2]),
            ),
            (json!({ "type": "integer" }), "1_0", json!(["1_0"])),
            (json!({}), "x", json!(["x"])),
        ] {
            assert_eq!(json!(read(&schema, text)), wanted, "{schema} {text}");
        }
    }

    #[test]
    fn numbers_beyond_64_bits_stay_numbers() {
        let read = read(&json!({ "type": "integer" }), "99999999999999999999999");
        assert!(read[0].is_number(), "{read:?}");
    }
}
