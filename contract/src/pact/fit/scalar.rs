//! One value against the type and the bounds of its schemas.

use regex::Regex;
use serde_json::{Map, Value};

use super::{
    Fit, Kind, Misfit,
    at::{At, Path},
};
use crate::pact::matchers::Matcher;

/// The keywords that hold a single value to bounds.
const BOUNDS: [&str; 11] = [
    "enum",
    "const",
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

impl<'a> Fit<'a> {
    pub(super) fn type_misfit(
        &self,
        needed: &Value,
        matcher: Option<&Matcher>,
        path: &Path,
        schemas: &[At<'a>],
    ) -> Option<Misfit> {
        let kind = match matcher {
            Some(Matcher::Decimal) => "number",
            _ => kind_of(needed),
        };
        let takes = |wanted: &Value| {
            wanted == kind
                || (wanted == "number" && kind == "integer")
                || (wanted == "integer" && matches!(matcher, Some(Matcher::Number)))
        };
        let refusing = schemas.iter().find(|at| match at.get("type") {
            Some(Value::Array(types)) => !types.iter().any(takes),
            Some(one) => !takes(one),
            None => *at.schema == Value::Bool(false),
        })?;
        let wanted = refusing
            .get("type")
            .map_or_else(|| "nothing".to_owned(), Value::to_string);
        Some(Misfit {
            kind: Kind::Invalid,
            pointer: path.pointer.clone(),
            message: format!("the consumer needs {kind}, the schema has {wanted}"),
            place: self.place(refusing, "type"),
        })
    }

    pub(super) fn bound_misfit(
        &self,
        needed: &Value,
        matcher: Option<&Matcher>,
        path: &Path,
        schemas: &[At<'a>],
    ) -> Option<Misfit> {
        let pattern = match matcher {
            None | Some(Matcher::Equality) => None,
            Some(Matcher::Regex(pattern)) => Some(Regex::new(pattern).ok()?),
            // Any value of the type will do.
            Some(_) => return None,
        };
        for at in schemas {
            for key in BOUNDS {
                let Some(bound) = at.get(key) else { continue };
                let words = match key {
                    "enum" => bound.as_array().cloned(),
                    "const" => Some(vec![bound.clone()]),
                    _ => None,
                };
                if let (Some(pattern), Some(words)) = (&pattern, words) {
                    let fits =
                        |word: &Value| word.as_str().is_some_and(|word| pattern.is_match(word));
                    if words.iter().any(fits) {
                        continue;
                    }
                    return Some(self.bound(
                        path,
                        at,
                        key,
                        format!("none of {bound} fits `{pattern}`"),
                    ));
                }
                let mut alone = Map::from_iter([(key.to_owned(), bound.clone())]);
                if let Some(kind) = at.get("type") {
                    alone.insert("type".to_owned(), kind.clone());
                }
                let compiled = self.root.compile_beside(&Value::Object(alone)).ok()?;
                if !compiled.is_valid(needed) {
                    let message =
                        format!("the consumer needs {needed}, the schema has `{key}: {bound}`");
                    return Some(self.bound(path, at, key, message));
                }
            }
        }
        None
    }

    fn bound(&self, path: &Path, at: &At<'_>, key: &str, message: String) -> Misfit {
        Misfit {
            kind: Kind::Invalid,
            pointer: path.pointer.clone(),
            message,
            place: self.place(at, key),
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        // JSON Schema takes 1.0 for an integer.
        Value::Number(number) if number.to_string().trim_end_matches('0').ends_with('.') => {
            "integer"
        }
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
