//! What becomes of a request whose client went away.
//!
//! hyper drops the work on a request when its connection or stream ends. A request whose body had not come
//! completely ends there: it never runs. Any other is finished all the same, in the background and with its place
//! among the concurrent requests: its transaction commits or fails as if somebody waited, what follows a commit
//! (forgotten caches, published events) follows it, and opening and leaving costs a client as much as waiting.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use tokio::runtime::Handle;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How far a request has come, known to the connection and to whoever answers. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress(Arc<Flags>);

#[derive(Debug, Default)]
struct Flags {
    has_arrived: AtomicBool,
    is_broken: AtomicBool,
    is_abandoned: AtomicBool,
}

impl Progress {
    /// Notes that the body is there, to its last byte.
    pub(crate) fn arrived(&self) {
        self.0.has_arrived.store(true, Ordering::Release);
    }

    /// Returns whether the body is there, to its last byte.
    #[must_use]
    pub(crate) fn has_arrived(&self) -> bool {
        self.0.has_arrived.load(Ordering::Acquire)
    }

    /// Notes that the rest of the body is not waited for, though it may still come.
    pub(crate) fn breaks(&self) {
        self.0.is_broken.store(true, Ordering::Release);
    }

    /// Returns whether what comes next on the connection may be the rest of this request.
    #[must_use]
    pub(crate) fn is_broken(&self) -> bool {
        self.0.is_broken.load(Ordering::Acquire)
    }

    /// Returns whether the client went away.
    #[must_use]
    pub(crate) fn is_abandoned(&self) -> bool {
        self.0.is_abandoned.load(Ordering::Acquire)
    }

    fn abandon(&self) {
        self.0.is_abandoned.store(true, Ordering::Release);
    }
}

/// Where abandoned work goes on.
#[derive(Debug, Clone)]
pub(super) struct Background {
    pub(super) tasks: TaskTracker,
    /// Ends what is left when the server has no more time.
    pub(super) cut_off: CancellationToken,
}

/// The work on one request.
pub(super) struct Finishing<F: Future<Output: Send> + Send + 'static> {
    work: Option<Pin<Box<F>>>,
    progress: Progress,
    background: Background,
}

impl<F: Future<Output: Send> + Send + 'static> Finishing<F> {
    pub(super) fn new(work: F, progress: Progress, background: Background) -> Self {
        Self {
            work: Some(Box::pin(work)),
            progress,
            background,
        }
    }
}

impl<F: Future<Output: Send> + Send + 'static> Future for Finishing<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(work) = &mut self.work else {
            // Nobody asks again after the answer.
            return Poll::Pending;
        };
        let output = ready!(work.as_mut().poll(cx));
        self.work = None;
        Poll::Ready(output)
    }
}

impl<F: Future<Output: Send> + Send + 'static> Drop for Finishing<F> {
    fn drop(&mut self) {
        let Some(work) = self.work.take() else { return };
        self.progress.abandon();
        // Without a runtime the process is ending.
        let (true, Ok(runtime)) = (self.progress.has_arrived(), Handle::try_current()) else {
            return;
        };
        let cut_off = self.background.cut_off.clone();
        let finished = async move {
            tokio::select! {
                _ = work => {}
                () = cut_off.cancelled_owned() => {}
            }
        };
        self.background.tasks.spawn_on(finished, &runtime);
    }
}
