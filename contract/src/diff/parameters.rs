//! Parameters: what an operation takes from the path, the query, the headers and cookies.

use indexmap::IndexMap;
use openapi_codegen::tree::Node;

use super::{
    change::{Part, Places},
    lifecycle::{self, Life},
    messages::{is_required, value_schema},
    operations::Pair,
    rules::{self, Area},
    schema::{Comparison, Spot},
};
use crate::document::{Operation, parameter_key, path_parameters};

impl<'d> Comparison<'_, 'd> {
    pub(super) fn parameters(&mut self, pair: &Pair<'d>) {
        // Path parameters are told apart by their position: their names never travel.
        let keyed = |operation: &Operation<'d>| -> IndexMap<(String, String), &'d Node> {
            let positions = path_parameters(&operation.path);
            let key = |node: &&'d Node| {
                let (place, name) = parameter_key(node)?;
                let at = positions.iter().position(|known| *known == name);
                match at {
                    Some(at) if place == "path" => Some(((place, at.to_string()), *node)),
                    _ => Some(((place, name), *node)),
                }
            };
            operation.parameters.iter().filter_map(key).collect()
        };
        let (old, new) = (keyed(&pair.old), keyed(&pair.new));
        for (key, before) in &old {
            if let Some(after) = new.get(key) {
                self.parameter(pair, before, after);
                continue;
            }
            let subject = pair.subject(parameter_part(before));
            let places = Places {
                new: self.places(None, Some(pair.new.node)).new,
                ..self.places(Some(before), None)
            };
            let life = Life::of(before);
            let rule = if life.is_deprecated {
                life.removal(
                    self.today,
                    [
                        &rules::PARAMETER_REMOVED,
                        &rules::PARAMETER_REMOVED_EARLY,
                        &rules::PARAMETER_REMOVED_LATE,
                    ],
                )
            } else {
                &rules::PARAMETER_REMOVED
            };
            self.findings.add(rule, &subject, places, "");
        }
        for (key, after) in &new {
            if old.contains_key(key) {
                continue;
            }
            let rule = if is_required(after) {
                &rules::PARAMETER_ADDED_REQUIRED
            } else {
                &rules::PARAMETER_ADDED_OPTIONAL
            };
            let subject = pair.subject(parameter_part(after));
            let places = Places {
                old: self.places(Some(pair.old.node), None).old,
                ..self.places(None, Some(after))
            };
            self.findings.add(rule, &subject, places, "");
        }
    }

    fn parameter(&mut self, pair: &Pair<'d>, old: &'d Node, new: &'d Node) {
        let part = parameter_part(new);
        let subject = pair.subject(part.clone());
        let places = self.places(Some(old), Some(new));
        let text = |node: &'d Node, key: &str| node.get(key).and_then(Node::as_str);
        if let (Some(before), Some(after)) = (text(old, "name"), text(new, "name"))
            && text(new, "in") == Some("path")
            && before != after
        {
            let detail = format!("{before} → {after}");
            self.findings.add(
                &rules::PATH_PARAMETER_RENAMED,
                &subject,
                places.clone(),
                &detail,
            );
        }
        let rule = match (is_required(old), is_required(new)) {
            (false, true) => Some(&rules::PARAMETER_REQUIRED),
            (true, false) => Some(&rules::PARAMETER_OPTIONAL),
            _ => None,
        };
        if let Some(rule) = rule {
            self.findings.add(rule, &subject, places.clone(), "");
        }
        let (before, after) = (serialization(old), serialization(new));
        if before != after {
            let detail = format!("{} → {}", before.0, after.0);
            self.findings
                .add(&rules::PARAMETER_STYLE, &subject, places.clone(), &detail);
        }
        lifecycle::parameter(
            self.findings,
            &subject,
            &places,
            (&Life::of(old), &Life::of(new)),
        );
        let spot = Spot::new(Area::RequestParameter, pair.subject(part));
        if let (Some(old), Some(new)) = (value_schema(old), value_schema(new)) {
            self.schema(&[old], &[new], spot);
        }
    }
}

fn parameter_part(node: &Node) -> Part {
    let text = |key: &str| {
        node.get(key)
            .and_then(Node::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    Part::Parameter {
        place: text("in"),
        name: text("name"),
        path: Vec::new(),
    }
}

/// How a parameter is written, with the defaults of its place (OpenAPI 3.1, 4.8.12.2).
fn serialization(node: &Node) -> (String, bool) {
    let place = node.get("in").and_then(Node::as_str).unwrap_or_default();
    let default = match place {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    let style = node
        .get("style")
        .and_then(Node::as_str)
        .unwrap_or(default)
        .to_owned();
    let explode = node
        .get("explode")
        .and_then(Node::as_bool)
        .unwrap_or(style == "form");
    (style, explode)
}
