//! Which operation comes when: what makes things before what needs them, what ends things last.

use std::sync::Arc;

use crate::{
    api::{Api, Location, Operation},
    case::Phase,
    config::Settings,
};

/// Words in names of operations that end a session or take rights away.
const REVOKING: [&str; 12] = [
    "logout",
    "signout",
    "logoff",
    "revoke",
    "password",
    "deactivate",
    "disable",
    "suspend",
    "session",
    "terminate",
    "rotate",
    "reset",
];
/// Properties by which the usual caller could lock itself out.
const RIGHTS: [&str; 6] = [
    "role",
    "roles",
    "disabled",
    "enabled",
    "active",
    "permissions",
];

/// The operations in groups: all cases of a group are answered before the next one begins.
pub(in crate::phases) fn stages(
    api: &Api,
    settings: &Settings,
    phase: Phase,
) -> Vec<Vec<Arc<Operation>>> {
    let operations = api.operations.iter();
    let tested = operations.filter(|operation| settings.tests(operation, phase));
    let mut stages: Vec<Vec<Arc<Operation>>> = vec![Vec::new(); 6];
    for operation in tested {
        if let Some(stage) = stages.get_mut(stage(operation)) {
            stage.push(Arc::clone(operation));
        }
    }
    stages
}

fn stage(operation: &Operation) -> usize {
    let needs_ids = operation.parameters_in(Location::Path).next().is_some();
    let is_safe = matches!(
        operation.method.as_str(),
        "GET" | "HEAD" | "OPTIONS" | "QUERY"
    );
    match (is_safe, needs_ids) {
        _ if revokes(operation) => 5,
        _ if operation.method == "DELETE" => 4,
        (true, false) => 0,
        (false, false) => 1,
        (true, true) => 2,
        (false, true) => 3,
    }
}

/// Whether a success takes something away that later cases need.
pub(super) fn ends_something(operation: &Operation) -> bool {
    operation.method == "DELETE" || revokes(operation)
}

fn revokes(operation: &Operation) -> bool {
    if matches!(operation.method.as_str(), "GET" | "HEAD" | "OPTIONS") {
        return false;
    }
    let name = format!(
        "{} {}",
        operation.path,
        operation.id.as_deref().unwrap_or_default()
    );
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let is_named = REVOKING.iter().any(|word| plain.contains(word));
    let is_change = matches!(operation.method.as_str(), "PUT" | "PATCH");
    is_named || (is_change && sets_rights(operation))
}

fn sets_rights(operation: &Operation) -> bool {
    let media = operation.body.iter().flat_map(|body| body.media.values());
    let mut examples = media.flat_map(|media| &media.examples);
    examples.any(|example| RIGHTS.iter().any(|name| example.value.get(name).is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_something_comes_last() {
        let document = "
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /items:
    get: { responses: { '200': { description: Fine. } } }
    post: { responses: { '201': { description: Fine. } } }
  /items/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: Fine. } } }
    put: { responses: { '200': { description: Fine. } } }
    delete: { responses: { '204': { description: Fine. } } }
  /auth/log-out:
    post: { responses: { '204': { description: Fine. } } }
  /users/{id}:
    patch:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody: { content: { application/json: { schema: {}, example: { role: admin } } } }
      responses: { '200': { description: Fine. } }
";
        let api = Api::from_text("t.yaml", document).unwrap();
        let stages: Vec<_> = api
            .operations
            .iter()
            .map(|operation| stage(operation))
            .collect();
        assert_eq!(stages, [0, 1, 2, 3, 4, 5, 5]);
    }
}
