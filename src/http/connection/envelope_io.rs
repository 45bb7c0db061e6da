//! Gives the envelope to what hyper refuses on its own.
//!
//! hyper answers requests that it cannot read (a broken request line, a head beyond its own limits) by itself,
//! with an empty body. Such an answer is the last thing written to a connection and lacks the `x-request-id`
//! that every answer of ours has, which is how it is told apart. It is replaced on its way to the socket.
//!
//! After a refusal the client may still be sending. Closing at once would reset the connection and take the
//! answer with it, so the rest is read and thrown away for a moment (RFC 9112, section 9.6).

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use http::StatusCode;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use super::{Answer, Unreadable, paced_io::PacedIo};

/// How much is read from a refused client, and for how long.
const LINGER_BYTES: usize = 1024 * 1024;
const LINGER: Duration = Duration::from_secs(1);

/// A head of hyper's own is four short lines.
const LONGEST_BARE_HEAD: usize = 256;

/// A socket that lets no bare refusal pass.
pub(super) struct EnvelopeIo<'a, A> {
    stream: PacedIo,
    answer: &'a A,
    /// What is written in place of hyper's bytes, and how much of it is.
    replacement: Vec<u8>,
    written: usize,
    last_was_refusal: bool,
    /// Whether the request line of what is being read has ended.
    line_has_ended: bool,
    linger: Option<(Pin<Box<Sleep>>, usize)>,
}

impl<'a, A: Answer> EnvelopeIo<'a, A> {
    pub(super) fn new(stream: PacedIo, answer: &'a A) -> Self {
        Self {
            stream,
            answer,
            replacement: Vec::new(),
            written: 0,
            last_was_refusal: false,
            line_has_ended: false,
            linger: None,
        }
    }

    /// Looks at the last of the bytes that hyper wants to write; takes them over when they are a bare refusal.
    fn take_over(&mut self, before: &[IoSlice<'_>], last: &[u8]) -> bool {
        // Head and body may come as two pieces.
        self.last_was_refusal = before
            .iter()
            .map(|piece| &**piece)
            .chain([last])
            .any(|piece| piece.starts_with(b"HTTP/1.1 4"));
        let line_has_ended = std::mem::take(&mut self.line_has_ended);
        let Some((start, mut status)) = bare_refusal(last) else {
            return false;
        };
        // hyper calls everything too large a header; when no line ended yet, it was the address.
        let is_line_too_long =
            status == StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE && !line_has_ended;
        if is_line_too_long {
            status = StatusCode::URI_TOO_LONG;
        }
        let Unreadable { request_id, body } = self.answer.refuse_unreadable(status);
        for slice in before {
            self.replacement.extend_from_slice(slice);
        }
        let (kept, head) = last.split_at(start);
        self.replacement.extend_from_slice(kept);
        for line in head
            .split_inclusive(|byte| *byte == b'\n')
            .filter(|line| *line != b"\r\n")
        {
            if line.starts_with(b"content-length:") {
                continue;
            }
            if is_line_too_long && line.starts_with(b"HTTP/1.1 ") {
                self.replacement
                    .extend_from_slice(b"HTTP/1.1 414 URI Too Long\r\n");
                continue;
            }
            self.replacement.extend_from_slice(line);
        }
        let fields = format!(
            "content-type: application/json\r\ncontent-length: {}\r\ncache-control: no-store\r\n\
             x-content-type-options: nosniff\r\napi-version: v1\r\nx-request-id: {request_id}\r\n\r\n",
            body.len()
        );
        self.replacement.extend_from_slice(fields.as_bytes());
        self.replacement.extend_from_slice(&body);
        self.last_was_refusal = true;
        true
    }

    fn write_replacement(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self
            .replacement
            .get(self.written..)
            .filter(|rest| !rest.is_empty())
        {
            let written = ready!(Pin::new(&mut self.stream).poll_write(cx, rest))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.written += written;
        }
        Poll::Ready(Ok(()))
    }

    /// Reads what the client still sends, until it stops or the patience for it ends.
    fn read_the_rest(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let begin = || (Box::pin(sleep(LINGER)), LINGER_BYTES);
        let (mut deadline, mut left) = self.linger.take().unwrap_or_else(begin);
        let mut scratch = [0; 4096];
        loop {
            let mut buffer = ReadBuf::new(&mut scratch);
            match Pin::new(&mut self.stream).poll_read(cx, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    left = left.saturating_sub(buffer.filled().len());
                    if left == 0 {
                        return Poll::Ready(());
                    }
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => break,
            }
        }
        let outcome = deadline.as_mut().poll(cx);
        if outcome.is_pending() {
            self.linger = Some((deadline, left));
        }
        outcome
    }
}

/// Finds an answer of hyper's own at the end of what is written: where it begins, and its status.
fn bare_refusal(bytes: &[u8]) -> Option<(usize, StatusCode)> {
    // Most answers end in a body, so that the search below is rarely made.
    if !bytes.ends_with(b"\r\n\r\n") {
        return None;
    }
    let start = memchr::memmem::rfind(bytes, b"HTTP/1.1 4")?;
    let head = bytes.get(start..)?;
    let has = |needle: &[u8]| memchr::memmem::find(head, needle).is_some();
    if head.len() > LONGEST_BARE_HEAD || has(b"x-request-id:") || !has(b"content-length: 0\r\n") {
        return None;
    }
    let status = StatusCode::from_bytes(head.get(9..12)?).ok()?;
    Some((start, status))
}

impl<A: Answer> AsyncRead for EnvelopeIo<'_, A> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if !self.line_has_ended {
            let new = buf.filled().get(before..).unwrap_or_default();
            self.line_has_ended = memchr::memchr(b'\n', new).is_some();
        }
        read
    }
}

impl<A: Answer> AsyncWrite for EnvelopeIo<'_, A> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.take_over(&[], buf) {
            return Poll::Ready(Ok(buf.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let Some((last, before)) = bufs.split_last()
            && self.take_over(before, last)
        {
            return Poll::Ready(Ok(bufs.iter().map(|slice| slice.len()).sum()));
        }
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.write_replacement(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.linger.is_none() {
            ready!(self.write_replacement(cx))?;
            ready!(Pin::new(&mut self.stream).poll_shutdown(cx))?;
        }
        if self.last_was_refusal {
            ready!(self.read_the_rest(cx));
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_refusal_at_the_end_is_found() {
        let bare: &[u8] = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\ndate: x\r\n\r\n";
        assert_eq!(
            bare_refusal(bare),
            Some((0, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE))
        );
        let pipelined = [b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi", bare].concat();
        assert_eq!(bare_refusal(&pipelined).map(|(start, _)| start), Some(40));
        assert_eq!(
            bare_refusal(b"HTTP/1.1 404 Not Found\r\nx-request-id: a\r\ncontent-length: 0\r\n\r\n"),
            None
        );
        assert_eq!(bare_refusal(b"HTTP/1.1 204 No Content\r\n\r\n"), None);
        assert_eq!(bare_refusal(b"{\"text\":\"HTTP/1.1 400 \"}"), None);
    }
}
