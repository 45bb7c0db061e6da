//! How a list gets enough rows for several pages, and more while it is read.

use std::sync::Arc;

use super::Law;
use crate::{
    api::Operation,
    case::Case,
    laws::{
        listing,
        trial::{Halt, Outcome, Trial, untried},
    },
};

/// So many rows are made at least, for a list to have pages.
pub(super) const ROWS: usize = 7;

impl Law<'_, '_> {
    /// Makes rows for the caller of the list, until there are enough for several pages.
    pub(super) async fn fill(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome<usize> {
        let sheet = self.longest_page(trial, question).await?;
        let mut count = sheet.rows.len();
        while count < ROWS {
            if !self.add(question).await? {
                return untried(format!(
                    "{} has {count} rows, and nothing says how more are made: name the operation by `producer` in `{}`",
                    self.label(),
                    listing::EXTENSION
                ));
            }
            count += 1;
        }
        Ok(count)
    }

    /// Adds a row; `false` when nothing says how.
    pub(super) async fn add(&self, question: &Case) -> Outcome<bool> {
        let Some(producer) = self.producer() else {
            return Ok(false);
        };
        let who = self.world.name_of(question);
        match self.world.made(producer, who.as_deref()).await {
            Ok(_) => Ok(true),
            Err(Halt::Untried(_)) => Ok(false),
            Err(halt) => Err(halt),
        }
    }

    /// The operation that adds rows to the list: the one that is named, or the one at the same path.
    fn producer(&self) -> Option<&Arc<Operation>> {
        let api = &self.world.run.api;
        let path = &self.listing.operation.path;
        if let Some(name) = &self.listing.producer {
            return api.operation(name);
        }
        let mut operations = api.operations.iter();
        operations.find(|operation| operation.method == "POST" && operation.path == *path)
    }
}
