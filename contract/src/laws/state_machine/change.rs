//! The request that changes a state, and on whose behalf it is sent.

use serde_json::Value;

use super::{Law, Way, thing::Thing};
use crate::{
    case::Case,
    laws::{trial::Outcome, values},
};

impl Law<'_, '_> {
    /// The request that goes a way.
    pub(super) fn change(&self, thing: &Thing, way: &Way, to: Option<&str>) -> Outcome<Case> {
        let who = self.actor(thing, way);
        let mut case = self
            .world
            .on(&way.operation, &thing.read.path, who.as_deref())?;
        if let (Some(pointer), Some(to)) = (&way.target, to) {
            let body = case.body.as_ref().and_then(|body| body.json());
            let body = body
                .cloned()
                .unwrap_or_else(|| Value::Object(serde_json::Map::new()));
            let body = match values::replaced(&body, pointer, to.into()) {
                Some(body) => body,
                None => with(body, pointer, to),
            };
            case.set_json(body);
        }
        Ok(case)
    }

    /// The principal who goes a way: the owner, or somebody with the role, or whoever may call the operation.
    pub(super) fn actor(&self, thing: &Thing, way: &Way) -> Option<String> {
        let who = self.machine.actor(way)?;
        if self.is_owners(way) {
            return thing.owner.clone();
        }
        let callers = self.world.callers(&way.operation);
        let known = &self.world.run.principals.known;
        let has_role = |name: &&String| {
            name.as_str() == who
                || known.get(*name).is_some_and(|principal| {
                    principal
                        .holds
                        .values()
                        .any(|held| held.iter().any(|one| one == who))
                })
        };
        callers
            .iter()
            .find(has_role)
            .or_else(|| callers.first())
            .cloned()
    }
}

/// A body with a member that it did not have.
fn with(mut body: Value, pointer: &str, text: &str) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.insert(pointer.trim_start_matches('/').to_owned(), text.into());
    }
    body
}
