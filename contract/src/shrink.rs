//! Makes a failing case smaller: what can be left out without the failure going away is left out.

use crate::{
    exchange::{Exchange, Failure},
    run::{Run, Stop},
};

/// The smallest exchange found that shows the same failure; `None` when the given one is.
///
/// # Errors
/// [`Stop`] when the run is to end.
pub async fn shrink(
    run: &Run,
    exchange: &Exchange,
    failure: &Failure,
) -> Result<Option<(Exchange, Failure)>, Stop> {
    if !run.settings.shrinks {
        return Ok(None);
    }
    let again = run.probe(exchange.case.clone()).await?;
    Ok(again.and_then(|again| {
        let same = again
            .failures()
            .find(|known| known.code == failure.code)?
            .clone();
        Some((again, same))
    }))
}
