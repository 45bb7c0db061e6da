//! A run: sends cases, holds answers against the document, remembers what was found and tells reports.

mod cases;
mod clock;
mod events;
mod findings;
mod request;
mod send;
mod stop;
mod verdicts;

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering},
};

pub(crate) use clock::now;
pub use events::{Beginning, Event, Events, Note, Summary};
pub use findings::{Finding, Findings};
pub use stop::Stop;

use crate::{
    api::Api, config::Settings, fixtures::Fixtures, measure::Measure, phases::Replay, pool::Pool,
    principals::Principals, transport::Transport,
};

/// A run. Phases share it; everything in it may be used from several tasks at once.
#[derive(Debug)]
pub struct Run {
    /// The document.
    pub api: Arc<Api>,
    /// What the run was told.
    pub settings: Settings,
    /// Who calls.
    pub principals: Principals,
    /// What fixtures give.
    pub fixtures: Fixtures,
    /// What is to be sent again.
    pub replay: Option<Replay>,
    /// Sends requests.
    pub transport: Transport,
    /// What exists at the server, as answers told.
    pub pool: Pool,
    /// What was exercised of the document.
    pub measure: Mutex<Measure>,
    findings: Mutex<Findings>,
    events: Events,
    cases: AtomicU64,
    differences: AtomicUsize,
    without_connection: AtomicU32,
    is_over: AtomicBool,
}

impl Run {
    /// A run that tells `events` what happens.
    #[must_use]
    pub fn new(
        api: Arc<Api>,
        settings: Settings,
        principals: Principals,
        transport: Transport,
        events: Events,
    ) -> Self {
        Self {
            measure: Mutex::new(Measure::new(&api, &settings.filter)),
            pool: Pool::new(&api),
            api,
            settings,
            principals,
            fixtures: Fixtures::default(),
            replay: None,
            differences: AtomicUsize::new(0),
            transport,
            findings: Mutex::default(),
            events,
            cases: AtomicU64::new(0),
            without_connection: AtomicU32::new(0),
            is_over: AtomicBool::new(false),
        }
    }

    /// With fixtures.
    #[must_use]
    pub fn with_fixtures(mut self, fixtures: Fixtures) -> Self {
        self.fixtures = fixtures;
        self
    }

    /// With a recording that is to be sent again.
    #[must_use]
    pub fn with_replay(mut self, replay: Option<Replay>) -> Self {
        self.replay = replay;
        self
    }

    /// Remembers how many answers differ from those of the recording.
    pub(crate) fn count_differences(&self, count: usize) {
        self.differences.fetch_add(count, Ordering::Relaxed);
    }

    /// How many answers differ from those of the recording.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.differences.load(Ordering::Relaxed)
    }

    /// How many cases were made.
    #[must_use]
    pub fn case_count(&self) -> u64 {
        self.cases.load(Ordering::Relaxed)
    }

    /// What was found so far.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        findings.all()
    }

    /// Tells the reports.
    pub async fn tell(&self, event: Event) {
        self.events.tell(event).await;
    }

    /// Whether the run is to end (Ctrl-C).
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Ends the run: requests under way are finished, no new one is sent.
    pub fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }
}
