//! What a consumer sends.

mod parameters;
mod security;

use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    check::{Sight, spelled},
    finding::Rule,
    model::Call,
};
use crate::api::{Media, Operation};

/// The operation that is called. A path may begin with that of the document's first server.
pub(super) fn operation<'a>(sight: &mut Sight<'a>, call: &Call) -> Option<&'a Arc<Operation>> {
    sight.subject = format!("{} {}", call.method, call.path);
    let short = sight.below_server(&call.path);
    let at = |path: Option<&str>| sight.api.at(&call.method, path?);
    if let Some((operation, _)) = at(Some(&call.path)).or_else(|| at(short)) {
        return Some(operation);
    }
    let there = [Some(call.path.as_str()), short].into_iter().flatten();
    let other = there.flat_map(|path| sight.api.operations_at(path)).next();
    let Some((other, _)) = other else {
        let place = sight.api.document_place();
        let message = "no path of the document fits it";
        sight.note(Rule::PathUnknown, "/request/path", message, Some(&place));
        return None;
    };
    let methods = sight.api.methods_of(&other.path).join(", ");
    let message = format!("`{}` has only {methods}", other.path);
    sight.note(
        Rule::MethodUnknown,
        "/request/method",
        message,
        Some(&other.place),
    );
    None
}

/// Holds a request against its operation. One that is to be refused as malformed may be malformed.
pub(super) fn check(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    if !matches!(call.status, 401) {
        security::check(sight, call, operation);
    }
    if matches!(
        call.status,
        400 | 405 | 406 | 411 | 413 | 414 | 415 | 422 | 428 | 431
    ) {
        return;
    }
    parameters::path(sight, call, operation);
    parameters::query(sight, call, operation);
    parameters::headers(sight, call, operation);
    body(sight, call, operation);
}

fn body(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    let pointer = "/request/body";
    let Some(body) = &operation.body else {
        if call.request.has_body {
            let message = "the operation takes no body";
            sight.note(Rule::BodyUnknown, pointer, message, Some(&operation.place));
        }
        return;
    };
    if !call.request.has_body {
        if body.is_required {
            sight.note(
                Rule::BodyMissing,
                "/request",
                "a body is required",
                Some(&body.place),
            );
        }
        return;
    }
    let essence = call.request.essence();
    let Some(media) = media(&body.media, essence.as_deref()) else {
        let takes: Vec<&str> = body.media.keys().map(String::as_str).collect();
        let message = format!(
            "a body of {} is sent, {} is taken",
            essence.unwrap_or_default(),
            takes.join(", ")
        );
        sight.note(Rule::MediaTypeUnknown, pointer, message, Some(&body.place));
        return;
    };
    let (Some(schema), Some(sent)) = (&media.schema, &call.request.json) else {
        return;
    };
    match schema.violations(sent) {
        Err(problem) => sight.note(Rule::SchemaUnusable, pointer, problem, Some(&schema.place)),
        Ok(violations) => {
            for violation in violations {
                let path = spelled(&violation.instance);
                if call.request.is_generated(&format!("body {path}")) {
                    continue;
                }
                let at = format!("{pointer}/content{}", violation.instance);
                sight.note(
                    Rule::BodyInvalid,
                    &at,
                    format!("body `{path}`: {}", violation.message),
                    Some(&schema.place),
                );
            }
        }
    }
}

/// The entry of a `content` for a media type: itself, its range, or anything; without a media type, the only entry.
pub(super) fn media<'a>(
    content: &'a IndexMap<String, Media>,
    essence: Option<&str>,
) -> Option<&'a Media> {
    let Some(essence) = essence else {
        return content.values().next();
    };
    let fits = |wanted: &str| {
        content.iter().find(|(name, _)| {
            let known = name.split(';').next().unwrap_or_default().trim();
            known.eq_ignore_ascii_case(wanted)
        })
    };
    let range = essence.split('/').next().map(|kind| format!("{kind}/*"));
    let found = fits(essence)
        .or_else(|| fits(&range?))
        .or_else(|| fits("*/*"));
    found.map(|(_, media)| media)
}
