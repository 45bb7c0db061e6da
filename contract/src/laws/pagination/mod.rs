//! Lists and feeds: every row once, also while others are added, and pages that say the truth about themselves.
//!
//! `rows` makes rows where a list has too few, `walk` reads it page by page. `every_row` looks for rows that are lost or
//! come twice, `limits` for pages of another length than asked, `truth` for what pages say about themselves.

mod every_row;
mod limits;
mod rows;
mod truth;
mod walk;

use walk::Walk;

use super::{
    listing::{self, Listing, Style},
    places, sorting,
    trial::{Outcome, Trial},
    world::World,
};
use crate::{
    checks::Check,
    run::{Run, Stop},
};

pub(in crate::laws) async fn run(run: &Run, world: &World<'_>) -> Result<(), Stop> {
    for operation in super::tested(run, Check::Pagination) {
        let listing = Listing::of(&run.api, operation);
        let Some(listing) = listing.filter(|listing| listing.style != Style::Whole) else {
            continue;
        };
        let place = if operation.extensions.contains_key(listing::EXTENSION) {
            places::in_operation(&run.api, operation, &[listing::EXTENSION])
        } else {
            places::in_operation(&run.api, operation, &["parameters"])
        };
        let law = Law {
            world,
            listing: &listing,
        };
        for attempt in [
            Attempt::Complete,
            Attempt::Growing,
            Attempt::Limits,
            Attempt::Sorted,
        ] {
            let mut trial = Trial::new(run, Check::Pagination, &operation.label, place.clone());
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

/// What is tried of a list.
#[derive(Debug, Clone, Copy)]
enum Attempt {
    /// Nothing changes: every row once, and the arithmetic is right.
    Complete,
    /// Rows are added while pages are read.
    Growing,
    /// Pages are as long as asked, and no longer than allowed.
    Limits,
    /// Rows come in the order that is asked for.
    Sorted,
}

/// A list under the law.
struct Law<'w, 'r> {
    world: &'w World<'r>,
    listing: &'w Listing,
}

impl Law<'_, '_> {
    async fn attempt(&self, attempt: Attempt, trial: &mut Trial<'_>) -> Outcome {
        let question = self.world.request(&self.listing.operation, None).await?;
        match attempt {
            Attempt::Complete => self.complete(trial, &question).await,
            Attempt::Growing => self.growing(trial, &question).await,
            Attempt::Limits => self.limits(trial, &question).await,
            Attempt::Sorted => sorting::check(self.world, self.listing, trial, &question).await,
        }
    }

    fn label(&self) -> &str {
        &self.listing.operation.label
    }
}
