//! How many connections there are at once, and who leaves when somebody else wants in.
//!
//! A connection beyond the limit takes the place of the oldest one that nothing is being done for: one that is kept
//! for a next request, or whose first head is not complete. So the probes of a balancer come through while others
//! hold connections open for nothing. Where every place is worked for, the newcomer waits, and those after it wait
//! in the system's queue.

use std::{
    collections::BTreeMap,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use super::activity::Activity;

/// How often a newcomer looks whether somebody has become idle.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// The places, and who has them.
#[derive(Debug)]
pub(super) struct Doors {
    places: Arc<Semaphore>,
    present: Mutex<Present>,
}

/// By age: numbers only grow.
#[derive(Debug, Default)]
struct Present {
    newest: u64,
    guests: BTreeMap<u64, Guest>,
}

#[derive(Debug)]
struct Guest {
    activity: Arc<Activity>,
    leave: CancellationToken,
}

/// A connection's place; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    doors: Arc<Doors>,
    number: u64,
    leave: CancellationToken,
    _permit: OwnedSemaphorePermit,
}

impl Doors {
    pub(super) fn new(places: u32) -> Arc<Self> {
        let places = usize::try_from(places).unwrap_or(Semaphore::MAX_PERMITS);
        Arc::new(Self {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            present: Mutex::default(),
        })
    }

    /// Finds a place; where there is none, somebody who does nothing leaves.
    pub(super) async fn enter(self: &Arc<Self>, activity: &Arc<Activity>) -> Option<Place> {
        let permit = if let Ok(permit) = Arc::clone(&self.places).try_acquire_owned() {
            permit
        } else {
            self.next_free().await?
        };
        let leave = CancellationToken::new();
        let guest = Guest {
            activity: Arc::clone(activity),
            leave: leave.clone(),
        };
        let mut present = self.present();
        present.newest += 1;
        let number = present.newest;
        present.guests.insert(number, guest);
        Some(Place {
            doors: Arc::clone(self),
            number,
            leave,
            _permit: permit,
        })
    }

    async fn next_free(&self) -> Option<OwnedSemaphorePermit> {
        let mut next = pin!(Arc::clone(&self.places).acquire_owned());
        loop {
            self.make_room();
            if let Ok(permit) = timeout(LOOK_AGAIN, &mut next).await {
                return permit.ok();
            }
        }
    }

    /// Asks the oldest connection that nothing is done for to leave.
    pub(super) fn make_room(&self) {
        let present = self.present();
        let mut waiting = present
            .guests
            .values()
            .filter(|guest| !guest.leave.is_cancelled());
        if let Some(guest) = waiting.find(|guest| guest.activity.is_quiet()) {
            guest.leave.cancel();
        }
    }

    fn present(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Waits until somebody else needs the place.
    pub(super) async fn is_needed(&self) {
        self.leave.cancelled().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.doors.present().guests.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::http::Patience;

    #[tokio::test]
    async fn the_oldest_who_does_nothing_leaves() {
        let doors = Doors::new(2);
        let busy = Arc::new(Activity::new(Patience::default()));
        busy.begins();
        let first = doors.enter(&busy).await.unwrap();
        let quiet = Arc::new(Activity::new(Patience::default()));
        let second = doors.enter(&quiet).await.unwrap();

        let mut third = Box::pin(doors.enter(&quiet));
        assert!(third.as_mut().now_or_never().is_none());
        assert!(second.is_needed().now_or_never().is_some());
        assert!(first.is_needed().now_or_never().is_none());
        drop(second);
        let third = third.await.unwrap();

        drop((first, third));
        assert!(doors.present().guests.is_empty());
    }

    #[tokio::test]
    async fn who_is_worked_for_keeps_the_place() {
        let doors = Doors::new(1);
        let busy = Arc::new(Activity::new(Patience::default()));
        busy.begins();
        let place = doors.enter(&busy).await.unwrap();
        let mut next = Box::pin(doors.enter(&busy));
        assert!(next.as_mut().now_or_never().is_none());
        assert!(place.is_needed().now_or_never().is_none());
        drop(place);
        assert!(next.await.is_some());
    }
}
