//! The document's examples.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    api::{Location, Operation},
    case::{Case, Content, Payload, Phase},
    run::{Run, Stop},
};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let operations = run.api.operations.iter();
    let tested = operations.filter(|operation| run.settings.tests(operation, Phase::Examples));
    let cases: Vec<Case> = tested
        .filter_map(|operation| case(run, operation))
        .collect();
    run.send_all(cases).await
}

fn case(run: &Run, operation: &Arc<Operation>) -> Option<Case> {
    let mut case = run.case(operation, Phase::Examples);
    "Example of the document".clone_into(&mut case.origin.description);
    for parameter in &operation.parameters {
        let Some(example) = parameter.examples.first() else {
            if parameter.is_required {
                return None;
            }
            continue;
        };
        let text = match &example.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let name = parameter.name.clone();
        match parameter.location {
            Location::Path => {
                case.path.insert(name, text);
            }
            Location::Query => case.query.push((name, text)),
            Location::Header => case.headers.push((name, text)),
            Location::Cookie | Location::Body => case.cookies.push((name, text)),
        }
    }
    if let Some(body) = &operation.body {
        let (media_type, media) = body.media.first()?;
        let example = media.examples.first()?;
        case.body = Some(Payload {
            media_type: media_type.clone(),
            content: Content::Json(example.value.clone()),
        });
    }
    Some(case)
}
