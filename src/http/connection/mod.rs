//! Connections: accepting, telling HTTP/1.1 from HTTP/2, timeouts, and letting go of them at the end.
//!
//! poem's own server hides hyper's settings, so this loop speaks to hyper itself: a slow client has a deadline
//! for its head, the first bytes included; what hyper refuses on its own still gets the envelope
//! ([`envelope_io`]); at the end no new connection is taken, idle ones are closed, and running requests have
//! the shutdown timeout to finish.
//!
//! A request with both `Content-Length` and `Transfer-Encoding` is read by the latter alone and its connection
//! closed after the answer, as RFC 9112, section 6.3 demands; nothing can be smuggled behind it.

mod envelope_io;

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use http::uri::Scheme;
use hyper::{
    body::Incoming,
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use poem::{
    Request,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::envelope_io::EnvelopeIo;
use crate::infra::shutdown::Shutdown;

/// Above our own limits (8 KiB line, 16 KiB and 100 fields), so that those answer first.
const READ_BUFFER_BYTES: usize = 64 * 1024;
const HTTP2_HEADER_LIST_BYTES: u32 = 64 * 1024;
const HTTP2_STREAMS: u32 = 200;

/// Pause after a failed accept: the usual cause is a lack of file descriptors, which retrying at once worsens.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Answers requests; never fails and never panics.
pub trait Answer: Send + Sync + 'static {
    /// Answers one request.
    fn answer(&self, request: Request) -> impl Future<Output = hyper::Response<Body>> + Send;

    /// Writes the body for a request that was so wrong that it never became one, with its request id.
    fn refuse_unreadable(&self, status: http::StatusCode) -> Unreadable;
}

/// The envelope for a request that hyper refused.
#[derive(Debug)]
pub struct Unreadable {
    /// The value of `x-request-id`.
    pub request_id: String,
    /// The body.
    pub body: bytes::Bytes,
}

/// The body of an answer.
pub type Body = http_body_util::combinators::BoxBody<bytes::Bytes, io::Error>;

/// How patient the server is.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, and between two requests of one connection.
    pub header_read: Duration,
    /// For running requests after the signal to stop.
    pub shutdown: Duration,
}

/// Serves until `shutdown` begins and the connections are done with.
pub async fn serve(
    listener: TcpListener,
    answer: Arc<impl Answer>,
    patience: Patience,
    shutdown: &Shutdown,
) {
    let connections = TaskTracker::new();
    let cut_off = CancellationToken::new();
    loop {
        let accepted = tokio::select! {
            biased;
            () = shutdown.wait() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let connection = Connection {
                    peer,
                    answer: Arc::clone(&answer),
                    patience,
                    shutdown: shutdown.clone(),
                    cut_off: cut_off.clone(),
                };
                connections.spawn(connection.run(stream));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    // From here on the port refuses, so that a balancer goes elsewhere.
    drop(listener);
    connections.close();
    if timeout(patience.shutdown, connections.wait())
        .await
        .is_err()
    {
        tracing::warn!(connections = connections.len(), "connections were cut off");
        cut_off.cancel();
        connections.wait().await;
    }
}

struct Connection<A> {
    peer: SocketAddr,
    answer: Arc<A>,
    patience: Patience,
    shutdown: Shutdown,
    cut_off: CancellationToken,
}

enum Protocol {
    Http1,
    Http2,
}

impl<A: Answer> Connection<A> {
    async fn run(self, stream: TcpStream) {
        let _open = OpenConnection::new();
        // Answers are written in one piece: waiting for more only delays them.
        let _ = stream.set_nodelay(true);
        let first = tokio::select! {
            first = timeout(self.patience.header_read, protocol(&stream)) => first,
            () = self.shutdown.wait() => return,
        };
        match first {
            Ok(Ok(Protocol::Http1)) => self.http1(stream).await,
            Ok(Ok(Protocol::Http2)) => self.http2(stream).await,
            // Closed without a word, or silent for too long.
            Ok(Err(_)) | Err(_) => {}
        }
    }

    async fn http1(&self, stream: TcpStream) {
        let io = TokioIo::new(EnvelopeIo::new(stream, &*self.answer));
        let service = service_fn(|request| respond(&*self.answer, self.peer, request));
        let mut connection = pin!(
            http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(self.patience.header_read)
                .max_buf_size(READ_BUFFER_BYTES)
                .serve_connection(io, service)
        );
        tokio::select! {
            // What ends a connection early is the client's doing, and nothing here can act on it.
            _ = connection.as_mut() => return,
            () = self.shutdown.wait() => {}
        }
        connection.as_mut().graceful_shutdown();
        self.drain(connection).await;
    }

    async fn http2(&self, stream: TcpStream) {
        // Streams run as tasks of their own, so each holds what it needs.
        let (answer, peer) = (Arc::clone(&self.answer), self.peer);
        let service = service_fn(move |request| {
            let answer = Arc::clone(&answer);
            async move { respond(&*answer, peer, request).await }
        });
        let mut connection = pin!(
            http2::Builder::new(TokioExecutor::new())
                .timer(TokioTimer::new())
                .keep_alive_interval(self.patience.header_read)
                .keep_alive_timeout(self.patience.header_read)
                .max_concurrent_streams(HTTP2_STREAMS)
                .max_header_list_size(HTTP2_HEADER_LIST_BYTES)
                .serve_connection(TokioIo::new(stream), service)
        );
        tokio::select! {
            _ = connection.as_mut() => return,
            () = self.shutdown.wait() => {}
        }
        connection.as_mut().graceful_shutdown();
        self.drain(connection).await;
    }

    async fn drain(&self, connection: Pin<&mut impl Future>) {
        tokio::select! {
            _ = connection => {}
            () = self.cut_off.cancelled() => {}
        }
    }
}

async fn respond(
    answer: &impl Answer,
    peer: SocketAddr,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Body>, Infallible> {
    let request = (
        request,
        LocalAddr::default(),
        RemoteAddr(peer.into()),
        Scheme::HTTP,
    )
        .into();
    Ok(answer.answer(request).await)
}

/// HTTP/2 without TLS begins with a fixed preface (RFC 9113, section 3.4), which no request of HTTP/1.1 does.
async fn protocol(stream: &TcpStream) -> io::Result<Protocol> {
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    let mut first = [0; PREFACE.len()];
    loop {
        let seen = stream.peek(&mut first).await?;
        let Some(begun) = first.get(..seen).filter(|begun| !begun.is_empty()) else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        if begun == PREFACE {
            return Ok(Protocol::Http2);
        }
        if !PREFACE.starts_with(begun) {
            return Ok(Protocol::Http1);
        }
        // A preface in pieces, or a `P` that may still become a POST: look again once more is there.
        sleep(Duration::from_millis(2)).await;
    }
}

/// Counts a connection for as long as it lives.
struct OpenConnection;

impl OpenConnection {
    fn new() -> Self {
        metrics::gauge!("http_server_connections").increment(1.0);
        metrics::counter!("http_server_connections_total").increment(1);
        Self
    }
}

impl Drop for OpenConnection {
    fn drop(&mut self) {
        metrics::gauge!("http_server_connections").decrement(1.0);
    }
}
