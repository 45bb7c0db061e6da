//! The generated registration says the same as the document it was generated from: methods, paths, operation ids,
//! tags, parameters, statuses, security, members and which of them are required.

use std::collections::{BTreeMap, BTreeSet};

use openapi_codegen::read::Document;
use openapi_runtime as rt;
use rt::poem_openapi::OpenApi;
use rt::registry::{MetaApi, Registry};
use serde_json::Value;

use crate::goldens::{everything, hostile, petstore, tic_tac_toe};
use crate::host::Everyone;

/// What can be compared of an operation, as text.
type Operations = BTreeMap<String, Vec<String>>;

fn document(case: &str) -> Value {
    let name = format!("tests/cases/positive/{case}.yaml");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    let text = std::fs::read_to_string(path).expect("the document");
    let document = Document::from_text(&name, &[(&name, &text)]);
    document.root().expect("a tree").to_json()
}

fn registered<A: OpenApi>(operations: &mut Operations, registry: &mut Registry) {
    A::register(registry);
    for MetaApi { paths } in A::meta() {
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

fn documented(document: &Value) -> Operations {
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

fn schemas_agree(document: &Value, registry: &Registry) {
    let mut compared = 0;
    for (name, schema) in &registry.schemas {
        let (component, hidden) = match document["components"]["schemas"].get(name) {
            Some(component) => (component, "writeOnly"),
            None => match document["components"]["schemas"].get(name.trim_end_matches("Input")) {
                Some(component) => (component, "readOnly"),
                None => continue,
            },
        };
        if schema.ty != "object" {
            continue;
        }
        let mut expected = BTreeMap::new();
        members(document, component, hidden, &mut expected);
        let required: BTreeSet<_> = schema.required.iter().copied().collect();
        let actual: BTreeMap<_, _> = schema
            .properties
            .iter()
            .map(|(name, _)| ((*name).to_owned(), required.contains(name)))
            .collect();
        assert_eq!(actual, expected, "{name}");
        compared += 1;
    }
    assert!(compared > 0);
}

macro_rules! agrees {
    ($test:ident, $case:literal, $($routes:ty),+) => {
        #[test]
        fn $test() {
            let document = document($case);
            let mut operations = Operations::new();
            let mut registry = Registry::new();
            $(registered::<$routes>(&mut operations, &mut registry);)+
            assert_eq!(operations, documented(&document));
            schemas_agree(&document, &registry);
        }
    };
}

agrees!(
    everything_is_registered_as_documented,
    "everything",
    everything::ItemsRoutes<Everyone>,
    everything::ReportsRoutes<Everyone>
);
agrees!(
    hostile_names_are_registered_as_documented,
    "hostile",
    hostile::FnTypesRoutes<Everyone>,
    hostile::TypesRoutes<Everyone>
);
agrees!(
    the_pet_store_is_registered_as_documented,
    "petstore",
    petstore::PetsRoutes<Everyone>
);
agrees!(
    the_game_is_registered_as_documented,
    "tic-tac-toe",
    tic_tac_toe::GameplayRoutes<Everyone>
);
