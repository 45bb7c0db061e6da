//! The file of principals, and the secrets of the configuration.

use std::path::Path;

use indexmap::{IndexMap, IndexSet};
use openapi_codegen::tree::Node;
use serde_json::Value;

use super::{Principal, SignIn};
use crate::{
    api::Api,
    config::Secret,
    document::Place,
    expression::Expression,
    script::{
        Environment, Reader, Scope, Step, Template,
        source::{Notes, Source},
    },
};

const KEYS: [&str; 6] = ["account", "oversees", "holds", "let", "steps", "secrets"];

/// The caller of the configuration's `auth`.
pub(super) fn usual(secrets: &IndexMap<String, Secret>, api: &Api) -> Result<Principal, String> {
    let mut usual = Principal::default();
    let mut sign_in = SignIn::default();
    for (scheme, secret) in secrets {
        match secret {
            Secret::Fixed(secret) => {
                usual.secrets.insert(scheme.clone(), secret.clone());
            }
            Secret::Fetched {
                method,
                path,
                payload,
                pointer,
            } => {
                let step = fetching(scheme, (method, path), payload, pointer, api)?;
                let secret = Template::captured(scheme);
                sign_in.steps.push(step);
                sign_in.secrets.insert(scheme.clone(), secret);
            }
        }
    }
    if !sign_in.steps.is_empty() {
        usual.sign_in = Some(sign_in);
    }
    Ok(usual)
}

/// The request of `auth.dynamic`. Its path need not be one of the document.
fn fetching(
    scheme: &str,
    (method, path): (&str, &str),
    payload: &IndexMap<String, String>,
    pointer: &str,
    api: &Api,
) -> Result<Step, String> {
    let place = Place {
        file: format!("auth.dynamic.openapi.{scheme}"),
        line: 1,
    };
    let expression = Expression::parse(&format!("$response.body#{pointer}"))
        .map_err(|problem| format!("auth.dynamic.openapi.{scheme}.extract_selector: {problem}"))?;
    let members = payload
        .iter()
        .map(|(name, value)| (name.clone(), Value::from(value.as_str())));
    let body = Template::Plain(Value::Object(members.collect()));
    Ok(Step::fetching(
        api,
        (method, path),
        ("application/json", body),
        (scheme, expression),
        place,
    ))
}

/// Everybody in a file.
pub(super) fn file(
    path: &Path,
    api: &Api,
    environment: Environment<'_>,
) -> Result<IndexMap<String, Principal>, String> {
    let mut source = Source::read(path);
    let known = principals(&mut source, api, environment);
    if source.problems.is_empty() {
        Ok(known)
    } else {
        Err(source.problems.join("\n"))
    }
}

fn principals(
    source: &mut Source,
    api: &Api,
    environment: Environment<'_>,
) -> IndexMap<String, Principal> {
    let (root, mut notes) = source.open();
    let Some(root) = root else {
        return IndexMap::new();
    };
    let members = notes.members(root, "a file of principals", &["principals"]);
    let Some((_, node)) = members.first() else {
        notes.problem(root, "there are no `principals`");
        return IndexMap::new();
    };
    let listed = notes.entries(node, "`principals`");
    let names: IndexSet<String> = listed.iter().map(|(name, _)| (*name).to_owned()).collect();
    let reader = Reader {
        api,
        principals: &names,
        environment,
    };
    // Steps of one may use what those of another gave.
    let mut scope = Scope::default();
    for (name, member) in &listed {
        for given in given(&member.node) {
            scope.add(format!("{name}.{given}"));
        }
    }
    listed
        .iter()
        .map(|(name, member)| {
            let principal = principal(&member.node, reader, &scope, &mut notes);
            ((*name).to_owned(), principal)
        })
        .collect()
}

/// The names of values that a principal or a resource gives: of `let`, and what its steps capture.
pub(crate) fn given(node: &Node) -> Vec<String> {
    let names = |node: Option<&Node>| {
        let members = node.and_then(Node::as_object);
        let names = members
            .into_iter()
            .flat_map(|members| members.keys().cloned());
        names.collect::<Vec<_>>()
    };
    let mut given = names(node.get("let"));
    let steps = node.get("steps").and_then(Node::as_array);
    for step in steps.unwrap_or_default() {
        given.extend(names(step.get("capture")));
    }
    given
}

fn principal(node: &Node, reader: Reader<'_>, scope: &Scope, notes: &mut Notes<'_>) -> Principal {
    let mut scope = scope.clone();
    let mut principal = Principal::default();
    let mut sign_in = SignIn::default();
    let members = notes.members(node, "a principal", &KEYS);
    // What gives values is read before what uses them, however the file orders it.
    let of = |wanted: &str| members.iter().find(|(name, _)| *name == wanted);
    if let Some((_, node)) = of("let") {
        sign_in.values = reader.values(node, &mut scope, notes);
    }
    if let Some((_, node)) = of("steps") {
        sign_in.steps = reader.steps(node, &mut scope, true, notes);
    }
    if let Some((_, node)) = of("account") {
        principal.account = notes.text(node, "`account`");
    }
    if let Some((_, node)) = of("oversees") {
        principal.oversees = notes.flag(node, "`oversees`");
    }
    if let Some((_, node)) = of("holds") {
        for (scheme, member) in notes.entries(node, "`holds`") {
            is_scheme(reader.api, scheme, &member.node, notes);
            let items = notes
                .items(&member.node, "what is held under a scheme")
                .iter();
            let names = items
                .filter_map(|item| notes.text(item, "a role or scope"))
                .collect();
            principal.holds.insert(scheme.to_owned(), names);
        }
    }
    match of("secrets") {
        Some((_, node)) => {
            for (scheme, member) in notes.entries(node, "`secrets`") {
                is_scheme(reader.api, scheme, &member.node, notes);
                let secret = reader.template(&member.node, &scope, notes);
                sign_in.secrets.insert(scheme.to_owned(), secret);
            }
        }
        None => notes.problem(node, "a principal needs `secrets`, by security scheme"),
    }
    if sign_in.steps.is_empty() && sign_in.values.is_empty() {
        let fixed = std::mem::take(&mut sign_in.secrets);
        for (scheme, secret) in fixed {
            if let Template::Plain(secret) = secret {
                let secret = crate::expression::text_of(&secret);
                principal.secrets.insert(scheme, secret);
            } else {
                sign_in.secrets.insert(scheme, secret);
            }
        }
    }
    if !sign_in.secrets.is_empty() {
        principal.sign_in = Some(sign_in);
    }
    principal
}

fn is_scheme(api: &Api, scheme: &str, node: &Node, notes: &mut Notes<'_>) {
    if !api.schemes.contains_key(scheme) {
        let known: Vec<_> = api.schemes.keys().map(String::as_str).collect();
        notes.problem(
            node,
            format!(
                "the document has no security scheme `{scheme}`; it has {}",
                known.join(", ")
            ),
        );
    }
}
