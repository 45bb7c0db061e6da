//! Styles as the specification shows them, and what their texts may mean.

use serde_json::json;

use super::*;
use crate::{
    api::Api,
    generate::{node::Source, values::Maker},
};

fn api(parameter: &Value) -> Api {
    let mut parameter = parameter.clone();
    let location = parameter["in"].clone();
    parameter["required"] = json!(true);
    let path = if location == "path" { "/x/{p}" } else { "/x" };
    let document = json!({
        "openapi": "3.1.0", "info": { "title": "T", "version": "1" },
        "paths": { path: { "get": { "parameters": [parameter], "responses": { "200": { "description": "Fine." } } } } },
    });
    Api::from_text("t.json", &document.to_string()).unwrap()
}

fn written(parameter: &Value, value: &Value) -> String {
    let api = api(parameter);
    let pairs = write(&api.operations[0].parameters[0], value);
    let pairs = pairs.map(|pairs| {
        pairs
            .into_iter()
            .map(|(name, text)| format!("{name}={text}"))
            .collect::<Vec<_>>()
    });
    pairs.map_or("-".to_owned(), |pairs| pairs.join("&"))
}

fn is_read(parameter: &Value, text: &str) -> bool {
    let api = api(parameter);
    let parameter = &api.operations[0].parameters[0];
    let source = Source {
        schema: &parameter.schema,
        schemas: &api.schemas,
    };
    let mut maker = Maker::new(source, 1, Vec::new(), None);
    is_readable(
        &mut maker,
        parameter,
        &vec![("p".to_owned(), text.to_owned())],
    )
}

#[test]
fn every_style_is_written_as_the_specification_shows_it() {
    let (list, object) = (json!(["blue", "black"]), json!({ "R": 100, "G": 200 }));
    let schema = json!({});
    for (location, style, explode, of_list, of_object) in [
        ("query", "form", true, "p=blue&p=black", "R=100&G=200"),
        ("query", "form", false, "p=blue,black", "p=R,100,G,200"),
        (
            "query",
            "spaceDelimited",
            false,
            "p=blue black",
            "p=R 100 G 200",
        ),
        (
            "query",
            "pipeDelimited",
            false,
            "p=blue|black",
            "p=R|100|G|200",
        ),
        (
            "query",
            "deepObject",
            true,
            "p=blue,black",
            "p[R]=100&p[G]=200",
        ),
        ("path", "simple", false, "p=blue,black", "p=R,100,G,200"),
        ("path", "simple", true, "p=blue,black", "p=R=100,G=200"),
        ("path", "label", true, "p=.blue.black", "p=.R=100.G=200"),
        ("path", "label", false, "p=.blue,black", "p=.R,100,G,200"),
        (
            "path",
            "matrix",
            true,
            "p=;p=blue;p=black",
            "p=;R=100;G=200",
        ),
        (
            "path",
            "matrix",
            false,
            "p=;p=blue,black",
            "p=;p=R,100,G,200",
        ),
        ("header", "simple", false, "p=blue,black", "p=R,100,G,200"),
    ] {
        let parameter = json!({ "name": "p", "in": location, "style": style, "explode": explode, "schema": schema });
        assert_eq!(written(&parameter, &list), of_list, "{style} {explode}");
        assert_eq!(written(&parameter, &object), of_object, "{style} {explode}");
    }
    let plain = json!({ "name": "p", "in": "query", "explode": false, "schema": {} });
    assert_eq!(written(&plain, &json!(["a,b"])), "-");
    let content =
        json!({ "name": "p", "in": "query", "content": { "application/json": { "schema": {} } } });
    assert_eq!(written(&content, &json!({ "a": [1] })), r#"p={"a":[1]}"#);
}

#[test]
fn a_text_is_a_deviation_only_when_nobody_can_read_it_as_valid() {
    let of =
        |schema: Value| json!({ "name": "p", "in": "query", "explode": false, "schema": schema });
    let text = of(json!({ "type": "string", "minLength": 2 }));
    assert!(is_read(&text, "123") && is_read(&text, "null") && !is_read(&text, "a"));
    let integer = of(json!({ "type": "integer", "minimum": 1 }));
    for fine in ["1", "1.0", "+7", "007", " 5 ", "1e2"] {
        assert!(is_read(&integer, fine), "{fine}");
    }
    for wrong in ["0", "1.5", "abc", "null", "", "true"] {
        assert!(!is_read(&integer, wrong), "{wrong}");
    }
    let flag = of(json!({ "type": "boolean" }));
    assert!(is_read(&flag, "1") && is_read(&flag, "TRUE") && !is_read(&flag, "wrong"));
    let list = of(json!({ "type": "array", "items": { "type": "integer" }, "maxItems": 2 }));
    assert!(
        is_read(&list, "1,2")
            && is_read(&list, "7")
            && !is_read(&list, "1,2,3")
            && !is_read(&list, "a")
    );
    assert!(is_read(&of(json!({ "type": ["integer", "null"] })), "null"));
    assert!(is_read(
        &of(
            json!({ "oneOf": [{ "type": "boolean" }, { "type": "array", "items": { "type": "integer" } }] })
        ),
        "1,2"
    ));
}

#[test]
fn what_http_would_change_is_not_carried() {
    for (location, text) in [
        (Location::Path, ""),
        (Location::Path, ".."),
        (Location::Path, "a/b"),
        (Location::Header, " a"),
        (Location::Header, "ä"),
        (Location::Cookie, "a;b"),
        (Location::Query, "a\0"),
    ] {
        assert!(
            !is_carried(location, text, Mode::Positive),
            "{location} {text:?}"
        );
    }
    assert!(is_carried(Location::Path, "a b", Mode::Positive));
    assert!(is_carried(Location::Query, "", Mode::Positive));
    assert!(is_carried(Location::Header, "a, b", Mode::Positive));
    assert!(is_carried(Location::Query, "a\0", Mode::Negative));
    assert!(is_carried(Location::Header, "", Mode::Negative));
    assert!(!is_carried(Location::Path, "", Mode::Negative));
}
