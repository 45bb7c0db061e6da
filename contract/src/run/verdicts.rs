//! What becomes of an answer: it is judged, counted, remembered when it shows something new, and reported.

use std::sync::PoisonError;

use super::{Event, Run, Stop};
use crate::{
    checks::{self, Check},
    exchange::{Exchange, Failure, Verdict},
};

impl Run {
    /// Puts the verdicts of all checks into an exchange. One of them needs a second request to compare with.
    pub(super) async fn judge(&self, exchange: &mut Exchange) -> Result<(), Stop> {
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
