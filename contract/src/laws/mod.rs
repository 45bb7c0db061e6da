//! Laws: what extensions of the document declare and no other tool checks.

use crate::run::{Run, Stop};

pub(crate) async fn run(run: &Run) -> Result<(), Stop> {
    run.send_all(Vec::new()).await
}
