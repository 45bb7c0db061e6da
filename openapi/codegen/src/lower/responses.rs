//! Request bodies and responses: media types, headers, error codes.

use super::drafts::{Direction, Hint};
use super::keywords::RESPONSE;
use super::{Lowering, RefKind, status};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Cache, Doc, ErrorCase, Ident, Place, Reply, ReplyBody};
use crate::names;
use crate::tree::{Member, Node, Object};

/// What the responses of an operation come to.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub replies: Vec<Reply>,
    pub not_modified: Option<Place>,
    pub errors: Vec<ErrorCase>,
    pub typed_errors: Vec<Reply>,
}

impl<'d> Lowering<'d> {
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

    pub(super) fn description(&self, node: &'d Node, object: &Object) {
        if !object.contains_key("description") {
            self.missing(node, "description", "a response");
        }
    }
}
