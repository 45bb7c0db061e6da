//! `$ref` between components, with the kind of thing that is expected there.

use super::Lowering;
use crate::diagnostics::{Diagnostic, codes};
use crate::resolve;
use crate::tree::{Node, Object};

/// What a `$ref` must lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefKind {
    Schema,
    Response,
    Parameter,
    Example,
    RequestBody,
    Header,
    SecurityScheme,
    Link,
    PathItem,
}

impl RefKind {
    /// The key under `components`.
    pub(crate) fn section(self) -> &'static str {
        match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::PathItem => "pathItems",
        }
    }
}

/// Something that may have been written in place or referred to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'d> {
    /// The thing itself.
    pub node: &'d Node,
    /// Its key under `components`, when a `$ref` led to one.
    pub component: Option<&'d str>,
}

impl<'d> Lowering<'d> {
    /// The target of the `$ref` that `node` has; a problem is reported when there is none.
    pub(super) fn target(&self, node: &'d Node, kind: RefKind) -> Option<&'d Node> {
        // Schemas may have siblings at every step, so they are followed one at a time.
        let found = match kind {
            RefKind::Schema => {
                if let Err(problem) = resolve::follow(self.document, node) {
                    self.report(*problem);
                    return None;
                }
                resolve::step(self.document, node)
            }
            _ => resolve::follow(self.document, node).map(Some),
        };
        let target = match found {
            Ok(target) => target?,
            Err(problem) => {
                self.report(*problem);
                return None;
            }
        };
        let section = component(target).map(|(section, _)| section);
        if let Some(section) = section.filter(|section| *section != kind.section()) {
            let reference = node.get("$ref").unwrap_or(node);
            self.report(
                Diagnostic::at(
                    codes::WRONG_REF,
                    reference,
                    format!(
                        "a reference to `{section}` where one to `{}` is needed",
                        kind.section()
                    ),
                )
                .related(target.span, "it leads here")
                .help(format!("refer to \"#/components/{}/…\"", kind.section())),
            );
            return None;
        }
        Some(target)
    }

    /// The thing at `node`, through its `$ref` if it has one.
    pub(super) fn deref(&self, node: &'d Node, kind: RefKind) -> Option<Found<'d>> {
        let Some(object) = node
            .as_object()
            .filter(|object| object.contains_key("$ref"))
        else {
            return Some(Found {
                node,
                component: None,
            });
        };
        self.refuse_siblings(
            object,
            if self.is_31 {
                &["summary", "description"]
            } else {
                &[]
            },
        );
        let target = self.target(node, kind)?;
        Some(Found {
            node: target,
            component: component(target).map(|(_, key)| key),
        })
    }

    /// Refuses what stands beside a `$ref` and would be ignored there.
    pub(super) fn refuse_siblings(&self, object: &Object, allowed: &[&str]) {
        for (key, member) in object {
            if key == "$ref" || allowed.contains(&key.as_str()) {
                continue;
            }
            self.report(
                Diagnostic::at_key(
                    codes::REF_SIBLINGS,
                    member,
                    format!("`{key}` beside `$ref` is ignored"),
                )
                .note("a reference stands for its target and nothing else")
                .help("remove it, change the target, or for schemas write `allOf: [{$ref: …}]`"),
            );
        }
    }
}

/// Section and key of a component, by where it stands. Keys with escapes are rare enough to be
/// named by what stands in the pointer.
fn component(node: &Node) -> Option<(&str, &str)> {
    let (section, key) = node.pointer.strip_prefix("/components/")?.split_once('/')?;
    (!key.contains('/')).then_some((section, key))
}
