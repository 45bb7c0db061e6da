//! Lists and feeds: every row once, also while others are added, and pages that say the truth about themselves.

mod truth;

use std::{collections::HashSet, sync::Arc};

use serde_json::Value;
use truth::no_repetition;

use super::{
    listing::{self, Listing, Position, Sheet, Style},
    places, sorting,
    trial::{Halt, Outcome, Trial, fault, untried},
    world::World,
};
use crate::{
    api::{Location, Operation},
    case::Case,
    checks::Check,
    exchange::Received,
    run::{Run, Stop},
};

/// So many rows are made at least, for a list to have pages.
const ROWS: usize = 7;
/// So many pages a walk should have.
const PAGES: usize = 8;

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

/// A list that was read to its end.
struct Walk {
    keys: Vec<String>,
    pages: Vec<(Position, Sheet, Received)>,
    limit: u64,
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

    /// The operation that adds rows to the list: the one that is named, the one at the same path, or one that its path
    /// begins with.
    fn producer(&self) -> Option<&Arc<Operation>> {
        let api = &self.world.run.api;
        let path = &self.listing.operation.path;
        if let Some(name) = &self.listing.producer {
            return api.operation(name);
        }
        let posts = || {
            api.operations
                .iter()
                .filter(|operation| operation.method == "POST")
        };
        posts().find(|operation| operation.path == *path)
    }

    /// Makes rows for the caller of the list, until there are enough for several pages.
    async fn fill(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome<usize> {
        let (sheet, _) = self
            .listing
            .sheet(
                self.world,
                trial,
                question,
                &Position::Start,
                self.listing.longest(),
            )
            .await?;
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
    async fn add(&self, question: &Case) -> Outcome<bool> {
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

    /// Reads pages until there are no more. `between` happens after each.
    async fn walk(
        &self,
        trial: &mut Trial<'_>,
        question: &Case,
        limit: u64,
        grows: bool,
    ) -> Outcome<Walk> {
        let mut walk = Walk {
            keys: Vec::new(),
            pages: Vec::new(),
            limit,
        };
        let mut position = Position::Start;
        let most = self.world.run.settings.bounds.pages;
        let mut asked = HashSet::new();
        for number in 0..most {
            let (mut sheet, received) = self
                .listing
                .sheet(self.world, trial, question, &position, Some(limit))
                .await?;
            walk.keys
                .extend(sheet.rows.iter().map(|row| self.listing.key(row)));
            if sheet.rows.is_empty() && self.listing.style != Style::Cursor {
                // Whatever it says: nothing comes after an empty page.
                sheet.next = None;
            }
            let next = sheet.next.clone();
            walk.pages.push((position, sheet, received));
            let Some(next) = next else {
                return Ok(walk);
            };
            if let Position::Cursor(cursor) = &next
                && !asked.insert(cursor.clone())
            {
                return fault(
                    "Cursor leads back",
                    format!("{} page by page, limit {limit}", self.label()),
                    "a new cursor on each page",
                    format!("the cursor {cursor} again"),
                );
            }
            position = next;
            if grows && number < ROWS {
                self.add(question).await?;
            }
        }
        if self.listing.style == Style::Cursor || grows {
            // Long enough: what was seen so far is judged.
            return Ok(walk);
        }
        untried(format!("it has more than {most} pages of {limit} rows"))
    }

    /// A length of pages that makes several of a number of rows.
    fn limit(&self, rows: usize) -> u64 {
        let least = self
            .listing
            .limit
            .as_ref()
            .map_or(1, |(_, least, _)| *least);
        let most = self.listing.longest().unwrap_or(u64::MAX);
        let wanted = u64::try_from(rows.div_ceil(PAGES).max(2)).unwrap_or(2);
        wanted.clamp(least, most)
    }

    /// The number of rows, as far as the list says it or shows it.
    fn size(&self, sheet: &Sheet) -> usize {
        let total = listing::value(&sheet.body, self.listing.meta.total.as_ref());
        let told = total
            .and_then(Value::as_u64)
            .and_then(|total| usize::try_from(total).ok());
        told.unwrap_or(sheet.rows.len()).max(sheet.rows.len())
    }

    async fn complete(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome {
        if self.listing.limit.is_none() {
            return untried("no query parameter says how long a page is");
        }
        self.fill(trial, question).await?;
        let (sheet, _) = self
            .listing
            .sheet(
                self.world,
                trial,
                question,
                &Position::Start,
                self.listing.longest(),
            )
            .await?;
        let size = self.size(&sheet);
        let limit = self.limit(size);
        let walk = self.walk(trial, question, limit, false).await?;
        let how = format!("{} page by page, limit {limit}", self.label());
        no_repetition(&walk, &how)?;
        self.no_loss(&sheet, &walk, &how)?;
        for (position, sheet, received) in &walk.pages {
            self.arithmetic(&walk, position, sheet)?;
            super::links::check(
                self.listing,
                &walk.keys,
                walk.limit,
                position,
                sheet,
                received,
            )?;
        }
        Ok(())
    }

    /// Every row that was on one long page comes page by page.
    fn no_loss(&self, long: &Sheet, walk: &Walk, how: &str) -> Outcome {
        let seen: HashSet<_> = walk.keys.iter().collect();
        let is_whole = walk
            .pages
            .last()
            .is_some_and(|(_, sheet, _)| sheet.next.is_none());
        let reached = long.rows.iter().map(|row| self.listing.key(row));
        let reached: Vec<_> = if is_whole {
            reached.collect()
        } else {
            reached.take(walk.keys.len()).collect()
        };
        match reached.iter().find(|key| !seen.contains(key)) {
            Some(lost) => fault(
                "Row is lost",
                how,
                format!("every row of the page of {} rows", long.rows.len()),
                format!("{} rows without {lost}", walk.keys.len()),
            ),
            None => Ok(()),
        }
    }

    async fn growing(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome {
        let is_feed = self.listing.style == Style::Cursor || self.listing.is_stable;
        if !is_feed {
            // Numbered pages move when rows are added before them, unless the document promises more.
            return Ok(());
        }
        self.fill(trial, question).await?;
        let (before, _) = self
            .listing
            .sheet(
                self.world,
                trial,
                question,
                &Position::Start,
                self.listing.longest(),
            )
            .await?;
        let limit = self.limit(before.rows.len());
        if !self.add(question).await? {
            return untried(format!(
                "nothing says how rows are added: name the operation by `producer` in `{}`",
                listing::EXTENSION
            ));
        }
        let walk = self.walk(trial, question, limit, true).await?;
        let how = format!(
            "{} page by page, limit {limit}, while rows are added",
            self.label()
        );
        no_repetition(&walk, &how)?;
        self.no_loss(&before, &walk, &how)
    }

    async fn limits(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome {
        let Some((name, least, most)) = &self.listing.limit else {
            return Ok(());
        };
        let (sheet, _) = self
            .listing
            .sheet(self.world, trial, question, &Position::Start, Some(*least))
            .await?;
        let length = sheet.rows.len();
        if u64::try_from(length).is_ok_and(|length| length > *least) {
            return fault(
                "Limit not kept",
                format!("{} with {name}={least}", self.label()),
                format!("at most {least} rows"),
                format!("{length} rows"),
            );
        }
        let parameter = self.listing.operation.parameter(Location::Query, name);
        let says_least = parameter.is_some_and(|known| known.schema.value.get("minimum").is_some());
        let outside = [
            says_least.then(|| least.checked_sub(1)).flatten(),
            most.and_then(|most| most.checked_add(1)),
        ];
        for limit in outside.into_iter().flatten() {
            let case = self
                .listing
                .ask(self.world, question, &Position::Start, Some(limit));
            let received = trial.send(case, "a limit out of range").await?;
            if !(400..500).contains(&received.status) {
                return fault(
                    "Limit out of range accepted",
                    format!("{} with {name}={limit}", self.label()),
                    "a refusal (4xx)",
                    received.status.to_string(),
                );
            }
        }
        Ok(())
    }
}
