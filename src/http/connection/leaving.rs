//! The body of an answer on its way to a client that may not take it.
//!
//! HTTP/1.1 writes one answer after the other, so that the socket shows a client that does not read. With HTTP/2 a
//! client may read everything and still never open the window of its stream: there every part of an answer counts
//! as leaving until the protocol drops it, which it does when the part is written.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use super::{Body, activity::Activity};

/// One request of a connection, from the end of its head until its answer is handed over.
#[derive(Debug)]
pub(super) struct Work {
    activity: Arc<Activity>,
    has_streams: bool,
}

impl Work {
    /// Begins the work on a request; `has_streams` with HTTP/2.
    pub(super) fn begin(activity: &Arc<Activity>, has_streams: bool) -> Self {
        activity.begins();
        Self {
            activity: Arc::clone(activity),
            has_streams,
        }
    }

    fn departure(&self, bytes: usize) -> Option<Departure> {
        self.has_streams.then(|| Departure {
            activity: Arc::clone(&self.activity),
            id: self.activity.leaves(bytes),
        })
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        self.activity.ends();
    }
}

/// Bytes that wait for the client.
#[derive(Debug)]
struct Departure {
    activity: Arc<Activity>,
    id: u64,
}

impl Drop for Departure {
    fn drop(&mut self) {
        self.activity.left(self.id);
    }
}

/// A part of a body that says when it is dropped.
struct Part {
    bytes: Bytes,
    _departure: Departure,
}

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// A body whose leaving is watched.
pub(super) struct Leaving {
    body: Body,
    work: Work,
    /// The wait for the client to make room for the next part.
    turn: Option<Departure>,
}

impl Leaving {
    pub(super) fn new(body: Body, work: Work) -> Self {
        let turn = work.departure(0);
        Self { body, work, turn }
    }
}

impl hyper::body::Body for Leaving {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // It is our turn now; a stream of events may keep the client waiting as long as it likes.
        self.turn = None;
        let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)?) else {
            return Poll::Ready(None);
        };
        let length = frame.data_ref().map_or(0, Bytes::len);
        self.turn = self.work.departure(length);
        let frame = frame.map_data(|bytes| match self.work.departure(length) {
            Some(departure) => Bytes::from_owner(Part {
                bytes,
                _departure: departure,
            }),
            None => bytes,
        });
        Poll::Ready(Some(Ok(frame)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
