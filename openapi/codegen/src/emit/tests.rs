//! What holds for every file, shown on a representation made by hand; the goldens show the rest.

use std::sync::Arc;

use super::*;
use crate::ir::{
    Additional, Constraints, Doc, Field, FieldContent, Format, Ident, Literal, Place, Presence,
    Struct, Type, TypeId, TypeUse, Usage,
};

fn place() -> Place {
    Place {
        file: Arc::from("api.yaml"),
        line: 7,
        column: 1,
        pointer: "/components/schemas/Thing".to_owned(),
    }
}

fn field(wire: &str, content: FieldContent) -> Field {
    let description = Some(format!("*/ the {wire} of it \u{202E} `odd"));
    let doc = Doc {
        summary: None,
        description,
    };
    Field {
        wire: wire.to_owned(),
        content,
        doc,
        deprecated: false,
        place: place(),
    }
}

fn text(constraints: Constraints) -> TypeUse {
    TypeUse {
        ty: Type::String(Format::Plain),
        nullable: false,
        boxed: false,
        constraints,
        place: place(),
    }
}

fn value(wire: &str, presence: Presence) -> Field {
    let constraints = Constraints {
        max_length: Some(12_345),
        patterns: vec!["^\"*/\\{}$".to_owned()],
        ..Constraints::default()
    };
    let ident = Ident::from_valid(if wire == "type" {
        "r#type".to_owned()
    } else {
        wire.replace('-', "_")
    });
    field(
        wire,
        FieldContent::Value {
            ident,
            ty: text(constraints),
            presence,
        },
    )
}

fn api() -> Api {
    let fields = vec![
        value("type", Presence::Required),
        value("out", Presence::Nullable),
        value("object", Presence::Optional),
        value("a-b", Presence::ThreeState),
        value(
            "size",
            Presence::Defaulted {
                value: Literal::String("\"*/\n".to_owned()),
                nullable: false,
            },
        ),
        field(
            "kind",
            FieldContent::Constant {
                value: Literal::String("it".to_owned()),
                required: true,
            },
        ),
    ];
    let of = Struct {
        fields,
        additional: Additional::Deny,
        min_properties: None,
        max_properties: None,
    };
    let thing = TypeDef {
        id: TypeId(0),
        name: Ident::from_valid("Thing".to_owned()),
        schema_name: "Thing".to_owned(),
        doc: Doc::default(),
        kind: TypeKind::Struct(of),
        usage: Usage {
            request: true,
            response: true,
            error: false,
        },
        deprecated: true,
        place: place(),
    };
    Api {
        document: DocumentInfo {
            path: "api.yaml".to_owned(),
            sha256: "00".to_owned(),
            openapi: "3.1.0".to_owned(),
            title: "*/ Title".to_owned(),
            version: "1 `".to_owned(),
            description: None,
        },
        module: Ident::from_valid("v1".to_owned()),
        types: vec![thing],
        tags: Vec::new(),
        schemes: Vec::new(),
        error_codes: None,
    }
}

#[test]
fn every_file_says_where_it_comes_from_and_parses() {
    for file in emit(&api()) {
        assert!(
            file.contents
                .starts_with("//! Generated from api.yaml (sha256 00). Do not edit.\n"),
            "{}",
            file.path
        );
        assert!(
            !file.contents.contains("compile_error!"),
            "{}",
            file.contents
        );
        assert!(syn::parse_file(&file.contents).is_ok(), "{}", file.contents);
    }
}

#[test]
fn output_is_the_same_every_time() {
    assert_eq!(emit(&api()), emit(&api()));
}

#[test]
fn locals_stay_out_of_the_way_of_members_called_alike() {
    let files = emit(&api());
    let thing = files
        .iter()
        .find(|file| file.path == "types/thing.rs")
        .expect("the file of the schema");
    for line in [
        "let object_2 = object.optional(\"object\", &THING_OBJECT, out);",
        "let out_2 = object.required_nullable(\"out\", &THING_OUT, out);",
        "object: object_2?,",
        "r#type: r#type?,",
    ] {
        assert!(
            thing.contents.contains(line),
            "{line} in\n{}",
            thing.contents
        );
    }
}

#[test]
fn a_constant_is_read_through_a_twin_and_written_inline() {
    let files = emit(&api());
    let thing = files
        .iter()
        .find(|file| file.path == "types/thing.rs")
        .expect("the file of the schema");
    assert!(
        thing.contents.contains("struct ThingWire {"),
        "{}",
        thing.contents
    );
    assert!(
        thing
            .contents
            .contains("map.serialize_entry(\"kind\", &\"it\")?;"),
        "{}",
        thing.contents
    );
}
