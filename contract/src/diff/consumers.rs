//! Who is hit: consumers as their pacts describe them.
//!
//! A pact (versions 2 to 4 of the Pact specification) lists what one consumer sends and what it needs of the answers.
//! A change hits the consumer when it touches an operation that the pact uses, and, below the whole body, a property
//! that the pact mentions.

use std::path::Path;

use serde_json::Value;

use super::{
    change::{Change, Part},
    rules::Severity,
};
use crate::{
    document::path_shape,
    pact::{self, Call, Content, Pact, PactError},
};

/// What one consumer relies on.
#[derive(Debug, Clone)]
pub struct Consumer {
    /// Its name in the pact.
    pub name: String,
    interactions: Vec<Interaction>,
    messages: Vec<Heard>,
}

/// A message that the consumer hears: what it may be called, and what is needed of it.
#[derive(Debug, Clone)]
struct Heard {
    names: Vec<String>,
    needed: Option<Value>,
}

#[derive(Debug, Clone)]
struct Interaction {
    method: String,
    path: String,
    query: Vec<String>,
    headers: Vec<String>,
    sent: Option<Value>,
    status: String,
    needed_headers: Vec<String>,
    needed: Option<Value>,
}

/// All consumers that are known.
#[derive(Debug, Clone, Default)]
pub struct Consumers(Vec<Consumer>);

impl Consumers {
    /// Reads every `.json` file of a folder, in the order of their names.
    ///
    /// # Errors
    /// [`PactError`] for the first file that is no pact.
    pub fn read(folder: &Path) -> Result<Self, PactError> {
        let pacts = pact::read(&[folder.to_owned()])?;
        Ok(Self(pacts.into_iter().map(consumer).collect()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names in every change the consumers that it hits.
    pub fn mark(&self, changes: &mut [Change]) {
        for change in changes.iter_mut() {
            if change.severity == Severity::Info {
                continue;
            }
            change.consumers = self
                .0
                .iter()
                .filter(|consumer| consumer.is_hit_by(change))
                .map(|consumer| consumer.name.clone())
                .collect();
        }
    }
}

impl Consumer {
    fn is_hit_by(&self, change: &Change) -> bool {
        let Some((method, path)) = change.subject.operation.split_once(' ') else {
            return false;
        };
        // Webhooks are called by a name.
        if !path.starts_with('/') {
            return self.messages.iter().any(|heard| heard.uses(path, change));
        }
        let shape = path_shape(path);
        self.interactions
            .iter()
            .filter(|interaction| interaction.method == method && fits(&shape, &interaction.path))
            .any(|interaction| interaction.uses(change))
    }
}

impl Heard {
    fn uses(&self, webhook: &str, change: &Change) -> bool {
        let is_it = |name: &String| pact::is_same_name(name, webhook);
        self.names.iter().any(is_it)
            && match (&change.subject.part, &self.needed) {
                (Part::Response { path, .. }, _) if path.is_empty() => true,
                (Part::Response { path, .. }, Some(body)) => mentions(body, path),
                (Part::Document | Part::Operation, _) => true,
                _ => false,
            }
    }
}

impl Interaction {
    fn uses(&self, change: &Change) -> bool {
        match &change.subject.part {
            Part::Document | Part::Operation => true,
            Part::Parameter { place, name, .. } => match place.as_str() {
                "query" => self.query.contains(name) || is_demand(change),
                "header" => self.headers.contains(&name.to_ascii_lowercase()) || is_demand(change),
                _ => true,
            },
            // What is demanded anew hits everybody who does not send it yet.
            Part::RequestBody { path } => match &self.sent {
                Some(body) => is_demand(change) || mentions(body, path),
                None => is_demand(change),
            },
            Part::Response { status, path } => {
                let same_status = *status == self.status
                    || (status.ends_with("XX") && status.get(..1) == self.status.get(..1));
                same_status
                    && match &self.needed {
                        _ if path.is_empty() => true,
                        Some(body) => mentions(body, path),
                        None => false,
                    }
            }
            Part::Header { status, name } => {
                *status == self.status && self.needed_headers.contains(&name.to_ascii_lowercase())
            }
        }
    }
}

/// Whether something must be sent that need not have been sent.
fn is_demand(change: &Change) -> bool {
    change.rule.starts_with("new-required")
        || change.rule.ends_with("became-required")
        || change.rule.ends_with("required-property-added")
        || change.rule.ends_with("added-required")
}

/// Whether a body holds what stands at `path`; `[]` is any item, `*` any member.
fn mentions(body: &Value, path: &[String]) -> bool {
    let Some((step, rest)) = path.split_first() else {
        return true;
    };
    match (step.as_str(), body) {
        ("[]", Value::Array(items)) => items.iter().any(|item| mentions(item, rest)),
        ("*", Value::Object(members)) => members.values().any(|member| mentions(member, rest)),
        (name, Value::Object(members)) => members
            .get(name)
            .is_some_and(|member| mentions(member, rest)),
        _ => false,
    }
}

/// Whether a path that was called is one of the template's.
fn fits(shape: &str, called: &str) -> bool {
    let called = called.split('?').next().unwrap_or(called);
    let mut wanted = shape.split('/');
    let mut given = called.split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("{}"), Some(part)) if !part.is_empty() => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

fn consumer(pact: Pact) -> Consumer {
    let mut consumer = Consumer {
        name: pact.consumer,
        interactions: Vec::new(),
        messages: Vec::new(),
    };
    for interaction in pact.interactions {
        match interaction.content {
            Content::Call(call) => consumer.interactions.push(used(*call)),
            Content::Message(message) => consumer.messages.push(Heard {
                names: message.names(&interaction.description),
                needed: message.contents.json,
            }),
            Content::Other => {}
        }
    }
    consumer
}

fn used(call: Call) -> Interaction {
    let names = |headers: Vec<(String, Vec<String>)>| -> Vec<String> {
        let names = headers.into_iter().map(|(name, _)| name);
        names.map(|name| name.to_ascii_lowercase()).collect()
    };
    Interaction {
        method: call.method,
        path: call.path,
        query: call.query.into_iter().map(|(name, _)| name).collect(),
        headers: names(call.request.headers),
        sent: call.request.json,
        status: call.status.to_string(),
        needed_headers: names(call.response.headers),
        needed: call.response.json,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_called_path_fits_its_template() {
        assert!(fits("/orders/{}/pay", "/orders/1/pay"));
        assert!(!fits("/orders/{}/pay", "/orders//pay"));
        assert!(!fits("/orders/{}", "/orders/1/pay"));
        assert!(fits("/orders", "/orders?limit=1"));
    }

    #[test]
    fn a_body_mentions_what_it_holds() {
        let body = serde_json::json!({ "data": [{ "sku": "A" }], "by": { "eu": { "net": 1 } } });
        let path = |steps: &[&str]| steps.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(mentions(&body, &path(&["data", "[]", "sku"])));
        assert!(!mentions(&body, &path(&["data", "[]", "name"])));
        assert!(mentions(&body, &path(&["by", "*", "net"])));
        assert!(mentions(&body, &[]));
    }
}
