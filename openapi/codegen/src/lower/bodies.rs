//! Request bodies, and the media types that requests and responses share.

use super::drafts::{Direction, Hint};
use super::keywords::{MEDIA_TYPE, REQUEST_BODY};
use super::types::Lowered;
use super::{Lowering, RefKind};
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Doc, Method, RequestBody};
use crate::tree::Node;

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
    pub(super) fn content(
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
}
