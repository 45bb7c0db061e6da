//! What standard OpenAPI cannot say and this family of documents says in extensions: laws that clients rely on.

use indexmap::IndexSet;
use openapi_codegen::tree::{Node, Value};

use super::{
    change::{Part, Places, Subject},
    operations::Pair,
    rules,
    schema::Comparison,
};
use crate::document::Document;

/// The extensions of an operation.
pub(super) fn compare(
    comparison: &mut Comparison<'_, '_>,
    pair: &Pair<'_>,
    whole: &Subject,
    places: &Places,
) {
    let (old, new) = (pair.old.node, pair.new.node);
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let mut say = |rule, detail: &str| {
        comparison.findings.add(rule, whole, places.clone(), detail);
    };

    let idempotency = (text(old, "x-idempotency"), text(new, "x-idempotency"));
    match (idempotency.0.as_deref(), idempotency.1.as_deref()) {
        (before, Some("required")) if before != Some("required") => {
            say(&rules::IDEMPOTENCY_REQUIRED, "");
        }
        (None, Some(_)) => say(&rules::IDEMPOTENCY_ADDED, ""),
        (Some(_), None) => say(&rules::IDEMPOTENCY_REMOVED, ""),
        _ => {}
    }

    let tiers = (text(old, "x-rate-limit"), text(new, "x-rate-limit"));
    if tiers.0 != tiers.1 {
        let name = |tier: Option<String>| tier.unwrap_or_else(|| "none".to_owned());
        let detail = format!("{} → {}", name(tiers.0), name(tiers.1));
        say(&rules::RATE_LIMIT_CHANGED, &detail);
    }

    let limit = |node: &Node| match &node.get("x-body-limit")?.value {
        Value::Number(number) => number.as_i64(),
        _ => None,
    };
    if let (Some(old), Some(new)) = (limit(old), limit(new))
        && old != new
    {
        let detail = format!("{old} → {new} bytes");
        let rule = if new < old {
            &rules::BODY_LIMIT_DECREASED
        } else {
            &rules::BODY_LIMIT_INCREASED
        };
        say(rule, &detail);
    }
}

/// The error codes of one status.
pub(super) fn error_codes(
    comparison: &mut Comparison<'_, '_>,
    subject: &Subject,
    places: &Places,
    old: &Node,
    new: &Node,
) {
    let codes = |node: &Node| -> Option<IndexSet<String>> {
        let codes = node.get("x-error-codes")?.as_array()?;
        Some(
            codes
                .iter()
                .filter_map(Node::as_str)
                .map(str::to_owned)
                .collect(),
        )
    };
    // Where one side lists none, everything was possible there and nothing can be said.
    let (Some(old), Some(new)) = (codes(old), codes(new)) else {
        return;
    };
    for code in new.difference(&old) {
        comparison
            .findings
            .add(&rules::ERROR_CODE_ADDED, subject, places.clone(), code);
    }
    for code in old.difference(&new) {
        comparison
            .findings
            .add(&rules::ERROR_CODE_REMOVED, subject, places.clone(), code);
    }
}

/// The state machines of named schemas.
pub(super) fn state_machines(comparison: &mut Comparison<'_, '_>) {
    let (old, new) = (comparison.old, comparison.new);
    for (name, before) in machines(old) {
        let Some((_, after)) = machines(new).into_iter().find(|(other, _)| *other == name) else {
            continue;
        };
        let (was, is) = (transitions(before), transitions(after));
        let subject = Subject {
            operation: String::new(),
            operation_id: None,
            part: Part::Document,
        };
        let places = comparison.places(Some(before), Some(after));
        for step in was.difference(&is) {
            let detail = format!("{name}: {step}");
            comparison.findings.add(
                &rules::TRANSITION_REMOVED,
                &subject,
                places.clone(),
                &detail,
            );
        }
        for step in is.difference(&was) {
            let detail = format!("{name}: {step}");
            comparison
                .findings
                .add(&rules::TRANSITION_ADDED, &subject, places.clone(), &detail);
        }
    }
}

fn machines(document: &Document) -> Vec<(&str, &Node)> {
    let schemas = document
        .root()
        .and_then(|root| root.get("components"))
        .and_then(|components| components.get("schemas"))
        .and_then(Node::as_object);
    schemas
        .into_iter()
        .flatten()
        .filter_map(|(name, member)| Some((name.as_str(), member.node.get("x-state-machine")?)))
        .collect()
}

/// Every `FROM → TO by whom`.
fn transitions(machine: &Node) -> IndexSet<String> {
    let listed = machine
        .get("transitions")
        .and_then(Node::as_array)
        .unwrap_or_default();
    let texts = |node: &Node| -> Vec<String> {
        match &node.value {
            Value::String(text) => vec![text.clone()],
            Value::Array(items) => items
                .iter()
                .filter_map(Node::as_str)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        }
    };
    let mut all = IndexSet::new();
    for transition in listed {
        let part = |key: &str| transition.get(key).map(texts).unwrap_or_default();
        for from in part("from") {
            for to in part("to") {
                for by in part("by") {
                    all.insert(format!("{from} → {to} by {by}"));
                }
            }
        }
    }
    all
}
