//! Background work: what was committed is done, at least once and never twice at once.

mod failures;
mod instances;
mod operators;
mod outbox;
mod processes;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use waybill::infra::jobs::{Handlers, Job, JobContext, JobError, JobOptions};

use crate::support::Server;

const PATIENCE: Duration = Duration::from_secs(20);

/// A job that writes down that it ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    text: String,
}

impl Job for Note {
    const QUEUE: &'static str = "test-note";
}

fn note(text: &str) -> Note {
    Note {
        text: text.to_owned(),
    }
}

/// The runs of a test's jobs, in order.
#[derive(Clone, Default)]
struct Runs(Arc<Mutex<Vec<(String, JobContext)>>>);

impl Runs {
    fn record(&self, text: String, context: JobContext) {
        self.0.lock().unwrap().push((text, context));
    }

    fn texts(&self) -> Vec<String> {
        let runs = self.0.lock().unwrap();
        runs.iter().map(|(text, _)| text.clone()).collect()
    }

    fn contexts(&self) -> Vec<JobContext> {
        let runs = self.0.lock().unwrap();
        runs.iter().map(|(_, context)| context.clone()).collect()
    }

    /// A handler that writes down each run and does what `then` says.
    fn handlers(
        &self,
        then: impl Fn(&str) -> Result<(), JobError> + Send + Sync + 'static,
    ) -> Handlers {
        let (runs, then) = (self.clone(), Arc::new(then));
        Handlers::default().on(PATIENCE, move |job: Note, context| {
            let (runs, then) = (runs.clone(), Arc::clone(&then));
            async move {
                runs.record(job.text.clone(), context);
                then(&job.text)
            }
        })
    }
}

/// Pushes a job in a transaction of its own.
async fn push(server: &Server, job: &impl Job, options: JobOptions) -> String {
    let api = server.api();
    let mut tx = api.db.begin().await.unwrap();
    let id = api.jobs.push(&mut tx, job, options).await.unwrap();
    tx.commit().await.unwrap();
    id.expect("nothing stands in the way").to_string()
}
