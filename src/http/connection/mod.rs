//! Connections: accepting, telling HTTP/1.1 from HTTP/2, timeouts, and letting go of them at the end.
//!
//! poem's own server hides hyper's settings, so this loop speaks to hyper itself. A client has a deadline for the
//! head of a request, the first bytes included, for the pause between two requests, and for taking its answer
//! ([`activity`]); what hyper refuses on its own still gets the envelope ([`envelope_io`]); connections are bounded
//! ([`doors`]); a request whose client goes away is finished ([`finishing`]); at the end no new connection is taken,
//! idle ones are closed, and running requests have the shutdown timeout to finish.
//!
//! A request with both `Content-Length` and `Transfer-Encoding` is read by the latter alone and its connection
//! closed after the answer, as RFC 9112, section 6.3 demands; nothing can be smuggled behind it.

mod activity;
mod doors;
mod envelope_io;
mod finishing;
mod leaving;
mod paced_io;
mod served;

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use poem::Request;
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, timeout, timeout_at},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    activity::Activity,
    doors::Doors,
    finishing::Background,
    served::{Connection, Shared},
};
use crate::{config::ServerConfig, infra::shutdown::Shutdown};

pub(super) use self::finishing::Progress;

/// Pause after a failed accept: the usual cause is a lack of file descriptors, which retrying at once worsens.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// At the end, connections that the system accepted for us are taken until none comes for a moment; a busy port must
/// not make that long.
const LAST_CONNECTION: Duration = Duration::from_millis(20);
const LAST_CONNECTIONS: Duration = Duration::from_millis(250);

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

/// How patient the server is, and with how many.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request.
    pub header_read: Duration,
    /// For the next request of a connection.
    pub idle: Duration,
    /// For an answer that the client does not take.
    pub write: Duration,
    /// For running requests after the signal to stop.
    pub shutdown: Duration,
    /// For a balancer to notice the signal to stop, before the port closes.
    pub shutdown_delay: Duration,
    /// Connections that are open at once.
    pub connections: u32,
}

impl Patience {
    /// Takes over what the operator decided.
    #[must_use]
    pub fn of(config: &ServerConfig) -> Self {
        Self {
            header_read: config.header_read_timeout,
            idle: config.idle_timeout,
            write: config.write_timeout,
            shutdown: config.shutdown_timeout,
            shutdown_delay: config.shutdown_delay,
            connections: config.max_connections,
        }
    }
}

#[cfg(test)]
impl Default for Patience {
    fn default() -> Self {
        let second = Duration::from_secs(1);
        Self {
            header_read: second,
            idle: second,
            write: second,
            shutdown: second,
            shutdown_delay: Duration::ZERO,
            connections: 100,
        }
    }
}

/// Serves until `shutdown` begins and the connections are done with. Returns until when the rest of the end may take.
pub async fn serve<A: Answer>(
    listener: TcpListener,
    answer: Arc<A>,
    patience: Patience,
    shutdown: &Shutdown,
) -> Instant {
    let server = Server {
        doors: Doors::new(patience.connections),
        connections: TaskTracker::new(),
        shared: Arc::new(Shared {
            answer,
            patience,
            closing: CancellationToken::new(),
            background: Background {
                tasks: TaskTracker::new(),
                cut_off: CancellationToken::new(),
            },
        }),
    };
    tokio::select! {
        biased;
        () = stop(shutdown, patience.shutdown_delay) => {}
        () = server.accept(&listener) => {}
    }
    let deadline = Instant::now() + patience.shutdown;
    server.shared.closing.cancel();
    server.accept_the_last(&listener).await;
    // From here on the port refuses, so that a balancer goes elsewhere.
    drop(listener);
    server.finish(deadline).await;
    deadline
}

/// Readiness is off since the shutdown began; the delay gives others the time to notice.
async fn stop(shutdown: &Shutdown, delay: Duration) {
    shutdown.wait().await;
    sleep(delay).await;
}

struct Server<A> {
    doors: Arc<Doors>,
    connections: TaskTracker,
    shared: Arc<Shared<A>>,
}

impl<A: Answer> Server<A> {
    async fn accept(&self, listener: &TcpListener) {
        let mut is_failing = false;
        loop {
            match listener.accept().await {
                Ok((stream, peer)) => {
                    is_failing = false;
                    self.take(stream, peer).await;
                }
                Err(error) => {
                    // Said once, until it works again: a lack of descriptors lasts.
                    if !std::mem::replace(&mut is_failing, true) {
                        tracing::warn!(%error, "connections cannot be accepted");
                    }
                    self.doors.make_room();
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// Whoever the system let in before the port closes is served, once.
    async fn accept_the_last(&self, listener: &TcpListener) {
        let until = Instant::now() + LAST_CONNECTIONS;
        let mut last = pin!(async {
            while let Ok(Ok((stream, peer))) = timeout(LAST_CONNECTION, listener.accept()).await {
                self.take(stream, peer).await;
            }
        });
        let _ = timeout_at(until, &mut last).await;
    }

    async fn take(&self, stream: TcpStream, peer: SocketAddr) {
        let activity = Arc::new(Activity::new(self.shared.patience));
        let Some(place) = self.doors.enter(&activity).await else {
            return;
        };
        let connection = Connection {
            peer,
            shared: Arc::clone(&self.shared),
            activity,
            place,
        };
        self.connections.spawn(connection.run(stream));
    }

    /// Waits for what runs; at the deadline it is cut.
    async fn finish(&self, deadline: Instant) {
        let background = &self.shared.background;
        self.connections.close();
        background.tasks.close();
        let finished = async {
            self.connections.wait().await;
            background.tasks.wait().await;
        };
        if timeout_at(deadline, finished).await.is_err() {
            tracing::warn!(
                connections = self.connections.len(),
                abandoned_requests = background.tasks.len(),
                "what still ran at the end of the shutdown timeout was cut off"
            );
            background.cut_off.cancel();
            self.connections.wait().await;
            background.tasks.wait().await;
        }
    }
}
