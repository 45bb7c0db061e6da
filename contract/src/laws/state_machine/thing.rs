//! Things to try changes on, and how they get into a state.

use serde_json::Value;

use super::Law;
use crate::{
    api::Location,
    case::{Case, Phase},
    laws::{
        shape,
        trial::{Outcome, Trial, fault, untried},
    },
};

/// A thing in a state: how it is read, and whose it is.
#[derive(Clone)]
pub(in crate::laws) struct Thing {
    pub(in crate::laws) read: Case,
    pub(in crate::laws) owner: Option<String>,
}

impl Law<'_, '_> {
    /// A thing in a state: made by the team's own steps, or led there from where it begins.
    pub(in crate::laws) async fn reach(
        &self,
        state: &str,
        trial: &mut Trial<'_>,
    ) -> Outcome<Thing> {
        let run = self.world.run;
        if let Some(resource) = run.fixtures.in_state(self.machine.parameter(), state) {
            let thing = self.by_fixture(&resource.name).await?;
            let found = self.state(&thing, trial).await?;
            if found == state {
                return Ok(thing);
            }
            return untried(format!(
                "the fixture `{}` gives {found} in place of {state}",
                resource.name
            ));
        }
        let (thing, is_led) = self.fresh().await?;
        let begin = self.state(&thing, trial).await?;
        if !is_led && !self.machine.initial.contains(&begin) {
            return fault(
                "Begins in a state that is not initial",
                format!("a new one, read by {}", self.machine.reader.label),
                format!("one of {}", self.machine.initial.join(", ")),
                begin,
            );
        }
        let Some(path) = self.machine.path(&begin, state) else {
            return untried(format!(
                "no way that can be tried leads from {begin} to {state}"
            ));
        };
        for (way, to) in path {
            let case = self.change(&thing, way, Some(&to))?;
            let received = trial
                .send(case, &format!("set-up: to {to} by {}", way.how))
                .await?;
            let now = self.state(&thing, trial).await?;
            if !received.is_success() || now != to {
                return untried(format!(
                    "{} on the way to {state} answers {} {}, and it is {now} then",
                    way.operation.label,
                    received.status,
                    shape::brief(&received.body)
                ));
            }
        }
        Ok(thing)
    }

    /// A new thing, where it begins; and whether a team's own steps led it there.
    async fn fresh(&self) -> Outcome<(Thing, bool)> {
        let fixtures = &self.world.run.fixtures;
        let parameter = self.machine.parameter();
        let mut initial = self.machine.initial.iter();
        if let Some(made) = initial.find_map(|state| fixtures.in_state(parameter, state)) {
            return Ok((self.by_fixture(&made.name).await?, true));
        }
        let read = self.world.request(&self.machine.reader, None).await?;
        let owner = self.world.name_of(&read);
        let is_led = fixtures.resource_for(&self.machine.reader).is_some();
        Ok((Thing { read, owner }, is_led))
    }

    async fn by_fixture(&self, name: &str) -> Outcome<Thing> {
        let run = self.world.run;
        let made = run.fixtures.make(run, Phase::Laws, name, None).await?;
        let Some(made) = made else {
            return untried(format!("the fixture `{name}` cannot be made"));
        };
        let reader = &self.machine.reader;
        let mut read = run.case(reader, Phase::Laws);
        for parameter in reader.parameters_in(Location::Path) {
            let Some(value) = made.parameters.get(&parameter.name) else {
                return untried(format!(
                    "the fixture `{name}` gives no `{}`",
                    parameter.name
                ));
            };
            read.path.insert(parameter.name.clone(), value.clone());
        }
        read.credentials = self.world.credentials(made.owner.as_deref(), reader);
        let owner = made.owner.or_else(|| self.world.name_of(&read));
        Ok(Thing { read, owner })
    }

    /// The state that a read shows.
    pub(in crate::laws) async fn state(
        &self,
        thing: &Thing,
        trial: &mut Trial<'_>,
    ) -> Outcome<String> {
        let mut read = thing.read.clone();
        read.id = trial.run.case_id();
        let received = trial.send(read, "read").await?;
        let body = received.json();
        let state = body
            .as_ref()
            .and_then(|body| body.pointer(&self.machine.pointer));
        match state.and_then(Value::as_str) {
            Some(state) => Ok(state.to_owned()),
            None => untried(format!(
                "{} answers {} without a state at {}",
                self.machine.reader.label, received.status, self.machine.pointer
            )),
        }
    }
}
