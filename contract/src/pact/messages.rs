//! What a consumer needs of a message: the document describes those that its `webhooks` or `components` name.

use super::{
    check::{BodyRules, Sight},
    finding::Rule,
    model::{Message, is_same_name},
};
use crate::api::Messages;

/// What the parts of a message break.
const BODY: BodyRules = BodyRules {
    unknown: Rule::MessageFieldUnknown,
    invalid: Rule::MessageFieldInvalid,
    optional: Rule::MessageFieldOptional,
};

pub(super) fn check(sight: &mut Sight<'_>, message: &Message, messages: &Messages) {
    let names = message.names(&sight.interaction.description);
    let is_it = |known: &str| names.iter().any(|name| is_same_name(name, known));
    if let Some((name, sent)) = messages.webhooks.iter().find(|(name, _)| is_it(name)) {
        sight.subject = format!("webhook {name}");
        if let Some(schema) = sent {
            sight.needs(
                &message.contents,
                ("/contents/content", "message"),
                schema,
                &messages.schemas,
                BODY,
            );
        }
        return;
    }
    if let Some((name, schema)) = messages.components.iter().find(|(name, _)| is_it(name)) {
        sight.subject = format!("schema {name}");
        sight.needs(
            &message.contents,
            ("/contents/content", "message"),
            schema,
            &messages.schemas,
            BODY,
        );
        return;
    }
    "message".clone_into(&mut sight.subject);
    let place = sight.api.document_place();
    if messages.webhooks.is_empty() {
        let why = "the document has no `webhooks`, so only the server can be asked: `contract pact verify`";
        sight.note(Rule::MessageUndescribed, "", why, Some(&place));
        return;
    }
    let known: Vec<&str> = messages.webhooks.keys().map(String::as_str).collect();
    let why = format!(
        "none of the webhooks is meant by {}: there are {}",
        names.join(", "),
        known.join(", ")
    );
    sight.note(Rule::MessageUnknown, "", why, Some(&place));
}
