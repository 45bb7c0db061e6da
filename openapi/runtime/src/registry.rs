//! The structure of the registered operations, as poem-openapi's registry holds it.
//!
//! The document that poem-openapi would print from it is never served (it is 3.0 and lossy); it
//! serves tools and a self-check: method, path, `operationId`, statuses, security and the names of
//! properties can be compared with the document that the code was generated from.

use std::collections::HashMap;

use http::Method;
pub use poem_openapi::registry::{MetaApi, Registry};
use poem_openapi::registry::{
    MetaHeader, MetaMediaType, MetaOperation, MetaOperationParam, MetaParamIn, MetaPath,
    MetaRequest, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, MetaSecurityScheme,
    MetaTag,
};

use crate::shape::{Schema, SchemaKind, Shape};
use crate::spec::{Answer, Carrier, Parameter, Scheme};
use crate::{In, Spec};

/// Describes operations, path by path.
#[must_use]
pub fn describe(operations: &[&'static Spec]) -> Vec<MetaApi> {
    let mut paths: Vec<MetaPath> = Vec::new();
    for spec in operations {
        let Some(operation) = operation(spec) else {
            continue;
        };
        match paths.iter_mut().find(|path| path.path == spec.path) {
            Some(path) => path.operations.push(operation),
            None => paths.push(MetaPath {
                path: spec.path.to_owned(),
                operations: vec![operation],
            }),
        }
    }
    vec![MetaApi { paths }]
}

/// Registers the tags, security schemes and schemas of operations.
pub fn register(operations: &[&'static Spec], registry: &mut Registry) {
    for spec in operations {
        registry.create_tag(MetaTag {
            name: spec.tag,
            description: None,
            external_docs: None,
        });
        let used = spec
            .security
            .iter()
            .flat_map(|alternative| alternative.iter().map(|requirement| requirement.scheme));
        for scheme in spec.schemes.iter().copied().chain(used) {
            registry.create_security_scheme(scheme.name, security_scheme(scheme));
        }
        for shape in shapes(spec) {
            register_shape(shape, registry);
        }
    }
}

fn shapes(spec: &Spec) -> impl Iterator<Item = Shape> {
    let parameters = spec.parameters.iter().map(|parameter| parameter.shape);
    let body = spec.body.iter().map(|body| body.shape);
    let answers = spec.answers.iter().map(|answer| answer.shape);
    parameters.chain(body).chain(answers)
}

fn register_shape(shape: Shape, registry: &mut Registry) {
    match shape {
        Shape::List(inner) | Shape::Map(inner) => register_shape(*inner, registry),
        Shape::OneOf(all) => all
            .iter()
            .for_each(|shape| register_shape(*shape, registry)),
        Shape::Named(schema) => register_schema(schema, registry),
        _ => {}
    }
}

fn register_schema(schema: &'static Schema, registry: &mut Registry) {
    if registry.schemas.contains_key(schema.name) {
        return;
    }
    // Before its members, so that a schema that holds itself comes to an end.
    registry
        .schemas
        .insert(schema.name.to_owned(), meta_schema(schema));
    match schema.kind {
        SchemaKind::Object(members) => members
            .iter()
            .for_each(|member| register_shape(member.shape, registry)),
        SchemaKind::OneOf(all) => all
            .iter()
            .for_each(|shape| register_shape(*shape, registry)),
        SchemaKind::Alias(shape) => register_shape(shape, registry),
        SchemaKind::Words(_) => {}
    }
}

fn meta_schema(schema: &Schema) -> MetaSchema {
    match schema.kind {
        SchemaKind::Object(members) => MetaSchema {
            required: members
                .iter()
                .filter(|member| member.required)
                .map(|member| member.name)
                .collect(),
            properties: members
                .iter()
                .map(|member| (member.name, reference(member.shape)))
                .collect(),
            ..MetaSchema::new("object")
        },
        SchemaKind::Words(words) => MetaSchema {
            enum_items: words.iter().map(|word| (*word).into()).collect(),
            ..MetaSchema::new("string")
        },
        SchemaKind::OneOf(all) => MetaSchema {
            one_of: all.iter().map(|shape| reference(*shape)).collect(),
            ..MetaSchema::ANY
        },
        SchemaKind::Alias(shape) => MetaSchema {
            all_of: vec![reference(shape)],
            ..MetaSchema::ANY
        },
    }
}

fn reference(shape: Shape) -> MetaSchemaRef {
    let of_type = |ty: &'static str, format: &'static str| {
        if format.is_empty() {
            MetaSchema::new(ty)
        } else {
            MetaSchema::new_with_format(ty, format)
        }
    };
    let schema = match shape {
        Shape::Named(schema) => return MetaSchemaRef::Reference(schema.name.to_owned()),
        Shape::Any => MetaSchema::ANY,
        Shape::Null => MetaSchema {
            nullable: true,
            ..MetaSchema::ANY
        },
        Shape::Boolean => MetaSchema::new("boolean"),
        Shape::Integer(format) => of_type("integer", format),
        Shape::Number(format) => of_type("number", format),
        Shape::Text(format) => of_type("string", format),
        Shape::List(inner) => MetaSchema {
            items: Some(Box::new(reference(*inner))),
            ..MetaSchema::new("array")
        },
        Shape::Map(inner) => MetaSchema {
            additional_properties: Some(Box::new(reference(*inner))),
            ..MetaSchema::new("object")
        },
        Shape::OneOf(all) => MetaSchema {
            one_of: all.iter().map(|shape| reference(*shape)).collect(),
            ..MetaSchema::ANY
        },
    };
    MetaSchemaRef::Inline(Box::new(schema))
}

fn operation(spec: &'static Spec) -> Option<MetaOperation> {
    Some(MetaOperation {
        method: Method::from_bytes(spec.method.as_bytes()).ok()?,
        tags: vec![spec.tag],
        summary: None,
        description: None,
        external_docs: None,
        params: spec.parameters.iter().filter_map(param).collect(),
        request: spec.body.as_ref().map(|body| MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: body.media,
                schema: reference(body.shape),
            }],
            required: body.required,
        }),
        responses: MetaResponses {
            responses: responses(spec),
        },
        deprecated: false,
        security: spec
            .security
            .iter()
            .map(|alternative| {
                alternative
                    .iter()
                    .map(|requirement| (requirement.scheme.name, requirement.names.to_vec()))
                    .collect::<HashMap<_, _>>()
            })
            .collect(),
        operation_id: Some(spec.id),
        code_samples: Vec::new(),
    })
}

fn param(parameter: &Parameter) -> Option<MetaOperationParam> {
    let in_type = match parameter.location {
        In::Path => MetaParamIn::Path,
        In::Query => MetaParamIn::Query,
        In::Header => MetaParamIn::Header,
        In::Cookie => MetaParamIn::Cookie,
        In::Body => return None,
    };
    Some(MetaOperationParam {
        name: parameter.name.to_owned(),
        schema: reference(parameter.shape),
        in_type,
        description: None,
        required: parameter.required,
        deprecated: false,
        explode: true,
        style: None,
    })
}

/// One response for each status; media types of one status stand together.
fn responses(spec: &Spec) -> Vec<MetaResponse> {
    let mut responses: Vec<MetaResponse> = Vec::new();
    for answer in spec.answers {
        let content = (!answer.media.is_empty()).then(|| MetaMediaType {
            content_type: answer.media,
            schema: reference(answer.shape),
        });
        match responses
            .iter_mut()
            .find(|response| response.status == Some(answer.status))
        {
            Some(response) => response.content.extend(content),
            None => responses.push(MetaResponse {
                description: "",
                status: Some(answer.status),
                status_range: None,
                content: content.into_iter().collect(),
                headers: headers(answer),
            }),
        }
    }
    responses
}

fn headers(answer: &Answer) -> Vec<MetaHeader> {
    answer
        .headers
        .iter()
        .map(|name| MetaHeader {
            name: (*name).to_owned(),
            description: None,
            required: false,
            deprecated: false,
            schema: reference(Shape::Text("")),
        })
        .collect()
}

fn security_scheme(scheme: &Scheme) -> MetaSecurityScheme {
    let (ty, name, key_in, http) = match scheme.carrier {
        Carrier::Bearer => ("http", None, None, Some("bearer")),
        Carrier::Basic => ("http", None, None, Some("basic")),
        Carrier::Header(name) => ("apiKey", Some(name), Some("header"), None),
        Carrier::Query(name) => ("apiKey", Some(name), Some("query"), None),
        Carrier::Cookie(name) => ("apiKey", Some(name), Some("cookie"), None),
    };
    MetaSecurityScheme {
        ty,
        description: None,
        name,
        key_in,
        scheme: http,
        bearer_format: None,
        flows: None,
        openid_connect_url: None,
    }
}
