//! Where laws get requests that succeed and resources to try them on.
//!
//! A request is made of what the document and the configuration give. Ids come from what this run makes: the operation
//! that creates a thing is told by links, by the path before the parameter, or by the parameter's name.

mod producers;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    recipe::{self, Recipe},
    shape,
    trial::{Outcome, Trial, untried},
    values,
};
use crate::{
    api::{Location, Media, Operation, Parameter},
    case::{Case, Content, Credentials, Payload, Phase},
    checks::Check,
    exchange::Received,
    run::Run,
};

/// How many things are made for the sake of another one, one inside the other.
const DEPTH: usize = 4;

/// Makes requests for laws.
#[derive(Debug)]
pub(in crate::laws) struct World<'r> {
    pub(in crate::laws) run: &'r Run,
    begin: i64,
    count: AtomicU64,
    working: Mutex<HashMap<usize, Recipe>>,
}

impl<'r> World<'r> {
    pub(in crate::laws) fn new(run: &'r Run) -> Self {
        Self {
            run,
            begin: crate::run::now().as_microsecond(),
            count: AtomicU64::new(0),
            working: Mutex::default(),
        }
    }

    /// A text of small letters and digits that no run used before: keys are remembered by servers for a day.
    pub(in crate::laws) fn token(&self) -> String {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let mut rest = self.begin.unsigned_abs().wrapping_add(count);
        let mut token = String::new();
        while rest > 0 {
            let digit = u32::try_from(rest % 36).unwrap_or_default();
            token.insert(0, char::from_digit(digit, 36).unwrap_or('0'));
            rest /= 36;
        }
        token
    }

    /// Whether somebody may call an operation.
    pub(in crate::laws) fn may(&self, who: Option<&str>, operation: &Operation) -> bool {
        let principal = who.and_then(|name| self.run.principals.known.get(name));
        principal.is_some_and(|principal| principal.may(operation, &self.run.api.schemes))
    }

    /// Everybody who may call an operation, in order.
    pub(in crate::laws) fn callers(&self, operation: &Operation) -> Vec<String> {
        let known = self.run.principals.known.iter();
        let schemes = &self.run.api.schemes;
        let asks = !operation.security.is_empty();
        known
            .filter(|(_, principal)| asks && principal.may(operation, schemes))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// On whose behalf: the one who is asked for, if they may.
    pub(in crate::laws) fn credentials(
        &self,
        who: Option<&str>,
        operation: &Operation,
    ) -> Credentials {
        match who {
            Some(name) if self.may(who, operation) => Credentials::Of(name.to_owned()),
            _ => Credentials::Usual,
        }
    }

    /// Those who may call an operation, one for each account: a key calls for its owner.
    pub(in crate::laws) fn strangers(&self, operation: &Operation) -> Vec<String> {
        let principals = &self.run.principals;
        let mut accounts = HashSet::new();
        let mut callers = self.callers(operation);
        callers.retain(|name| accounts.insert(principals.account(name).to_owned()));
        callers
    }

    /// On whose behalf a request is sent.
    pub(in crate::laws) fn name_of(&self, case: &Case) -> Option<String> {
        if let Credentials::Of(name) = &case.credentials {
            return Some(name.clone());
        }
        let principals = &self.run.principals;
        let usual = principals.usual(&case.operation, &self.run.api.schemes);
        usual.map(|(name, _)| name.to_owned())
    }

    /// A request that should succeed: new each time, on resources made for it.
    pub(in crate::laws) async fn request(
        &self,
        operation: &Arc<Operation>,
        who: Option<&str>,
    ) -> Outcome<Case> {
        if self.known(operation).is_none() {
            self.make(operation, who, 0).await?;
        }
        let Some(recipe) = self.known(operation) else {
            return untried(format!("no request to {} is known", operation.label));
        };
        Box::pin(self.prepared(operation, &recipe, who, 0)).await
    }

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
        let recipe = self
            .known(operation)
            .or_else(|| recipe::all(self.run, operation).into_iter().next());
        if let Some(recipe) = recipe
            && let Some(body) = recipe.body
        {
            case.body = Some(Payload {
                media_type: recipe.media_type,
                content: Content::Json(body),
            });
        }
        Ok(case)
    }

    /// Carries out an operation that should succeed: its request and its answer.
    pub(in crate::laws) async fn made(
        &self,
        operation: &Arc<Operation>,
        who: Option<&str>,
    ) -> Outcome<(Case, Received)> {
        self.make(operation, who, 0).await
    }

    async fn make(
        &self,
        operation: &Arc<Operation>,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<(Case, Received)> {
        if depth > DEPTH {
            return untried(format!("making {} goes in circles", operation.label));
        }
        let known = self.known(operation);
        let recipes = known.map_or_else(|| recipe::all(self.run, operation), |known| vec![known]);
        let mut refusal = "no example says what to send".to_owned();
        for recipe in recipes {
            let case = Box::pin(self.prepared(operation, &recipe, who, depth)).await?;
            let received = self.sent(case.clone(), "set-up").await?;
            if received.is_success() {
                let mut working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
                working.insert(operation.index, recipe);
                return Ok((case, received));
            }
            refusal = format!(
                "it answered {} {}",
                received.status,
                shape::brief(&received.body)
            );
        }
        untried(format!(
            "no request to {} succeeds: {refusal}",
            operation.label
        ))
    }

    /// Sends a request that serves others.
    pub(in crate::laws) async fn sent(&self, case: Case, what: &str) -> Outcome<Received> {
        let operation = Arc::clone(&case.operation);
        let place = operation.place.clone();
        let mut trial = Trial::new(self.run, Check::Answered, &operation.label, place);
        let outcome = trial.send(case, what).await;
        trial.close(Ok(())).await?;
        outcome
    }

    fn known(&self, operation: &Operation) -> Option<Recipe> {
        let working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        working.get(&operation.index).cloned()
    }

    async fn prepared(
        &self,
        operation: &Arc<Operation>,
        recipe: &Recipe,
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
        if let Some(body) = &recipe.body {
            let mut body = self.with_ids(body, who, depth).await?;
            if recipe.is_fresh {
                body = values::freshened(&body, schema(operation), &self.token());
            }
            case.body = Some(Payload {
                media_type: recipe.media_type.clone(),
                content: Content::Json(body),
            });
        }
        Ok(case)
    }

    /// The path of a request from what a team wrote down about it.
    async fn fill_path(&self, case: &mut Case, who: Option<&str>) -> Outcome {
        let run = self.run;
        let fixtures = &run.fixtures;
        let fits = |resource: &&crate::fixtures::Resource| {
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
        let text = if super::idempotency::is_key(&name) {
            self.token()
        } else {
            let configured = self
                .run
                .settings
                .parameter(operation, location.as_str(), &name);
            let example = parameter.examples.first().map(|example| &example.value);
            let default = parameter.schema.value.get("default");
            let given = configured.or(example).or(default).cloned();
            let made = || recipe::made(self.run, &parameter.schema);
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

/// The schema of the body that an operation takes as JSON.
pub(in crate::laws) fn schema(operation: &Operation) -> Option<&crate::api::Schema> {
    let (_, media) = json_body(operation)?;
    media.schema.as_ref()
}

pub(in crate::laws) fn json_body(operation: &Operation) -> Option<(&String, &Media)> {
    let body = operation.body.as_ref()?;
    body.media.iter().find(|(name, _)| Media::is_json(name))
}

/// A value as it stands in a path, a query or a header.
pub(in crate::laws) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
