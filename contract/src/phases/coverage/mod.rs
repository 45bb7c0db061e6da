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
    generate::recipe::{Draft, Kitchen, Recipe},
    run::{Event, Note, Run, Stop},
};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let nonce = super::nonce();
    let kitchen = Kitchen {
        api: &run.api,
        settings: &run.settings,
        pool: &run.pool,
        nonce: &nonce,
    };
    for stage in stages(&run.api, &run.settings, Phase::Coverage) {
        for operation in &stage {
            for (text, place) in Recipe::new(kitchen, operation).notes {
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
            .flat_map(|operation| cases(kitchen, operation, new));
        run.send_all(cases).await?;
    }
    Ok(())
}

/// The cases of an operation, made one by one. `new` makes an empty one.
fn cases<'r>(
    kitchen: Kitchen<'r>,
    operation: &'r Arc<Operation>,
    mut new: impl FnMut(&Arc<Operation>) -> Case + 'r,
) -> impl Iterator<Item = Case> {
    let recipe = Recipe::new(kitchen, operation);
    let drafts = drafts(kitchen, operation, &recipe);
    drafts.into_iter().enumerate().map(move |(number, draft)| {
        let mut case = new(operation);
        recipe.fill(&mut case, &draft, &format!("{}.{number}", operation.index));
        case
    })
}

/// Everything that is tried of an operation.
fn drafts<'r>(kitchen: Kitchen<'r>, operation: &'r Operation, recipe: &Recipe<'r>) -> Vec<Draft> {
    if !recipe.is_complete() {
        return Vec::new();
    }
    let mut drafts = vec![Draft {
        scenario: "default_positive_test",
        description: "Default positive test case".to_owned(),
        ..Draft::default()
    }];
    parameters::positive(kitchen, operation, recipe, &mut drafts);
    bodies::positive(kitchen, operation, &mut drafts);
    refusals::declared(operation, recipe, &mut drafts);
    let at = drafts.len();
    parameters::negative(kitchen, operation, recipe, &mut drafts);
    bodies::negative(kitchen, operation, recipe, &mut drafts);
    shapes::content_types(operation, recipe, &mut drafts);
    shapes::methods(kitchen, operation, &mut drafts);
    if order::ends_something(operation) {
        // What is refused ends nothing: it is tried while there is something to end.
        drafts.rotate_left(at);
    }
    drafts
}
