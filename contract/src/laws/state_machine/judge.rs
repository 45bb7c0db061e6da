//! What must come of a change: success and effect where it is declared, a refusal that is told as the document says where
//! it is not, or where somebody else asks for it.

use super::{Law, Way};
use crate::{
    case::Credentials,
    exchange::Received,
    laws::{
        ErrorBody, shape,
        trial::{Outcome, Trial, fault, untried},
    },
};

impl Law<'_, '_> {
    /// A declared change succeeds, and shows.
    pub(super) async fn taken(
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
    pub(super) async fn refused(
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
    pub(super) async fn wrong_actor(
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
