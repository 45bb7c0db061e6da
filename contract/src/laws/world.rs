//! Where laws get requests that succeed and resources to try them on.
//!
//! A request is made of what the document and the configuration give. Ids come from what this run makes: the operation
//! that creates a thing is told by links, by the path before the parameter, or by the parameter's name.

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
    trial::{Halt, Outcome, Trial, untried},
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
pub(super) struct World<'r> {
    pub(super) run: &'r Run,
    begin: i64,
    count: AtomicU64,
    working: Mutex<HashMap<usize, Recipe>>,
}

impl<'r> World<'r> {
    pub(super) fn new(run: &'r Run) -> Self {
        Self {
            run,
            begin: crate::run::now().as_microsecond(),
            count: AtomicU64::new(0),
            working: Mutex::default(),
        }
    }

    /// A text of small letters and digits that no run used before: keys are remembered by servers for a day.
    pub(super) fn token(&self) -> String {
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
    pub(super) fn may(&self, who: Option<&str>, operation: &Operation) -> bool {
        let principal = who.and_then(|name| self.run.principals.known.get(name));
        principal.is_some_and(|principal| principal.may(operation, &self.run.api.schemes))
    }

    /// Everybody who may call an operation, in order.
    pub(super) fn callers(&self, operation: &Operation) -> Vec<String> {
        let known = self.run.principals.known.iter();
        let schemes = &self.run.api.schemes;
        let asks = !operation.security.is_empty();
        known
            .filter(|(_, principal)| asks && principal.may(operation, schemes))
            .map(|(name, _)| name.clone())
            .collect()
    }

    /// On whose behalf: the one who is asked for, if they may.
    pub(super) fn credentials(&self, who: Option<&str>, operation: &Operation) -> Credentials {
        match who {
            Some(name) if self.may(who, operation) => Credentials::Of(name.to_owned()),
            _ => Credentials::Usual,
        }
    }

    /// Those who may call an operation, one for each account: a key calls for its owner.
    pub(super) fn strangers(&self, operation: &Operation) -> Vec<String> {
        let principals = &self.run.principals;
        let mut accounts = HashSet::new();
        let mut callers = self.callers(operation);
        callers.retain(|name| accounts.insert(principals.account(name).to_owned()));
        callers
    }

    /// On whose behalf a request is sent.
    pub(super) fn name_of(&self, case: &Case) -> Option<String> {
        if let Credentials::Of(name) = &case.credentials {
            return Some(name.clone());
        }
        let principals = &self.run.principals;
        let usual = principals.usual(&case.operation, &self.run.api.schemes);
        usual.map(|(name, _)| name.to_owned())
    }

    /// A request that should succeed: new each time, on resources made for it.
    pub(super) async fn request(
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
    pub(super) fn on(
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
    pub(super) async fn made(
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
    pub(super) async fn sent(&self, case: Case, what: &str) -> Outcome<Received> {
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

    /// The id of a new resource for a parameter of a path; an old one where none can be made.
    async fn resource(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<String> {
        let run = self.run;
        let configured = run.settings.parameter(operation, "path", &parameter.name);
        if let Some(value) = configured {
            return Ok(text(value));
        }
        let mut refusal = None;
        for producer in self.producers(operation, parameter) {
            match Box::pin(self.make(&producer, who, depth + 1)).await {
                Ok((_, received)) => {
                    if let Some(id) = linked(&producer, &received, operation, parameter)
                        .or_else(|| run.pool.value_for(operation, parameter))
                    {
                        return Ok(id);
                    }
                }
                Err(Halt::Untried(reason)) => refusal = Some(reason),
                Err(halt) => return Err(halt),
            }
        }
        let known = run.pool.value_for(operation, parameter);
        let example = parameter.examples.first();
        let known = known.or_else(|| example.map(|example| text(&example.value)));
        match (known, refusal) {
            (Some(id), _) => Ok(id),
            (None, Some(reason)) => untried(reason),
            (None, None) => untried(format!(
                "nothing says how to make the `{}` of {}: link it to the operation that creates it",
                parameter.name, operation.label
            )),
        }
    }

    /// The operations that make what a path parameter names, the surest first.
    pub(super) fn producers(
        &self,
        operation: &Operation,
        parameter: &Parameter,
    ) -> Vec<Arc<Operation>> {
        let api = &self.run.api;
        let creates = |candidate: &&Arc<Operation>| {
            candidate.method == "POST" && candidate.index != operation.index
        };
        let in_path = format!("{{{}}}", parameter.name);
        let before = operation.path.split(&in_path).next().unwrap_or_default();
        let collection = before.trim_end_matches('/');
        let is_linked = |candidate: &&Arc<Operation>| {
            candidate
                .answers
                .values()
                .flat_map(|answer| &answer.links)
                .any(|link| link.target == operation.label && link_value(link, parameter).is_some())
        };
        let wanted = shape::plain(&parameter.name);
        let is_named = |candidate: &&Arc<Operation>| {
            let last = candidate.path.rsplit('/').next().map(shape::plain);
            last.is_some_and(|last| {
                !last.is_empty()
                    && wanted.strip_suffix("id").is_some_and(|name| {
                        !name.is_empty() && (last == format!("{name}s") || last == name)
                    })
            })
        };
        let posts = || api.operations.iter().filter(creates);
        let mut found: Vec<Arc<Operation>> = Vec::new();
        let ordered = posts()
            .filter(|candidate| candidate.path == collection)
            .chain(posts().filter(is_linked))
            .chain(posts().filter(is_named));
        for candidate in ordered {
            if !found.iter().any(|known| known.index == candidate.index) {
                found.push(Arc::clone(candidate));
            }
        }
        found
    }

    /// A body whose ids are those of things that exist.
    async fn with_ids(&self, body: &Value, who: Option<&str>, depth: usize) -> Outcome<Value> {
        let mut filled = body.clone();
        let mut leaves = Vec::new();
        values::collect(body, String::new(), &mut leaves);
        for (pointer, leaf) in leaves {
            let name = pointer.rsplit('/').next().unwrap_or_default();
            if !leaf.is_string() || !shape::plain(name).ends_with("id") {
                continue;
            }
            if let Some(id) = self.id_named(name, who, depth).await?
                && let Some(other) = values::replaced(&filled, &pointer, id.into())
            {
                filled = other;
            }
        }
        Ok(filled)
    }

    /// An id for a property like `productId`.
    async fn id_named(
        &self,
        name: &str,
        who: Option<&str>,
        depth: usize,
    ) -> Outcome<Option<String>> {
        let run = self.run;
        if let Some(resource) = run.fixtures.providing(name) {
            let made = run
                .fixtures
                .make(run, Phase::Laws, &resource.name, None)
                .await?;
            return Ok(made.and_then(|made| made.parameters.get(name).cloned()));
        }
        if run.pool.value_named(name).is_none() && depth < DEPTH {
            self.make_named(name, who, depth).await?;
        }
        Ok(run.pool.value_named(name))
    }

    /// Makes or lists what a property like `productId` names, so that an id is known.
    async fn make_named(&self, name: &str, who: Option<&str>, depth: usize) -> Outcome {
        let wanted = shape::plain(name);
        let name = wanted.strip_suffix("id").unwrap_or(&wanted);
        if name.is_empty() {
            return Ok(());
        }
        let collection = |operation: &&Arc<Operation>| {
            let last = operation.path.rsplit('/').next().map(shape::plain);
            matches!(operation.method.as_str(), "POST" | "GET")
                && last.is_some_and(|last| last == format!("{name}s"))
        };
        let mut found: Vec<_> = self.run.api.operations.iter().filter(collection).collect();
        // What is made here is nobody else's.
        found.sort_by_key(|operation| operation.method != "POST");
        for operation in found {
            match Box::pin(self.make(operation, who, depth + 1)).await {
                Ok(_) => return Ok(()),
                Err(Halt::Untried(_)) => {}
                Err(halt) => return Err(halt),
            }
        }
        Ok(())
    }
}

/// The schema of the body that an operation takes as JSON.
pub(super) fn schema(operation: &Operation) -> Option<&crate::api::Schema> {
    let (_, media) = json_body(operation)?;
    media.schema.as_ref()
}

pub(super) fn json_body(operation: &Operation) -> Option<(&String, &Media)> {
    let body = operation.body.as_ref()?;
    body.media.iter().find(|(name, _)| Media::is_json(name))
}

fn link_value<'l>(link: &'l crate::api::Link, parameter: &Parameter) -> Option<&'l Value> {
    let whole = format!("{}.{}", parameter.location, parameter.name);
    link.parameters
        .get(&whole)
        .or_else(|| link.parameters.get(&parameter.name))
}

/// The value that a link of an answer gives to a parameter.
fn linked(
    producer: &Operation,
    received: &Received,
    operation: &Operation,
    parameter: &Parameter,
) -> Option<String> {
    let (_, answer) = producer.answer(received.status)?;
    let links = answer.links.iter();
    let mut found = links
        .filter(|link| link.target == operation.label)
        .filter_map(|link| link_value(link, parameter)?.as_str());
    let pointer = found.find_map(|expression| expression.strip_prefix("$response.body#"))?;
    received.json()?.pointer(pointer).map(text)
}

/// A value as it stands in a path, a query or a header.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
