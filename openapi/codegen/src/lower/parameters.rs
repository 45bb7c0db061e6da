//! Parameters of operations and path items.

use super::Lowering;
use super::RefKind;
use super::drafts::{Direction, Hint};
use super::keywords::PARAMETER;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Doc, Location, Parameter, Presence, Style, Type, TypeKind, TypeUse};
use crate::names;
use crate::tree::{Node, Object};

/// Request headers that the runtime reads by itself.
const RUNTIME_PARAMETERS: &[&str] = &[
    "idempotency-key",
    "if-match",
    "if-none-match",
    "api-version",
    "x-request-id",
];

/// Headers that OpenAPI describes in other ways, so that parameters of these names are ignored.
const IGNORED_HEADERS: &[(&str, &str)] = &[
    ("accept", "the media types of responses"),
    ("content-type", "the media types of the request body"),
    ("authorization", "`security`"),
];

impl<'d> Lowering<'d> {
    /// The parameters of an operation: the path item's, overridden by its own.
    pub(super) fn parameters(
        &mut self,
        item: &'d Node,
        operation: &'d Node,
        id: &str,
    ) -> Vec<Parameter> {
        let shared = self.parameter_list(item.get("parameters"), id);
        let own = self.parameter_list(operation.get("parameters"), id);
        let same = |a: &Parameter, b: &Parameter| a.location == b.location && a.wire == b.wire;
        let mut all: Vec<Parameter> = Vec::new();
        for parameter in shared {
            let overriding = own.iter().find(|own| same(own, &parameter));
            all.push(overriding.cloned().unwrap_or(parameter));
        }
        for parameter in own {
            if !all.iter().any(|known| same(known, &parameter)) {
                all.push(parameter);
            }
        }
        all
    }

    /// Whether the runtime reads the parameter, so that it is no field.
    pub(super) fn is_runtime(parameter: &Parameter) -> bool {
        parameter.location == Location::Header
            && RUNTIME_PARAMETERS
                .iter()
                .any(|name| parameter.wire.eq_ignore_ascii_case(name))
    }

    fn parameter_list(&mut self, node: Option<&'d Node>, id: &str) -> Vec<Parameter> {
        let Some(node) = node else { return Vec::new() };
        let Some(items) = node.as_array() else {
            self.wrong(codes::WRONG_TYPE, node, "parameters", "a list");
            return Vec::new();
        };
        let mut out: Vec<Parameter> = Vec::new();
        for item in items {
            let Some(parameter) = self.parameter(item, id) else {
                continue;
            };
            let same = |known: &&Parameter| {
                let names = match parameter.location {
                    Location::Header => known.wire.eq_ignore_ascii_case(&parameter.wire),
                    _ => known.wire == parameter.wire,
                };
                known.location == parameter.location && names
            };
            if let Some(first) = out.iter().find(same) {
                let message = format!(
                    "the {} parameter `{}` is declared twice",
                    parameter.location.as_str(),
                    parameter.wire
                );
                self.report(
                    Diagnostic::at(codes::DUPLICATE_PARAMETER, item, message)
                        .related(self.span_of(&first.place), "the first one")
                        .help("remove one of them"),
                );
                continue;
            }
            out.push(parameter);
        }
        out
    }

    /// One parameter.
    pub(super) fn parameter(&mut self, node: &'d Node, id: &str) -> Option<Parameter> {
        let found = self.deref(node, RefKind::Parameter)?;
        let object = self.object(found.node, PARAMETER)?;
        let get = |key: &str| object.get(key).map(|member| &member.node);
        for key in ["name", "in"] {
            if get(key).is_none() {
                self.missing(found.node, key, "a parameter");
            }
        }
        let wire = self.text(get("name"));
        let location = self.location(get("in")?)?;
        let wire = wire?;
        let Some(ident) = names::field_name(wire) else {
            self.no_name(get("name")?, "parameter", wire);
            return None;
        };
        self.check_name(wire, location, get("name")?);
        let required = self.flag(get("required")).is_some();
        if location == Location::Path && !required {
            self.report(
                Diagnostic::at(
                    codes::BAD_PARAMETER,
                    found.node,
                    format!("the path parameter `{wire}` is not required"),
                )
                .note("a path without it would be another path")
                .help("write `required: true`"),
            );
        }
        let (style, explode) = self.style(object, location)?;
        let hint = match found.component {
            Some(key) => Hint::inline(key),
            None => Hint::inline(format!("{id} {wire}")),
        };
        let Some(schema) = get("schema") else {
            if get("content").is_none() {
                self.missing(found.node, "schema", "a parameter");
            }
            return None;
        };
        let (ty, presence) = self.parameter_type(schema, required, &hint)?;
        let not_found_code = self.not_found_code(object, location);
        Some(Parameter {
            wire: wire.to_owned(),
            ident,
            location,
            style,
            explode,
            presence,
            ty,
            not_found_code,
            doc: Doc {
                summary: None,
                description: self.text(get("description")).map(str::to_owned),
            },
            deprecated: self.flag(get("deprecated")).is_some(),
            place: self.place(found.node),
        })
    }

    fn location(&self, node: &'d Node) -> Option<Location> {
        match self.text(Some(node))? {
            "path" => Some(Location::Path),
            "query" => Some(Location::Query),
            "header" => Some(Location::Header),
            "cookie" => Some(Location::Cookie),
            _ => {
                self.wrong(
                    codes::INVALID_VALUE,
                    node,
                    "in",
                    "path, query, header or cookie",
                );
                None
            }
        }
    }

    fn check_name(&self, wire: &str, location: Location, node: &Node) {
        if location == Location::Header
            && let Some((_, instead)) = IGNORED_HEADERS
                .iter()
                .find(|(name, _)| wire.eq_ignore_ascii_case(name))
        {
            self.report(
                Diagnostic::at(
                    codes::BAD_PARAMETER,
                    node,
                    format!("the header `{wire}` cannot be a parameter"),
                )
                .note("OpenAPI ignores such a declaration")
                .help(format!("describe it by {instead}")),
            );
        }
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if matches!(location, Location::Header | Location::Cookie) && !wire.bytes().all(token) {
            self.report(
                Diagnostic::at(
                    codes::BAD_PARAMETER,
                    node,
                    format!("`{wire}` is not a valid {} name", location.as_str()),
                )
                .help("use letters, digits and hyphens"),
            );
        }
    }

    fn style(&self, object: &'d Object, location: Location) -> Option<(Style, bool)> {
        let style = object.get("style").map(|member| &member.node);
        let natural = match location {
            Location::Path | Location::Header => "simple",
            Location::Query | Location::Cookie => "form",
        };
        if let Some(node) = style {
            let text = self.text(Some(node))?;
            let possible: &[&str] = match location {
                Location::Path => &["simple", "label", "matrix"],
                Location::Header => &["simple"],
                Location::Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                Location::Cookie => &["form"],
            };
            if !possible.contains(&text) {
                self.wrong(codes::INVALID_VALUE, node, "style", &possible.join(", "));
                return None;
            }
            if text != natural {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        node,
                        format!("the style `{text}` is not supported yet"),
                    )
                    .help(format!(
                        "use `{natural}`; lists can be separated by commas with `explode: false`"
                    )),
                );
                return None;
            }
        }
        let explode = object.get("explode").map(|member| &member.node);
        let default = natural == "form";
        let explode = explode.map_or(default, |node| self.flag(Some(node)).is_some());
        Some((
            if natural == "form" {
                Style::Form
            } else {
                Style::Simple
            },
            explode,
        ))
    }

    fn parameter_type(
        &mut self,
        schema: &'d Node,
        required: bool,
        hint: &Hint,
    ) -> Option<(TypeUse, Presence)> {
        let lowered = self.lower_use(&[schema], Direction::Request, hint)?;
        let mut ty = lowered.ty;
        if ty.nullable {
            self.report(
                Diagnostic::at(codes::BAD_PARAMETER, schema, "a parameter cannot be null")
                    .note("null has no form outside of JSON")
                    .help("make it optional with `required: false`"),
            );
            ty.nullable = false;
        }
        if !self.is_textual(&ty) {
            self.report(
                Diagnostic::at(
                    codes::UNSUPPORTED_VALUE,
                    schema,
                    "a parameter of this type is not supported yet",
                )
                .help("use a string, a number, a boolean, an enum, or an array of those"),
            );
            return None;
        }
        let default = lowered.essence.notes.default;
        if let Some(default) = default.filter(|_| required) {
            self.report(
                Diagnostic::at(
                    codes::BAD_PARAMETER,
                    default,
                    "a required parameter with a default",
                )
                .note("the default would never be used")
                .help("remove the default, or write `required: false`"),
            );
        }
        let presence = match default.and_then(|node| self.literal(node, &ty)) {
            _ if required => Presence::Required,
            Some(value) => Presence::Defaulted {
                value,
                nullable: false,
            },
            None => Presence::Optional,
        };
        Some((ty, presence))
    }

    /// Whether values have a form as plain text: scalars, and arrays of scalars.
    fn is_textual(&self, ty: &TypeUse) -> bool {
        match &ty.ty {
            Type::Array(inner) => {
                !matches!(inner.ty, Type::Array(_)) && !inner.nullable && self.is_textual(inner)
            }
            _ => self.is_scalar(ty),
        }
    }

    /// Whether a type is a boolean, a number, a string or an enum.
    pub(super) fn is_scalar(&self, ty: &TypeUse) -> bool {
        match &ty.ty {
            Type::Bool | Type::I32 | Type::I64 | Type::F32 | Type::F64 | Type::String(_) => true,
            Type::Named(id) => {
                let kind = self.drafts.get(id.0).and_then(|draft| draft.kind.as_ref());
                matches!(kind, Some(TypeKind::Enum(_)))
            }
            Type::Array(_) | Type::Map(_) | Type::Any => false,
        }
    }

    fn not_found_code(&self, object: &'d Object, location: Location) -> Option<String> {
        let member = object.get("x-not-found-code")?;
        if location != Location::Path {
            self.report(
                Diagnostic::at_key(
                    codes::MISUSED_EXTENSION,
                    member,
                    "`x-not-found-code` on a parameter that is not in the path",
                )
                .help("remove it: only a path can lead nowhere"),
            );
        }
        self.text(Some(&member.node)).map(str::to_owned)
    }
}
