//! An attempt at a law: the requests that belong together, and what they show.

use std::{fmt::Write as _, time::Duration};

use crate::{
    case::{Case, Phase},
    checks::Check,
    document::Place,
    exchange::{Exchange, Failure, Received},
    run::{Event, Note, Run, Stop},
};

/// How often a request is sent again because a budget was spent.
const PATIENCE: u64 = 4;

/// Why an attempt ends.
#[derive(Debug)]
pub(super) enum Halt {
    /// The run is to end.
    Stop(Stop),
    /// The law could not be tried, and why.
    Untried(String),
    /// The server breaks the law.
    Fault(Box<Fault>),
}

/// What the server does in place of what the law says.
#[derive(Debug)]
pub(super) struct Fault {
    /// A few words, the same for every fault of the kind.
    pub(super) title: &'static str,
    /// What was sent.
    pub(super) sent: String,
    /// What the law says.
    pub(super) expected: String,
    /// What came.
    pub(super) received: String,
}

pub(super) type Outcome<T = ()> = Result<T, Halt>;

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

/// An attempt that could not be made.
pub(super) fn untried<T>(reason: impl Into<String>) -> Outcome<T> {
    Err(Halt::Untried(reason.into()))
}

/// A fault, as the error that ends an attempt.
pub(super) fn fault<T>(
    title: &'static str,
    sent: impl Into<String>,
    expected: impl Into<String>,
    received: impl Into<String>,
) -> Outcome<T> {
    Err(Halt::Fault(Box::new(Fault {
        title,
        sent: sent.into(),
        expected: expected.into(),
        received: received.into(),
    })))
}

/// The requests of an attempt.
#[derive(Debug)]
pub(super) struct Trial<'r> {
    pub(super) run: &'r Run,
    check: Check,
    subject: String,
    place: Place,
    exchanges: Vec<Exchange>,
}

impl<'r> Trial<'r> {
    /// An attempt at a law that a place of the document declares for a subject (an operation, as reports name it).
    pub(super) fn new(run: &'r Run, check: Check, subject: &str, place: Place) -> Self {
        Self {
            run,
            check,
            subject: subject.to_owned(),
            place,
            exchanges: Vec::new(),
        }
    }

    /// Sends a request. A budget that is spent is waited for, within bounds.
    pub(super) async fn send(&mut self, mut case: Case, what: &str) -> Outcome<Received> {
        what.clone_into(&mut case.origin.description);
        case.origin.phase = Phase::Laws;
        for attempt in 0..PATIENCE {
            let Some(exchange) = self.run.probe(case.clone()).await? else {
                return untried("a value cannot be sent by HTTP");
            };
            let answer = exchange.outcome.clone();
            self.keep(exchange);
            let received = match answer {
                Ok(received) => received,
                Err(problem) => return untried(format!("{what}: {problem}")),
            };
            if received.status != 429 || self.check == Check::RateLimit {
                return Ok(received);
            }
            // Who tells too short a time is to be found by the law of limits, and not to keep the others from being tried.
            let least = Duration::from_secs(attempt);
            let wait =
                retry_after(&received).map_or(Duration::from_secs(1), |told| told.max(least));
            if wait > self.run.settings.bounds.wait {
                return untried(format!(
                    "the budget is spent, and the server asks for {} s of patience: give it larger limits, or allow the wait by --law-wait",
                    wait.as_secs()
                ));
            }
            tokio::time::sleep(wait).await;
            case.id = self.run.case_id();
        }
        untried("the budget is spent again and again: give the server larger limits")
    }

    /// Sends requests at the same moment.
    pub(super) async fn at_once(
        &mut self,
        mut cases: Vec<Case>,
        what: &str,
    ) -> Outcome<Vec<Received>> {
        for case in &mut cases {
            what.clone_into(&mut case.origin.description);
            case.origin.phase = Phase::Laws;
        }
        let mut answers = Vec::new();
        let mut problem = None;
        for exchange in self.run.at_once(cases).await? {
            match &exchange.outcome {
                Ok(received) => answers.push(received.clone()),
                Err(error) => problem = Some(error.to_string()),
            }
            self.keep(exchange);
        }
        problem.map_or(Ok(answers), |problem| untried(format!("{what}: {problem}")))
    }

    /// Keeps an exchange for the report. Laws refuse and are refused on purpose: what checks say about that is not meant.
    fn keep(&mut self, mut exchange: Exchange) {
        exchange.verdicts.retain(|verdict| {
            !matches!(
                verdict.check,
                Check::PositiveDataAcceptance
                    | Check::NegativeDataRejection
                    | Check::MissingRequiredHeader
            )
        });
        self.exchanges.push(exchange);
    }

    /// Whether something was sent.
    pub(super) fn has_begun(&self) -> bool {
        !self.exchanges.is_empty()
    }

    /// Reports what was sent and what became of it.
    pub(super) async fn end(mut self, outcome: Outcome) -> Result<(), Stop> {
        let failure = match outcome {
            Ok(()) => None,
            Err(Halt::Stop(stop)) => return Err(stop),
            Err(halt @ Halt::Untried(_)) => return self.close(Err(halt)).await,
            Err(Halt::Fault(fault)) => Some(self.failure(&fault)),
        };
        let last = self.exchanges.pop();
        for exchange in self.exchanges {
            self.run.verdict(exchange, self.check, None).await?;
        }
        if let Some(last) = last {
            self.run.verdict(last, self.check, failure).await?;
        }
        Ok(())
    }

    /// Reports what was sent, without a verdict of the law.
    pub(super) async fn close(mut self, outcome: Outcome) -> Result<(), Stop> {
        match outcome {
            Err(Halt::Stop(stop)) => return Err(stop),
            Err(Halt::Untried(text)) => self.note(text).await,
            Ok(()) | Err(Halt::Fault(_)) => {}
        }
        for exchange in &mut self.exchanges {
            self.run.report(exchange).await?;
        }
        Ok(())
    }

    /// Says that something could not be tried.
    pub(super) async fn note(&self, text: String) {
        let note = Note {
            check: Some(self.check),
            subject: self.subject.clone(),
            text: format!("not tried: {text}"),
            place: Some(self.place.clone()),
        };
        self.run.tell(Event::Note(note)).await;
    }

    fn failure(&self, fault: &Fault) -> Failure {
        let mut message = format!(
            "Sent: {}\nExpected: {}\nReceived: {}\nRequests:",
            fault.sent, fault.expected, fault.received
        );
        let from = self.exchanges.len().saturating_sub(SHOWN);
        if from > 0 {
            // Writing to a String cannot fail.
            let _ = write!(message, "\n  … {from} before");
        }
        for (number, exchange) in self.exchanges.iter().enumerate().skip(from) {
            let _ = write!(message, "\n  {}. {}", number + 1, line(exchange));
        }
        Failure {
            check: self.check,
            code: super::CODE,
            title: fault.title.to_owned(),
            message,
            place: self.place.clone(),
            key: format!("{} {}", self.subject, fault.title),
        }
    }
}

/// How many requests a message lists.
const SHOWN: usize = 12;

fn line(exchange: &Exchange) -> String {
    let case = &exchange.case;
    let outcome = match &exchange.outcome {
        Ok(received) => received.status.to_string(),
        Err(problem) => problem.to_string(),
    };
    format!(
        "{} {} ({}, case {}) → {outcome}",
        exchange.sent.method, exchange.sent.url, case.origin.description, case.id
    )
}

/// How long a server asks to wait, when it says so in seconds.
pub(super) fn retry_after(received: &Received) -> Option<Duration> {
    let seconds = received.header("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}
