//! Bodies and headers: what travels in both directions.

use indexmap::IndexMap;
use openapi_codegen::tree::Node;

use super::{
    change::{Part, Places},
    extensions,
    operations::Pair,
    rules::{self, Area},
    schema::{Comparison, Spot},
};
use crate::document::Operation;

impl<'d> Comparison<'_, 'd> {
    pub(super) fn request_body(&mut self, pair: &Pair<'d>) {
        let part = Part::RequestBody { path: Vec::new() };
        let subject = pair.subject(part.clone());
        let old = pair.old.node.get("requestBody");
        let new = pair.new.node.get("requestBody");
        let old = old.map(|node| self.old.resolve(node));
        let new = new.map(|node| self.new.resolve(node));
        let places = Places {
            old: self.places(old.or(Some(pair.old.node)), None).old,
            new: self.places(None, new.or(Some(pair.new.node))).new,
        };
        let (old, new) = match (old, new) {
            (None, None) => return,
            (None, Some(new)) => {
                let rule = if is_required(new) {
                    &rules::BODY_ADDED_REQUIRED
                } else {
                    &rules::BODY_ADDED_OPTIONAL
                };
                self.findings.add(rule, &subject, places, "");
                return;
            }
            (Some(_), None) => {
                self.findings
                    .add(&rules::BODY_REMOVED, &subject, places, "");
                return;
            }
            (Some(old), Some(new)) => (old, new),
        };
        match (is_required(old), is_required(new)) {
            (false, true) => {
                self.findings
                    .add(&rules::BODY_REQUIRED, &subject, places.clone(), "");
            }
            (true, false) => {
                self.findings
                    .add(&rules::BODY_OPTIONAL, &subject, places.clone(), "");
            }
            _ => {}
        }
        let (before, after) = (content(old), content(new));
        for (media_type, old) in &before {
            match after.get(media_type) {
                Some(new) => {
                    let spot = Spot::new(Area::RequestBody, subject.clone());
                    self.media(old, new, &spot);
                }
                None => self.findings.add(
                    &rules::BODY_MEDIA_TYPE_REMOVED,
                    &subject,
                    places.clone(),
                    media_type,
                ),
            }
        }
        for media_type in after.keys().filter(|name| !before.contains_key(*name)) {
            self.findings.add(
                &rules::BODY_MEDIA_TYPE_ADDED,
                &subject,
                places.clone(),
                media_type,
            );
        }
    }

    pub(super) fn responses(&mut self, pair: &Pair<'d>) {
        let listed = |operation: &Operation<'d>| {
            let responses = operation.node.get("responses").and_then(Node::as_object);
            responses
                .into_iter()
                .flatten()
                .map(|(status, member)| (status.as_str(), &member.node))
                .collect::<IndexMap<&'d str, &'d Node>>()
        };
        let (old, new) = (listed(&pair.old), listed(&pair.new));
        let part = |status: &str| Part::Response {
            status: status.to_owned(),
            path: Vec::new(),
        };
        for (status, before) in &old {
            let before = self.old.resolve(before);
            let subject = pair.subject(part(status));
            if let Some(after) = new.get(status) {
                let after = self.new.resolve(after);
                self.response(pair, status, before, after);
                continue;
            }
            let rule = if status.starts_with('2') {
                &rules::SUCCESS_REMOVED
            } else {
                &rules::FAILURE_REMOVED
            };
            let places = Places {
                new: self.places(None, Some(pair.new.node)).new,
                ..self.places(Some(before), None)
            };
            self.findings.add(rule, &subject, places, "");
        }
        for (status, after) in &new {
            if old.contains_key(status) {
                continue;
            }
            let rule = if status.starts_with('2') {
                &rules::SUCCESS_ADDED
            } else {
                &rules::FAILURE_ADDED
            };
            let places = Places {
                old: self.places(Some(pair.old.node), None).old,
                ..self.places(None, Some(self.new.resolve(after)))
            };
            let subject = pair.subject(part(status));
            self.findings.add(rule, &subject, places, "");
        }
    }

    fn response(&mut self, pair: &Pair<'d>, status: &str, old: &'d Node, new: &'d Node) {
        let subject = pair.subject(Part::Response {
            status: status.to_owned(),
            path: Vec::new(),
        });
        let places = self.places(Some(old), Some(new));
        extensions::error_codes(self, &subject, &places, old, new);
        self.headers(pair, status, old, new);
        let (before, after) = (content(old), content(new));
        if !before.is_empty() && after.is_empty() {
            self.findings
                .add(&rules::RESPONSE_BODY_REMOVED, &subject, places, "");
            return;
        }
        for (media_type, old) in &before {
            match after.get(media_type) {
                Some(new) => {
                    let spot = Spot::new(Area::ResponseBody, subject.clone());
                    self.media(old, new, &spot);
                }
                None => self.findings.add(
                    &rules::RESPONSE_MEDIA_TYPE_REMOVED,
                    &subject,
                    places.clone(),
                    media_type,
                ),
            }
        }
        for media_type in after.keys().filter(|name| !before.contains_key(*name)) {
            self.findings.add(
                &rules::RESPONSE_MEDIA_TYPE_ADDED,
                &subject,
                places.clone(),
                media_type,
            );
        }
    }

    fn headers(&mut self, pair: &Pair<'d>, status: &str, old: &'d Node, new: &'d Node) {
        let listed = |node: &'d Node| {
            let headers = node.get("headers").and_then(Node::as_object);
            headers
                .into_iter()
                .flatten()
                .map(|(name, member)| (name.to_ascii_lowercase(), (name.as_str(), &member.node)))
                .collect::<IndexMap<String, (&'d str, &'d Node)>>()
        };
        let (before, after) = (listed(old), listed(new));
        let header = |name: &str| {
            pair.subject(Part::Header {
                status: status.to_owned(),
                name: name.to_owned(),
            })
        };
        for (key, (name, was)) in &before {
            let was = self.old.resolve(was);
            let Some((name, is)) = after.get(key) else {
                let rule = if is_required(was) {
                    &rules::HEADER_REMOVED_REQUIRED
                } else {
                    &rules::HEADER_REMOVED_OPTIONAL
                };
                let places = Places {
                    new: self.places(None, Some(new)).new,
                    ..self.places(Some(was), None)
                };
                self.findings.add(rule, &header(name), places, "");
                continue;
            };
            let is = self.new.resolve(is);
            let rule = match (is_required(was), is_required(is)) {
                (true, false) => Some(&rules::HEADER_OPTIONAL),
                (false, true) => Some(&rules::HEADER_REQUIRED),
                _ => None,
            };
            if let Some(rule) = rule {
                let places = self.places(Some(was), Some(is));
                self.findings.add(rule, &header(name), places, "");
            }
            if let (Some(was), Some(is)) = (value_schema(was), value_schema(is)) {
                let spot = Spot::new(Area::ResponseHeader, header(name));
                self.schema(&[was], &[is], spot);
            }
        }
        for (key, (name, is)) in &after {
            if !before.contains_key(key) {
                let places = Places {
                    old: self.places(Some(old), None).old,
                    ..self.places(None, Some(self.new.resolve(is)))
                };
                self.findings
                    .add(&rules::HEADER_ADDED, &header(name), places, "");
            }
        }
    }

    pub(super) fn media(&mut self, old: &'d Node, new: &'d Node, spot: &Spot) {
        if let (Some(old), Some(new)) = (old.get("schema"), new.get("schema")) {
            self.schema(&[old], &[new], spot.clone());
        }
    }
}

pub(super) fn is_required(node: &Node) -> bool {
    node.get("required").and_then(Node::as_bool) == Some(true)
}

/// The schema of a parameter or header, written directly or under its one media type.
pub(super) fn value_schema(node: &Node) -> Option<&Node> {
    node.get("schema").or_else(|| {
        let content = node.get("content")?.as_object()?;
        content.values().next()?.node.get("schema")
    })
}

/// The media types of a body; their parameters do not tell them apart, but for their case.
pub(super) fn content(node: &Node) -> IndexMap<String, &Node> {
    let content = node.get("content").and_then(Node::as_object);
    content
        .into_iter()
        .flatten()
        .map(|(name, member)| {
            let name = name.split(';').next().unwrap_or(name);
            (name.trim().to_ascii_lowercase(), &member.node)
        })
        .collect()
}
