//! Data made at random from the schemas, from a seed.

use crate::run::{Run, Stop};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    run.send_all(Vec::new()).await
}
