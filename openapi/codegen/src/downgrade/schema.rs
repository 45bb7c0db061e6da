//! Schemas: from JSON Schema 2020-12 to the dialect of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::Walk;

/// Keywords that constrain in 2020-12 and that 3.0 has no form for.
const WITHOUT_FORM: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "contains",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl Walk {
    pub(super) fn schema(&mut self, schema: &Value, at: &str) -> Value {
        match schema {
            Value::Bool(true) => json!({}),
            Value::Bool(false) => json!({ "not": {} }),
            Value::Object(members) if members.contains_key("$ref") => self.reference(members, at),
            Value::Object(members) => self.keywords(members, at),
            _ => schema.clone(),
        }
    }

    /// In 3.1 the siblings of a `$ref` hold too; 3.0 ignores them, so they move beside an `allOf`.
    fn reference(&mut self, members: &Map<String, Value>, at: &str) -> Value {
        let Some(target) = members.get("$ref") else {
            return Value::Object(members.clone());
        };
        let reference = json!({ "$ref": target });
        if members.len() == 1 {
            return reference;
        }
        let siblings: Map<String, Value> = members
            .iter()
            .filter(|(key, _)| *key != "$ref")
            .map(clone_pair)
            .collect();
        let mut derived = match self.keywords(&siblings, at) {
            Value::Object(derived) => derived,
            other => return other,
        };
        match derived.get_mut("allOf").and_then(Value::as_array_mut) {
            Some(all) => all.insert(0, reference),
            None => {
                derived.insert("allOf".to_owned(), json!([reference]));
            }
        }
        Value::Object(derived)
    }

    fn keywords(&mut self, members: &Map<String, Value>, at: &str) -> Value {
        let mut derived = Map::with_capacity(members.len());
        for (key, value) in members {
            let place = format!("{at}/{}", crate::tree::escape_pointer(key));
            match key.as_str() {
                "type" => types(value, &mut derived),
                "const" => constant(value, members, &mut derived),
                "exclusiveMinimum" if value.is_number() => {
                    bound("minimum", "exclusiveMinimum", value, members, &mut derived);
                }
                "exclusiveMaximum" if value.is_number() => {
                    bound("maximum", "exclusiveMaximum", value, members, &mut derived);
                }
                // Already said by the exclusive bound where that one is stricter.
                "minimum" | "maximum" if derived.contains_key(key) => {}
                "examples" => {
                    if let Some(first) = value.as_array().and_then(|all| all.first()) {
                        derived.insert("example".to_owned(), first.clone());
                    }
                }
                "contentEncoding" => {
                    derived.insert(
                        "format".to_owned(),
                        if value == "base64" {
                            "byte".into()
                        } else {
                            value.clone()
                        },
                    );
                }
                "$comment" | "$schema" | "contentMediaType" => {}
                "properties" => {
                    let properties = self.each(value, &place, Self::schema);
                    derived.insert(key.clone(), properties);
                }
                "items" | "not" => {
                    let schema = self.schema(value, &place);
                    derived.insert(key.clone(), schema);
                }
                "additionalProperties" => {
                    let schema = if value.is_boolean() {
                        value.clone()
                    } else {
                        self.schema(value, &place)
                    };
                    derived.insert(key.clone(), schema);
                }
                "allOf" => {
                    let all = self.items(value, &place, Self::schema);
                    derived.insert(key.clone(), all);
                }
                "anyOf" | "oneOf" => self.alternatives(key, value, &place, &mut derived),
                _ if WITHOUT_FORM.contains(&key.as_str()) => {
                    self.problem(&place, format!("`{key}` has no form in OpenAPI 3.0"));
                }
                _ => {
                    derived.insert(key.clone(), value.clone());
                }
            }
        }
        Value::Object(derived)
    }

    /// `oneOf: [X, {type: 'null'}]` is a nullable X.
    fn alternatives(
        &mut self,
        key: &str,
        value: &Value,
        at: &str,
        derived: &mut Map<String, Value>,
    ) {
        let is_null = |schema: &Value| schema.get("type").is_some_and(|kind| kind == "null");
        let schemas = value.as_array().map_or(&[][..], Vec::as_slice);
        let rest: Value = schemas
            .iter()
            .enumerate()
            .filter(|(_, schema)| !is_null(schema))
            .map(|(index, schema)| self.schema(schema, &format!("{at}/{index}")))
            .collect();
        let remaining = rest.as_array().map_or(0, Vec::len);
        if remaining < schemas.len() {
            derived.insert("nullable".to_owned(), true.into());
        }
        let key = if remaining == 1 { "allOf" } else { key };
        derived.insert(key.to_owned(), rest);
    }
}

fn clone_pair((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// `[T, 'null']` is a nullable T; several types are alternatives; `'null'` alone is an enum of nothing but null.
fn types(value: &Value, derived: &mut Map<String, Value>) {
    let names: Vec<&Value> = match value {
        Value::Array(names) => names.iter().collect(),
        name => vec![name],
    };
    let others: Vec<&Value> = names
        .iter()
        .copied()
        .filter(|name| *name != "null")
        .collect();
    match others.as_slice() {
        [] => {
            derived.insert("type".to_owned(), "object".into());
            derived.insert("enum".to_owned(), json!([null]));
        }
        [only] => {
            derived.insert("type".to_owned(), (*only).clone());
        }
        several => {
            let alternatives: Value = several.iter().map(|name| json!({ "type": name })).collect();
            derived.insert("anyOf".to_owned(), alternatives);
        }
    }
    if others.len() < names.len() {
        derived.insert("nullable".to_owned(), true.into());
    }
}

/// `const` becomes an enum of one; 3.0 wants the type beside it.
fn constant(value: &Value, members: &Map<String, Value>, derived: &mut Map<String, Value>) {
    if !members.contains_key("type") {
        let name = match value {
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) | Value::Null => "object",
        };
        derived.insert("type".to_owned(), name.into());
    }
    if value.is_null() {
        derived.insert("nullable".to_owned(), true.into());
    }
    derived.insert("enum".to_owned(), json!([value]));
}

/// A numeric exclusive bound becomes a bound with a flag, unless an inclusive one beside it is stricter.
fn bound(
    inclusive: &str,
    flag: &str,
    value: &Value,
    members: &Map<String, Value>,
    derived: &mut Map<String, Value>,
) {
    let number = |value: Option<&Value>| value.and_then(Value::as_f64);
    let stricter = match (number(members.get(inclusive)), number(Some(value))) {
        (Some(closed), Some(open)) if inclusive == "minimum" => closed > open,
        (Some(closed), Some(open)) => closed < open,
        _ => false,
    };
    if !stricter {
        derived.insert(inclusive.to_owned(), value.clone());
        derived.insert(flag.to_owned(), true.into());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::downgrade::to_3_0;

    fn derive(schema: &Value) -> Value {
        let document = json!({ "openapi": "3.1.0", "components": { "schemas": { "S": schema } } });
        to_3_0(&document)
            .unwrap()
            .pointer("/components/schemas/S")
            .unwrap()
            .clone()
    }

    #[test]
    fn null_unions_become_nullable() {
        assert_eq!(
            derive(&json!({ "type": ["string", "null"], "maxLength": 3 })),
            json!({ "type": "string", "nullable": true, "maxLength": 3 })
        );
        assert_eq!(
            derive(&json!({ "type": "null" })),
            json!({ "type": "object", "enum": [null], "nullable": true })
        );
        assert_eq!(
            derive(&json!({ "oneOf": [{ "$ref": "#/components/schemas/T" }, { "type": "null" }] })),
            json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/T" }] })
        );
    }

    #[test]
    fn a_constant_becomes_an_enum_of_one() {
        assert_eq!(
            derive(&json!({ "const": "card" })),
            json!({ "type": "string", "enum": ["card"] })
        );
        assert_eq!(
            derive(&json!({ "type": "boolean", "const": true })),
            json!({ "type": "boolean", "enum": [true] })
        );
    }

    #[test]
    fn exclusive_bounds_become_flags_unless_the_inclusive_one_is_stricter() {
        assert_eq!(
            derive(&json!({ "type": "number", "exclusiveMinimum": 0 })),
            json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true })
        );
        assert_eq!(
            derive(&json!({ "type": "number", "minimum": 1, "exclusiveMinimum": 0 })),
            json!({ "type": "number", "minimum": 1 })
        );
        assert_eq!(
            derive(&json!({ "type": "number", "exclusiveMaximum": 9, "maximum": 9 })),
            json!({ "type": "number", "maximum": 9, "exclusiveMaximum": true })
        );
    }

    #[test]
    fn siblings_of_a_reference_keep_their_force() {
        assert_eq!(
            derive(&json!({ "$ref": "#/components/schemas/T", "description": "why" })),
            json!({ "description": "why", "allOf": [{ "$ref": "#/components/schemas/T" }] })
        );
        assert_eq!(
            derive(&json!({ "$ref": "#/components/schemas/T" })),
            json!({ "$ref": "#/components/schemas/T" })
        );
    }

    #[test]
    fn a_property_may_be_called_like_a_keyword() {
        let schema =
            json!({ "type": "object", "properties": { "const": { "type": ["integer", "null"] } } });
        assert_eq!(
            derive(&schema).pointer("/properties/const/nullable"),
            Some(&json!(true))
        );
    }

    #[test]
    fn examples_are_data_and_stay_as_they_are() {
        let schema = json!({ "type": "object", "examples": [{ "type": ["x", "null"] }] });
        assert_eq!(
            derive(&schema).get("example"),
            Some(&json!({ "type": ["x", "null"] }))
        );
    }

    #[test]
    fn what_has_no_form_is_named_with_its_place() {
        let document = json!({ "openapi": "3.1.0", "components": { "schemas": { "S": { "items": { "contains": {} } } } } });
        let problems = to_3_0(&document).unwrap_err();
        assert_eq!(
            problems.first().unwrap().pointer,
            "/components/schemas/S/items/contains"
        );
    }

    #[test]
    fn roles_under_a_bearer_scheme_are_dropped_and_scopes_of_oauth_kept() {
        let document = json!({
            "openapi": "3.1.0",
            "security": [{ "bearer": ["admin"] }, { "bearer": ["viewer"] }, { "oauth": ["read"] }],
            "components": { "securitySchemes": { "bearer": { "type": "http" }, "oauth": { "type": "oauth2" } } }
        });
        assert_eq!(
            to_3_0(&document).unwrap().get("security"),
            Some(&json!([{ "bearer": [] }, { "oauth": ["read"] }]))
        );
    }
}
