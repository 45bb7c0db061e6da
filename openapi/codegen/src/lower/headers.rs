//! Response headers: those that handlers give, and those that the runtime writes.

use super::drafts::{Direction, Hint};
use super::keywords::HEADER;
use super::{Lowering, RefKind};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Cache, Doc, Ident, ReplyHeader};
use crate::names;
use crate::tree::Node;

impl<'d> Lowering<'d> {
    pub(super) fn headers(
        &mut self,
        node: Option<&'d Node>,
        hint: &Hint,
        cache: Option<&Cache>,
    ) -> (Vec<ReplyHeader>, Vec<String>) {
        let mut own: Vec<ReplyHeader> = Vec::new();
        let mut runtime = Vec::new();
        let Some(headers) = node.and_then(|node| self.object_of(node, "headers")) else {
            return (own, runtime);
        };
        for (name, member) in headers {
            let lower = name.to_ascii_lowercase();
            if lower == "content-type" {
                self.report(
                    Diagnostic::at_key(
                        codes::BAD_PARAMETER,
                        member,
                        "the header `Content-Type` cannot be declared",
                    )
                    .note("OpenAPI ignores such a declaration")
                    .help("describe it by the media types of `content`"),
                );
                continue;
            }
            let header = self.header(name, &member.node, hint);
            if RUNTIME_HEADERS.contains(&lower.as_str()) {
                runtime.push(name.clone());
                continue;
            }
            let Some(mut header) = header else { continue };
            // The cache derives a tag from the content when the handler knows no better one. A handler that does
            // keeps `If-Match` of other operations working.
            if lower == "etag" && matches!(cache, Some(Cache::Store { .. })) {
                header.required = false;
            }
            match own.iter().find(|known| known.ident == header.ident) {
                Some(known) => {
                    self.collision(&header.place, &known.place, "header", header.ident.as_str());
                }
                None => own.push(header),
            }
        }
        (own, runtime)
    }

    /// One response header.
    pub(super) fn header(
        &mut self,
        name: &str,
        node: &'d Node,
        hint: &Hint,
    ) -> Option<ReplyHeader> {
        let found = self.deref(node, RefKind::Header)?;
        let object = self.object(found.node, HEADER)?;
        let get = |key: &str| object.get(key).map(|member| &member.node);
        let Some(mut ident) = names::field_name(name) else {
            self.no_name(found.node, "header", name);
            return None;
        };
        if ident.as_str() == "body" {
            ident = Ident::from_valid("body_".to_owned());
        }
        let Some(schema) = get("schema") else {
            if get("content").is_none() {
                self.missing(found.node, "schema", "a header");
            }
            return None;
        };
        let hint = found
            .component
            .map_or_else(|| hint.part(name), Hint::inline);
        let lowered = self.lower_use(&[schema], Direction::Response, &hint)?;
        if !self.is_scalar(&lowered.ty) || lowered.ty.nullable {
            self.report(
                Diagnostic::at(
                    codes::UNSUPPORTED_VALUE,
                    schema,
                    "a header of this type is not supported yet",
                )
                .help("use a string, a number, a boolean or an enum"),
            );
            return None;
        }
        Some(ReplyHeader {
            wire: name.to_owned(),
            ident,
            ty: lowered.ty,
            required: self.flag(get("required")).is_some(),
            doc: Doc {
                summary: None,
                description: self.text(get("description")).map(str::to_owned),
            },
            place: self.place(found.node),
        })
    }
}

/// Response headers that the runtime writes by itself.
const RUNTIME_HEADERS: &[&str] = &[
    "x-request-id",
    "api-version",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "ratelimit-policy",
    "ratelimit",
    "retry-after",
    "www-authenticate",
    "allow",
    "idempotency-replayed",
    "original-request-id",
    "cache-control",
    "vary",
    "deprecation",
    "sunset",
    "date",
    "accept-patch",
];
