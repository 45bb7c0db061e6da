//! Holds the interactions of a pact against a document.

use std::fmt::Write as _;

use super::{
    finding::{Finding, Rule, Severity},
    fit::{Kind, Misfit},
    messages,
    model::{Content, Interaction, Pact, Part},
    request, response,
};
use crate::{
    api::{Api, Messages, Schema, Schemas},
    document::Place,
};

/// Everything that a pact asks for and the document does not give.
#[must_use]
pub fn check(pact: &Pact, api: &Api, messages: &Messages) -> Vec<Finding> {
    let mut found = Vec::new();
    for interaction in &pact.interactions {
        let mut sight = Sight {
            pact,
            interaction,
            api,
            subject: String::new(),
            found: &mut found,
        };
        match &interaction.content {
            Content::Call(call) => {
                if let Some(operation) = request::operation(&mut sight, call) {
                    sight.subject.clone_from(&operation.label);
                    request::check(&mut sight, call, operation);
                    response::check(&mut sight, call, operation);
                }
            }
            Content::Message(message) => messages::check(&mut sight, message, messages),
            Content::Other => sight.note(Rule::Unsupported, "", "it was not compared", None),
        }
    }
    found
}

/// One interaction under a check.
pub(super) struct Sight<'a> {
    pub(super) pact: &'a Pact,
    pub(super) interaction: &'a Interaction,
    pub(super) api: &'a Api,
    /// What the findings are about, in short.
    pub(super) subject: String,
    pub(super) found: &'a mut Vec<Finding>,
}

/// The rules that the parts of a body break.
#[derive(Clone, Copy)]
pub(super) struct BodyRules {
    pub(super) unknown: Rule,
    pub(super) invalid: Rule,
    pub(super) optional: Rule,
}

impl Sight<'_> {
    /// What is left of a path below the path of the document's first server.
    pub(super) fn below_server<'p>(&self, path: &'p str) -> Option<&'p str> {
        let server = self.api.server.as_deref()?;
        let after_host = server.split_once("://").map_or(server, |(_, rest)| rest);
        let base = after_host.get(after_host.find('/')?..)?;
        let rest = path.strip_prefix(base.trim_end_matches('/'))?;
        rest.starts_with('/').then_some(rest)
    }

    /// Writes a finding down; `pointer` is the place inside of the interaction.
    pub(super) fn note(
        &mut self,
        rule: Rule,
        pointer: &str,
        message: impl Into<String>,
        document: Option<&Place>,
    ) {
        self.found.push(Finding {
            rule,
            severity: if self.interaction.is_pending {
                Severity::Note
            } else {
                rule.severity()
            },
            consumer: self.pact.consumer.clone(),
            interaction: self.interaction.description.clone(),
            subject: self.subject.clone(),
            message: message.into(),
            pact: self
                .pact
                .place(&format!("{}{pointer}", self.interaction.pointer)),
            document: document.cloned(),
        });
    }

    /// Holds a body that is needed against its schema; `pointer` is the body's place in the interaction, `what` how people
    /// call it.
    pub(super) fn needs(
        &mut self,
        part: &Part,
        (pointer, what): (&str, &str),
        schema: &Schema,
        schemas: &Schemas,
        rules: BodyRules,
    ) {
        let Some(needed) = &part.json else { return };
        for Misfit {
            kind,
            pointer: at,
            message,
            place,
        } in super::fit::misfits(needed, &part.body_rules, schema, schemas)
        {
            let rule = match kind {
                Kind::Unknown => rules.unknown,
                Kind::Invalid => rules.invalid,
                Kind::Optional => rules.optional,
                Kind::Endless => Rule::SchemaUnusable,
            };
            let message = format!("{what} `{}`: {message}", spelled(&at));
            self.note(rule, &format!("{pointer}{at}"), message, Some(&place));
        }
    }
}

/// A JSON pointer as people write paths: `$.data[0].id`.
pub(super) fn spelled(pointer: &str) -> String {
    let mut path = "$".to_owned();
    for token in pointer.split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        // Writing to a String cannot fail.
        let _ = if token.chars().all(|c| c.is_ascii_digit()) {
            write!(path, "[{token}]")
        } else if token.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            write!(path, ".{token}")
        } else {
            write!(path, "['{token}']")
        };
    }
    path
}
