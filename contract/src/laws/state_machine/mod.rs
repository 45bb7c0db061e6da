//! `x-state-machine`: every declared change happens, and no other does.
//!
//! From every state that can be reached every way is tried: setting each state, and each action. What is declared must
//! succeed and show; everything else must be refused and change nothing.
//!
//! `machine` is what the document says, `thing` something that is in a state, `change` the request that leads to
//! another one, `judge` what must come of it.

mod change;
mod judge;
mod machine;
mod thing;

use machine::{Machine, Way};

use super::{trial::Trial, world::World};
use crate::{
    case::Phase,
    checks::Check,
    run::{Run, Stop},
};

pub(in crate::laws) async fn run(run: &Run, world: &World<'_>) -> Result<(), Stop> {
    for machine in Machine::all(&run.api) {
        let is_on = |operation: &crate::api::Operation| {
            run.settings.tests(operation, Phase::Laws)
                && run.settings.checks_of(operation).is_on(Check::StateMachine)
        };
        if !is_on(&machine.reader) {
            continue;
        }
        let law = Law {
            world,
            machine: &machine,
        };
        for how in &machine.unknown {
            let trial = law.trial(&format!("by {how}"));
            trial
                .note(format!(
                    "no operation is known for `{how}`: name it by `operations` in `{}`",
                    machine::EXTENSION
                ))
                .await;
        }
        law.note_lonely_ways().await;
        law.every_state().await?;
    }
    Ok(())
}

/// A machine under the law.
struct Law<'w, 'r> {
    world: &'w World<'r>,
    machine: &'w Machine,
}

impl<'r> Law<'_, 'r> {
    fn trial(&self, what: &str) -> Trial<'r> {
        let subject = format!("{} {what}", self.machine.name);
        let place = self.machine.place.clone();
        Trial::new(self.world.run, Check::StateMachine, &subject, place)
    }

    /// Says which ways nobody is known to go in vain.
    async fn note_lonely_ways(&self) {
        let known = &self.world.run.principals.known;
        for way in &self.machine.ways {
            let operation = &way.operation;
            let callers = self.world.callers(operation);
            let is_lonely = if self.is_owners(way) {
                self.world.strangers(operation).len() < 2
            } else {
                let mut others = known.iter();
                !others.any(|(name, other)| !other.oversees && !callers.contains(name))
            };
            if is_lonely {
                let text = "by somebody else: no principal is known who may not do this";
                let trial = self.trial(&format!("by {} ({})", way.how, operation.label));
                trial.note(text.to_owned()).await;
            }
        }
    }

    /// Whether a way is its owner's.
    fn is_owners(&self, way: &Way) -> bool {
        matches!(self.machine.actor(way), Some("owner" | "self" | "creator"))
    }

    async fn every_state(&self) -> Result<(), Stop> {
        for state in &self.machine.states {
            let mut trial = self.trial(&format!("in {state}"));
            let reached = self.reach(state, &mut trial).await;
            let is_there = reached.is_ok();
            trial.end(reached.map(|_| ())).await?;
            if !is_there {
                continue;
            }
            for way in &self.machine.ways {
                self.one_way(state, way).await?;
            }
        }
        Ok(())
    }

    /// Tries one way from one state: all targets of a setter, or one action.
    async fn one_way(&self, state: &str, way: &Way) -> Result<(), Stop> {
        let declared = self.machine.targets(state, way);
        let targets: Vec<Option<&str>> = match &way.target {
            Some(_) => self
                .machine
                .states
                .iter()
                .map(|to| Some(to.as_str()))
                .collect(),
            None => vec![None],
        };
        for target in targets {
            let is_declared = match target {
                Some(target) => declared.contains(&target),
                None => !declared.is_empty(),
            };
            let to = target.map_or_else(String::new, |target| format!(" to {target}"));
            let mut trial = self.trial(&format!("from {state}{to} by {}", way.how));
            let outcome = if is_declared {
                let expected = target.map_or_else(|| declared.clone(), |target| vec![target]);
                self.taken(state, way, &expected, &mut trial).await
            } else {
                self.refused(state, way, target, &mut trial).await
            };
            trial.end(outcome).await?;
            if is_declared {
                let mut trial = self.trial(&format!(
                    "from {state}{to} by {}, by somebody else",
                    way.how
                ));
                let outcome = self.wrong_actor(state, way, target, &mut trial).await;
                trial.end(outcome).await?;
            }
        }
        Ok(())
    }
}
