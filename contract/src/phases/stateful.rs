//! Operations one after another, on what the ones before made.

use crate::run::{Run, Stop};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    run.send_all(Vec::new()).await
}
