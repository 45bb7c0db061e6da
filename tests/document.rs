//! The document as it is served, and that everything derived from it says the same.

use serde_json::{Value, json};

use crate::{
    on_both,
    support::{
        Database, Server,
        contract::{DOCUMENT, contract},
    },
};

on_both!(
    the_document_is_served_byte_for_byte,
    the_documentation_page_works_offline
);

const V30: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/v1-3.0.json");

async fn the_document_is_served_byte_for_byte(database: Database) {
    let server = Server::start(&database).await;
    let yaml = server
        .anonymous()
        .get("/openapi/v1.yaml")
        .unchecked()
        .await
        .must(200);
    assert!(
        yaml.bytes == std::fs::read(DOCUMENT).unwrap(),
        "other bytes are served than checked in"
    );
    assert!(
        yaml.header("content-type").contains("yaml"),
        "{}",
        yaml.header("content-type")
    );
    let json = server
        .anonymous()
        .get("/openapi/v1.json")
        .unchecked()
        .await
        .must(200);
    assert!(json.header("content-type").starts_with("application/json"));
    assert!(
        json.json() == contract().document,
        "the JSON form says something else"
    );
    let old = server
        .anonymous()
        .get("/openapi/v1-3.0.json")
        .unchecked()
        .await
        .must(200);
    assert!(
        old.bytes == std::fs::read(V30).unwrap(),
        "other bytes are served than checked in"
    );
    for answer in [yaml, json, old] {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(!answer.header("x-request-id").is_empty());
    }
}

async fn the_documentation_page_works_offline(database: Database) {
    let server = Server::start(&database).await;
    let redirect = server.anonymous().get("/docs").unchecked().await;
    assert!((300..400).contains(&redirect.status), "{}", redirect.status);
    let location = redirect.header("location").to_owned();
    let page = server
        .anonymous()
        .get(&location)
        .unchecked()
        .await
        .must(200);
    assert!(page.header("content-type").starts_with("text/html"));
    let mut texts = vec![page.text()];
    // Whatever the page loads, it loads from here.
    for part in page.text().split(['"', '\'']) {
        let is_file = [".js", ".css"].iter().any(|end| part.ends_with(end));
        if is_file {
            assert!(
                !part.starts_with("http") && !part.starts_with("//"),
                "{part}"
            );
            let path = format!(
                "/docs/{}",
                part.trim_start_matches("./").trim_start_matches("/docs/")
            );
            texts.push(
                server
                    .anonymous()
                    .get(path)
                    .unchecked()
                    .await
                    .must(200)
                    .text(),
            );
        }
    }
    assert!(texts.len() > 2, "{}", texts[0]);
    assert!(
        texts.iter().any(|text| text.contains("/openapi/v1.json")),
        "the page shows another document"
    );
    server
        .anonymous()
        .get("/docs/nothing.js")
        .unchecked()
        .await
        .must(404);
}

#[test]
fn utoipa_reads_the_document() {
    let text = std::fs::read_to_string(DOCUMENT).unwrap();
    let read: utoipa::openapi::OpenApi =
        yaml_serde::from_str(&text).expect("utoipa reads openapi/v1.yaml");
    assert_eq!(
        read.paths.paths.len(),
        contract().document["paths"].as_object().unwrap().len()
    );
    // Nothing that utoipa knows gets lost on the way.
    let again: Value = serde_json::from_str(&read.to_json().unwrap()).unwrap();
    for operation in &contract().operations {
        let method = operation.method.as_str().to_lowercase();
        let kept = &again["paths"][&operation.path][&method];
        assert_eq!(kept["operationId"], json!(operation.id));
        let keys = |value: &Value| {
            let mut keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(
            keys(&kept["responses"]),
            keys(&operation.node["responses"]),
            "{}",
            operation.id
        );
    }
    let schemas = |document: &Value| document["components"]["schemas"].as_object().unwrap().len();
    assert_eq!(schemas(&again), schemas(&contract().document));
}

#[test]
fn the_older_form_has_the_same_operations() {
    let text = std::fs::read_to_string(V30).expect("openapi/v1-3.0.json is checked in");
    let old: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(old["openapi"], "3.0.3");
    for operation in &contract().operations {
        let method = operation.method.as_str().to_lowercase();
        let kept = &old["paths"][&operation.path][&method];
        assert_eq!(kept["operationId"], json!(operation.id));
        let statuses = |value: &Value| value["responses"].as_object().unwrap().len();
        assert_eq!(
            statuses(kept),
            statuses(&operation.node),
            "{}",
            operation.id
        );
    }
    assert_none(
        &old,
        "",
        &|key, value| key == "type" && value.is_array(),
        "a list of types",
    );
    assert_none(
        &old,
        "",
        &|key, value| key == "const" && !value.is_object(),
        "const",
    );
    assert_none(
        &old,
        "",
        &|key, value| key == "type" && value == "null",
        "the type null",
    );
}

fn assert_none(value: &Value, path: &str, wrong: &dyn Fn(&str, &Value) -> bool, what: &str) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let path = format!("{path}/{key}");
                // Examples and property names may be called whatever they like.
                if [
                    "example",
                    "examples",
                    "properties",
                    "value",
                    "enum",
                    "default",
                ]
                .contains(&key.as_str())
                {
                    if key == "properties" {
                        for (name, schema) in member.as_object().into_iter().flatten() {
                            assert_none(schema, &format!("{path}/{name}"), wrong, what);
                        }
                    }
                    continue;
                }
                assert!(!wrong(key, member), "3.0 knows no {what}: {path}");
                assert_none(member, &path, wrong, what);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                assert_none(item, &format!("{path}/{at}"), wrong, what);
            }
        }
        _ => {}
    }
}

#[test]
fn every_example_fits_its_schema() {
    let mut checked = 0;
    for operation in &contract().operations {
        let method = operation.method.as_str().to_lowercase();
        let path = operation.path.replace('/', "~1");
        if operation.node.get("requestBody").is_some() {
            checked += check_media(
                &format!("/paths/{path}/{method}/requestBody"),
                &operation.id,
            );
        }
        for answer in operation.answers() {
            let at = format!("/paths/{path}/{method}/responses/{}", answer.status);
            checked += check_media(&at, &operation.id);
        }
    }
    assert!(checked > 100, "{checked} examples");
}

/// Holds every example of a body against its schema; returns how many there were.
fn check_media(pointer: &str, operation: &str) -> usize {
    let (pointer, node) = contract().resolve(pointer);
    let mut checked = 0;
    for (media, content) in node["content"].as_object().into_iter().flatten() {
        let at = format!("{pointer}/content/{}", media.replace('/', "~1"));
        for name in content["examples"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name)
        {
            let (_, example) =
                contract().resolve(&format!("{at}/examples/{}", name.replace('/', "~1")));
            let wrong = contract().violations(&format!("{at}/schema"), &example["value"]);
            assert!(
                wrong.is_empty(),
                "{operation}: example {name} at {at}: {wrong:?}"
            );
            checked += 1;
        }
    }
    checked
}

#[test]
fn the_document_keeps_its_house_rules() {
    let mut ids = std::collections::BTreeSet::new();
    for operation in &contract().operations {
        assert!(ids.insert(&operation.id), "{} twice", operation.id);
        assert_eq!(
            operation.node["tags"].as_array().map(Vec::len),
            Some(1),
            "{}",
            operation.id
        );
        for text in ["summary", "description"] {
            assert!(
                operation.node[text].is_string(),
                "{} has no {text}",
                operation.id
            );
        }
        assert!(
            operation.node.get("security").is_some(),
            "{} leaves its security open",
            operation.id
        );
        for parameter in operation.parameters() {
            assert!(
                parameter.node.get("required").is_some(),
                "{} {}",
                operation.id,
                parameter.name
            );
        }
    }
    assert!(contract().operations.len() <= 50);
    let schemas = contract().document["components"]["schemas"]
        .as_object()
        .unwrap();
    for (name, schema) in schemas {
        house_rules(schema, name);
    }
}

/// Every schema has a type and its bounds.
fn house_rules(schema: &Value, path: &str) {
    if schema.get("$ref").is_some() {
        return;
    }
    for (at, part) in ["allOf", "oneOf"]
        .iter()
        .filter_map(|key| schema[*key].as_array())
        .flatten()
        .enumerate()
    {
        house_rules(part, &format!("{path}#{at}"));
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ if schema.get("allOf").is_some() || schema.get("oneOf").is_some() => vec![],
        _ => panic!("{path} has no type"),
    };
    let bounded = |keys: &[&str]| keys.iter().all(|key| schema.get(*key).is_some());
    let closed = schema.get("enum").is_some() || schema.get("const").is_some();
    if types.contains(&"string") && !closed {
        assert!(bounded(&["maxLength"]), "{path} has no maxLength");
    }
    if types.contains(&"integer") && !closed {
        assert!(
            bounded(&["minimum", "maximum", "format"]),
            "{path} has no bounds or format"
        );
    }
    if types.contains(&"array") {
        assert!(bounded(&["maxItems", "items"]), "{path} has no maxItems");
        house_rules(&schema["items"], &format!("{path}[]"));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        house_rules(property, &format!("{path}.{name}"));
    }
}
