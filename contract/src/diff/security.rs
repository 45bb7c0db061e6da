//! Who may call: which credentials an operation takes, and what they must allow.
//!
//! An operation lists alternatives, of which one suffices; each names schemes, all of which are needed. Names under
//! `oauth2`, `openIdConnect` and `apiKey` schemes are scopes, all of which are needed; names under an `http` scheme
//! are roles, of which one suffices (OpenAPI 3.1 leaves both to the document).

use indexmap::{IndexMap, IndexSet};
use openapi_codegen::tree::Node;

use super::{
    change::{Part, Places, Subject},
    operations::Pair,
    rules,
    schema::Comparison,
};
use crate::document::Document;

/// One alternative: scheme → names.
type Requirement<'d> = IndexMap<&'d str, IndexSet<&'d str>>;

pub(super) fn compare(
    comparison: &mut Comparison<'_, '_>,
    pair: &Pair<'_>,
    whole: &Subject,
    places: &Places,
) {
    let old = requirements(comparison.old, pair.old.node);
    let new = requirements(comparison.new, pair.new.node);
    let new_document = comparison.new;
    let versions = (comparison.old.is_3_0(), new_document.is_3_0());
    let mut say = |rule, detail: &str| {
        comparison.findings.add(rule, whole, places.clone(), detail);
    };
    match (is_open(&old), is_open(&new)) {
        (true, true) => return,
        (true, false) => return say(&rules::SECURITY_ADDED, &written(&new)),
        (false, true) => return say(&rules::SECURITY_REMOVED, &written(&old)),
        (false, false) => {}
    }
    for before in &old {
        let accepted =
            |after: &&Requirement<'_>| after.keys().all(|scheme| before.contains_key(scheme));
        let Some(after) = new.iter().find(accepted) else {
            say(
                &rules::SECURITY_ADDED,
                &format!("{} suffices no more", written(std::slice::from_ref(before))),
            );
            continue;
        };
        for (scheme, names) in after {
            // 3.0 knows names under oauth2 and openIdConnect only, so their absence elsewhere says nothing.
            if says_nothing(versions, new_document, scheme) {
                continue;
            }
            let known = before.get(scheme).cloned().unwrap_or_default();
            let gone: Vec<&str> = known.difference(names).copied().collect();
            let come: Vec<&str> = names.difference(&known).copied().collect();
            // Of roles one suffices: losing one shuts somebody out, the first one shuts most out.
            let is_role = is_role_scheme(new_document, scheme);
            let (more, less) = if is_role {
                let first = known.is_empty() && !come.is_empty();
                if first { (come, gone) } else { (gone, come) }
            } else {
                (come, gone)
            };
            if !more.is_empty() {
                let detail = format!("{scheme}: {}", more.join(", "));
                say(&rules::SCOPE_ADDED, &detail);
            }
            if !less.is_empty() {
                let detail = format!("{scheme}: {}", less.join(", "));
                say(&rules::SCOPE_REMOVED, &detail);
            }
        }
    }
    for after in &new {
        let is_new = !old
            .iter()
            .any(|before| after.keys().all(|scheme| before.contains_key(scheme)));
        if is_new {
            say(
                &rules::SECURITY_REMOVED,
                &format!("{} suffices as well", written(std::slice::from_ref(after))),
            );
        }
    }
}

/// How credentials are presented.
pub(super) fn schemes(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (comparison.old, comparison.new);
    let after = listed_schemes(new);
    for (name, was) in listed_schemes(old) {
        let Some((_, is)) = after.iter().find(|(other, _)| *other == name) else {
            continue;
        };
        let (was, is) = (old.resolve(was), new.resolve(is));
        for key in ["type", "in", "name", "scheme"] {
            let text = |node: &Node| {
                node.get(key)
                    .and_then(Node::as_str)
                    .map(str::to_ascii_lowercase)
            };
            if text(was) != text(is) {
                let subject = Subject {
                    operation: String::new(),
                    operation_id: None,
                    part: Part::Document,
                };
                let places = comparison.places(Some(was), Some(is));
                let detail = format!(
                    "{name}, `{key}`: {} → {}",
                    text(was).unwrap_or_default(),
                    text(is).unwrap_or_default()
                );
                comparison
                    .findings
                    .add(&rules::SCHEME_CHANGED, &subject, places, &detail);
            }
        }
    }
}

fn listed_schemes(document: &Document) -> Vec<(&str, &Node)> {
    let schemes = document
        .root()
        .and_then(|root| root.get("components"))
        .and_then(|components| components.get("securitySchemes"))
        .and_then(Node::as_object);
    schemes
        .into_iter()
        .flatten()
        .map(|(name, member)| (name.as_str(), &member.node))
        .collect()
}

fn requirements<'d>(document: &'d Document, operation: &'d Node) -> Vec<Requirement<'d>> {
    let whole = document.root().and_then(|root| root.get("security"));
    let listed = operation.get("security").or(whole);
    let listed = listed.and_then(Node::as_array).unwrap_or_default();
    listed
        .iter()
        .filter_map(Node::as_object)
        .map(|requirement| {
            requirement
                .iter()
                .map(|(scheme, member)| {
                    let names = member.node.as_array().unwrap_or_default();
                    (
                        scheme.as_str(),
                        names.iter().filter_map(Node::as_str).collect(),
                    )
                })
                .collect()
        })
        .collect()
}

/// Whether nobody has to say who they are.
fn is_open(requirements: &[Requirement<'_>]) -> bool {
    requirements.is_empty() || requirements.iter().any(IndexMap::is_empty)
}

fn says_nothing((old, new): (bool, bool), document: &Document, scheme: &str) -> bool {
    old != new
        && !matches!(
            scheme_type(document, scheme),
            Some("oauth2" | "openIdConnect")
        )
}

fn is_role_scheme(document: &Document, scheme: &str) -> bool {
    scheme_type(document, scheme) == Some("http")
}

fn scheme_type<'d>(document: &'d Document, scheme: &str) -> Option<&'d str> {
    let node = document
        .root()
        .and_then(|root| root.get("components"))
        .and_then(|components| components.get("securitySchemes"))
        .and_then(|schemes| schemes.get(scheme));
    node.map(|node| document.resolve(node))
        .and_then(|node| node.get("type"))
        .and_then(Node::as_str)
}

fn written(requirements: &[Requirement<'_>]) -> String {
    let alternatives: Vec<String> = requirements
        .iter()
        .map(|requirement| {
            requirement
                .keys()
                .copied()
                .collect::<Vec<_>>()
                .join(" and ")
        })
        .collect();
    alternatives.join(" or ")
}
