//! Links: what a client may do with an answer next. No code comes of them, but tools follow them, so they must lead
//! somewhere.

use std::collections::{BTreeMap, HashSet};

use super::Lowering;
use super::RefKind;
use super::keywords::LINK;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::Method;
use crate::resolve::{follow, nearest};
use crate::tree::{Node, Object};

/// An operation as a link sees it.
struct Target<'d> {
    item: &'d Node,
    operation: &'d Node,
}

impl<'d> Lowering<'d> {
    /// The links of an answer.
    pub(super) fn links(&self, node: Option<&'d Node>) {
        let Some(links) = node.and_then(|node| self.object_of(node, "links")) else {
            return;
        };
        for member in links.values() {
            self.link(&member.node);
        }
    }

    /// One link; where it leads is judged when all operations are known.
    pub(super) fn link(&self, node: &'d Node) {
        if let Some(found) = self.deref(node, RefKind::Link)
            && self.object(found.node, LINK).is_some()
        {
            self.links.borrow_mut().push(found.node);
        }
    }

    /// Judges where all the links lead, each once however many answers refer to it.
    pub(super) fn judge_links(&self, root: &'d Node) {
        let targets = self.targets(root);
        let mut seen = HashSet::new();
        for link in self.links.take() {
            if let Some(object) = link.as_object().filter(|_| seen.insert(link.id)) {
                self.judge_link(link, object, &targets);
            }
        }
    }

    fn targets(&self, root: &'d Node) -> BTreeMap<&'d str, Target<'d>> {
        let paths = root.get("paths").and_then(Node::as_object);
        let paths = paths.into_iter().flatten();
        let items = paths.filter_map(|(_, member)| follow(self.document, &member.node).ok());
        let mut targets = BTreeMap::new();
        for item in items {
            for operation in Method::ALL
                .iter()
                .filter_map(|method| item.get(method.key()))
            {
                if let Some(id) = operation.get("operationId").and_then(Node::as_str) {
                    targets.entry(id).or_insert(Target { item, operation });
                }
            }
        }
        targets
    }

    fn judge_link(
        &self,
        link: &'d Node,
        object: &'d Object,
        targets: &BTreeMap<&'d str, Target<'d>>,
    ) {
        let get = |key: &str| object.get(key).map(|member| &member.node);
        self.judge_values(object);
        let Some(id) = get("operationId") else {
            if get("operationRef").is_none() {
                self.missing(link, "operationId", "a link");
            }
            return;
        };
        if let Some(reference) = get("operationRef") {
            let problem = "a link with `operationRef` beside `operationId`";
            self.report(
                Diagnostic::at(codes::BAD_LINK, reference, problem).help("keep one of them"),
            );
        }
        let Some(name) = self.text(Some(id)) else {
            return;
        };
        let Some(target) = targets.get(name) else {
            let near = nearest(name, targets.keys().copied());
            let help = near.map_or_else(
                || "name an operation of this document".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let problem = format!("the link leads to `{name}`, and there is no such operation");
            self.report(Diagnostic::at(codes::BAD_LINK, id, problem).help(help));
            return;
        };
        self.judge_parameters(name, get("parameters"), target);
        if let Some(body) =
            get("requestBody").filter(|_| target.operation.get("requestBody").is_none())
        {
            let problem = format!("the link gives a body to `{name}`, which takes none");
            self.report(
                Diagnostic::at(codes::BAD_LINK, body, problem)
                    .related(target.operation.span, "the operation")
                    .help("remove `requestBody`"),
            );
        }
    }

    fn judge_parameters(&self, name: &str, given: Option<&'d Node>, target: &Target<'d>) {
        let Some(given) = given.and_then(|given| self.object_of(given, "parameters")) else {
            return;
        };
        let declared = self.declared(target);
        for (key, member) in given {
            let names_it = |(place, wire): &(&str, &str)| {
                key == wire || key.split_once('.') == Some((*place, *wire))
            };
            if declared.iter().any(names_it) {
                continue;
            }
            let near = nearest(key, declared.iter().map(|(_, wire)| *wire));
            let help = near.map_or_else(
                || "remove it, or declare it there".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let problem =
                format!("the link gives `{key}` to `{name}`, which has no such parameter");
            self.report(
                Diagnostic::at_key(codes::BAD_LINK, member, problem)
                    .related(target.operation.span, "the operation")
                    .help(help),
            );
        }
    }

    /// Place and name of the parameters that an operation declares. What is wrong with them is said elsewhere.
    fn declared(&self, target: &Target<'d>) -> Vec<(&'d str, &'d str)> {
        let lists = [target.item, target.operation].map(|node| node.get("parameters"));
        let nodes = lists
            .into_iter()
            .flatten()
            .filter_map(Node::as_array)
            .flatten();
        nodes
            .filter_map(|node| {
                let parameter = follow(self.document, node).ok()?;
                let text = |key: &str| parameter.get(key).and_then(Node::as_str);
                Some((text("in")?, text("name")?))
            })
            .collect()
    }

    /// Values that look like runtime expressions must be some.
    fn judge_values(&self, link: &'d Object) {
        let get = |key: &str| link.get(key).map(|member| &member.node);
        let parameters = get("parameters").and_then(Node::as_object);
        let values = parameters
            .into_iter()
            .flatten()
            .map(|(_, member)| &member.node);
        for value in values.chain(get("requestBody")) {
            let Some(text) = value.as_str().filter(|text| text.starts_with('$')) else {
                continue;
            };
            if !is_expression(text) {
                let problem = format!("`{text}` is not a runtime expression");
                self.report(
                    Diagnostic::at(codes::BAD_LINK, value, problem)
                        .help("write it like `$response.body#/data/id` or `$request.path.id`"),
                );
            }
        }
    }
}

/// The grammar of runtime expressions (OpenAPI 3.1, section 4.8.20.4).
fn is_expression(text: &str) -> bool {
    if matches!(text, "$url" | "$method" | "$statusCode") {
        return true;
    }
    let source = text
        .strip_prefix("$request.")
        .or_else(|| text.strip_prefix("$response."));
    let Some(source) = source else { return false };
    match source.split_once(['.', '#']) {
        None => source == "body",
        Some(("body", pointer)) => source.starts_with("body#") && pointer.starts_with('/'),
        Some(("header" | "query" | "path", name)) => !source.contains('#') && !name.is_empty(),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_expression;

    #[test]
    fn runtime_expressions_are_told_from_typos() {
        for right in [
            "$url",
            "$statusCode",
            "$response.body",
            "$response.body#/data/0/id",
            "$request.path.id",
            "$response.header.Location",
        ] {
            assert!(is_expression(right), "{right}");
        }
        for wrong in [
            "$",
            "$response",
            "$response.body.data",
            "$response.body#data",
            "$response.bdy#/data",
            "$request.path.",
            "$answer.body",
        ] {
            assert!(!is_expression(wrong), "{wrong}");
        }
    }
}
