//! Reading on a condition: what did not change is not sent again.

use std::sync::Arc;

use super::{conditional, tagged};
use crate::{
    api::Operation,
    laws::{
        shape,
        trial::{Outcome, Trial, fault, untried},
        world::World,
    },
};

/// So often a question is asked again when somebody else changed the thing meanwhile.
const TRIES: usize = 3;

pub(in crate::laws) async fn attempt(
    world: &World<'_>,
    operation: &Arc<Operation>,
    trial: &mut Trial<'_>,
) -> Outcome {
    let case = world.request(operation, None).await?;
    let label = &operation.label;
    let (_, tag) = tagged(trial, &case, "read").await?;
    let (mut tag, mut again) = (tag, None);
    for _ in 0..TRIES {
        let (received, second) = tagged(trial, &case, "read again").await?;
        if second == tag {
            again = Some(received);
            break;
        }
        tag = second;
    }
    if again.is_none() {
        return fault(
            "ETag changes by itself",
            format!("{label}, {TRIES} times in a row"),
            "the same ETag, for nothing changed",
            format!("another one each time, {tag} at last"),
        );
    }
    let opaque = tag.trim_start_matches("W/").to_owned();
    let fitting = [
        (tag.clone(), "If-None-Match with its ETag"),
        (
            format!("W/{opaque}"),
            "If-None-Match with its ETag, as a weak one",
        ),
        (
            format!("\"none-of-these\", {tag}"),
            "If-None-Match with its ETag in a list",
        ),
        ("*".to_owned(), "If-None-Match: *"),
    ];
    for (value, what) in fitting {
        let received = conditional(world, trial, &case, "If-None-Match", &value, what).await?;
        if received.status == 304 {
            if !received.body.is_empty() {
                return fault(
                    "304 with a body",
                    format!("{label}, {what}"),
                    "no body",
                    shape::brief(&received.body),
                );
            }
            continue;
        }
        if received.status == 200 && received.header("etag").is_some_and(|now| now != tag) {
            return untried("it changes while it is read");
        }
        return fault(
            "Unchanged, and sent again",
            format!("{label}, {what} ({value})"),
            "304 without a body",
            received.status.to_string(),
        );
    }
    let what = "If-None-Match with another ETag";
    let received = conditional(
        world,
        trial,
        &case,
        "If-None-Match",
        "\"none-of-these\"",
        what,
    )
    .await?;
    if received.status == 200 {
        return Ok(());
    }
    fault(
        "Another ETag taken for this one",
        format!("{label}, {what}"),
        "200",
        received.status.to_string(),
    )
}
