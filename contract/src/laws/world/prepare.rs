//! Requests that should succeed, made of what the document, the configuration and the fixtures give.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{World, schema, text};
use crate::{
    api::{Location, Operation, Parameter},
    case::{Case, Content, Payload, Phase},
    fixtures::Resource,
    laws::{
        candidate::{self, Candidate},
        idempotency,
        trial::{Outcome, untried},
        values,
    },
};

impl World<'_> {
    /// A request about a thing that is there already, with the body that succeeded before or the first example.
    pub(in crate::laws) fn on(
        &self,
        operation: &Arc<Operation>,
        path: &IndexMap<String, String>,
        who: Option<&str>,
    ) -> Outcome<Case> {
        let mut case = self.run.case(operation, Phase::Laws);
        case.credentials = self.credentials(who, operation);
        for parameter in &operation.parameters {
            if parameter.location == Location::Path {
                let value = path.get(&parameter.name).or_else(|| path.values().last());
                let value = value.cloned().unwrap_or_default();
                case.path.insert(parameter.name.clone(), value);
            } else if parameter.is_required && case.header(&parameter.name).is_none() {
                self.fill(&mut case, operation, parameter)?;
            }
        }
        let candidate = self
            .known(operation)
            .or_else(|| candidate::all(self.run, operation).into_iter().next());
        if let Some(candidate) = candidate
            && let Some(body) = candidate.body
        {
            case.body = Some(Payload {
                media_type: candidate.media_type,
                content: Content::Json(body),
            });
        }
        Ok(case)
    }

    /// A request by a candidate, on resources that are made for it.
    pub(super) async fn prepared(
        &self,
        operation: &Arc<Operation>,
        candidate: &Candidate,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<Case> {
        let mut case = self.run.case(operation, Phase::Laws);
        case.credentials = self.credentials(who, operation);
        self.fill_path(&mut case, who).await?;
        for parameter in &operation.parameters {
            if parameter.location == Location::Path {
                if case.path.contains_key(&parameter.name) {
                    continue;
                }
                let id = self.resource(operation, parameter, who, depth).await?;
                case.path.insert(parameter.name.clone(), id);
            } else if parameter.is_required && case.header(&parameter.name).is_none() {
                self.fill(&mut case, operation, parameter)?;
            }
        }
        if let Some(body) = &candidate.body {
            let mut body = self.with_ids(body, who, depth).await?;
            if candidate.is_fresh {
                body = values::freshened(&body, schema(operation), &self.token());
            }
            case.body = Some(Payload {
                media_type: candidate.media_type.clone(),
                content: Content::Json(body),
            });
        }
        Ok(case)
    }

    /// The path of a request from what a team wrote down about it.
    async fn fill_path(&self, case: &mut Case, who: Option<&str>) -> Outcome {
        let run = self.run;
        let fixtures = &run.fixtures;
        let fits = |resource: &&Resource| {
            let mut names = case.operation.parameters_in(Location::Path).peekable();
            names.peek().is_some()
                && resource.suits.is_empty()
                && names.all(|parameter| resource.provides.contains_key(&parameter.name))
        };
        let general = || fixtures.resources.values().find(fits);
        let Some(resource) = fixtures.resource_for(&case.operation).or_else(general) else {
            return Ok(());
        };
        let made = run
            .fixtures
            .make(run, Phase::Laws, &resource.name, who)
            .await?;
        let Some(made) = made else {
            return untried(format!("the fixture `{}` cannot be made", resource.name));
        };
        for parameter in case.operation.parameters_in(Location::Path) {
            if let Some(value) = made.parameters.get(&parameter.name) {
                case.path.insert(parameter.name.clone(), value.clone());
            }
        }
        case.credentials = self.credentials(who.or(made.owner.as_deref()), &case.operation);
        Ok(())
    }

    /// A required parameter that is no part of the path.
    fn fill(&self, case: &mut Case, operation: &Operation, parameter: &Parameter) -> Outcome {
        let name = parameter.name.clone();
        let location = parameter.location;
        let text = if operation.is_key(parameter) || idempotency::is_key(&name) {
            self.token()
        } else {
            let configured = self
                .run
                .settings
                .parameter(operation, location.as_str(), &name);
            let example = parameter.examples.first().map(|example| &example.value);
            let default = parameter.schema.value.get("default");
            let given = configured.or(example).or(default).cloned();
            let made = || candidate::made(self.run, &parameter.schema);
            let Some(value) = given.or_else(made) else {
                return untried(format!(
                    "{} needs the {location} parameter `{name}`, and nothing says a value: give it an example",
                    operation.label
                ));
            };
            text(&value)
        };
        match location {
            Location::Query => case.query.push((name, text)),
            Location::Header => case.set_header(&name, text),
            _ => case.cookies.push((name, text)),
        }
        Ok(())
    }
}
