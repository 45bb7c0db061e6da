//! Security schemes, and who may call an operation.

use super::Lowering;
use super::RefKind;
use super::keywords::SECURITY_SCHEME;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{
    Alternative, Doc, Location, Requirement, SchemeId, SchemeKind, Security, SecurityScheme,
};
use crate::resolve::nearest;
use crate::tree::Node;

impl<'d> Lowering<'d> {
    /// `components.securitySchemes`. Schemes that are not supported stay known, so that only their
    /// declaration is a problem and not each use.
    pub(super) fn security_schemes(&mut self, root: &'d Node) {
        let section = root
            .get("components")
            .and_then(|components| components.get("securitySchemes"));
        let Some(schemes) = section.and_then(|node| self.object_of(node, "securitySchemes")) else {
            return;
        };
        for (name, member) in schemes {
            let kind = self.scheme_kind(&member.node);
            let description = member
                .node
                .get("description")
                .and_then(Node::as_str)
                .map(str::to_owned);
            self.schemes.push(SecurityScheme {
                name: name.clone(),
                kind: kind.unwrap_or(SchemeKind::Bearer),
                doc: Doc {
                    summary: None,
                    description,
                },
                place: self.place(&member.node),
            });
        }
    }

    fn scheme_kind(&self, node: &'d Node) -> Option<SchemeKind> {
        let found = self.deref(node, RefKind::SecurityScheme)?;
        let object = self.object(found.node, SECURITY_SCHEME)?;
        let get = |key: &str| object.get(key).map(|member| &member.node);
        let Some(kind) = get("type") else {
            self.missing(found.node, "type", "a security scheme");
            return None;
        };
        match self.text(Some(kind))? {
            "http" => self.http_scheme(found.node, get("scheme")),
            "apiKey" => self.key_scheme(found.node, get("in"), get("name")),
            "oauth2" | "openIdConnect" | "mutualTLS" => {
                self.report(
                    Diagnostic::at(codes::UNSUPPORTED_VALUE, kind, format!("security schemes of type {} are not supported yet", kind.brief()))
                        .help("use `type: http` with `scheme: bearer`; roles and scopes go into `security`"),
                );
                None
            }
            _ => {
                self.wrong(
                    codes::INVALID_VALUE,
                    kind,
                    "type",
                    "http, apiKey, oauth2, openIdConnect or mutualTLS",
                );
                None
            }
        }
    }

    fn http_scheme(&self, node: &'d Node, scheme: Option<&'d Node>) -> Option<SchemeKind> {
        let Some(scheme) = scheme else {
            self.missing(node, "scheme", "a security scheme of type http");
            return None;
        };
        match self.text(Some(scheme))?.to_ascii_lowercase().as_str() {
            "bearer" => Some(SchemeKind::Bearer),
            "basic" => Some(SchemeKind::Basic),
            _ => {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        scheme,
                        format!("the HTTP scheme {} is not supported yet", scheme.brief()),
                    )
                    .help("use bearer or basic"),
                );
                None
            }
        }
    }

    fn key_scheme(
        &self,
        node: &'d Node,
        location: Option<&'d Node>,
        name: Option<&'d Node>,
    ) -> Option<SchemeKind> {
        for (key, member) in [("in", location), ("name", name)] {
            if member.is_none() {
                self.missing(node, key, "a security scheme of type apiKey");
            }
        }
        let location = location?;
        let name = self.text(name)?.to_owned();
        let location = match self.text(Some(location))? {
            "header" => Location::Header,
            "query" => Location::Query,
            "cookie" => Location::Cookie,
            _ => {
                self.wrong(
                    codes::INVALID_VALUE,
                    location,
                    "in",
                    "header, query or cookie",
                );
                return None;
            }
        };
        Some(SchemeKind::ApiKey { location, name })
    }

    /// Who may call the operation at `node`: its own `security`, else the document's.
    pub(super) fn security(&self, node: &'d Node) -> Security {
        let own = node
            .get("security")
            .or_else(|| self.document.root()?.get("security"));
        let mut security = Security {
            alternatives: Vec::new(),
            anonymous: false,
            place: self.place(own.unwrap_or(node)),
        };
        let Some(own) = own else {
            security.anonymous = true;
            return security;
        };
        let Some(alternatives) = own.as_array() else {
            self.wrong(codes::WRONG_TYPE, own, "security", "a list");
            return security;
        };
        security.anonymous = alternatives.is_empty();
        for alternative in alternatives {
            let Some(object) = self.object_of(alternative, "security") else {
                continue;
            };
            if object.is_empty() {
                security.anonymous = true;
                continue;
            }
            let parts = object
                .iter()
                .map(|(name, member)| self.requirement(name, member));
            // One unknown part is reported and makes the whole alternative void.
            if let Some(requirements) = parts.collect::<Vec<_>>().into_iter().collect() {
                security.alternatives.push(Alternative { requirements });
            }
        }
        security
    }

    fn requirement(&self, name: &str, member: &'d crate::tree::Member) -> Option<Requirement> {
        let position = self.schemes.iter().position(|scheme| scheme.name == name);
        let Some(position) = position else {
            let near = nearest(name, self.schemes.iter().map(|scheme| scheme.name.as_str()));
            self.report(
                Diagnostic::at_key(
                    codes::UNKNOWN_SCHEME,
                    member,
                    format!("the security scheme `{name}` is not declared"),
                )
                .help(near.map_or_else(
                    || format!("declare `{name}` under `components/securitySchemes`"),
                    |near| format!("did you mean `{near}`?"),
                )),
            );
            return None;
        };
        let Some(names) = member.node.as_array() else {
            self.wrong(
                codes::WRONG_TYPE,
                &member.node,
                name,
                "a list of roles or scopes, `[]` for none",
            );
            return None;
        };
        if let Some(first) = names.first().filter(|_| !self.is_31) {
            self.report(
                Diagnostic::at(
                    codes::INVALID_VALUE,
                    first,
                    "names under a scheme that is not oauth2 need OpenAPI 3.1",
                )
                .help("raise the document to `openapi: 3.1.0`"),
            );
        }
        let names = names
            .iter()
            .filter_map(|name| self.text(Some(name)))
            .map(str::to_owned)
            .collect();
        Some(Requirement {
            scheme: SchemeId(position),
            names,
        })
    }
}
