//! Reading the members of an object on the slow path, one violation for each thing that is wrong.

use std::borrow::Cow;

use super::Node;
use crate::rules::{self, Rule};
use crate::{Map, Patch, Reason, Violations};

/// An object of the body. Generated code asks it for every member before it gives up, so that all
/// violations are found.
#[derive(Debug, Clone, Copy)]
pub struct Object<'n, 'a> {
    members: &'n [(Cow<'a, str>, Node<'a>)],
}

impl<'n, 'a> Object<'n, 'a> {
    /// An object that has members of these names and no others.
    pub fn closed(node: &'n Node<'a>, names: &[&str], out: &mut Violations) -> Option<Self> {
        let object = Self::open(node, names, out)?;
        for (name, _) in object.members {
            if !names.contains(&name.as_ref()) {
                out.at(name, |out| out.add(Reason::UnknownField, "Unknown field"));
            }
        }
        Some(object)
    }

    /// An object that may have members of other names, which are not looked at.
    pub fn open(node: &'n Node<'a>, names: &[&str], out: &mut Violations) -> Option<Self> {
        let Node::Object(members) = node else {
            out.invalid_type("an object");
            return None;
        };
        for name in names {
            if members
                .iter()
                .filter(|(key, _)| key == name)
                .nth(1)
                .is_some()
            {
                out.at(name, |out| {
                    out.add(Reason::Duplicate, "Given more than once");
                });
            }
        }
        Some(Self { members })
    }

    /// A member that must be there.
    pub fn required<R: Rule>(
        &self,
        name: &str,
        rule: &R,
        out: &mut Violations,
    ) -> Option<R::Value> {
        out.at(name, |out| {
            let Some(node) = self.find(name) else {
                out.required();
                return None;
            };
            rule.node(node, out)
        })
    }

    /// A member that must be there and may be null.
    pub fn required_nullable<R: Rule>(
        &self,
        name: &str,
        rule: &R,
        out: &mut Violations,
    ) -> Option<Option<R::Value>> {
        out.at(name, |out| match self.find(name) {
            Some(Node::Null) => Some(None),
            Some(node) => rule.node(node, out).map(Some),
            None => {
                out.required();
                None
            }
        })
    }

    /// A member that may be left out, but is not null.
    pub fn optional<R: Rule>(
        &self,
        name: &str,
        rule: &R,
        out: &mut Violations,
    ) -> Option<Option<R::Value>> {
        match self.find(name) {
            Some(node) => out.at(name, |out| rule.node(node, out)).map(Some),
            None => Some(None),
        }
    }

    /// A member that may be left out and may be null; the two mean different things.
    pub fn patch<R: Rule>(
        &self,
        name: &str,
        rule: &R,
        out: &mut Violations,
    ) -> Option<Patch<R::Value>> {
        match self.find(name) {
            None => Some(Patch::Absent),
            Some(Node::Null) => Some(Patch::Null),
            Some(node) => out.at(name, |out| rule.node(node, out)).map(Patch::Value),
        }
    }

    /// A member with a default.
    pub fn with_default<R: Rule>(
        &self,
        name: &str,
        rule: &R,
        default: impl FnOnce() -> R::Value,
        out: &mut Violations,
    ) -> Option<R::Value> {
        match self.find(name) {
            Some(node) => out.at(name, |out| rule.node(node, out)),
            None => Some(default()),
        }
    }

    /// Every member of another name than these.
    pub fn rest<R: Rule>(
        &self,
        names: &[&str],
        rule: &R,
        out: &mut Violations,
    ) -> Option<Map<R::Value>> {
        let rest = self
            .members
            .iter()
            .filter(|(name, _)| !names.contains(&name.as_ref()));
        rules::entries(rest, rule, None, out)
    }

    /// Checks how many members there are.
    pub fn size(&self, min: usize, max: usize, out: &mut Violations) {
        rules::check_size(self.members.len(), min, max, out);
    }

    fn find(&self, name: &str) -> Option<&'n Node<'a>> {
        self.members
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, node)| node)
    }
}

/// Which variant of a union the node is: the value of its discriminator `name`, one of `values`.
pub fn tag(
    node: &Node<'_>,
    name: &str,
    values: &[&'static str],
    out: &mut Violations,
) -> Option<&'static str> {
    let Node::Object(members) = node else {
        out.invalid_type("an object");
        return None;
    };
    out.at(name, |out| {
        match members.iter().find(|(key, _)| key == name) {
            None => {
                out.required();
                None
            }
            Some((_, Node::Text(text))) => {
                let found = values
                    .iter()
                    .find(|value| **value == text.as_ref())
                    .copied();
                if found.is_none() {
                    out.not_in_enum(values);
                }
                found
            }
            Some(_) => {
                out.invalid_type("a string");
                None
            }
        }
    })
}

/// Notes that a node is of none of the types that a union takes.
pub fn no_variant<T>(_node: &Node<'_>, expected: &[&str], out: &mut Violations) -> Option<T> {
    let listed: Vec<String> = expected
        .iter()
        .map(|kind| match *kind {
            "null" => "null".to_owned(),
            kind if kind.starts_with(['a', 'i', 'o']) => format!("an {kind}"),
            kind => format!("a {kind}"),
        })
        .collect();
    out.invalid_type(&listed.join(" or "));
    None
}
