//! A pact, whichever version it was written in.

use std::collections::HashMap;

use serde_json::Value;

use super::matchers::Rules;
use crate::document::Place;

/// What one consumer needs of one provider.
#[derive(Debug, Clone)]
pub struct Pact {
    /// The file.
    pub file: String,
    /// Who needs it.
    pub consumer: String,
    /// Of whom.
    pub provider: String,
    /// What it needs, in the order of the file.
    pub interactions: Vec<Interaction>,
    pub(super) lines: HashMap<String, usize>,
}

/// A call or a message.
#[derive(Debug, Clone)]
pub struct Interaction {
    /// What the pact calls it.
    pub description: String,
    /// JSON pointer to it.
    pub pointer: String,
    /// Whether the consumer does not insist on it yet.
    pub is_pending: bool,
    /// What it is.
    pub content: Content,
}

/// What an interaction is.
#[derive(Debug, Clone)]
pub enum Content {
    /// A request and its answer.
    Call(Box<Call>),
    /// A message that the provider sends.
    Message(Box<Message>),
    /// A request and its answers without HTTP, which no OpenAPI document describes.
    Other,
}

/// A request and its answer.
#[derive(Debug, Clone)]
pub struct Call {
    /// In capitals.
    pub method: String,
    /// As it is called, without the query.
    pub path: String,
    /// The query: names with their values, in the order of the file.
    pub query: Vec<(String, Vec<String>)>,
    /// What is sent.
    pub request: Part,
    /// The status that comes back.
    pub status: u16,
    /// What comes back.
    pub response: Part,
}

/// What one side sends beside its first line.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Names as written, each with its values.
    pub headers: Vec<(String, Vec<String>)>,
    /// The JSON of the body; `None` when there is none or it is something else.
    pub json: Option<Value>,
    /// Whether there is a body.
    pub has_body: bool,
    /// The media type of the body, as the pact says it.
    pub media_type: Option<String>,
    /// Matchers of the body.
    pub body_rules: Rules,
    /// Matchers of headers, by name in small letters.
    pub header_rules: Rules,
    /// What takes another value when the pact is verified: `path`, `query NAME`, `header NAME`, `body $.path`.
    pub generated: Vec<String>,
}

/// A message that the provider sends.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its metadata.
    pub metadata: Value,
    /// Names that the pact gives it in other descriptions (`comments.references`).
    pub references: Vec<String>,
    /// Its contents.
    pub contents: Part,
}

impl Pact {
    /// Where something stands, by its JSON pointer, or where the nearest thing around it stands.
    #[must_use]
    pub fn place(&self, pointer: &str) -> Place {
        let mut at = pointer;
        let line = loop {
            if let Some(line) = self.lines.get(at) {
                break *line;
            }
            match at.rsplit_once('/') {
                Some((around, _)) => at = around,
                None => break 1,
            }
        };
        Place {
            file: self.file.clone(),
            line,
        }
    }
}

impl Message {
    /// What a document may call it: its description, the texts of its metadata, its references.
    #[must_use]
    pub fn names(&self, description: &str) -> Vec<String> {
        let metadata = self.metadata.as_object().into_iter().flatten();
        let metadata = metadata
            .filter(|(key, _)| !is_same_name(key, "contentType"))
            .filter_map(|(_, value)| value.as_str());
        let mut names = vec![description.to_owned()];
        names.extend(metadata.map(str::to_owned));
        names.extend(self.references.iter().cloned());
        names
    }
}

/// Whether two names are the same but for case and punctuation: `order.paid`, `orderPaid`, `Order paid`.
#[must_use]
pub fn is_same_name(a: &str, b: &str) -> bool {
    let bare = |name: &str| -> String {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    bare(a) == bare(b)
}

impl Part {
    /// The values of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&[String]> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, values)| values.as_slice())
    }

    /// The media type of the body without parameters, in small letters.
    #[must_use]
    pub fn essence(&self) -> Option<String> {
        let header = self.header("content-type").and_then(<[String]>::first);
        let written = header.or(self.media_type.as_ref())?;
        let essence = written.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase())
    }

    /// Whether a part takes another value when the pact is verified.
    #[must_use]
    pub fn is_generated(&self, what: &str) -> bool {
        self.generated.iter().any(|known| known == what)
    }
}
