//! One operation.

use super::Lowering;
use super::keywords::OPERATION;
use crate::diagnostics::{Diagnostic, codes};
use crate::ir::{Doc, Ident, Location, Method, Operation, Parameter, Path};
use crate::names;
use crate::tree::{Node, Object};

impl<'d> Lowering<'d> {
    /// The operation at `node`.
    pub(super) fn operation(
        &mut self,
        method: Method,
        path: Option<&Path>,
        item: &'d Node,
        node: &'d Node,
    ) {
        let Some(object) = self.object(node, OPERATION) else {
            return;
        };
        let get = |key: &str| object.get(key).map(|member| &member.node);
        let id = self.operation_id(node, object);
        if id
            .as_ref()
            .is_some_and(|id| self.options.skip.contains(*id))
        {
            return;
        }
        // Without an id there is no code, but everything else is still looked at.
        let named = id.unwrap_or("operation");
        let tag = self.tag(node, get("tags"));
        self.external_docs(get("externalDocs"));
        let security = self.security(node);
        let declared = self.parameters(item, node, named);
        if let Some(path) = path {
            self.path_parameters(path, &declared, node);
        }
        let (runtime_parameters, mut parameters): (Vec<_>, Vec<_>) =
            declared.into_iter().partition(Self::is_runtime);
        self.distinct_parameters(&mut parameters);
        let body = get("requestBody").and_then(|body| self.request_body(body, method, named));
        let cache = self.cache(node, method);
        let Some(responses) = get("responses") else {
            self.missing(node, "responses", "an operation");
            return;
        };
        let answers = self.answers(responses, named, cache.as_ref());
        for reply in &answers.typed_errors {
            if let Some(case) = answers
                .errors
                .iter()
                .find(|case| case.variant == reply.variant)
            {
                self.collision(
                    &reply.place,
                    &case.place,
                    "response",
                    reply.variant.as_str(),
                );
            }
        }
        self.not_found_codes(&parameters, &answers.errors);
        let idempotency = self.idempotency(node, method, &runtime_parameters);
        let rate_limit = self.rate_limit(node);
        let body_limit_bytes = self.body_limit(node, get("requestBody").is_some());
        let timeout = self.timeout(node);
        let doc = Doc {
            summary: self.text(get("summary")).map(str::to_owned),
            description: self.text(get("description")).map(str::to_owned),
        };
        let deprecated = self.flag(get("deprecated")).is_some();
        let (Some(id), Some(tag), Some(path)) = (id, tag, path) else {
            return;
        };
        let (Some(name), Some(base)) = (names::field_name(id), names::type_name(id)) else {
            self.no_name(node, "operationId", id);
            return;
        };
        let type_called = |suffix: &str| names::type_ident(&format!("{base}{suffix}"));
        self.operations.push(Operation {
            id: id.to_owned(),
            name,
            request_type: type_called("Request"),
            ok_type: type_called("Ok"),
            error_type: type_called("Error"),
            method,
            path: path.clone(),
            tag: tag.to_owned(),
            doc,
            deprecated,
            parameters,
            runtime_parameters,
            body,
            replies: answers.replies,
            not_modified: answers.not_modified,
            errors: answers.errors,
            typed_errors: answers.typed_errors,
            security,
            rate_limit,
            idempotency,
            cache,
            body_limit_bytes,
            timeout,
            place: self.place(node),
        });
    }

    fn operation_id(&self, node: &'d Node, object: &'d Object) -> Option<&'d str> {
        let Some(member) = object.get("operationId") else {
            self.missing(node, "operationId", "an operation");
            return None;
        };
        let id = self.text(Some(&member.node))?;
        let place = self.place(&member.node);
        let ident = names::field_name(id);
        let same_name = self
            .operations
            .iter()
            .find(|known| known.id != id && Some(&known.name) == ident.as_ref());
        if let Some(known) = same_name {
            self.collision(&place, &known.place, "operationId", known.name.as_str());
        }
        Some(id)
    }

    fn tag(&self, operation: &'d Node, tags: Option<&'d Node>) -> Option<&'d str> {
        let list = tags.and_then(Node::as_array).unwrap_or_default();
        let [tag] = list else {
            self.report(
                Diagnostic::at(
                    codes::ONE_TAG,
                    tags.unwrap_or(operation),
                    format!("this operation has {} tags", list.len()),
                )
                .note("the tag decides which trait and file the operation belongs to")
                .help("write exactly one: `tags: [Name]`"),
            );
            return None;
        };
        self.text(Some(tag))
    }

    /// Reports parameters that would share a field name. The names of the struct's own fields are
    /// taken from the start.
    fn distinct_parameters(&self, parameters: &mut Vec<Parameter>) {
        let mut seen: Vec<(Ident, crate::ir::Place)> = Vec::new();
        parameters.retain_mut(|parameter| {
            if matches!(parameter.ident.as_str(), "body" | "idempotency") {
                parameter.ident = Ident::from_valid(format!(
                    "{}_{}",
                    parameter.location.as_str(),
                    parameter.ident
                ));
            }
            if let Some((_, place)) = seen.iter().find(|(ident, _)| *ident == parameter.ident) {
                self.collision(
                    &parameter.place,
                    place,
                    "parameter",
                    parameter.ident.as_str(),
                );
                return false;
            }
            seen.push((parameter.ident.clone(), parameter.place.clone()));
            true
        });
    }

    fn not_found_codes(&self, parameters: &[Parameter], errors: &[crate::ir::ErrorCase]) {
        for parameter in parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
        {
            let Some(code) = &parameter.not_found_code else {
                continue;
            };
            if !errors
                .iter()
                .any(|case| case.status == 404 && case.code == *code)
            {
                self.report(
                    self.diagnostic_at(
                        codes::UNKNOWN_ERROR_CODE,
                        &parameter.place,
                        format!(
                            "`x-not-found-code: {code}` is not among the 404 codes of the operation"
                        ),
                    )
                    .help(format!(
                        "declare a response '404' with `x-error-codes: [{code}]`"
                    )),
                );
            }
        }
    }
}
