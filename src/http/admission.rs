//! How many requests are worked on at once. Nobody queues: whoever comes beyond the limit is told to come again.
//!
//! A request has its place while something can be done for it. While it waits for the rest of its body it steps
//! aside, so that slow senders take no place from those who have sent everything.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests that may wait for the rest of their body, for each one that is worked on. They cost memory and nothing
/// else: at most their body's limit, and some KiB.
const ARRIVING_PER_REQUEST: usize = 4;

/// Those who were refused at the same moment come again over so many seconds.
const SPREAD_SECONDS: u32 = 3;

/// The places of one server. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Admission(Arc<Places>);

#[derive(Debug)]
struct Places {
    running: Arc<Semaphore>,
    arriving: Arc<Semaphore>,
    refused: AtomicU32,
}

/// Nothing is free now; some of these seconds later it is worth another try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full {
    pub(super) retry_after: Duration,
}

/// A request's place; given back when the last clone is dropped.
#[derive(Debug, Clone)]
pub(super) struct Place {
    admission: Admission,
    permit: Arc<Mutex<Option<OwnedSemaphorePermit>>>,
}

impl Admission {
    pub(super) fn new(requests: u32) -> Self {
        let running = usize::try_from(requests).unwrap_or(Semaphore::MAX_PERMITS);
        let most = Semaphore::MAX_PERMITS / ARRIVING_PER_REQUEST;
        let running = running.min(most);
        Self(Arc::new(Places {
            running: Arc::new(Semaphore::new(running)),
            arriving: Arc::new(Semaphore::new(running.saturating_mul(ARRIVING_PER_REQUEST))),
            refused: AtomicU32::new(0),
        }))
    }

    /// Takes a place, if one is free.
    pub(super) fn enter(&self) -> Result<Place, Full> {
        let permit = self.permit(&self.0.running)?;
        Ok(Place {
            admission: self.clone(),
            permit: Arc::new(Mutex::new(Some(permit))),
        })
    }

    fn permit(&self, kind: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Full> {
        Arc::clone(kind).try_acquire_owned().map_err(|_| {
            // In turn rather than at random: as even as it gets, and tests know what comes.
            let turn = self.0.refused.fetch_add(1, Ordering::Relaxed) % SPREAD_SECONDS;
            Full {
                retry_after: Duration::from_secs(u64::from(turn) + 1),
            }
        })
    }
}

impl Place {
    /// Lets others work while the body is not complete.
    pub(super) fn step_aside(&self) -> Result<(), Full> {
        self.change(&self.admission.0.arriving)
    }

    /// Works again.
    pub(super) fn step_forward(&self) -> Result<(), Full> {
        self.change(&self.admission.0.running)
    }

    fn change(&self, to: &Arc<Semaphore>) -> Result<(), Full> {
        let mut permit = self.permit.lock().unwrap_or_else(PoisonError::into_inner);
        // The old one is free whether or not there is a new one: a refused request is only answered.
        *permit = None;
        *permit = Some(self.admission.permit(to)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_for_a_body_takes_no_place_from_those_who_work() {
        let admission = Admission::new(1);
        let waiting = admission.enter().unwrap();
        assert!(admission.enter().is_err());
        waiting.step_aside().unwrap();
        let working = admission.enter().unwrap();
        assert!(waiting.step_forward().is_err());
        drop(working);
        let more: Vec<_> = (0..4)
            .map(|_| {
                let place = admission.enter().unwrap();
                (place.step_aside(), place)
            })
            .collect();
        assert!(more.iter().all(|(aside, _)| aside.is_ok()));
        let place = admission.enter().unwrap();
        assert!(place.step_aside().is_err());
        // Its place is free although it found no other.
        assert!(admission.enter().is_ok());
    }

    #[test]
    fn the_refused_come_again_at_different_times() {
        let admission = Admission::new(0);
        let seconds = [(); 4].map(|()| admission.enter().unwrap_err().retry_after.as_secs());
        assert_eq!(seconds, [1, 2, 3, 1]);
    }
}
