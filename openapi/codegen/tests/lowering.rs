//! What the constructs of a document become in the IR.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets the unexpected fails"
)]

use std::time::Duration;

use openapi_codegen::ir::{
    Additional, Api, Cache, Choice, Field, FieldContent, Format, Idempotency, Literal, Location,
    Number, Operation, Presence, Segment, Source, Struct, Style, Type, TypeDef, TypeKind,
};
use openapi_codegen::lower::lower;
use openapi_codegen::read::Document;

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Small, version: '1' }\n";

fn lowered(text: &str) -> Api {
    let document = Document::from_text("api.yaml", &[("api.yaml", text)]);
    lower(&document).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A document whose one operation takes `Thing` and answers it.
fn with_schemas(schemas: &str) -> Api {
    lowered(&format!(
        "{HEAD}paths:
  /things:
    post:
      operationId: makeThing
      tags: [Things]
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }} }} }}
      responses:
        '200': {{ description: Made., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Thing' }} }} }} }}
components:
  schemas:
{schemas}"
    ))
}

/// A document of one operation with these members.
fn with_operation(path: &str, members: &str) -> Operation {
    let api = lowered(&format!(
        "{HEAD}paths:\n  {path}:\n    post:\n      operationId: doIt\n      tags: [Things]\n{members}"
    ));
    api.operations().next().expect("an operation").clone()
}

fn named<'a>(api: &'a Api, name: &str) -> &'a TypeDef {
    api.types
        .iter()
        .find(|def| def.name.as_str() == name)
        .unwrap_or_else(|| panic!("no {name}"))
}

fn structure<'a>(api: &'a Api, name: &str) -> &'a Struct {
    match &named(api, name).kind {
        TypeKind::Struct(structure) => structure,
        other => panic!("{name} is {other:?}"),
    }
}

fn field<'a>(structure: &'a Struct, wire: &str) -> &'a Field {
    structure
        .fields
        .iter()
        .find(|field| field.wire == wire)
        .unwrap_or_else(|| panic!("no {wire}"))
}

fn presence(structure: &Struct, wire: &str) -> Presence {
    match &field(structure, wire).content {
        FieldContent::Value { presence, .. } => presence.clone(),
        other => panic!("{wire} is {other:?}"),
    }
}

fn value(structure: &Struct, wire: &str) -> Type {
    match &field(structure, wire).content {
        FieldContent::Value { ty, .. } => ty.ty.clone(),
        other => panic!("{wire} is {other:?}"),
    }
}

#[test]
fn absent_null_and_default_are_different_things() {
    let api = with_schemas(
        "    Thing:
      type: object
      required: [a, b]
      properties:
        a: { type: string }
        b: { type: [string, 'null'] }
        c: { type: string }
        d: { oneOf: [{ $ref: '#/components/schemas/Text' }, { type: 'null' }] }
        e: { type: integer, default: 7 }
    Text: { type: string, maxLength: 3 }
",
    );
    let request = structure(&api, "ThingInput");
    assert_eq!(presence(request, "a"), Presence::Required);
    assert_eq!(presence(request, "b"), Presence::Nullable);
    assert_eq!(presence(request, "c"), Presence::Optional);
    assert_eq!(presence(request, "d"), Presence::ThreeState);
    let seven = Literal::Number(Number::Int(7));
    assert_eq!(
        presence(request, "e"),
        Presence::Defaulted {
            value: seven,
            nullable: false
        }
    );
    // A default means nothing in an answer, so the views differ.
    assert_eq!(presence(structure(&api, "Thing"), "e"), Presence::Optional);
}

#[test]
fn a_schema_without_difference_between_its_views_stays_one_type() {
    let api = with_schemas(
        "    Thing: { type: object, properties: { a: { type: string }, next: { $ref: '#/components/schemas/Thing' } } }\n",
    );
    assert_eq!(api.types.len(), 1);
    let usage = named(&api, "Thing").usage;
    assert!(usage.request && usage.response);
}

#[test]
fn read_only_and_write_only_split_a_schema_and_what_contains_it() {
    let api = with_schemas(
        "    Thing: { type: object, properties: { inner: { $ref: '#/components/schemas/Inner' } } }
    Inner:
      type: object
      required: [id, secret]
      properties:
        id: { type: string, format: uuid, readOnly: true }
        secret: { type: string, format: password, writeOnly: true }
",
    );
    let names: Vec<&str> = api.types.iter().map(|def| def.name.as_str()).collect();
    assert_eq!(names, ["Thing", "ThingInput", "Inner", "InnerInput"]);
    assert_eq!(structure(&api, "Inner").fields.len(), 1);
    assert_eq!(
        value(structure(&api, "InnerInput"), "secret"),
        Type::String(Format::Password)
    );
    let Type::Named(inner) = value(structure(&api, "ThingInput"), "inner") else {
        panic!("no reference")
    };
    assert_eq!(
        api.type_def(inner).expect("a type").name.as_str(),
        "InnerInput"
    );
}

#[test]
fn recursion_is_boxed_where_no_list_breaks_it() {
    let api = with_schemas(
        "    Thing:
      type: object
      properties:
        left: { $ref: '#/components/schemas/Thing' }
        all: { type: array, items: { $ref: '#/components/schemas/Thing' } }
        other: { $ref: '#/components/schemas/Other' }
    Other: { type: object, properties: { back: { $ref: '#/components/schemas/Thing' }, leaf: { $ref: '#/components/schemas/Leaf' } } }
    Leaf: { type: object, properties: { a: { type: string } } }
",
    );
    let boxed = |name: &str, wire: &str| match &field(structure(&api, name), wire).content {
        FieldContent::Value { ty, .. } => ty.boxed,
        other => panic!("{other:?}"),
    };
    assert!(boxed("Thing", "left"));
    assert!(!boxed("Thing", "all"));
    assert!(boxed("Thing", "other"));
    assert!(boxed("Other", "back"));
    assert!(!boxed("Other", "leaf"));
}

#[test]
fn all_of_becomes_one_struct_with_the_tighter_rules() {
    let api = with_schemas(
        "    Base: { type: object, required: [a], properties: { a: { type: string, maxLength: 9 } } }
    Thing:
      unevaluatedProperties: false
      allOf:
        - $ref: '#/components/schemas/Base'
        - type: object
          required: [b]
          properties: { a: { type: string, maxLength: 5, minLength: 1 }, b: { type: integer, format: int32 } }
",
    );
    let thing = structure(&api, "Thing");
    assert_eq!(thing.additional, Additional::Deny);
    assert_eq!(value(thing, "b"), Type::I32);
    let FieldContent::Value { ty, .. } = &field(thing, "a").content else {
        panic!("no value")
    };
    assert_eq!(
        (ty.constraints.min_length, ty.constraints.max_length),
        (Some(1), Some(5))
    );
}

#[test]
fn a_discriminated_union_knows_the_tags_of_its_alternatives() {
    let api = with_schemas(
        "    Cat: { type: object, required: [kind], properties: { kind: { type: string, const: cat } } }
    Dog: { type: object, required: [kind], properties: { kind: { type: string, enum: [dog] } } }
    Thing:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind }
",
    );
    let TypeKind::Union(union) = &named(&api, "Thing").kind else {
        panic!("no union")
    };
    assert_eq!(
        union.choice,
        Choice::Discriminator {
            property: "kind".to_owned()
        }
    );
    let tags: Vec<(&str, &str)> = union
        .variants
        .iter()
        .map(|variant| (variant.ident.as_str(), variant.tag.as_str()))
        .collect();
    assert_eq!(tags, [("Cat", "cat"), ("Dog", "dog")]);
    let kind = &field(structure(&api, "Dog"), "kind").content;
    assert_eq!(
        *kind,
        FieldContent::Constant {
            value: Literal::String("dog".to_owned()),
            required: true
        }
    );
}

#[test]
fn alternatives_of_different_json_types_need_no_discriminator() {
    let api = with_schemas(
        "    Thing: { type: object, properties: { a: { oneOf: [{ type: string }, { type: array, items: { type: string } }, { type: 'null' }] } } }\n",
    );
    let TypeKind::Union(union) = &named(&api, "ThingA").kind else {
        panic!("no union")
    };
    assert_eq!(union.choice, Choice::JsonType);
    assert_eq!(
        presence(structure(&api, "Thing"), "a"),
        Presence::ThreeState
    );
}

#[test]
fn maps_structs_and_free_objects_are_told_apart() {
    let api = with_schemas(
        "    Thing:
      type: object
      properties:
        map: { type: object, additionalProperties: { type: integer, minimum: 0 } }
        free: { type: object }
        any: {}
        both: { type: object, additionalProperties: { type: boolean }, properties: { additional: { type: string } } }
        none: { type: object, additionalProperties: false }
",
    );
    let thing = structure(&api, "Thing");
    assert!(matches!(value(thing, "map"), Type::Map(inner) if inner.ty == Type::I64));
    assert!(matches!(value(thing, "free"), Type::Map(inner) if inner.ty == Type::Any));
    assert_eq!(value(thing, "any"), Type::Any);
    let Additional::Typed { ident, .. } = &structure(&api, "ThingBoth").additional else {
        panic!("no map")
    };
    assert_eq!(ident.as_str(), "additional_");
    assert_eq!(structure(&api, "ThingNone").additional, Additional::Deny);
}

#[test]
fn members_that_the_runtime_writes_come_last() {
    let api = lowered(&format!(
        "{HEAD}paths:
  /a:
    get:
      operationId: getA
      tags: [Things]
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                type: object
                required: [at, success, error, n]
                properties:
                  at: {{ type: string, format: date-time, x-source: timestamp }}
                  success: {{ type: boolean, const: true }}
                  error: {{ type: 'null' }}
                  n: {{ type: integer }}
"
    ));
    let body = structure(&api, "GetAOkBody");
    let wires: Vec<&str> = body
        .fields
        .iter()
        .map(|field| field.wire.as_str())
        .collect();
    assert_eq!(wires, ["success", "error", "n", "at"]);
    assert_eq!(
        body.fields[3].content,
        FieldContent::Source(Source::Timestamp)
    );
    assert_eq!(
        body.fields[1].content,
        FieldContent::Constant {
            value: Literal::Null,
            required: true
        }
    );
}

#[test]
fn an_operation_carries_its_extensions_parameters_and_answers() {
    let operation = with_operation(
        "'/things/{thingId}/do%20it'",
        "      x-rate-limit: heavy
      x-idempotency: required
      x-body-limit: 2KiB
      x-timeout: 1500ms
      x-cache: { noStore: true }
      parameters:
        - { name: thingId, in: path, required: true, schema: { type: string, format: uuid } }
        - { name: type, in: query, schema: { type: string, enum: [a, b], default: b } }
        - { name: ids, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: Idempotency-Key, in: header, required: true, schema: { type: string } }
        - { name: body, in: cookie, schema: { type: string } }
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }
      responses:
        '304': { description: Same. }
        '201':
          description: Made.
          headers:
            Location: { required: true, schema: { type: string } }
            X-RateLimit-Limit: { schema: { type: integer } }
        '503': { description: Down., content: { application/json: { schema: { type: string } } } }
",
    );
    assert_eq!(operation.rate_limit.as_deref(), Some("heavy"));
    assert_eq!(operation.idempotency, Some(Idempotency::Required));
    assert_eq!(operation.body_limit_bytes, 2048);
    assert_eq!(operation.timeout, Duration::from_millis(1500));
    assert_eq!(operation.cache, Some(Cache::NoStore));
    assert_eq!(
        operation.path.segments[2],
        Segment::Literal("do it".to_owned())
    );
    let fields: Vec<&str> = operation
        .parameters
        .iter()
        .map(|parameter| parameter.ident.as_str())
        .collect();
    assert_eq!(fields, ["thing_id", "r#type", "ids", "cookie_body"]);
    assert_eq!(operation.runtime_parameters[0].wire, "Idempotency-Key");
    assert!(matches!(
        &operation.parameters[1].presence,
        Presence::Defaulted {
            value: Literal::Variant { index: 1, .. },
            ..
        }
    ));
    let ids = &operation.parameters[2];
    assert_eq!(
        (ids.location, ids.style, ids.explode),
        (Location::Query, Style::Form, false)
    );
    assert!(!operation.body.as_ref().expect("a body").required);
    let created = &operation.replies[0];
    assert_eq!(
        (
            operation.replies.len(),
            created.status,
            created.variant.as_str()
        ),
        (1, 201, "Created")
    );
    assert_eq!(
        (
            created.headers[0].ident.as_str(),
            created.headers[0].required
        ),
        ("location", true)
    );
    assert_eq!(created.runtime_headers, ["X-RateLimit-Limit"]);
    assert!(operation.not_modified.is_some());
    assert_eq!(
        operation.typed_errors[0].variant.as_str(),
        "ServiceUnavailable"
    );
    assert!(operation.security.anonymous && !operation.security.is_secured());
}

#[test]
fn security_is_alternatives_of_parts() {
    let text = |security: &str| {
        format!(
            "{HEAD}security: [{{ token: [] }}]\npaths:\n  /a:\n    get:\n      operationId: getA\n      tags: [A]\n      security: {security}\n      responses: {{ '204': {{ description: Done. }} }}
components:
  securitySchemes:
    token: {{ type: http, scheme: bearer }}
    key: {{ type: apiKey, in: header, name: X-Key }}
"
        )
    };
    let security = |text: &str| {
        lowered(text)
            .operations()
            .next()
            .expect("an operation")
            .security
            .clone()
    };
    assert!(security(&text("[]")).anonymous);
    let optional = security(&text("[{}, { token: [admin] }]"));
    assert!(optional.anonymous);
    assert_eq!(optional.alternatives[0].requirements[0].names, ["admin"]);
    let both = security(&text("[{ token: [], key: ['a:read', 'b'] }]"));
    assert_eq!(both.alternatives[0].requirements.len(), 2);
    let inherited =
        security(&text("[{ token: [] }]").replace("      security: [{ token: [] }]\n", ""));
    assert!(inherited.is_secured());
}

#[test]
fn references_reach_other_files_and_escaped_names() {
    let root = format!(
        "{HEAD}paths:\n  /a:\n    $ref: 'paths/a.yaml#/~1a'\ncomponents:\n  schemas:\n    A/B ~ü: {{ type: object, properties: {{ x: {{ type: string }} }} }}\n"
    );
    let path = "/a:
  get:
    operationId: getA
    tags: [A]
    responses:
      '200':
        description: Done.
        content: { application/json: { schema: { $ref: '../types.json#/Answer' } } }
";
    let types = r#"{"Answer": {"type": "object", "required": ["b"], "properties": {"b": {"$ref": "api.yaml#/components/schemas/A~1B%20~0%C3%BC"}}}}"#;
    let document = Document::from_text(
        "api.yaml",
        &[
            ("api.yaml", &root),
            ("paths/a.yaml", path),
            ("types.json", types),
        ],
    );
    let api = lower(&document).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(named(&api, "Answer").place.to_string(), "types.json:1");
    assert_eq!(named(&api, "ABUfc").schema_name, "A/B ~ü");
    assert_eq!(
        api.operations()
            .next()
            .expect("an operation")
            .place
            .to_string(),
        "paths/a.yaml:3"
    );
}

#[test]
fn openapi_3_0_says_null_and_exclusive_bounds_its_own_way() {
    let api = lowered(
        "openapi: 3.0.3
info: { title: Small, version: '1' }
paths:
  /a:
    post:
      operationId: doA
      tags: [A]
      requestBody:
        content: { application/json: { schema: { $ref: '#/components/schemas/A' } } }
      responses: { '204': { description: Done. } }
components:
  schemas:
    A:
      type: object
      properties:
        n: { type: integer, minimum: 0, exclusiveMinimum: true }
        t: { type: string, nullable: true }
        r: { nullable: true, allOf: [{ $ref: '#/components/schemas/R' }] }
    R: { type: object, properties: { x: { type: string } } }
",
    );
    let a = structure(&api, "A");
    let FieldContent::Value { ty, .. } = &field(a, "n").content else {
        panic!("no value")
    };
    let bound = ty.constraints.minimum.expect("a bound");
    assert!(bound.exclusive && bound.value == Number::Int(0));
    assert_eq!(presence(a, "t"), Presence::ThreeState);
    assert_eq!(presence(a, "r"), Presence::ThreeState);
    assert!(matches!(value(a, "r"), Type::Named(_)));
}

#[test]
fn a_state_machine_is_a_table_over_the_values() {
    let api = with_schemas(
        "    Thing:
      type: string
      enum: [OPEN, SHUT, GONE]
      x-state-machine:
        initial: [OPEN]
        transitions:
          - { from: [OPEN, SHUT], to: GONE, by: [owner, server] }
          - { from: OPEN, to: SHUT, by: [owner] }
",
    );
    let TypeKind::Enum(states) = &named(&api, "Thing").kind else {
        panic!("no enum")
    };
    let machine = states.state_machine.as_ref().expect("a machine");
    let pairs: Vec<(usize, usize)> = machine
        .transitions
        .iter()
        .map(|change| (change.from, change.to))
        .collect();
    assert_eq!(pairs, [(0, 2), (1, 2), (0, 1)]);
    assert_eq!(machine.initial, [0]);
    assert_eq!(machine.transitions[0].by, ["owner", "server"]);
}

#[test]
fn a_schema_never_takes_the_name_of_an_operation_s_type() {
    let api = lowered(&format!(
        "{HEAD}paths:
  /a:
    post:
      operationId: makeIt
      tags: [A]
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/MakeItRequest' }} }} }} }}
      responses: {{ '204': {{ description: Done. }} }}
components:
  schemas:
    MakeItRequest: {{ type: object, properties: {{ x: {{ type: string }} }} }}
"
    ));
    assert_eq!(api.types[0].name.as_str(), "MakeItRequestBody");
}

#[test]
fn yaml_is_read_as_version_1_2_and_aliases_stand_for_their_anchor() {
    let api = with_schemas(
        "    Thing:
      type: object
      properties:
        on: &text { type: string, maxLength: 0x10 }
        no: *text
        n: { type: number, minimum: -1.5e2, maximum: .5 }
        country: { type: string, enum: [no, yes, on] }
",
    );
    let thing = structure(&api, "Thing");
    let FieldContent::Value { ty, .. } = &field(thing, "no").content else {
        panic!("no value")
    };
    assert_eq!(ty.constraints.max_length, Some(16));
    let FieldContent::Value { ty, .. } = &field(thing, "n").content else {
        panic!("no value")
    };
    assert_eq!(
        ty.constraints.minimum.expect("a bound").value,
        Number::Int(-150)
    );
    assert_eq!(
        ty.constraints.maximum.expect("a bound").value,
        Number::Float(0.5)
    );
}
