//! `x-state-machine`: every declared change happens, and no other does.
//!
//! From every state that can be reached every way is tried: setting each state, and each action. What is declared must
//! succeed and show; everything else must be refused and change nothing.

mod machine;
mod thing;

use machine::{Machine, Way};
use serde_json::Value;
use thing::Thing;

use super::{
    ErrorBody, shape,
    trial::{Outcome, Trial, fault, untried},
    values,
    world::World,
};
use crate::{
    case::{Case, Credentials, Phase},
    checks::Check,
    exchange::Received,
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

    /// The request that goes a way.
    fn change(&self, thing: &Thing, way: &Way, to: Option<&str>) -> Outcome<Case> {
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
    fn actor(&self, thing: &Thing, way: &Way) -> Option<String> {
        let who = self.machine.actor(way)?;
        if matches!(who, "owner" | "self" | "creator") {
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

    /// A declared change succeeds, and shows.
    async fn taken(
        &self,
        state: &str,
        way: &Way,
        expected: &[&str],
        trial: &mut Trial<'_>,
    ) -> Outcome {
        let thing = self.reach(state, trial).await?;
        let to = expected.first().copied();
        let case = self.change(&thing, way, to)?;
        let received = trial.send(case, "the change").await?;
        let sent = sent(state, way, to);
        if !received.is_success() {
            if self.machine.is_refusal(received.status) || received.status >= 500 {
                return fault(
                    "Declared change refused",
                    sent,
                    format!("success, for {} is declared", expected.join(" or ")),
                    told(&received),
                );
            }
            return untried(format!("it answers {}", told(&received)));
        }
        let now = self.state(&thing, trial).await?;
        if expected.contains(&now.as_str()) {
            return Ok(());
        }
        fault(
            "Change without effect",
            sent,
            format!("a read that shows {}", expected.join(" or ")),
            format!("{} and then {now}", received.status),
        )
    }

    /// What is not declared is refused, and changes nothing.
    async fn refused(
        &self,
        state: &str,
        way: &Way,
        target: Option<&str>,
        trial: &mut Trial<'_>,
    ) -> Outcome {
        let thing = self.reach(state, trial).await?;
        let case = self.change(&thing, way, target)?;
        let received = trial.send(case, "the change").await?;
        let sent = sent(state, way, target);
        let now = self.state(&thing, trial).await?;
        if received.is_success() || now != state {
            return fault(
                "Undeclared change taken",
                sent,
                format!("a refusal, and {state} as before"),
                format!("{} and then {now}", received.status),
            );
        }
        self.refusal(&sent, way, &received)
    }

    /// A refusal is told as the document says.
    fn refusal(&self, sent: &str, way: &Way, received: &Received) -> Outcome {
        // Another rule may refuse first (not enough money, paid already): its status is declared too.
        let is_rule = matches!(received.status, 402 | 403 | 404 | 409 | 412 | 422);
        if !is_rule && !self.machine.is_refusal(received.status) {
            return fault(
                "Refused as something else",
                sent,
                self.machine.refusal.0.map_or_else(
                    || "a refusal by a rule (409 or 422)".to_owned(),
                    |status| status.to_string(),
                ),
                told(received),
            );
        }
        let run = self.world.run;
        let Some(pointer) = ErrorBody::of(&run.api).and_then(|body| body.code.clone()) else {
            return Ok(());
        };
        let body = received.json();
        let code = body
            .as_ref()
            .and_then(|body| body.pointer(&pointer)?.as_str());
        let answer = way.operation.answer(received.status);
        let listed =
            answer.and_then(|(_, answer)| answer.extensions.get("x-error-codes")?.as_array());
        let is_listed = listed.is_none_or(|listed| listed.iter().any(|one| one.as_str() == code));
        let wanted = self.machine.refusal.1.as_deref();
        let is_wanted =
            wanted.is_none() || wanted == code || !self.machine.is_refusal(received.status);
        if is_listed && is_wanted {
            return Ok(());
        }
        let expected = wanted.map_or_else(
            || format!("one of the codes that {} lists", received.status),
            str::to_owned,
        );
        fault("Refused with another code", sent, expected, told(received))
    }

    /// Whoever is not the one that is declared is refused.
    async fn wrong_actor(
        &self,
        state: &str,
        way: &Way,
        target: Option<&str>,
        trial: &mut Trial<'_>,
    ) -> Outcome {
        let thing = self.reach(state, trial).await?;
        let principals = &self.world.run.principals;
        let right = self.actor(&thing, way);
        let account = right.as_deref().map(|name| principals.account(name));
        let callers = self.world.callers(&way.operation);
        let is_owners = self.is_owners(way);
        let mut others = principals.known.iter().filter(|(name, principal)| {
            let is_other = Some(principals.account(name)) != account;
            // Owners are told from others that may call it too; roles from those that may not.
            is_other && !principal.oversees && callers.contains(name) == is_owners
        });
        let Some((other, _)) = others.next() else {
            return Ok(());
        };
        let mut case = self.change(&thing, way, target)?;
        case.credentials = Credentials::Of(other.clone());
        let received = trial.send(case, "by somebody else").await?;
        let now = self.state(&thing, trial).await?;
        if !received.is_success() && now == state {
            return Ok(());
        }
        fault(
            "Wrong actor allowed",
            format!("{}, by {other}", sent(state, way, target)),
            format!("a refusal, and {state} as before"),
            format!("{} and then {now}", received.status),
        )
    }
}

/// What was sent, in words.
fn sent(state: &str, way: &Way, target: Option<&str>) -> String {
    let to = target.map_or_else(String::new, |target| format!(", to {target}"));
    format!("{} in {state}{to}", way.operation.label)
}

fn told(received: &Received) -> String {
    format!("{} {}", received.status, shape::brief(&received.body))
}

/// A body with a member that it did not have.
fn with(mut body: Value, pointer: &str, text: &str) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.insert(pointer.trim_start_matches('/').to_owned(), text.into());
    }
    body
}
