//! Compares a registration with the document that it was generated from: methods, paths, operation ids,
//! tags, parameters, statuses, security, members and which of them are required.

use std::collections::{BTreeMap, BTreeSet};

use openapi_runtime::registry::{MetaApi, Registry};
use serde_json::Value;

/// What can be compared of each operation, as text, by method and path.
pub(crate) type Operations = BTreeMap<String, Vec<String>>;

/// Adds what is registered to what others have registered.
pub(crate) fn add(operations: &mut Operations, registered: Vec<MetaApi>) {
    for MetaApi { paths } in registered {
        for path in paths {
            for operation in path.operations {
                let mut facts = vec![format!("id {}", operation.operation_id.unwrap_or_default())];
                facts.extend(operation.tags.iter().map(|tag| format!("tag {tag}")));
                facts.extend(operation.params.iter().map(|param| {
                    let place = format!("{:?}", param.in_type).to_lowercase();
                    format!("parameter {place} {} {}", param.name, param.required)
                }));
                facts.extend(
                    operation
                        .request
                        .iter()
                        .map(|request| format!("body {}", request.required)),
                );
                facts.extend(
                    operation
                        .responses
                        .responses
                        .iter()
                        .map(|one| format!("status {:?}", one.status)),
                );
                facts.extend(operation.security.iter().map(|alternative| {
                    let sorted: BTreeMap<_, _> = alternative.iter().collect();
                    format!("security {sorted:?}")
                }));
                facts.sort();
                operations.insert(format!("{} {}", operation.method, path.path), facts);
            }
        }
    }
}

fn followed<'d>(document: &'d Value, mut node: &'d Value) -> &'d Value {
    while let Some(target) = node["$ref"].as_str() {
        node = document
            .pointer(target.trim_start_matches('#'))
            .expect("a target");
    }
    node
}

/// What the document says of its operations.
pub(crate) fn documented(document: &Value) -> Operations {
    let mut operations = Operations::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("a path item") {
            if method == "parameters" {
                continue;
            }
            let mut facts = vec![format!("id {}", text(&operation["operationId"]))];
            facts.extend(
                list(&operation["tags"])
                    .iter()
                    .map(|tag| format!("tag {}", text(tag))),
            );
            facts.extend(
                list(&item["parameters"])
                    .iter()
                    .chain(list(&operation["parameters"]))
                    .map(|parameter| {
                        let parameter = followed(document, parameter);
                        format!(
                            "parameter {} {} {}",
                            text(&parameter["in"]),
                            text(&parameter["name"]),
                            parameter["required"]
                        )
                    }),
            );
            if let Some(body) = operation.get("requestBody") {
                facts.push(format!("body {}", followed(document, body)["required"]));
            }
            let statuses = operation["responses"]
                .as_object()
                .expect("responses")
                .keys();
            facts.extend(statuses.map(|status| format!("status Some({status})")));
            let security = operation.get("security").unwrap_or(&document["security"]);
            facts.extend(list(security).iter().map(|alternative| {
                let sorted: BTreeMap<_, _> = alternative
                    .as_object()
                    .expect("an alternative")
                    .iter()
                    .collect();
                let sorted: BTreeMap<_, Vec<_>> = sorted
                    .into_iter()
                    .map(|(name, names)| (name, list(names).iter().map(text).collect()))
                    .collect();
                format!("security {sorted:?}")
            }));
            facts.sort();
            operations.insert(format!("{} {path}", method.to_uppercase()), facts);
        }
    }
    operations
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The members of a schema and the required ones, `allOf` included.
fn members(document: &Value, schema: &Value, hidden: &str, found: &mut BTreeMap<String, bool>) {
    let schema = followed(document, schema);
    for part in list(&schema["allOf"]) {
        members(document, part, hidden, found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if followed(document, property)[hidden] != Value::Bool(true) {
            let required = list(&schema["required"])
                .iter()
                .any(|one| text(one) == name);
            found.insert(name.clone(), required);
        }
    }
}

/// Holds the members of every registered object against those of its schema. A schema that only requests or only
/// answers use has one view under its own name.
pub(crate) fn schemas_agree(document: &Value, registry: &Registry) {
    let mut compared = 0;
    let schemas = &document["components"]["schemas"];
    for (name, schema) in registry
        .schemas
        .iter()
        .filter(|(_, schema)| schema.ty == "object")
    {
        let (component, views) = match schemas.get(name) {
            Some(component) if registry.schemas.contains_key(&format!("{name}Input")) => {
                (component, &["writeOnly"][..])
            }
            Some(component) => (component, &["writeOnly", "readOnly"][..]),
            None => match schemas.get(name.trim_end_matches("Input")) {
                Some(component) => (component, &["readOnly"][..]),
                None => continue,
            },
        };
        let expected = views.iter().map(|hidden| {
            let mut found = BTreeMap::new();
            members(document, component, hidden, &mut found);
            found
        });
        let required: BTreeSet<_> = schema.required.iter().copied().collect();
        let properties = schema.properties.iter();
        let actual: BTreeMap<_, _> = properties
            .map(|(name, _)| ((*name).to_owned(), required.contains(name)))
            .collect();
        let expected: Vec<_> = expected.collect();
        assert!(
            expected.contains(&actual),
            "{name}: {actual:?} is none of {expected:?}"
        );
        compared += 1;
    }
    assert!(compared > 0);
}
