//! Error responses: the codes behind a status, and the enum that holds all of them.

use super::Lowering;
use super::drafts::{Direction, Hint};
use super::responses::Answers;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Doc, ErrorCase, Type, TypeId, TypeKind};
use crate::names;
use crate::tree::{Member, Node, Object};

impl<'d> Lowering<'d> {
    pub(super) fn error_answer(
        &mut self,
        status: u16,
        node: &'d Node,
        object: &'d Object,
        listed: &'d Member,
        hint: &Hint,
        answers: &mut Answers,
    ) {
        self.description(node, object);
        let get = |key: &str| object.get(key).map(|member| &member.node);
        self.links(get("links"));
        let (own, _) = self.headers(get("headers"), hint, None);
        for header in own {
            self.report(
                self.diagnostic_at(
                    codes::UNSUPPORTED_VALUE,
                    &header.place,
                    format!(
                        "the header `{}` on an error with `x-error-codes` is not supported yet",
                        header.wire
                    ),
                )
                .related(node.span, "on this response")
                .note("the runtime writes these answers, and does not know the header")
                .help("remove it from the response"),
            );
        }
        let known = self.envelope_codes(node, get("content"), hint);
        let doc = Doc {
            summary: None,
            description: self.text(get("description")).map(str::to_owned),
        };
        for code in self.list(Some(&listed.node)).unwrap_or_default() {
            let Some(text) = self.text(Some(code)) else {
                continue;
            };
            if let Some(case) = self.error_case(status, code, text, known, &doc, answers) {
                answers.errors.push(case);
            }
        }
    }

    fn error_case(
        &self,
        status: u16,
        node: &'d Node,
        text: &str,
        known: Option<TypeId>,
        doc: &Doc,
        answers: &Answers,
    ) -> Option<ErrorCase> {
        if let Some(before) = answers.errors.iter().find(|case| case.code == text) {
            self.report(
                Diagnostic::at(
                    codes::ERROR_CODE_TWICE,
                    node,
                    format!("`{text}` stands under {} and under {status}", before.status),
                )
                .related(self.span_of(&before.place), "the other one")
                .note("one code has one status in an operation")
                .help("remove one of them, or give them different codes"),
            );
            return None;
        }
        let kind = known
            .and_then(|id| self.drafts.get(id.0))
            .and_then(|draft| draft.kind.as_ref());
        if let Some(TypeKind::Enum(codes)) = kind {
            let all = codes.variants.iter().map(|variant| variant.value.as_str());
            if !all.clone().any(|value| value == text) {
                let near = crate::resolve::nearest(text, all);
                self.report(
                    Diagnostic::at(
                        codes::UNKNOWN_ERROR_CODE,
                        node,
                        format!("`{text}` is not an error code of this document"),
                    )
                    .help(near.map_or_else(
                        || "add it to the enum of error codes".to_owned(),
                        |near| format!("did you mean `{near}`?"),
                    )),
                );
                return None;
            }
        }
        let Some(variant) = names::variant_name(text) else {
            self.no_name(node, "error code", text);
            return None;
        };
        let place = self.place(node);
        if let Some(before) = answers.errors.iter().find(|case| case.variant == variant) {
            self.collision(&place, &before.place, "error code", variant.as_str());
            return None;
        }
        Some(ErrorCase {
            code: text.to_owned(),
            variant,
            status,
            doc: doc.clone(),
            place,
        })
    }

    /// The enum of `error.code` in the envelope that an error response declares.
    fn envelope_codes(
        &mut self,
        response: &'d Node,
        content: Option<&'d Node>,
        hint: &Hint,
    ) -> Option<TypeId> {
        let Some(content) = content else {
            self.no_error_enum(response, "a response with `x-error-codes` has no body");
            return None;
        };
        let (_, lowered) = self.content(content, Direction::Response, hint)?;
        let lowered = lowered?;
        if let Type::Named(id) = lowered.ty.ty {
            self.error_roots.push(id);
        }
        let mut at = lowered.essence.nodes;
        let mut referenced = false;
        for property in ["error", "code"] {
            let flat = self.flatten(&at);
            let Some(together) = flat.properties.get(property) else {
                self.no_error_enum(
                    content,
                    &format!("the error envelope has no property `{property}`"),
                );
                return None;
            };
            let essence = self.essence(together);
            referenced = essence.referenced;
            at = essence.nodes;
        }
        let lowered = self.lower_use(&at, Direction::Response, &hint.part("code"))?;
        let Type::Named(id) = lowered.ty.ty else {
            self.no_error_enum(content, "the envelope's `error.code` is no enum");
            return None;
        };
        let place = self.place(at.first()?);
        match &self.error_enum {
            Some((known, first)) if *known != id => {
                self.report(
                    Diagnostic::at(
                        codes::NO_ERROR_ENUM,
                        content,
                        "a second enum of error codes",
                    )
                    .related(self.span_of(&first.clone()), "the first one")
                    .help("let every error envelope refer to one enum"),
                );
            }
            Some(_) => {}
            None if !referenced => {
                self.no_error_enum(content, "the envelope's `error.code` is written in place");
            }
            None => self.error_enum = Some((id, place)),
        }
        Some(id)
    }

    fn no_error_enum(&self, node: &Node, message: &str) {
        self.report(
            Diagnostic::at(codes::NO_ERROR_ENUM, node, message)
                .note("the codes must stand in one enum for the whole document")
                .help("refer to an envelope whose `error.code` is a `$ref` to a string enum"),
        );
    }
}
