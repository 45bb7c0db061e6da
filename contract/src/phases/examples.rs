//! The document's examples, and the cases that a team wrote down itself.

use super::{each, positive};
use crate::{
    case::Phase,
    run::{Run, Stop},
};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    // First: what they make exists for the examples.
    let fixtures = run.fixtures.cases.iter();
    let fixtures =
        fixtures.filter(|fixture| run.settings.tests(&fixture.step.operation, Phase::Examples));
    each(run, fixtures, |fixture| run.fixtures.try_case(run, fixture)).await?;
    let operations = run.api.operations.iter();
    let tested: Vec<_> = operations
        .filter(|operation| run.settings.tests(operation, Phase::Examples))
        .collect();
    // Examples as they stand; their ids rarely exist.
    let cases = tested.iter();
    run.send_all(cases.flat_map(|operation| positive::examples(run, operation, Phase::Examples)))
        .await?;
    each(run, tested, async |operation| {
        let Some(resource) = run.fixtures.resource_for(operation) else {
            return Ok(());
        };
        for mut case in positive::examples(run, operation, Phase::Examples) {
            let made = run
                .fixtures
                .make(run, Phase::Examples, &resource.name, None);
            let Some(made) = made.await? else {
                return Ok(());
            };
            if let Some(owner) = &made.owner {
                case.credentials = run.credentials_of(operation, owner);
            }
            positive::put_given(&mut case, &made.parameters);
            case.origin.parent = made.created_by.map(|exchange| exchange.case.id);
            run.send(case).await?;
        }
        Ok(())
    })
    .await
}
