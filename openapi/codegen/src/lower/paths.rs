//! Path templates and path items.

use std::collections::HashMap;

use super::Lowering;
use super::RefKind;
use super::keywords::PATH_ITEM;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Location, Method, Parameter, Path, Segment};
use crate::resolve;
use crate::tree::{Member, Node};

impl<'d> Lowering<'d> {
    /// Every operation of the document.
    pub(super) fn paths(&mut self, root: &'d Node) {
        let Some(node) = root.get("paths") else {
            // 3.1 allows a document of nothing but components; there is nothing to generate then.
            self.missing(root, "paths", "the document");
            return;
        };
        let Some(paths) = self.object_of(node, "paths") else {
            return;
        };
        let mut shapes: HashMap<String, (&'d str, &'d Member)> = HashMap::new();
        let mut ids: HashMap<&'d str, &'d Node> = HashMap::new();
        for (template, member) in paths {
            if template.starts_with("x-") {
                self.keyword_of_map(template, member, PATH_ITEM);
                continue;
            }
            let path = self.path(template, member);
            if let Some(path) = &path {
                let shape = shape(path);
                match shapes.get(&shape) {
                    Some((other, first)) => self.same_path(template, member, other, first),
                    None => {
                        shapes.insert(shape, (template, member));
                    }
                }
            }
            self.path_item(path.as_ref(), &member.node, &mut ids);
        }
    }

    fn path_item(
        &mut self,
        path: Option<&Path>,
        node: &'d Node,
        ids: &mut HashMap<&'d str, &'d Node>,
    ) {
        let Some(found) = self.deref(node, RefKind::PathItem) else {
            return;
        };
        let Some(object) = self.object(found.node, PATH_ITEM) else {
            return;
        };
        for method in Method::ALL {
            let Some(member) = object.get(method.key()) else {
                continue;
            };
            let id = member.node.get("operationId");
            if let Some((text, id)) = id.and_then(|id| Some((id.as_str()?, id))) {
                match ids.get(text) {
                    Some(first) => self.report(
                        Diagnostic::at(
                            codes::DUPLICATE_OPERATION_ID,
                            id,
                            format!("the operationId `{text}` is used twice"),
                        )
                        .related(first.span, "the first one")
                        .help("give each operation a name of its own"),
                    ),
                    None => {
                        ids.insert(text, id);
                    }
                }
            }
            self.operation(method, path, found.node, &member.node);
        }
    }

    fn same_path(&self, template: &str, member: &Member, other: &str, first: &Member) {
        self.report(
            Diagnostic::at_key(
                codes::SAME_PATH,
                member,
                format!("`{template}` matches the same requests as `{other}`"),
            )
            .related(first.key, "the other one")
            .help("join the two into one path item"),
        );
    }

    fn path(&self, template: &'d str, member: &'d Member) -> Option<Path> {
        let bad = |what: &str, help: &str| {
            self.report(
                Diagnostic::at_key(
                    codes::BAD_PATH,
                    member,
                    format!("the path `{template}` {what}"),
                )
                .help(help),
            );
        };
        let Some(rest) = template.strip_prefix('/') else {
            bad("does not begin with a slash", "write `/` in front");
            return None;
        };
        if template.contains(['?', '#']) {
            bad(
                "holds a query or fragment",
                "declare query parameters under `parameters`",
            );
            return None;
        }
        let mut segments: Vec<Segment> = Vec::new();
        for text in rest.split('/').filter(|_| !rest.is_empty()) {
            let name = text
                .strip_prefix('{')
                .and_then(|text| text.strip_suffix('}'));
            match name {
                Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
                    if segments.contains(&Segment::Parameter(name.to_owned())) {
                        bad(
                            &format!("has the parameter `{name}` twice"),
                            "give each its own name",
                        );
                        return None;
                    }
                    segments.push(Segment::Parameter(name.to_owned()));
                }
                _ if text.contains(['{', '}']) => {
                    bad(
                        "has a parameter that is only a part of a segment",
                        "let a parameter be a whole segment: `/{name}/`",
                    );
                    return None;
                }
                _ if text.is_empty() => {
                    bad("has an empty segment", "remove the slash that is too many");
                    return None;
                }
                _ => {
                    let Ok(text) = resolve::percent_decode(text) else {
                        bad("holds a bad percent escape", "write `%` as `%25`");
                        return None;
                    };
                    segments.push(Segment::Literal(text));
                }
            }
        }
        Some(Path {
            template: template.to_owned(),
            segments,
        })
    }

    /// Compares the parameters of a template with the declared ones.
    pub(super) fn path_parameters(&self, path: &Path, declared: &[Parameter], operation: &Node) {
        let in_path = |parameter: &&Parameter| parameter.location == Location::Path;
        for segment in &path.segments {
            let Segment::Parameter(name) = segment else {
                continue;
            };
            if !declared
                .iter()
                .filter(in_path)
                .any(|parameter| parameter.wire == *name)
            {
                self.report(
                    Diagnostic::at(codes::PATH_PARAMETERS, operation, format!("the path parameter `{name}` is not declared"))
                        .label(format!("`{}` has it", path.template))
                        .help(format!("declare it under `parameters`: `{{name: {name}, in: path, required: true, schema: …}}`")),
                );
            }
        }
        for parameter in declared.iter().filter(in_path) {
            if !path
                .segments
                .contains(&Segment::Parameter(parameter.wire.clone()))
            {
                self.report(
                    self.diagnostic_at(
                        codes::PATH_PARAMETERS,
                        &parameter.place,
                        format!(
                            "the path `{}` has no parameter `{}`",
                            path.template, parameter.wire
                        ),
                    )
                    .related(operation.span, "used by this operation")
                    .help("correct the name, or remove the declaration"),
                );
            }
        }
    }
}

/// The path with its parameters made nameless: what it matches.
fn shape(path: &Path) -> String {
    let mut out = String::new();
    for segment in &path.segments {
        out.push('/');
        match segment {
            Segment::Literal(text) => out.push_str(text),
            // No literal holds a slash, so this cannot be confused with one.
            Segment::Parameter(_) => out.push_str("{}"),
        }
    }
    out
}
