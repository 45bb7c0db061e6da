//! Data made at random from the schemas, from a seed: valid data and data with one or several deviations, larger than
//! in the coverage phase, with letters of all alphabets.
//!
//! `dice` draws a case, `parameter` and `body` its parts; `source` gives them values and deviations.

mod body;
mod dice;
mod parameter;
mod source;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use dice::Dice;

use crate::{
    api::Operation,
    case::{Case, Phase},
    generate::template::{Context, Template},
    run::{Run, Stop},
};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let nonce = super::nonce();
    let context = Context {
        api: &run.api,
        settings: &run.settings,
        pool: &run.pool,
        nonce: &nonce,
    };
    let count = run.settings.max_examples;
    for stage in super::coverage::stages(&run.api, &run.settings, Phase::Random) {
        let new = |operation: &Arc<Operation>| run.case(operation, Phase::Random);
        let cases = stage
            .iter()
            .flat_map(|operation| cases(context, operation, count, new));
        run.send_all(cases).await?;
    }
    Ok(())
}

fn cases<'r>(
    context: Context<'r>,
    operation: &'r Arc<Operation>,
    count: usize,
    mut new: impl FnMut(&Arc<Operation>) -> Case + 'r,
) -> impl Iterator<Item = Case> {
    let template = Template::new(context, operation);
    let count = if template.is_complete() { count } else { 0 };
    let mut dice = Dice::new(context, operation);
    (0..count).map(move |number| {
        let variation = dice.variation(&template, number);
        let mut case = new(operation);
        case.origin.seed = context.settings.seed;
        template.fill(
            &mut case,
            &variation,
            &format!("r{}.{number}", operation.index),
        );
        case
    })
}
