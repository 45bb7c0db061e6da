//! One member of an object: whether the schemas have it, and promise it.

use regex::Regex;
use serde_json::{Value, json};

use super::{
    Fit, Kind, Misfit,
    at::{At, Path},
};

impl<'a> Fit<'a> {
    pub(super) fn member(
        &self,
        name: &str,
        needed: &Value,
        path: &mut Path,
        schemas: &[At<'a>],
        depth: usize,
        found: &mut Vec<Misfit>,
    ) {
        let speaking: Vec<&At<'a>> = schemas
            .iter()
            .filter(|at| {
                [
                    "properties",
                    "patternProperties",
                    "additionalProperties",
                    "unevaluatedProperties",
                ]
                .iter()
                .any(|key| at.get(key).is_some())
            })
            .collect();
        // A schema that says nothing of members takes any.
        let Some(first) = speaking.first() else {
            return;
        };
        let own: Vec<At<'a>> = speaking.iter().flat_map(|at| member_of(at, name)).collect();
        let never = json!({ "not": {} });
        let is_forbidden = |at: &&At<'a>| {
            at.get("additionalProperties") == Some(&json!(false)) && member_of(at, name).is_empty()
        };
        if own.is_empty()
            || speaking.iter().any(is_forbidden)
            || own
                .iter()
                .any(|at| *at.schema == never || *at.schema == json!(false))
        {
            let place = own
                .first()
                .map_or_else(|| self.place(first, "properties"), |at| self.place(at, ""));
            found.push(Misfit {
                kind: Kind::Unknown,
                pointer: path.pointer.clone(),
                message: format!("the schema has no field `{name}`"),
                place,
            });
            return;
        }
        let is_promised = schemas.iter().any(|at| {
            let required = at.get("required").and_then(Value::as_array);
            required.is_some_and(|names| names.iter().any(|required| required == name))
        });
        if !is_promised && let Some(at) = own.first() {
            found.push(Misfit {
                kind: Kind::Optional,
                pointer: path.pointer.clone(),
                message: "it is not `required`: some answers leave it out".to_owned(),
                place: self.place(at, ""),
            });
        }
        self.value(needed, path, own, depth + 1, found);
    }
}

/// What a schema says of a member: by its name, by patterns, else of all others.
fn member_of<'a>(at: &At<'a>, name: &str) -> Vec<At<'a>> {
    let escaped = name.replace('~', "~0").replace('/', "~1");
    let mut own: Vec<At<'a>> = at
        .get("properties")
        .and_then(|properties| properties.get(name))
        .map(|schema| at.inside(schema, &format!("properties/{escaped}")))
        .into_iter()
        .collect();
    let patterns = at.get("patternProperties").and_then(Value::as_object);
    for (pattern, schema) in patterns.into_iter().flatten() {
        if Regex::new(pattern).is_ok_and(|regex| regex.is_match(name)) {
            own.push(at.inside(schema, "patternProperties"));
        }
    }
    if own.is_empty() {
        for key in ["additionalProperties", "unevaluatedProperties"] {
            let others = at.get(key).filter(|schema| **schema != Value::Bool(false));
            own.extend(others.map(|schema| at.inside(schema, key)));
        }
    }
    own
}
