//! Operations one after another, on what the ones before made: what was created is there and in its list, a change does
//! not lose it, what was deleted is gone. Then walks along links and names, from the seed.

mod life;
mod links;
mod list;
mod walk;

pub(super) use list::has;

use super::{each, thing};
use crate::{
    case::Phase,
    run::{Run, Stop},
};

const PHASE: Phase = Phase::Stateful;

/// Most walks from one creation.
const WALKS: usize = 20;

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let creators = thing::creators(run, PHASE);
    each(run, creators, async |creator| {
        life::of(run, creator).await?;
        // As many as the random phase has cases, in tens: each has several steps.
        let walks = (run.settings.max_examples / 10).clamp(1, WALKS);
        for number in 0..walks {
            walk::from(run, creator, number).await?;
        }
        Ok(())
    })
    .await?;
    each(run, links::sources(run), |operation| {
        links::follow(run, operation)
    })
    .await
}
