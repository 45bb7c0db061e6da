//! Which keywords each object of OpenAPI may have: the whole vocabulary of 3.0 and 3.1.
//!
//! Nothing is read over: a keyword is used, only describes, is refused as not supported yet, or is
//! unknown.

use super::Lowering;
use crate::diagnostics::{Diagnostic, codes};
use crate::resolve::nearest;
use crate::tree::{Member, Node, Object};

/// The keywords of one kind of object.
pub(super) struct Spec {
    /// The kind with its article: `an operation`.
    pub what: &'static str,
    /// Keywords that are understood.
    pub known: &'static [&'static str],
    /// Keywords that are refused, each with what to write instead.
    pub later: &'static [(&'static str, &'static str)],
    /// Extensions of ours that may stand here.
    pub extensions: &'static [&'static str],
}

/// Our extensions and where each belongs.
pub(super) const EXTENSIONS: &[(&str, &str)] = &[
    ("x-rate-limit", "an operation"),
    ("x-idempotency", "an operation"),
    ("x-cache", "an operation"),
    ("x-body-limit", "an operation"),
    ("x-timeout", "an operation"),
    // Generated code has no need of it: the contract tests do.
    ("x-pagination", "an operation"),
    ("x-error-codes", "a response from 400 up"),
    ("x-not-found-code", "a path parameter"),
    (
        "x-source",
        "a string property at the top level of a response body",
    ),
    ("x-state-machine", "a string enum"),
];

macro_rules! specs {
    ($($name:ident: $what:literal, [$($known:literal),* $(,)?], [$(($later:literal, $help:literal)),* $(,)?], [$($ext:literal),*];)*) => {
        $(pub(super) const $name: &Spec = &Spec {
            what: $what, known: &[$($known),*], later: &[$(($later, $help)),*], extensions: &[$($ext),*],
        };)*
    };
}

specs! {
    ROOT: "the document",
        ["openapi", "info", "jsonSchemaDialect", "servers", "paths", "components", "security", "tags", "externalDocs"],
        [("webhooks", "describe outgoing requests in a document of their own until webhooks are supported")], [];
    INFO: "`info`", ["title", "summary", "description", "termsOfService", "contact", "license", "version"], [], [];
    CONTACT: "`contact`", ["name", "url", "email"], [], [];
    LICENSE: "`license`", ["name", "identifier", "url"], [], [];
    SERVER: "a server", ["url", "description", "variables"], [], [];
    TAG: "a tag", ["name", "description", "externalDocs"], [], [];
    EXTERNAL_DOCS: "`externalDocs`", ["description", "url"], [], [];
    COMPONENTS: "`components`",
        ["schemas", "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links", "pathItems"],
        [("callbacks", "describe the receiver's API in a document of its own until callbacks are supported")], [];
    PATH_ITEM: "a path item",
        ["$ref", "summary", "description", "get", "put", "post", "delete", "options", "head", "patch", "trace", "parameters"],
        [("servers", "write the whole path into `paths`")], [];
    OPERATION: "an operation",
        ["tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody", "responses", "deprecated", "security"],
        [("callbacks", "describe the receiver's API in a document of its own until callbacks are supported"),
         ("servers", "write the whole path into `paths`")],
        ["x-rate-limit", "x-idempotency", "x-cache", "x-body-limit", "x-timeout", "x-pagination"];
    PARAMETER: "a parameter",
        ["$ref", "name", "in", "description", "required", "deprecated", "style", "explode", "schema", "example", "examples"],
        [("allowEmptyValue", "remove it; an empty value is a value like any other"),
         ("allowReserved", "let clients percent-encode reserved characters, and remove `allowReserved`"),
         ("content", "describe the value with `schema`")],
        ["x-not-found-code"];
    HEADER: "a header",
        ["$ref", "description", "required", "deprecated", "style", "explode", "schema", "example", "examples"],
        [("content", "describe the value with `schema`"),
         ("allowReserved", "remove it; it has no meaning for headers"),
         ("allowEmptyValue", "remove it; it has no meaning for headers")], [];
    REQUEST_BODY: "a request body", ["$ref", "description", "content", "required"], [], [];
    MEDIA_TYPE: "a media type", ["schema", "example", "examples"],
        [("encoding", "remove it; it only acts on forms, which are not supported yet")], [];
    RESPONSE: "a response", ["$ref", "description", "headers", "content", "links"], [], ["x-error-codes"];
    EXAMPLE: "an example", ["$ref", "summary", "description", "value"],
        [("externalValue", "write the example into the document with `value`")], [];
    LINK: "a link", ["$ref", "operationRef", "operationId", "parameters", "requestBody", "description", "server"], [], [];
    SECURITY_SCHEME: "a security scheme",
        ["$ref", "type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"], [], [];
    DISCRIMINATOR: "a discriminator", ["propertyName", "mapping"], [], [];
    SCHEMA_30: "a schema",
        ["$ref", "title", "description", "type", "format", "nullable", "enum", "default", "example", "externalDocs",
         "deprecated", "readOnly", "writeOnly", "minLength", "maxLength", "pattern", "minimum", "maximum",
         "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "items", "minItems", "maxItems", "uniqueItems",
         "properties", "required", "additionalProperties", "minProperties", "maxProperties", "allOf", "oneOf", "anyOf",
         "discriminator"],
        [("not", "describe what is allowed in place of what is not"),
         ("xml", "remove it; only JSON is supported")],
        ["x-source", "x-state-machine"];
    SCHEMA_31: "a schema",
        ["$ref", "title", "description", "type", "format", "enum", "const", "default", "example", "examples",
         "externalDocs", "deprecated", "readOnly", "writeOnly", "minLength", "maxLength", "pattern", "minimum", "maximum",
         "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "items", "minItems", "maxItems", "uniqueItems",
         "properties", "required", "additionalProperties", "unevaluatedProperties", "minProperties", "maxProperties",
         "allOf", "oneOf", "anyOf", "discriminator", "$comment"],
        [("not", "describe what is allowed in place of what is not"),
         ("xml", "remove it; only JSON is supported"),
         ("if", "use `oneOf` with a discriminator"), ("then", "use `oneOf` with a discriminator"),
         ("else", "use `oneOf` with a discriminator"),
         ("dependentSchemas", "use `oneOf` with a discriminator"),
         ("dependentRequired", "use `oneOf` with a discriminator, or check it in the handler"),
         ("prefixItems", "use an object with one property per position"),
         ("contains", "check it in the handler"), ("minContains", "check it in the handler"),
         ("maxContains", "check it in the handler"),
         ("patternProperties", "use `additionalProperties`"),
         ("propertyNames", "use `additionalProperties`, and check the names in the handler"),
         ("unevaluatedItems", "use `items`"),
         ("contentEncoding", "use `format: byte` for base64"),
         ("contentMediaType", "say it in the description"), ("contentSchema", "say it in the description"),
         ("$defs", "move the schemas to `components/schemas`"),
         ("$id", "refer to schemas by file and pointer"), ("$anchor", "refer to schemas by pointer"),
         ("$dynamicRef", "use `$ref`"), ("$dynamicAnchor", "use `$ref`"),
         ("$schema", "the dialect is that of the document"), ("$vocabulary", "the dialect is that of the document")],
        ["x-source", "x-state-machine"];
}

impl<'d> Lowering<'d> {
    /// The object at `node` after every keyword in it has been judged. `None` (and a problem) when
    /// it is no object.
    pub(super) fn object(&self, node: &'d Node, spec: &Spec) -> Option<&'d Object> {
        let Some(object) = node.as_object() else {
            self.report(
                Diagnostic::at(
                    codes::WRONG_TYPE,
                    node,
                    format!("{} must be an object", spec.what),
                )
                .label(format!("this is {}", node.kind()))
                .help("write its members as `key: value`"),
            );
            return None;
        };
        for (key, member) in object {
            self.keyword(key, member, object, spec);
        }
        Some(object)
    }

    /// Judges an `x-` key of a map whose other keys are free (`paths`, `responses`).
    pub(super) fn keyword_of_map(&self, key: &str, member: &Member, spec: &Spec) {
        let nowhere = Spec {
            what: spec.what,
            known: &[],
            later: &[],
            extensions: &[],
        };
        self.extension(key, member, &nowhere);
    }

    fn keyword(&self, key: &str, member: &Member, object: &Object, spec: &Spec) {
        if spec.known.contains(&key) {
            return;
        }
        if let Some((_, instead)) = spec.later.iter().find(|(name, _)| *name == key) {
            self.report(
                Diagnostic::at_key(
                    codes::UNSUPPORTED_KEYWORD,
                    member,
                    format!("`{key}` is not supported yet"),
                )
                .label("generated code could not enforce this")
                .help(*instead),
            );
            return;
        }
        if key.starts_with("x-") {
            self.extension(key, member, spec);
            return;
        }
        let problem = Diagnostic::at_key(
            codes::UNKNOWN_KEYWORD,
            member,
            format!("{} has no keyword `{key}`", spec.what),
        );
        self.report(match unknown_help(key, object, spec) {
            (Some(label), help) => problem.label(label).help(help),
            (None, help) => problem.label("unknown here").help(help),
        });
    }

    fn extension(&self, key: &str, member: &Member, spec: &Spec) {
        if spec.extensions.contains(&key) {
            return;
        }
        if let Some((_, home)) = EXTENSIONS.iter().find(|(name, _)| *name == key) {
            self.report(
                Diagnostic::at_key(
                    codes::MISUSED_EXTENSION,
                    member,
                    format!("`{key}` has no meaning on {}", spec.what),
                )
                .label("nothing would follow this")
                .help(format!("write it on {home}, or remove it")),
            );
            return;
        }
        let names = EXTENSIONS.iter().map(|(name, _)| *name);
        if let Some(near) = names
            .clone()
            .find(|name| alike(key, name))
            .or_else(|| nearest(key, names))
        {
            self.report(
                Diagnostic::at_key(
                    codes::MISUSED_EXTENSION,
                    member,
                    format!("`{key}` is not an extension that acts"),
                )
                .label("nothing would follow this")
                .help(format!("did you mean `{near}`?")),
            );
            return;
        }
        self.report(
            Diagnostic::at_key(
                codes::UNKNOWN_EXTENSION,
                member,
                format!("the generator does not know `{key}`"),
            )
            .label("generated code does not follow this"),
        );
    }
}

/// Whether an unknown extension is one of ours with something added, lost or joined differently.
fn alike(key: &str, name: &str) -> bool {
    let plain = |text: &str| text.replace(['-', '_'], "").to_ascii_lowercase();
    let (key, name) = (plain(key), plain(name));
    key == name || key.starts_with(&name) || key.trim_end_matches('s') == name.trim_end_matches('s')
}

fn unknown_help(key: &str, object: &Object, spec: &Spec) -> (Option<String>, String) {
    match (key, spec.what) {
        ("nullable", "a schema") => (
            Some("a keyword of OpenAPI 3.0".to_owned()),
            "in 3.1 write the type as a list: `type: [string, 'null']`".to_owned(),
        ),
        ("const" | "examples" | "unevaluatedProperties", "a schema") => (
            Some("a keyword of OpenAPI 3.1".to_owned()),
            "raise the document to `openapi: 3.1.0`, or use `enum`, `example`, `additionalProperties`".to_owned(),
        ),
        _ => {
            let candidates = spec.known.iter().chain(spec.extensions).copied();
            let near = nearest(key, candidates.filter(|candidate| !object.contains_key(*candidate)));
            (None, near.map_or_else(|| format!("remove `{key}`, or move it where it belongs"), |near| format!("did you mean `{near}`?")))
        }
    }
}
