//! `x-idempotency`: repeating a request with the same key has one effect and one answer.

mod callers;
mod declared;

use std::sync::Arc;

use declared::Declared;

use super::{
    effects::Effects,
    places, shape,
    trial::{Outcome, Trial, fault, untried},
    values,
    world::{self, World},
};
use crate::{
    api::Operation,
    case::{Case, Phase},
    checks::Check,
    exchange::Received,
    run::{Run, Stop},
};

/// The name of the extension.
const EXTENSION: &str = "x-idempotency";

/// Whether a header carries the key of a request.
pub(in crate::laws) fn is_key(name: &str) -> bool {
    shape::plain(name).contains("idempotency")
}

pub(in crate::laws) async fn run(run: &Run, world: &World<'_>) -> Result<(), Stop> {
    for operation in super::tested(run, Check::Idempotency) {
        let Some(declared) = Declared::read(operation) else {
            continue;
        };
        let law = Law {
            world,
            operation,
            declared,
        };
        let place = places::in_operation(&run.api, operation, &[EXTENSION]);
        for attempt in Attempt::ALL {
            let mut trial = Trial::new(run, Check::Idempotency, &operation.label, place.clone());
            let outcome = law.attempt(attempt, &mut trial).await;
            let is_hopeless = outcome.is_err() && !trial.has_begun();
            trial.end(outcome).await?;
            if is_hopeless {
                break;
            }
        }
    }
    Ok(())
}

/// What is tried of each operation.
#[derive(Debug, Clone, Copy)]
enum Attempt {
    Missing,
    Repeated,
    OtherBody,
    AtOnce,
    OtherCaller,
    AfterRefusal,
}

impl Attempt {
    const ALL: [Self; 6] = [
        Self::Repeated,
        Self::Missing,
        Self::OtherBody,
        Self::AtOnce,
        Self::OtherCaller,
        Self::AfterRefusal,
    ];
}

/// An operation under the law.
struct Law<'w, 'r> {
    world: &'w World<'r>,
    operation: &'w Arc<Operation>,
    declared: Declared,
}

impl Law<'_, '_> {
    async fn attempt(&self, attempt: Attempt, trial: &mut Trial<'_>) -> Outcome {
        match attempt {
            Attempt::Missing if self.declared.is_required => self.missing(trial).await,
            Attempt::Missing => Ok(()),
            Attempt::Repeated => self.repeated(trial).await,
            Attempt::OtherBody => self.other_body(trial).await,
            Attempt::AtOnce => self.at_once(trial).await,
            Attempt::OtherCaller => self.other_caller(trial).await,
            Attempt::AfterRefusal => self.after_refusal(trial).await,
        }
    }

    /// A request that should succeed, with a key that nobody used.
    async fn request(&self, who: Option<&str>) -> Outcome<(Case, String)> {
        let mut case = self.world.request(self.operation, who).await?;
        let key = format!("law-{}", self.world.token());
        case.set_header(&self.declared.header, key.clone());
        Ok((case, key))
    }

    fn label(&self) -> &str {
        &self.operation.label
    }

    async fn missing(&self, trial: &mut Trial<'_>) -> Outcome {
        let (mut case, _) = self.request(None).await?;
        let header = &self.declared.header;
        case.headers
            .retain(|(name, _)| !name.eq_ignore_ascii_case(header));
        let received = trial.send(case, "without a key").await?;
        if (400..500).contains(&received.status) {
            return Ok(());
        }
        fault(
            "Missing key accepted",
            format!("{} without {header}", self.label()),
            "a refusal (4xx), for the key is required",
            received.status.to_string(),
        )
    }

    async fn repeated(&self, trial: &mut Trial<'_>) -> Outcome {
        let (case, _) = self.request(None).await?;
        let effects = Effects::before(self.world, &case).await?;
        let first = trial.send(again(trial, &case), "the first time").await?;
        if !first.is_success() {
            return untried(format!(
                "{} answers {} to what succeeded without this key: {}",
                self.label(),
                first.status,
                shape::brief(&first.body)
            ));
        }
        if self.declared.is_replayed(&first) {
            return fault(
                "New key answered as a repetition",
                format!("{} with a key that nobody used", self.label()),
                "no mark of a stored answer",
                "a stored answer",
            );
        }
        let second = trial.send(again(trial, &case), "the same again").await?;
        self.compare(&first, &second, "twice with the same key and body")?;
        effects
            .check(self.world, 1, "twice with the same key and body")
            .await
    }

    /// Holds a repetition against the first answer.
    fn compare(&self, first: &Received, second: &Received, how: &str) -> Outcome {
        if let Some(difference) = self.declared.difference(first, second) {
            return fault(
                "Repetition answered differently",
                format!("{} {how}", self.label()),
                format!(
                    "the first answer again: {} with the same body",
                    first.status
                ),
                difference,
            );
        }
        match &self.declared.replayed {
            Some(name) if !self.declared.is_replayed(second) => fault(
                "Repetition not marked",
                format!("{} {how}", self.label()),
                format!("the header {name} on the repetition, as the document declares it"),
                "no such header",
            ),
            _ => Ok(()),
        }
    }

    async fn other_body(&self, trial: &mut Trial<'_>) -> Outcome {
        let (case, key) = self.request(None).await?;
        let first = trial.send(again(trial, &case), "the first time").await?;
        if !first.is_success() {
            return untried(format!("{} answers {}", self.label(), first.status));
        }
        let (mut other, what) = self.other_request(&case).await?;
        other.set_header(&self.declared.header, key);
        let second = trial.send(other, what).await?;
        if self.declared.conflict.contains(&second.status) {
            return Ok(());
        }
        if matches!(second.status, 400 | 401 | 403 | 404 | 429) {
            return untried(format!(
                "{what}, it answers {}, which says nothing about the key",
                second.status
            ));
        }
        let expected: Vec<_> = self.declared.conflict.iter().map(u16::to_string).collect();
        let found = if second.body == first.body {
            format!("{} with the answer to the first request", second.status)
        } else {
            second.status.to_string()
        };
        fault(
            "Key taken for another request",
            format!("{} with a key that was used, {what}", self.label()),
            expected.join(" or "),
            found,
        )
    }

    /// A request to the same operation that differs from another one.
    async fn other_request(&self, case: &Case) -> Outcome<(Case, &'static str)> {
        let schema = world::schema(self.operation);
        let body = case.body.as_ref().and_then(|body| body.json());
        if let Some(body) = body
            && let Some(varied) = values::varied(body, schema, &self.world.token(), 1)
        {
            let mut other = case.clone();
            other.id = self.world.run.case_id();
            other.set_json(varied);
            return Ok((other, "with another body"));
        }
        if case.path.is_empty() {
            return untried(
                "the operation has no body that could be changed, and no path parameter",
            );
        }
        let other = self.world.request(self.operation, None).await?;
        if other.path == case.path {
            return untried("there is one resource only to try a key on");
        }
        Ok((other, "for another resource"))
    }

    async fn at_once(&self, trial: &mut Trial<'_>) -> Outcome {
        let (case, _) = self.request(None).await?;
        let effects = Effects::before(self.world, &case).await?;
        let count = self.world.run.settings.bounds.at_once.max(2);
        let cases = (0..count).map(|_| again(trial, &case)).collect();
        let answers = trial.at_once(cases, "at the same moment").await?;
        let how = format!("{count} times at the same moment with one key");
        let Some(first) = answers.iter().find(|answer| answer.is_success()) else {
            return untried(format!("{how}: none of them succeeds"));
        };
        for other in &answers {
            if other.is_success() {
                // Which of them was the first cannot be told by the mark: bodies and statuses can.
                if let Some(difference) = self.declared.difference(first, other) {
                    return fault(
                        "Key ran more than once",
                        format!("{} {how}", self.label()),
                        "one effect: all successes are the same answer",
                        difference,
                    );
                }
            } else if !self.declared.in_flight.contains(&other.status) && other.status != 429 {
                return fault(
                    "Wrong answer while the first runs",
                    format!("{} {how}", self.label()),
                    format!(
                        "the first answer, or one of {:?} while it is being made",
                        self.declared.in_flight
                    ),
                    other.status.to_string(),
                );
            }
        }
        let first = first.clone();
        let late = trial
            .send(again(trial, &case), "once more afterwards")
            .await?;
        self.compare(&first, &late, &format!("{how}, and once more"))?;
        effects.check(self.world, 1, &how).await
    }
}

/// The same request as a case of its own.
fn again(trial: &Trial<'_>, case: &Case) -> Case {
    let mut case = case.clone();
    case.id = trial.run.case_id();
    case.origin.phase = Phase::Laws;
    case
}
