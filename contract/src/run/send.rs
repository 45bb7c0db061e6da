//! How cases are sent: one, several or all at once, with or without a verdict.

use std::{
    sync::{Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

use super::{Run, Stop, now};
use crate::{
    case::{Case, Mode, Phase},
    checks,
    exchange::{Exchange, NoAnswer, Sent},
    principals::sign_in,
};

/// So many requests in a row without a connection, and the server is taken to be gone.
const UNREACHABLE: u32 = 5;
/// So often somebody signs in for one request: another one may end their session meanwhile.
const SIGN_INS: u32 = 2;

impl Run {
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
        self.report(&mut exchange).await?;
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

    /// Sends a case and gives what happened, without a verdict. When the server does not take a principal's credentials
    /// any more, they sign in again, and the answer is that to the second attempt. What broke off is sent once more.
    ///
    /// # Errors
    /// As [`Run::send`].
    pub async fn exchange(&self, case: Case) -> Result<Option<Exchange>, Stop> {
        let Some(mut exchange) = self.exchange_once(case).await? else {
            return Ok(None);
        };
        if matches!(exchange.outcome, Err(NoAnswer::Broken(_))) && is_repeatable(&exchange.case) {
            let Some(again) = self.exchange_once(exchange.case).await? else {
                return Ok(None);
            };
            exchange = again;
        }
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
}

/// Whether a request whose answer broke off may be sent again. Servers close connections that they do not want to read
/// to the end, and a request that is just being written then is lost without a fault of theirs (RFC 9112, 9.3.1 and 9.6):
/// only what breaks off a second time is one. A law counts what its requests do, so there, only those that do nothing, or no
/// more when they come twice.
fn is_repeatable(case: &Case) -> bool {
    let is_idempotent =
        !matches!(case.method.as_str(), "POST" | "PATCH") || case.origin.mode == Mode::Negative;
    let operation = &case.operation;
    let is_keyed = || {
        let mut parameters = operation.parameters.iter();
        parameters
            .any(|parameter| operation.is_key(parameter) && case.header(&parameter.name).is_some())
    };
    case.origin.phase != Phase::Laws || is_idempotent || is_keyed()
}
