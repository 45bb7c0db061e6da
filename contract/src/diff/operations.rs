//! Operations: which there are, and what each takes and answers.

use openapi_codegen::tree::Node;

use super::{
    change::{Part, Places, Subject},
    extensions,
    lifecycle::{self, Life},
    messages::content,
    rules::{self, Area},
    schema::{Comparison, Spot},
    security,
};
use crate::document::{Operation, path_shape};

/// An operation of both documents.
pub(super) struct Pair<'d> {
    pub(super) old: Operation<'d>,
    pub(super) new: Operation<'d>,
}

impl Pair<'_> {
    pub(super) fn subject(&self, part: Part) -> Subject {
        subject(&self.new, part)
    }
}

fn subject(operation: &Operation<'_>, part: Part) -> Subject {
    Subject {
        operation: format!("{} {}", operation.method, operation.path),
        operation_id: operation.id.map(str::to_owned),
        part,
    }
}

impl<'d> Comparison<'_, 'd> {
    /// Compares everything under `paths`.
    pub(super) fn operations(&mut self) {
        let old = self.old.operations();
        let new = self.new.operations();
        for (key, before) in &old {
            if let Some(after) = new.get(key) {
                let pair = Pair {
                    old: before.clone(),
                    new: after.clone(),
                };
                self.operation(&pair);
                continue;
            }
            let shape = path_shape(&before.path);
            let path_is_there = new
                .values()
                .any(|operation| path_shape(&operation.path) == shape);
            let rules = if path_is_there {
                [&rules::REMOVED, &rules::REMOVED_EARLY, &rules::REMOVED_LATE]
            } else {
                [
                    &rules::PATH_REMOVED,
                    &rules::PATH_REMOVED_EARLY,
                    &rules::PATH_REMOVED_LATE,
                ]
            };
            let rule = Life::of(before.node).removal(self.today, rules);
            let places = self.places(Some(before.node), None);
            self.findings
                .add(rule, &subject(before, Part::Operation), places, "");
        }
        for (key, after) in &new {
            if !old.contains_key(key) {
                let places = self.places(None, Some(after.node));
                let subject = subject(after, Part::Operation);
                self.findings.add(&rules::ADDED, &subject, places, "");
            }
        }
    }

    /// Webhooks are requests of the server: what it sends is what consumers get.
    pub(super) fn webhooks(&mut self) {
        let old = self.old.webhooks();
        let new = self.new.webhooks();
        for (key, before) in &old {
            let Some(after) = new.get(key) else {
                let places = self.places(Some(before.node), None);
                let subject = subject(before, Part::Operation);
                self.findings
                    .add(&rules::WEBHOOK_REMOVED, &subject, places, "");
                continue;
            };
            let part = Part::Response {
                status: "webhook".to_owned(),
                path: Vec::new(),
            };
            let spot = Spot::new(Area::ResponseBody, subject(after, part));
            let bodies = |operation: &Operation<'d>, document: &'d crate::document::Document| {
                operation
                    .node
                    .get("requestBody")
                    .map(|body| content(document.resolve(body)))
                    .unwrap_or_default()
            };
            let sent = bodies(before, self.old);
            let now = bodies(after, self.new);
            for (media_type, old) in &sent {
                if let Some(new) = now.get(media_type) {
                    self.media(old, new, &spot);
                }
            }
        }
        for (key, after) in &new {
            if !old.contains_key(key) {
                let places = self.places(None, Some(after.node));
                let subject = subject(after, Part::Operation);
                self.findings
                    .add(&rules::WEBHOOK_ADDED, &subject, places, "");
            }
        }
    }

    fn operation(&mut self, pair: &Pair<'d>) {
        let whole = pair.subject(Part::Operation);
        let places = self.places(Some(pair.old.node), Some(pair.new.node));
        let lives = (&Life::of(pair.old.node), &Life::of(pair.new.node));
        lifecycle::operation(self.findings, self.today, &whole, &places, lives);
        if let (Some(old), new) = (pair.old.id, pair.new.id)
            && new != Some(old)
        {
            let detail = format!("{old} → {}", new.unwrap_or("none"));
            self.findings.add(
                &rules::OPERATION_ID_CHANGED,
                &whole,
                places.clone(),
                &detail,
            );
        }
        self.tags(pair, &whole, &places);
        security::compare(self, pair, &whole, &places);
        extensions::compare(self, pair, &whole, &places);
        self.parameters(pair);
        self.request_body(pair);
        self.responses(pair);
    }

    fn tags(&mut self, pair: &Pair<'d>, whole: &Subject, places: &Places) {
        let tags = |operation: &Operation<'d>| -> Vec<&'d str> {
            operation
                .node
                .get("tags")
                .and_then(Node::as_array)
                .unwrap_or_default()
                .iter()
                .filter_map(Node::as_str)
                .collect()
        };
        let (old, new) = (tags(&pair.old), tags(&pair.new));
        for tag in old.iter().filter(|tag| !new.contains(tag)) {
            self.findings
                .add(&rules::TAG_REMOVED, whole, places.clone(), tag);
        }
        for tag in new.iter().filter(|tag| !old.contains(tag)) {
            self.findings
                .add(&rules::TAG_ADDED, whole, places.clone(), tag);
        }
    }
}
