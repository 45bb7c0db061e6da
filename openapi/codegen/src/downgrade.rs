//! From OpenAPI 3.1 to 3.0.3, for tools that know 3.0 only.
//!
//! The result means the same for clients: null unions become `nullable`, `const` an enum of one, numeric exclusive bounds
//! the flags of 3.0, siblings of a `$ref` an `allOf`. Names under security schemes that 3.0 allows none under (roles under
//! `bearer`, scopes under `apiKey`) are dropped, as are members that 3.0 does not know and that carry no constraint
//! (`info.summary`, `jsonSchemaDialect`). What 3.0 cannot say at all is a [`Problem`], never silence.
//!
//! Works on the plain value: the located checks have run by then, and places are named by JSON pointer.

mod schema;

use std::fmt;

use serde_json::{Map, Value};

use crate::tree::escape_pointer;

/// Something that OpenAPI 3.0 has no words for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// JSON pointer to the place in the 3.1 document.
    pub pointer: String,
    /// What 3.0 cannot say.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.message)
    }
}

/// Derives the 3.0.3 form of a 3.1 document. A 3.0 document comes back as it is.
///
/// # Errors
/// Every place that cannot be said in 3.0, in document order.
pub fn to_3_0(document: &Value) -> Result<Value, Vec<Problem>> {
    let version = document
        .get("openapi")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if version.starts_with("3.0") {
        return Ok(document.clone());
    }
    let mut walk = Walk {
        plain_schemes: plain_schemes(document),
        problems: Vec::new(),
    };
    let derived = walk.document(document);
    if walk.problems.is_empty() {
        Ok(derived)
    } else {
        Err(walk.problems)
    }
}

/// The security schemes under which 3.0 allows no names: all but `oauth2` and `openIdConnect`.
fn plain_schemes(document: &Value) -> Vec<String> {
    let schemes = document
        .pointer("/components/securitySchemes")
        .and_then(Value::as_object);
    let is_plain = |scheme: &Value| {
        !matches!(
            scheme.get("type").and_then(Value::as_str),
            Some("oauth2" | "openIdConnect")
        )
    };
    schemes
        .into_iter()
        .flatten()
        .filter(|(_, scheme)| is_plain(scheme))
        .map(|(name, _)| name.clone())
        .collect()
}

/// One pass over the document. `at` is always the pointer of the value in hand.
struct Walk {
    plain_schemes: Vec<String>,
    problems: Vec<Problem>,
}

impl Walk {
    fn problem(&mut self, pointer: &str, message: impl Into<String>) {
        self.problems.push(Problem {
            pointer: pointer.to_owned(),
            message: message.into(),
        });
    }

    fn document(&mut self, document: &Value) -> Value {
        self.object(document, "", |walk, key, value, at| match key {
            "openapi" => Some(Value::from("3.0.3")),
            "info" => Some(walk.info(value, at)),
            "jsonSchemaDialect" => None,
            "webhooks" => {
                walk.problem(at, "webhooks do not exist in OpenAPI 3.0");
                None
            }
            "paths" => Some(walk.each(value, at, Self::path_item)),
            "components" => Some(walk.components(value, at)),
            "security" => Some(walk.security(value)),
            _ => Some(value.clone()),
        })
    }

    fn info(&mut self, info: &Value, at: &str) -> Value {
        self.object(info, at, |_, key, value, _| match key {
            "summary" => None,
            "license" => {
                let mut license = value.clone();
                if let Some(members) = license.as_object_mut() {
                    members.shift_remove("identifier");
                }
                Some(license)
            }
            _ => Some(value.clone()),
        })
    }

    fn components(&mut self, components: &Value, at: &str) -> Value {
        self.object(components, at, |walk, key, value, at| match key {
            "schemas" => Some(walk.each(value, at, Self::schema)),
            "parameters" | "headers" => Some(walk.each(value, at, Self::parameter)),
            "responses" => Some(walk.each(value, at, Self::response)),
            "requestBodies" => Some(walk.each(value, at, Self::content_holder)),
            "pathItems" => {
                walk.problem(at, "reusable path items do not exist in OpenAPI 3.0");
                None
            }
            _ => Some(value.clone()),
        })
    }

    fn path_item(&mut self, item: &Value, at: &str) -> Value {
        self.object(item, at, |walk, key, value, at| match key {
            "parameters" => Some(walk.items(value, at, Self::parameter)),
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" => {
                Some(walk.operation(value, at))
            }
            _ => Some(value.clone()),
        })
    }

    fn operation(&mut self, operation: &Value, at: &str) -> Value {
        self.object(operation, at, |walk, key, value, at| match key {
            "parameters" => Some(walk.items(value, at, Self::parameter)),
            "requestBody" => Some(walk.content_holder(value, at)),
            "responses" => Some(walk.each(value, at, Self::response)),
            "security" => Some(walk.security(value)),
            _ => Some(value.clone()),
        })
    }

    /// A parameter or a header.
    fn parameter(&mut self, parameter: &Value, at: &str) -> Value {
        self.reference_or(parameter, at, |walk, key, value, at| match key {
            "schema" => Some(walk.schema(value, at)),
            "content" => Some(walk.each(value, at, Self::media_type)),
            _ => Some(value.clone()),
        })
    }

    fn response(&mut self, response: &Value, at: &str) -> Value {
        self.reference_or(response, at, |walk, key, value, at| match key {
            "headers" => Some(walk.each(value, at, Self::parameter)),
            "content" => Some(walk.each(value, at, Self::media_type)),
            _ => Some(value.clone()),
        })
    }

    fn content_holder(&mut self, holder: &Value, at: &str) -> Value {
        self.reference_or(holder, at, |walk, key, value, at| match key {
            "content" => Some(walk.each(value, at, Self::media_type)),
            _ => Some(value.clone()),
        })
    }

    fn media_type(&mut self, media: &Value, at: &str) -> Value {
        self.object(media, at, |walk, key, value, at| match key {
            "schema" => Some(walk.schema(value, at)),
            _ => Some(value.clone()),
        })
    }

    /// Requirements without the names that 3.0 does not allow; equal alternatives collapse.
    fn security(&self, security: &Value) -> Value {
        let mut alternatives: Vec<Value> = Vec::new();
        for alternative in security.as_array().into_iter().flatten() {
            let mut alternative = alternative.clone();
            for (scheme, names) in alternative.as_object_mut().into_iter().flatten() {
                if self.plain_schemes.contains(scheme) {
                    *names = Value::Array(Vec::new());
                }
            }
            if !alternatives.contains(&alternative) {
                alternatives.push(alternative);
            }
        }
        Value::Array(alternatives)
    }

    /// A 3.0 reference object has no siblings: `summary` and `description` beside it are dropped, as every tool ignores them.
    fn reference_or(
        &mut self,
        value: &Value,
        at: &str,
        member: impl FnMut(&mut Self, &str, &Value, &str) -> Option<Value>,
    ) -> Value {
        match value.get("$ref") {
            Some(reference) => {
                Value::Object(Map::from_iter([("$ref".to_owned(), reference.clone())]))
            }
            None => self.object(value, at, member),
        }
    }

    /// Rebuilds an object member by member; `None` drops one.
    fn object(
        &mut self,
        value: &Value,
        at: &str,
        mut member: impl FnMut(&mut Self, &str, &Value, &str) -> Option<Value>,
    ) -> Value {
        let Value::Object(members) = value else {
            return value.clone();
        };
        let mut derived = Map::with_capacity(members.len());
        for (key, value) in members {
            let at = format!("{at}/{}", escape_pointer(key));
            if let Some(value) = member(self, key, value, &at) {
                derived.insert(key.clone(), value);
            }
        }
        Value::Object(derived)
    }

    /// Every member of an object whose names the document chose; extensions stay as they are.
    fn each(
        &mut self,
        value: &Value,
        at: &str,
        derive: fn(&mut Self, &Value, &str) -> Value,
    ) -> Value {
        self.object(value, at, |walk, key, value, at| {
            Some(if key.starts_with("x-") && !value.is_object() {
                value.clone()
            } else {
                derive(walk, value, at)
            })
        })
    }

    /// Every item of an array.
    fn items(
        &mut self,
        value: &Value,
        at: &str,
        derive: fn(&mut Self, &Value, &str) -> Value,
    ) -> Value {
        let Value::Array(items) = value else {
            return value.clone();
        };
        items
            .iter()
            .enumerate()
            .map(|(index, item)| derive(self, item, &format!("{at}/{index}")))
            .collect()
    }
}
