//! What a consumer needs of an answer.

use super::{
    check::{BodyRules, Sight},
    finding::Rule,
    fit::{self, Kind},
    matchers::{Matcher, Rules, Step},
    model::Call,
    request::media,
    value,
};
use crate::api::{Answer, Header, Operation};

/// Headers that HTTP itself gives every answer.
const EVERYBODYS: [&str; 6] = [
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "transfer-encoding",
];

/// What the parts of an answer's body break.
const BODY: BodyRules = BodyRules {
    unknown: Rule::FieldUnknown,
    invalid: Rule::FieldInvalid,
    optional: Rule::FieldOptional,
};

pub(super) fn check(sight: &mut Sight<'_>, call: &Call, operation: &Operation) {
    let Some((_, answer)) = operation.answer(call.status) else {
        let declared: Vec<String> = operation.answers.keys().map(ToString::to_string).collect();
        let message = format!(
            "{} is needed, declared are {}",
            call.status,
            declared.join(", ")
        );
        sight.note(
            Rule::StatusUnknown,
            "/response/status",
            message,
            Some(&operation.place),
        );
        return;
    };
    headers(sight, call, answer);
    body(sight, call, answer);
}

fn headers(sight: &mut Sight<'_>, call: &Call, answer: &Answer) {
    for (name, values) in &call.response.headers {
        let small = name.to_ascii_lowercase();
        let pointer = format!("/response/headers/{name}");
        let found = answer
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        let Some((_, header)) = found else {
            if !EVERYBODYS.contains(&small.as_str()) {
                let message = format!("header `{name}` is not among those of {}", call.status);
                sight.note(
                    Rule::AnswerHeaderUnknown,
                    &pointer,
                    message,
                    Some(&answer.place),
                );
            }
            continue;
        };
        if !header.is_required {
            let message = format!("header `{name}` is not `required`: some answers leave it out");
            sight.note(
                Rule::AnswerHeaderOptional,
                &pointer,
                message,
                Some(&header.place),
            );
        }
        value_of_header(sight, (&pointer, name), &values.join(", "), call, header);
    }
}

fn value_of_header(
    sight: &mut Sight<'_>,
    (pointer, name): (&str, &str),
    text: &str,
    call: &Call,
    header: &Header,
) {
    let Some(schema) = &header.schema else { return };
    let own = Step::Name(name.to_ascii_lowercase());
    let matcher = call.response.header_rules.at(&[own]);
    // Every header is a text: of a matcher, only a pattern says more.
    let rules = match matcher {
        None | Some(Matcher::Equality) => Rules::default(),
        Some(Matcher::Regex(pattern)) => Rules::whole(Matcher::Regex(pattern.clone())),
        Some(_) => Rules::whole(Matcher::Type),
    };
    let needed = value::of_text(text, &schema.value, &sight.api.schemas);
    for misfit in fit::misfits(&needed, &rules, schema, &sight.api.schemas) {
        if matches!(misfit.kind, Kind::Unknown | Kind::Invalid) {
            let message = format!("header `{name}`: {}", misfit.message);
            sight.note(
                Rule::AnswerHeaderInvalid,
                pointer,
                message,
                Some(&misfit.place),
            );
        }
    }
}

fn body(sight: &mut Sight<'_>, call: &Call, answer: &Answer) {
    if !call.response.has_body {
        return;
    }
    let pointer = "/response/body";
    if answer.content.is_empty() {
        let message = format!("the answer {} has no body", call.status);
        sight.note(
            Rule::AnswerBodyUnknown,
            pointer,
            message,
            Some(&answer.place),
        );
        return;
    }
    let essence = call.response.essence();
    let Some(media) = media(&answer.content, essence.as_deref()) else {
        let has: Vec<&str> = answer.content.keys().map(String::as_str).collect();
        let message = format!(
            "{} is needed, the answer is {}",
            essence.unwrap_or_default(),
            has.join(", ")
        );
        sight.note(
            Rule::AnswerMediaTypeUnknown,
            pointer,
            message,
            Some(&answer.place),
        );
        return;
    };
    if let Some(schema) = &media.schema {
        let api = sight.api;
        let at = format!("{pointer}/content");
        sight.needs(&call.response, (&at, "body"), schema, &api.schemas, BODY);
    }
}
