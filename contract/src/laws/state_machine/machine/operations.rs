//! The operations that go the ways of a machine: named outright, or told by their paths, ids and bodies.

use std::sync::Arc;

use serde_json::Value;

use super::{EXTENSION, Machine, Way};
use crate::{
    api::{Api, Location, Operation},
    laws::{shape, world},
};

/// Names of a way that is setting the state itself.
const SETTING: [&str; 6] = ["patch", "put", "set", "update", "status", "change"];

impl Machine {
    /// Finds the operation of every way that a transition names.
    pub(super) fn find_ways(&mut self, api: &Api, extension: &Value) {
        let setters = self.setters(api);
        let mut names = self.names();
        if names.is_empty() {
            // Nothing says how: setting it is the one way that the document shows.
            names.extend(setters.first().map(|_| String::new()));
        }
        for how in names {
            match self.operation(api, extension, &setters, &how) {
                Some(operation) => {
                    let target = target(api, &operation);
                    self.ways.push(Way {
                        how,
                        operation,
                        target,
                    });
                }
                None => self.unknown.push(how),
            }
        }
    }

    /// The ways that transitions name, each once.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (_, how) in self
            .transitions
            .iter()
            .flat_map(|transition| &transition.by)
        {
            if !how.is_empty() && !names.contains(how) {
                names.push(how.clone());
            }
        }
        names
    }

    /// The operation that goes a way: the one that is named for it, or one that carries it out, or one that sets the state.
    fn operation(
        &self,
        api: &Api,
        extension: &Value,
        setters: &[Arc<Operation>],
        how: &str,
    ) -> Option<Arc<Operation>> {
        let said = extension
            .get("operations")
            .and_then(|operations| operations.get(how))
            .and_then(Value::as_str);
        if let Some(name) = said {
            return api.operation(name).cloned();
        }
        let is_setting = |operation: &&Arc<Operation>| {
            how.is_empty() || SETTING.contains(&how) || operation.method.eq_ignore_ascii_case(how)
        };
        self.action(api, how)
            .or_else(|| setters.iter().find(is_setting).cloned())
    }

    /// Operations that take a state in their body and are about the same thing.
    fn setters(&self, api: &Api) -> Vec<Arc<Operation>> {
        let operations = api.operations.iter();
        operations
            .filter(|operation| self.is_about_it(operation) && target(api, operation).is_some())
            .cloned()
            .collect()
    }

    /// The operation that carries out an action: its path ends with it, or its id begins with it.
    fn action(&self, api: &Api, how: &str) -> Option<Arc<Operation>> {
        let how = shape::plain(how);
        let posts = || {
            let operations = api.operations.iter();
            operations.filter(|operation| operation.method != "GET" && self.is_about_it(operation))
        };
        let by_path = posts().find(|operation| {
            let last = operation
                .path
                .rsplit('/')
                .next()
                .map(shape::plain)
                .unwrap_or_default();
            last == how || last == format!("{how}s")
        });
        let by_id = || {
            posts().find(|operation| {
                let id = operation
                    .id
                    .as_deref()
                    .map(shape::plain)
                    .unwrap_or_default();
                id.starts_with(&how) && target(api, operation).is_none()
            })
        };
        by_path.or_else(by_id).cloned()
    }

    fn is_about_it(&self, operation: &Operation) -> bool {
        operation.method != "GET"
            && operation
                .parameter(Location::Path, self.parameter())
                .is_some()
    }
}

/// Where the body of an operation takes a state: the top-level property whose schema is such an enum.
fn target(api: &Api, operation: &Operation) -> Option<String> {
    let schema = world::schema(operation)?;
    let properties = shape::properties(&api.schemas, &schema.value);
    let (name, _) = properties
        .into_iter()
        .find(|(_, property)| api.schemas.follow(property).get(EXTENSION).is_some())?;
    Some(format!("/{}", shape::escaped(name)))
}
