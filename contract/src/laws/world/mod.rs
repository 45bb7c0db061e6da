//! Where laws get requests that succeed and resources to try them on.
//!
//! A request is made of what the document and the configuration give. Ids come from what this run makes: the operation
//! that creates a thing is told by links, by the path before the parameter, or by the parameter's name.
//!
//! This file carries requests out and remembers what succeeded; `prepare` makes them, `callers` knows on whose behalf, and
//! `producers` what makes the things that they need.

mod callers;
mod prepare;
mod producers;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;

use super::{
    candidate::{self, Candidate},
    shape,
    trial::{Outcome, Trial, untried},
};
use crate::{
    api::{Media, Operation},
    case::Case,
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
    working: Mutex<HashMap<usize, Candidate>>,
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

    /// A request that should succeed: new each time, on resources made for it.
    pub(in crate::laws) async fn request(
        &self,
        operation: &Arc<Operation>,
        who: Option<&str>,
    ) -> Outcome<Case> {
        if self.known(operation).is_none() {
            self.make(operation, who, 0).await?;
        }
        let Some(candidate) = self.known(operation) else {
            return untried(format!("no request to {} is known", operation.label));
        };
        Box::pin(self.prepared(operation, &candidate, who, 0)).await
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
        let candidates =
            known.map_or_else(|| candidate::all(self.run, operation), |known| vec![known]);
        let mut refusal = "no example says what to send".to_owned();
        for candidate in candidates {
            let case = Box::pin(self.prepared(operation, &candidate, who, depth)).await?;
            let received = self.sent(case.clone(), "set-up").await?;
            if received.is_success() {
                let mut working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
                working.insert(operation.index, candidate);
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

    fn known(&self, operation: &Operation) -> Option<Candidate> {
        let working = self.working.lock().unwrap_or_else(PoisonError::into_inner);
        working.get(&operation.index).cloned()
    }
}

/// The schema of the body that an operation takes as JSON.
pub(in crate::laws) fn schema(operation: &Operation) -> Option<&crate::api::Schema> {
    let (_, media) = json_body(operation)?;
    media.schema.as_ref()
}

/// The body that an operation takes as JSON, with its media type.
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
