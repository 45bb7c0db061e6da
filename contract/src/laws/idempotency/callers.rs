//! Whose a key is, and when it is free again.

use serde_json::Value;

use super::{Law, again};
use crate::{
    case::{Content, Credentials},
    laws::{
        shape,
        trial::{Outcome, Trial, fault, untried},
        world,
    },
};

impl Law<'_, '_> {
    pub(in crate::laws) async fn other_caller(&self, trial: &mut Trial<'_>) -> Outcome {
        let callers = self.world.strangers(self.operation);
        let [one, two, ..] = callers.as_slice() else {
            return untried(
                "it takes two callers to see whether keys are told apart; one is known",
            );
        };
        let (case, key) = self.request(Some(one)).await?;
        let first = trial.send(again(trial, &case), "the first caller").await?;
        if !first.is_success() {
            return untried(format!(
                "{} answers {} to {one}",
                self.label(),
                first.status
            ));
        }
        let mut theirs = self.request(Some(two)).await?.0;
        theirs.credentials = Credentials::Of(two.clone());
        theirs.set_header(&self.declared.header, key);
        let second = trial
            .send(again(trial, &theirs), "another caller with the same key")
            .await?;
        let sent = format!("{} by {one}, then by {two} with the same key", self.label());
        if second.body == first.body && !first.body.is_empty() || self.declared.is_replayed(&second)
        {
            return fault(
                "Key shared by callers",
                sent,
                "an answer of their own",
                format!("{} with the answer to {one}", second.status),
            );
        }
        if second.is_success() {
            return Ok(());
        }
        // Only the key may be the reason: with another one the same request succeeds.
        theirs.set_header(&self.declared.header, format!("law-{}", self.world.token()));
        let third = trial
            .send(again(trial, &theirs), "the other caller with a new key")
            .await?;
        if third.is_success() {
            return fault(
                "Key shared by callers",
                sent,
                "success, as with a key that nobody used",
                second.status.to_string(),
            );
        }
        untried(format!(
            "{} answers {} to {two} with any key",
            self.label(),
            third.status
        ))
    }

    pub(in crate::laws) async fn after_refusal(&self, trial: &mut Trial<'_>) -> Outcome {
        let (case, _) = self.request(None).await?;
        let Some(Value::Object(members)) = case.body.as_ref().and_then(|body| body.json()) else {
            return Ok(());
        };
        let schema = world::schema(self.operation);
        let broken = members.keys().find_map(|name| {
            let mut without = members.clone();
            without.remove(name);
            let without = Value::Object(without);
            schema
                .is_some_and(|schema| !schema.takes(&without))
                .then_some(without)
        });
        let Some(broken) = broken else {
            return untried("its body has no required property that could be left out");
        };
        let mut wrong = again(trial, &case);
        if let Some(body) = &mut wrong.body {
            body.content = Content::Json(broken);
        }
        let first = trial
            .send(wrong, "with a required property left out")
            .await?;
        if first.status != 400 {
            return untried(format!(
                "a body without a required property answers {}: only 400 says that nothing ran and nothing is stored",
                first.status
            ));
        }
        let second = trial
            .send(again(trial, &case), "corrected, with the same key")
            .await?;
        if second.is_success() {
            return Ok(());
        }
        fault(
            "Refusal was stored",
            format!(
                "{} with a required property left out, then corrected with the same key",
                self.label()
            ),
            "success: what was malformed did not run, and its key is free",
            format!("{} {}", second.status, shape::brief(&second.body)),
        )
    }
}
