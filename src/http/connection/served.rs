//! One connection, from its first byte to its end.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use http::{HeaderValue, header, uri::Scheme};
use hyper::{
    body::{Body as _, Incoming},
    server::conn::{http1, http2},
    service::service_fn,
};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use poem::web::{LocalAddr, RemoteAddr};
use tokio::{
    net::TcpStream,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{
    Answer, Patience,
    activity::{Activity, Cut},
    doors::Place,
    envelope_io::EnvelopeIo,
    finishing::{Background, Finishing, Progress},
    leaving::{Leaving, Work},
    paced_io::PacedIo,
};

/// Above our own limits (8 KiB line, 16 KiB and 100 fields), so that those answer first.
const READ_BUFFER_BYTES: usize = 64 * 1024;
const HTTP2_HEADER_LIST_BYTES: u32 = 64 * 1024;

/// Streams of one connection at once; RFC 9113, section 6.5.2 wants at least a hundred.
const HTTP2_STREAMS: u32 = 100;
/// What a client may send ahead of our reading: one body of the default limit, and four of them together.
const HTTP2_STREAM_WINDOW: u32 = 64 * 1024;
const HTTP2_CONNECTION_WINDOW: u32 = 256 * 1024;
/// Streams that a client opened and reset before we looked at them, and that we reset for its faults, before the
/// connection ends (rapid reset, CVE-2023-44487, and its relatives).
const HTTP2_RESET_STREAMS: usize = 20;
const HTTP2_FAULTY_STREAMS: usize = 100;

/// How long a request that was on its way when the server began to stop may still come in.
const LAST_REQUEST: Duration = Duration::from_millis(100);
/// How long the farewell of an idle HTTP/2 connection may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// What every connection of a server shares.
pub(super) struct Shared<A> {
    pub(super) answer: Arc<A>,
    pub(super) patience: Patience,
    /// The server stops: no further request after the running ones.
    pub(super) closing: CancellationToken,
    pub(super) background: Background,
}

pub(super) struct Connection<A> {
    pub(super) peer: SocketAddr,
    pub(super) shared: Arc<Shared<A>>,
    pub(super) activity: Arc<Activity>,
    pub(super) place: Place,
}

enum Protocol {
    Http1,
    Http2,
}

impl<A: Answer> Connection<A> {
    pub(super) async fn run(self, stream: TcpStream) {
        let _open = OpenConnection::new();
        // Answers are written in one piece: waiting for more only delays them.
        let _ = stream.set_nodelay(true);
        let first = tokio::select! {
            biased;
            first = protocol(&stream) => first,
            cut = self.cut() => return cut.count(),
            () = self.nothing_came() => return,
        };
        match first {
            Ok(Protocol::Http1) => self.http1(stream).await,
            Ok(Protocol::Http2) => self.http2(stream).await,
            // Closed without a word.
            Err(_) => {}
        }
    }

    async fn http1(&self, stream: TcpStream) {
        let io = PacedIo::http1(stream, Arc::clone(&self.activity));
        let io = TokioIo::new(EnvelopeIo::new(io, &*self.shared.answer));
        let service = service_fn(|request| self.respond(request, false));
        // Timeouts are ours: hyper's one for heads would also end idle connections.
        let mut builder = http1::Builder::new();
        builder
            .header_read_timeout(None)
            .max_buf_size(READ_BUFFER_BYTES);
        let mut connection = pin!(builder.serve_connection(io, service));
        tokio::select! {
            // What ends a connection early is the client's doing, and nothing here can act on it.
            _ = connection.as_mut() => return,
            cut = self.cut() => return cut.count(),
            () = self.shared.closing.cancelled() => {}
        }
        // A request that was sent before the client could know is answered, as the last one.
        if timeout(LAST_REQUEST, connection.as_mut()).await.is_ok() {
            return;
        }
        connection.as_mut().graceful_shutdown();
        self.drain(connection).await;
    }

    async fn http2(&self, stream: TcpStream) {
        let io = TokioIo::new(PacedIo::http2(stream, Arc::clone(&self.activity)));
        let service = service_fn(|request| self.respond(request, true));
        let mut connection = pin!(
            http2::Builder::new(TokioExecutor::new())
                .timer(TokioTimer::new())
                .keep_alive_interval(self.shared.patience.header_read)
                .keep_alive_timeout(self.shared.patience.header_read)
                .max_concurrent_streams(HTTP2_STREAMS)
                .max_header_list_size(HTTP2_HEADER_LIST_BYTES)
                .initial_stream_window_size(HTTP2_STREAM_WINDOW)
                .initial_connection_window_size(HTTP2_CONNECTION_WINDOW)
                .max_pending_accept_reset_streams(HTTP2_RESET_STREAMS)
                .max_local_error_reset_streams(HTTP2_FAULTY_STREAMS)
                .serve_connection(io, service)
        );
        tokio::select! {
            _ = connection.as_mut() => return,
            cut = self.cut() => {
                cut.count();
                if cut == Cut::Idle {
                    connection.as_mut().graceful_shutdown();
                    let _ = timeout(FAREWELL, connection).await;
                }
                return;
            }
            () = self.shared.closing.cancelled() => {}
        }
        connection.as_mut().graceful_shutdown();
        self.drain(connection).await;
    }

    /// Why the connection must end now.
    async fn cut(&self) -> Cut {
        tokio::select! {
            cut = self.activity.overdue() => cut,
            () = self.place.is_needed() => Cut::TooMany,
        }
    }

    async fn nothing_came(&self) {
        self.shared.closing.cancelled().await;
        sleep(LAST_REQUEST).await;
    }

    async fn drain(&self, connection: Pin<&mut impl Future>) {
        tokio::select! {
            _ = connection => {}
            cut = self.cut() => cut.count(),
            () = self.shared.background.cut_off.cancelled() => Cut::Shutdown.count(),
        }
    }

    /// Begins the work on a request, which ends on its own if the client goes away.
    fn respond(
        &self,
        mut request: hyper::Request<Incoming>,
        has_streams: bool,
    ) -> impl Future<Output = Result<hyper::Response<Leaving>, Infallible>> + Send + use<A> {
        let work = Work::begin(&self.activity, has_streams);
        let progress = Progress::default();
        if request.body().is_end_stream() {
            progress.arrived();
        }
        request.extensions_mut().insert(progress.clone());
        let (shared, peer) = (Arc::clone(&self.shared), self.peer);
        let background = shared.background.clone();
        let answered = async move {
            let local = LocalAddr::default();
            let request = (request, local, RemoteAddr(peer.into()), Scheme::HTTP).into();
            let mut response = shared.answer.answer(request).await;
            if !has_streams && shared.closing.is_cancelled() {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            response.map(|body| Leaving::new(body, work))
        };
        let finishing = Finishing::new(answered, progress, background);
        async move { Ok(finishing.await) }
    }
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
