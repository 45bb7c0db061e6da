//! The body of a request on its way in: within bounds of time, and without holding a place for it.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};
use openapi_runtime::BodyFault;
use tokio::time::{Instant, Sleep, sleep_until};

use super::{
    admission::{Full, Place},
    connection::Progress,
};
use crate::infra::telemetry::catalogue;

/// The share of the whole time that may pass without a byte.
const STALL_SHARE: u32 = 2;

/// A body that must keep coming.
pub(super) struct Arriving<B> {
    body: B,
    place: Place,
    progress: Progress,
    patience: Duration,
    /// There is none while bytes come as fast as they are asked for.
    wait: Option<Wait>,
}

/// The client keeps us waiting.
struct Wait {
    /// The whole body must be there by then.
    until: Instant,
    timer: Pin<Box<Sleep>>,
}

impl<B> Arriving<B> {
    pub(super) fn new(body: B, place: Place, progress: Progress, patience: Duration) -> Self {
        Self {
            body,
            place,
            progress,
            patience,
            wait: None,
        }
    }

    fn arrived(&mut self) -> io::Result<()> {
        if self.progress.has_arrived() {
            return Ok(());
        }
        if self.wait.take().is_some() {
            self.place.step_forward().map_err(no_room)?;
        }
        self.progress.arrived();
        Ok(())
    }

    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.wait.is_none() {
            self.place
                .step_aside()
                .inspect_err(|_| self.progress.breaks())
                .map_err(no_room)?;
            let now = Instant::now();
            self.wait = Some(Wait {
                until: now + self.patience,
                timer: Box::pin(sleep_until(now + self.patience / STALL_SHARE)),
            });
        }
        let Some(wait) = &mut self.wait else {
            return Poll::Pending;
        };
        wait.timer.as_mut().poll(cx).map(|()| {
            self.progress.breaks();
            metrics::counter!(catalogue::CUT_CONNECTIONS, "reason" => "body_timeout").increment(1);
            Err(io::Error::new(io::ErrorKind::TimedOut, BodyFault::TooSlow))
        })
    }

    /// Something came: the next byte has its time, within that of the whole.
    fn renew(&mut self) {
        if let Some(wait) = &mut self.wait {
            let stalled = Instant::now() + self.patience / STALL_SHARE;
            wait.timer.as_mut().reset(stalled.min(wait.until));
        }
    }
}

/// A body that is not read to its end is not waited for any more: its operation has none, or is refused.
impl<B> Drop for Arriving<B> {
    fn drop(&mut self) {
        self.progress.arrived();
    }
}

fn no_room(full: Full) -> io::Error {
    metrics::counter!(catalogue::REJECTED, "code" => "SERVICE_UNAVAILABLE").increment(1);
    io::Error::other(BodyFault::NoRoom {
        retry_after: full.retry_after,
    })
}

impl<B> hyper::body::Body for Arriving<B>
where
    B: hyper::body::Body<Data = Bytes, Error = io::Error> + Unpin,
{
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let frame = match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Pending => {
                return match self.wait(cx) {
                    Poll::Ready(Err(error)) => Poll::Ready(Some(Err(error))),
                    _ => Poll::Pending,
                };
            }
            Poll::Ready(frame) => frame,
        };
        let is_over = match &frame {
            None => true,
            Some(Ok(_)) => {
                self.renew();
                self.body.is_end_stream()
            }
            Some(Err(_)) => false,
        };
        if is_over && let Err(error) = self.arrived() {
            return Poll::Ready(Some(Err(error)));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
