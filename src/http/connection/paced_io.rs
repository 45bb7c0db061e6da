//! A socket that reports how fast it is read and written.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use super::activity::Activity;

/// Tells [`Activity`] what comes and what does not leave.
pub(super) struct PacedIo {
    stream: TcpStream,
    activity: Arc<Activity>,
    /// HTTP/1.1 takes no further request while an answer is stuck: a client that sends and never reads would fill
    /// our memory with answers. HTTP/2 must go on reading, because that is how the client makes room.
    reads_in_turn: bool,
    is_blocked: bool,
    reader: Option<Waker>,
}

impl PacedIo {
    pub(super) fn http1(stream: TcpStream, activity: Arc<Activity>) -> Self {
        Self {
            stream,
            activity,
            reads_in_turn: true,
            is_blocked: false,
            reader: None,
        }
    }

    pub(super) fn http2(stream: TcpStream, activity: Arc<Activity>) -> Self {
        Self {
            reads_in_turn: false,
            ..Self::http1(stream, activity)
        }
    }

    fn note_write(&mut self, written: &Poll<io::Result<usize>>) {
        match written {
            Poll::Pending if !self.is_blocked => {
                self.is_blocked = true;
                self.activity.blocks();
            }
            Poll::Ready(Ok(bytes)) if self.is_blocked => self.activity.takes(*bytes),
            _ => {}
        }
    }
}

impl AsyncRead for PacedIo {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.is_blocked && self.reads_in_turn {
            self.reader = Some(cx.waker().clone());
            return Poll::Pending;
        }
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
        if self.reads_in_turn && buf.filled().len() > before {
            self.activity.received();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for PacedIo {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.note_write(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.note_write(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Called once everything is handed over.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if std::mem::take(&mut self.is_blocked) {
            self.activity.flows();
            if let Some(reader) = self.reader.take() {
                reader.wake();
            }
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
