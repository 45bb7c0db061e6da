//! Counts what requests brought about: new rows of the list that shows what they make.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    listing::Listing,
    shape,
    trial::{Outcome, fault},
    world::World,
};
use crate::case::Case;

/// The rows before something happens.
#[derive(Debug)]
pub(super) struct Effects {
    listing: Option<(Listing, Case)>,
    before: HashSet<String>,
    sent: Option<Value>,
    label: String,
}

impl Effects {
    /// Looks at the list that shows what a request makes, when there is one.
    pub(super) async fn before(world: &World<'_>, case: &Case) -> Outcome<Self> {
        let operation = &case.operation;
        let mut effects = Self {
            listing: None,
            before: HashSet::new(),
            sent: case.body.as_ref().and_then(|body| body.json()).cloned(),
            label: operation.label.clone(),
        };
        let list = world.run.api.operations.iter();
        let mut lists = list.filter(|list| list.method == "GET" && list.path == operation.path);
        let Some(listing) = lists
            .next()
            .and_then(|list| Listing::of(&world.run.api, list))
        else {
            return Ok(effects);
        };
        let Ok(mut question) = world.request(&listing.operation, None).await else {
            return Ok(effects);
        };
        question.credentials = case.credentials.clone();
        let Some(rows) = listing.rows(world, &question).await? else {
            return Ok(effects);
        };
        effects.before = rows.iter().map(|row| listing.key(row)).collect();
        effects.listing = Some((listing, question));
        Ok(effects)
    }

    /// Holds the number of new rows that look like what was sent against what may be there.
    pub(super) async fn check(&self, world: &World<'_>, most: usize, how: &str) -> Outcome {
        let Some((listing, question)) = &self.listing else {
            return Ok(());
        };
        let Some(rows) = listing.rows(world, question).await? else {
            return Ok(());
        };
        let new = rows
            .iter()
            .filter(|row| !self.before.contains(&listing.key(row)));
        let new = new.filter(|row| self.looks_like_it(row)).count();
        // None at all may be a list that is late, or that shows values in another way.
        if new <= most {
            return Ok(());
        }
        fault(
            "More than one effect",
            format!("{} {how}", self.label),
            format!("{most} new row in {}", listing.operation.label),
            format!("{new} new rows"),
        )
    }

    /// Whether a row has the values that were sent, as far as it shows them: others may add rows meanwhile.
    fn looks_like_it(&self, row: &Value) -> bool {
        let Some(Value::Object(sent)) = &self.sent else {
            return true;
        };
        sent.iter().all(|(name, value)| {
            let shown = row.get(name);
            shown.is_none_or(|shown| shown == value || shape::difference(shown, value).is_none())
        })
    }
}
