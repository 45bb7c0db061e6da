//! Request bodies and responses: media types, headers, error codes.

use super::drafts::{Direction, Hint};
use super::keywords::{HEADER, LINK, MEDIA_TYPE, REQUEST_BODY, RESPONSE};
use super::types::Lowered;
use super::{Lowering, RefKind, status};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{
    Cache, Doc, ErrorCase, Ident, Method, Place, Reply, ReplyBody, ReplyHeader, RequestBody, Type,
    TypeId, TypeKind,
};
use crate::names;
use crate::tree::{Member, Node, Object};

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

/// What the responses of an operation come to.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub replies: Vec<Reply>,
    pub not_modified: Option<Place>,
    pub errors: Vec<ErrorCase>,
    pub typed_errors: Vec<Reply>,
}

impl<'d> Lowering<'d> {
    /// The request body of an operation.
    pub(super) fn request_body(
        &mut self,
        node: &'d Node,
        method: Method,
        id: &str,
    ) -> Option<RequestBody> {
        if matches!(
            method,
            Method::Get | Method::Head | Method::Delete | Method::Trace
        ) {
            self.report(
                Diagnostic::at(
                    codes::BODY_NOT_ALLOWED,
                    node,
                    format!("{} with a request body", method.as_str()),
                )
                .note("intermediaries may drop it (RFC 9110, 9.3)")
                .help("use parameters, or POST"),
            );
        }
        let found = self.deref(node, RefKind::RequestBody)?;
        let hint = found
            .component
            .map_or_else(|| Hint::inline(format!("{id} body")), Hint::inline);
        self.body_of(found.node, &hint)
    }

    /// A request body by itself.
    pub(super) fn body_of(&mut self, node: &'d Node, hint: &Hint) -> Option<RequestBody> {
        let object = self.object(node, REQUEST_BODY)?;
        let get = |key: &str| object.get(key).map(|member| &member.node);
        let Some(content) = get("content") else {
            self.missing(node, "content", "a request body");
            return None;
        };
        let (media_type, lowered) = self.content(content, Direction::Request, hint)?;
        let lowered = lowered?;
        Some(RequestBody {
            required: self.flag(get("required")).is_some(),
            media_type,
            ty: lowered.ty,
            doc: Doc {
                summary: None,
                description: self.text(get("description")).map(str::to_owned),
            },
            place: self.place(node),
        })
    }

    /// The one media type of a `content`, and its schema.
    fn content(
        &mut self,
        node: &'d Node,
        direction: Direction,
        hint: &Hint,
    ) -> Option<(String, Option<Lowered<'d>>)> {
        let media_types = self.object_of(node, "content")?;
        if let Some((key, second)) = media_types.iter().nth(1) {
            self.report(
                Diagnostic::at_key(
                    codes::UNSUPPORTED_VALUE,
                    second,
                    format!("a second media type (`{key}`) is not supported yet"),
                )
                .help("keep `application/json`"),
            );
        }
        let (key, media) = media_types.first()?;
        let essence = key
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if essence != "application/json" {
            self.report(
                Diagnostic::at_key(
                    codes::UNSUPPORTED_VALUE,
                    media,
                    format!("the media type `{key}` is not supported yet"),
                )
                .help("use `application/json`"),
            );
            return None;
        }
        let object = self.object(&media.node, MEDIA_TYPE)?;
        let Some(schema) = object.get("schema") else {
            self.missing(&media.node, "schema", "a media type");
            return None;
        };
        Some((essence, self.lower_use(&[&schema.node], direction, hint)))
    }

    /// The responses of an operation.
    pub(super) fn answers(&mut self, node: &'d Node, id: &str, cache: Option<&Cache>) -> Answers {
        let mut answers = Answers::default();
        let Some(responses) = self.object_of(node, "responses") else {
            return answers;
        };
        for (key, member) in responses {
            if key.starts_with("x-") {
                self.keyword_of_map(key, member, RESPONSE);
                continue;
            }
            let Some(status) = self.status(key, member) else {
                continue;
            };
            self.answer(status, &member.node, id, cache, &mut answers);
        }
        answers.replies.sort_by_key(|reply| reply.status);
        answers.typed_errors.sort_by_key(|reply| reply.status);
        answers.errors.sort_by_key(|case| case.status);
        let succeeds = |key: &String| !key.starts_with(['4', '5', 'x']);
        if !responses.keys().any(succeeds) {
            self.report(
                Diagnostic::at(codes::NO_SUCCESS, node, "no response below 400 is declared")
                    .help("declare what a success answers, '204' if nothing"),
            );
        }
        answers
    }

    fn status(&self, key: &str, member: &Member) -> Option<u16> {
        let later = match key {
            "default" => Some("`default` does not say which statuses there are"),
            "1XX" | "2XX" | "3XX" | "4XX" | "5XX" => {
                Some("a range does not say which statuses there are")
            }
            _ => None,
        };
        if let Some(why) = later {
            self.report(
                Diagnostic::at_key(
                    codes::UNSUPPORTED_VALUE,
                    member,
                    format!("the response `{key}` is not supported yet"),
                )
                .note(why)
                .help("declare every status that can occur"),
            );
            return None;
        }
        let status = key
            .parse::<u16>()
            .ok()
            .filter(|status| key.len() == 3 && (200..=599).contains(status));
        if status.is_none() {
            self.report(
                Diagnostic::at_key(
                    codes::BAD_STATUS,
                    member,
                    format!("`{key}` is not a status"),
                )
                .help("write a status from '200' to '599', in quotes"),
            );
        }
        status
    }

    fn answer(
        &mut self,
        status: u16,
        node: &'d Node,
        id: &str,
        cache: Option<&Cache>,
        answers: &mut Answers,
    ) {
        let Some(found) = self.deref(node, RefKind::Response) else {
            return;
        };
        let Some(object) = self.object(found.node, RESPONSE) else {
            return;
        };
        let hint = match found.component {
            Some(key) => Hint::inline(format!("{key} body")),
            None => Hint::inline(format!("{id} {} body", status::variant(status))),
        };
        let listed = object.get("x-error-codes");
        match listed {
            Some(member) if status >= 400 => {
                self.error_answer(status, found.node, object, member, &hint, answers);
                return;
            }
            Some(member) => self.report(
                Diagnostic::at_key(
                    codes::ERROR_RESPONSE,
                    member,
                    format!("`x-error-codes` on the status {status}"),
                )
                .note("error codes begin at 400")
                .help("remove it"),
            ),
            None if status >= 400 && object.get("content").is_none() => self.report(
                Diagnostic::at(
                    codes::ERROR_RESPONSE,
                    found.node,
                    format!("the error response {status} says nothing"),
                )
                .help("list its codes with `x-error-codes: [CODE]`, or give it a body"),
            ),
            None => {}
        }
        let Some(reply) = self.reply(status, found.node, object, &hint, cache) else {
            return;
        };
        match status {
            304 => answers.not_modified = Some(reply.place),
            400.. => answers.typed_errors.push(reply),
            _ => answers.replies.push(reply),
        }
    }

    /// A response whose body and headers a handler gives.
    pub(super) fn reply(
        &mut self,
        status: u16,
        node: &'d Node,
        object: &'d Object,
        hint: &Hint,
        cache: Option<&Cache>,
    ) -> Option<Reply> {
        let get = |key: &str| object.get(key).map(|member| &member.node);
        let body = match get("content") {
            Some(content) if matches!(status, 204 | 205 | 304) => {
                self.report(
                    Diagnostic::at(
                        codes::BODY_NOT_ALLOWED,
                        content,
                        format!("a body in an answer {status}"),
                    )
                    .note("this status never has one")
                    .help("remove `content`"),
                );
                None
            }
            Some(content) => {
                let (media_type, lowered) = self.content(content, Direction::Response, hint)?;
                Some(ReplyBody {
                    media_type,
                    ty: lowered?.ty,
                })
            }
            None => None,
        };
        let (headers, runtime_headers) = self.headers(get("headers"), hint, cache);
        self.description(node, object);
        self.links(get("links"));
        Some(Reply {
            status,
            variant: Ident::clone(&names::type_ident(&status::variant(status))),
            body,
            headers,
            runtime_headers,
            doc: Doc {
                summary: None,
                description: self.text(get("description")).map(str::to_owned),
            },
            place: self.place(node),
        })
    }

    fn description(&self, node: &'d Node, object: &Object) {
        if !object.contains_key("description") {
            self.missing(node, "description", "a response");
        }
    }

    fn links(&self, node: Option<&'d Node>) {
        let Some(links) = node.and_then(|node| self.object_of(node, "links")) else {
            return;
        };
        for member in links.values() {
            if let Some(found) = self.deref(&member.node, RefKind::Link) {
                self.object(found.node, LINK);
            }
        }
    }

    fn headers(
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
                    self.collision(&header.place, &known.place, "header", header.ident.as_str())
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

    fn error_answer(
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
