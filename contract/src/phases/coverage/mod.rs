//! Every keyword of every schema, deterministically: what it takes and what it refuses, one deviation in each case.
//!
//! `order` says which operation comes when, `parameters`, `bodies`, `shapes` and `refusals` say what is tried
//! of it. Cases are made
//! when their turn comes, so that ids from earlier answers serve later requests.

mod bodies;
mod order;
mod parameters;
mod refusals;
mod shapes;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub(super) use order::stages;

use crate::{
    api::Operation,
    case::{Case, Phase},
    generate::template::{Context, Template, Variation},
    run::{Event, Note, Run, Stop},
};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let nonce = super::nonce();
    let context = Context {
        api: &run.api,
        settings: &run.settings,
        pool: &run.pool,
        nonce: &nonce,
    };
    for stage in stages(&run.api, &run.settings, Phase::Coverage) {
        for operation in &stage {
            for (text, place) in Template::new(context, operation).notes {
                let note = Note {
                    check: None,
                    subject: operation.label.clone(),
                    text,
                    place: Some(place),
                };
                run.tell(Event::Note(note)).await;
            }
        }
        // What a stage makes, the next one names.
        let new = |operation: &Arc<Operation>| run.case(operation, Phase::Coverage);
        let cases = stage
            .iter()
            .flat_map(|operation| cases(context, operation, new));
        run.send_all(cases).await?;
    }
    Ok(())
}

/// The cases of an operation, made one by one. `new` makes an empty one.
fn cases<'r>(
    context: Context<'r>,
    operation: &'r Arc<Operation>,
    mut new: impl FnMut(&Arc<Operation>) -> Case + 'r,
) -> impl Iterator<Item = Case> {
    let template = Template::new(context, operation);
    let variations = variations(context, operation, &template);
    variations
        .into_iter()
        .enumerate()
        .map(move |(number, variation)| {
            let mut case = new(operation);
            template.fill(
                &mut case,
                &variation,
                &format!("{}.{number}", operation.index),
            );
            case
        })
}

/// Everything that is tried of an operation.
fn variations<'r>(
    context: Context<'r>,
    operation: &'r Operation,
    template: &Template<'r>,
) -> Vec<Variation> {
    if !template.is_complete() {
        return Vec::new();
    }
    let mut variations = vec![Variation {
        scenario: "default_positive_test",
        description: "Default positive test case".to_owned(),
        ..Variation::default()
    }];
    parameters::positive(context, operation, template, &mut variations);
    bodies::positive(context, operation, &mut variations);
    refusals::declared(operation, template, &mut variations);
    let at = variations.len();
    parameters::negative(context, operation, template, &mut variations);
    bodies::negative(context, operation, template, &mut variations);
    shapes::content_types(operation, template, &mut variations);
    shapes::methods(context, operation, &mut variations);
    if order::ends_something(operation) {
        // What is refused ends nothing: it is tried while there is something to end.
        variations.rotate_left(at);
    }
    variations
}
