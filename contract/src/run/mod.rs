//! A run: sends cases, holds answers against the document, remembers what was found and tells reports.

mod events;
mod findings;

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use jiff::Timestamp;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use events::{Beginning, Event, Events, Note, Summary};
pub use findings::{Finding, Findings};

use crate::{
    api::{Api, Location, Operation},
    case::{Case, Credentials, Phase},
    checks::{self, Check},
    config::Settings,
    exchange::{Exchange, Failure, NoAnswer, Sent, Verdict},
    fixtures::Fixtures,
    measure::Measure,
    phases::Replay,
    pool::Pool,
    principals::{Principals, sign_in},
    transport::Transport,
};

/// So many requests in a row without a connection, and the server is taken to be gone.
const UNREACHABLE: u32 = 5;
/// So often somebody signs in for one request: another one may end their session meanwhile.
const SIGN_INS: u32 = 2;

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

/// Why a phase ends before its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The server cannot be reached any more.
    #[error("the server at {server} cannot be reached: {reason}")]
    Unreachable {
        /// Its address.
        server: String,
        /// What the last attempt said.
        reason: String,
    },
    /// As many failures as were asked for.
    #[error("{0} failures were found, and the run ends there as told")]
    MaxFailures(usize),
    /// A principal cannot sign in.
    #[error("`{principal}` cannot sign in: {problem}")]
    SignIn {
        /// Who.
        principal: String,
        /// What went wrong, with the place of the step.
        problem: String,
        /// Whether the server answered and refused; else it could not be asked.
        is_answered: bool,
    },
    /// Somebody pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// The phase had its time.
    #[error("the time of {} s is over", .0.as_secs())]
    TimeIsOver(Duration),
    /// It cannot go on for a reason of its own (a fixture that cannot be read, a set-up that fails).
    #[error("{0}")]
    Unusable(String),
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

    /// A new id for a case: short, and unique in the run.
    pub fn case_id(&self) -> String {
        let number = self.cases.fetch_add(1, Ordering::Relaxed);
        short_id(self.settings.seed, number)
    }

    /// A case for an operation with nothing in it yet.
    pub fn case(&self, operation: &Arc<Operation>, phase: Phase) -> Case {
        let mut case = Case::new(self.case_id(), operation, phase, self.settings.seed);
        for (name, value) in self.settings.headers_of(operation) {
            case.set_header(name, value.clone());
        }
        case
    }

    /// On whose behalf an operation on somebody's object is called: the owner's, or the usual caller's where the owner may
    /// not call it.
    #[must_use]
    pub fn credentials_of(&self, operation: &Operation, owner: &str) -> Credentials {
        let owner = self.principals.known.get_key_value(owner);
        match owner {
            Some((name, owner)) if owner.may(operation, &self.api.schemes) => {
                Credentials::Of(name.clone())
            }
            _ => Credentials::Usual,
        }
    }

    /// A generator of random numbers for a purpose: the same seed and the same name give the same numbers.
    #[must_use]
    pub fn random(&self, purpose: &str) -> ChaCha8Rng {
        // FNV-1a: what matters is that it never changes.
        let mut seed = 0xcbf2_9ce4_8422_2325_u64 ^ self.settings.seed;
        for byte in purpose.bytes() {
            seed = (seed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        ChaCha8Rng::seed_from_u64(seed)
    }

    /// Sends a case, judges the answer, counts and reports it. What the server did wrong is in the exchange's verdicts
    /// and among the findings; it is no error here. A case that HTTP cannot carry gives `None`.
    ///
    /// # Errors
    /// [`Stop`] when the run is to end.
    pub async fn send(&self, case: Case) -> Result<Option<Exchange>, Stop> {
        let Some(mut exchange) = self.exchange(case).await? else {
            return Ok(None);
        };
        self.judge(&mut exchange).await?;
        self.conclude(&mut exchange).await?;
        Ok(Some(exchange))
    }

    /// Sends a case that serves another one (a set-up, an attempt to make a failure smaller): it is judged, but not
    /// counted, not reported, and nothing that it shows becomes a finding.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn probe(&self, case: Case) -> Result<Option<Exchange>, Stop> {
        let Some(mut exchange) = self.exchange(case).await? else {
            return Ok(None);
        };
        self.judge(&mut exchange).await?;
        Ok(Some(exchange))
    }

    /// Puts the verdicts of all checks into an exchange. One of them needs a second request to compare with.
    async fn judge(&self, exchange: &mut Exchange) -> Result<(), Stop> {
        exchange.verdicts = checks::judge(&self.api, &self.settings, exchange);
        if let Some(control) = checks::control(exchange)
            && let Some(control) = self.exchange(control).await?
        {
            checks::settle(exchange, &control);
        }
        Ok(())
    }

    /// Adds the verdict of a law to exchanges that were sent already, and reports them: the last one carries the
    /// failure, when there is one.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn verdict(
        &self,
        mut exchange: Exchange,
        check: Check,
        failure: Option<Failure>,
    ) -> Result<Exchange, Stop> {
        exchange.verdicts.push(Verdict { check, failure });
        self.report(&mut exchange).await?;
        Ok(exchange)
    }

    /// Counts and reports an exchange with the verdicts that it has.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn report(&self, exchange: &mut Exchange) -> Result<(), Stop> {
        self.conclude(exchange).await
    }

    /// Sends cases, as many at once as there are workers.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn send_all(&self, cases: impl IntoIterator<Item = Case>) -> Result<(), Stop> {
        let mut cases = cases.into_iter();
        let cases = Mutex::new(&mut cases);
        let worker = async || {
            loop {
                let next = cases.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(case) = next else { return Ok(()) };
                self.send(case).await?;
            }
        };
        let workers = (0..self.settings.limits.workers.max(1)).map(|_| worker());
        futures_util::future::try_join_all(workers).await?;
        Ok(())
    }

    /// Asks whether anything listens at the server's address, a few times: a server that was started just now may need
    /// a moment.
    ///
    /// # Errors
    /// [`Stop::Unreachable`].
    pub async fn knock(&self) -> Result<(), Stop> {
        let sent = Sent {
            method: "HEAD".to_owned(),
            url: format!("{}/", self.transport.base()),
            headers: Vec::new(),
            body: None,
        };
        let mut reason = String::new();
        for _ in 0..UNREACHABLE {
            match self.transport.send_now(&sent).await {
                Err(NoAnswer::Unreachable(why)) => reason = why,
                // Whatever it answers, it is there; its faults are for the checks.
                _ => return Ok(()),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Err(Stop::Unreachable {
            server: self.transport.base().to_owned(),
            reason,
        })
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

    /// Sends a case and gives what happened, without a verdict. When the server does not take a principal's credentials
    /// any more, they sign in again, and the answer is that to the second attempt.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn exchange(&self, case: Case) -> Result<Option<Exchange>, Stop> {
        let Some(mut exchange) = self.exchange_once(case).await? else {
            return Ok(None);
        };
        for attempt in 1..=SIGN_INS {
            if !sign_in::renewed(self, &exchange).await? {
                break;
            }
            let Some(again) = self.exchange_once(exchange.case).await? else {
                return Ok(None);
            };
            exchange = again;
            if attempt == SIGN_INS && exchange.status() == Some(401) {
                sign_in::is_own_status(self, &exchange.case);
            }
        }
        self.pool.learn(&exchange);
        Ok(Some(exchange))
    }

    /// Sends a case with the credentials that its principal has now. Nothing is learnt of the answer: what principals
    /// made for themselves is not to be changed by cases.
    pub(crate) async fn exchange_once(&self, case: Case) -> Result<Option<Exchange>, Stop> {
        if self.is_over() {
            return Err(Stop::Interrupted);
        }
        let Some((case, sent)) = self.written(case) else {
            return Ok(None);
        };
        let recorded_at = now();
        let outcome = self.transport.send(&sent).await;
        if let Err(NoAnswer::Unreachable(reason)) = &outcome {
            let count = self.without_connection.fetch_add(1, Ordering::Relaxed);
            if count + 1 >= UNREACHABLE {
                return Err(Stop::Unreachable {
                    server: self.transport.base().to_owned(),
                    reason: reason.clone(),
                });
            }
        } else {
            self.without_connection.store(0, Ordering::Relaxed);
        }
        Ok(Some(Exchange {
            case,
            sent,
            outcome,
            recorded_at,
            verdicts: Vec::new(),
        }))
    }

    /// A case with the request that it becomes; `None` for one that HTTP cannot carry.
    fn written(&self, case: Case) -> Option<(Case, Sent)> {
        let case = self.without_doubled_credentials(case);
        let mut credentials =
            self.principals
                .write(&case.operation, &case.credentials, &self.api.schemes);
        // What the case says itself wins: a configured header for this operation.
        credentials.retain(|(location, name, _)| {
            *location != Location::Header || case.header(name).is_none()
        });
        let mut sent = self.transport.write(&case, &credentials).ok()?;
        if case.credentials != Credentials::Usual {
            // So do credentials among the headers of every request.
            sent.headers.retain(|(name, _)| {
                case.header(name).is_some()
                    || credentials.iter().any(|(_, written, _)| written == name)
                    || !self.carries_credentials(name)
            });
        }
        Some((case, sent))
    }

    /// A configured header with credentials stands for the usual caller only; whoever is asked for by name, or nobody,
    /// takes its place.
    fn without_doubled_credentials(&self, mut case: Case) -> Case {
        if !matches!(case.credentials, Credentials::Usual | Credentials::Own) {
            case.headers
                .retain(|(name, _)| !self.carries_credentials(name));
        }
        case
    }

    /// Whether a header is where a security scheme of the document puts its secret.
    fn carries_credentials(&self, header: &str) -> bool {
        let mut written = self
            .api
            .schemes
            .values()
            .filter_map(|scheme| scheme.write(""));
        written.any(|(location, name, _)| {
            location == Location::Header && name.eq_ignore_ascii_case(header)
        })
    }

    /// Sends cases at the same moment, however many workers there are, and gives what happened, judged but not reported.
    /// Cases that HTTP cannot carry are left out.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn at_once(&self, cases: Vec<Case>) -> Result<Vec<Exchange>, Stop> {
        if self.is_over() {
            return Err(Stop::Interrupted);
        }
        let written: Vec<_> = cases
            .into_iter()
            .filter_map(|case| self.written(case))
            .collect();
        let send = async |(case, sent): (Case, Sent)| {
            let recorded_at = now();
            let outcome = self.transport.send_now(&sent).await;
            let mut exchange = Exchange {
                case,
                sent,
                outcome,
                recorded_at,
                verdicts: Vec::new(),
            };
            self.pool.learn(&exchange);
            exchange.verdicts = checks::judge(&self.api, &self.settings, &exchange);
            exchange
        };
        Ok(futures_util::future::join_all(written.into_iter().map(send)).await)
    }

    async fn conclude(&self, exchange: &mut Exchange) -> Result<(), Stop> {
        {
            let mut measure = self.measure.lock().unwrap_or_else(PoisonError::into_inner);
            measure.see(exchange);
        }
        let mut news = Vec::new();
        {
            let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
            for failure in exchange.failures() {
                if findings.is_new(exchange, failure) {
                    news.push(failure.clone());
                }
            }
        }
        for failure in news {
            let smallest = crate::shrink::shrink(self, exchange, &failure).await?;
            let finding = {
                let mut findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
                findings.add(exchange, failure, smallest)
            };
            self.tell(Event::Finding(Box::new(finding))).await;
        }
        self.tell(Event::Exchange(Box::new(exchange.clone()))).await;
        let count = {
            let findings = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
            findings.count()
        };
        match self.settings.max_failures {
            Some(most) if count >= most => Err(Stop::MaxFailures(most)),
            _ => Ok(()),
        }
    }
}

/// Six characters that do not repeat within a run.
fn short_id(seed: u64, number: u64) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const SPACE: u64 = 62_u64.pow(6);
    // A multiplier without a common factor with the space walks through all of it.
    let mut rest = (seed % SPACE).wrapping_add(number.wrapping_mul(25_214_903_917) % SPACE) % SPACE;
    let mut id = String::with_capacity(6);
    for _ in 0..6 {
        let digit = usize::try_from(rest % 62).unwrap_or_default();
        id.push(DIGITS.get(digit).copied().map_or('0', char::from));
        rest /= 62;
    }
    id
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command for people and CI: recordings say when"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_of_cases_do_not_repeat() {
        let ids: HashSet<_> = (0..20_000).map(|number| short_id(42, number)).collect();
        assert_eq!(ids.len(), 20_000);
        assert!(ids.iter().all(|id| id.len() == 6));
    }
}
