//! Every keyword of every schema, deterministically: what it takes and what it refuses.

use crate::run::{Run, Stop};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    run.send_all(Vec::new()).await
}
