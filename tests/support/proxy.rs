//! A proxy that harms connections: it cuts them in the middle of a message, holds them up, or turns them away.
//!
//! What happens to the n-th connection follows from the seed alone.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
    task::JoinHandle,
    time::sleep,
};

/// How many of a hundred new connections suffer what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// Are cut after a random number of bytes in one of the directions.
    pub cut: u32,
    /// Stay open but carry nothing more after a random number of bytes.
    pub stall: u32,
    /// Are closed as soon as they are accepted.
    pub refuse: u32,
    /// Carry everything, each piece later by up to `delay_by`.
    pub delay: u32,
    /// The longest delay of a piece.
    pub delay_by: Duration,
    /// The most bytes that pass before a cut or a stall.
    pub within_bytes: u64,
}

/// Listens on a port of its own and carries bytes to one server.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    to: SocketAddr,
    seed: u64,
    faults: Mutex<Faults>,
    harmed: AtomicU64,
    /// Counts the calls of [`Proxy::cut_all`].
    cuts: watch::Sender<u64>,
}

/// What happens to one connection.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Spared,
    /// The number of bytes until the cut, up or down.
    Cut(u64, Direction),
    Stalled(u64, Direction),
    Delayed(Duration),
    Refused,
}

/// Up is from the client to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

impl Proxy {
    /// Starts one that harms nothing yet.
    pub async fn start(to: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            to,
            seed,
            faults: Mutex::default(),
            harmed: AtomicU64::new(0),
            cuts: watch::channel(0).0,
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self {
            port,
            shared,
            accepting,
        }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Harms connections that begin from now on.
    pub fn harm(&self, faults: Faults) {
        *lock(&self.shared.faults) = faults;
    }

    /// Cuts every connection that is open now.
    pub fn cut_all(&self) {
        self.shared.cuts.send_modify(|count| *count += 1);
    }

    /// How many connections suffered anything so far.
    pub fn harmed(&self) -> u64 {
        self.shared.harmed.load(Ordering::Relaxed)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.cut_all();
    }
}

fn lock(faults: &Mutex<Faults>) -> std::sync::MutexGuard<'_, Faults> {
    faults.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    for number in 0.. {
        let Ok((client, _)) = listener.accept().await else {
            continue;
        };
        let fate = fate(shared.seed.wrapping_add(number), *lock(&shared.faults));
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let mut cuts = shared.cuts.subscribe();
            tokio::select! {
                () = connection(client, &shared, fate) => {}
                _ = cuts.changed() => {
                    shared.harmed.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
}

fn fate(seed: u64, faults: Faults) -> Fate {
    let mut random = StdRng::seed_from_u64(seed);
    let share = random.random_range(0..100);
    let bytes = random.random_range(0..=faults.within_bytes);
    let direction = [Direction::Up, Direction::Down][random.random_range(0..2)];
    let delay = faults.delay_by.mul_f64(random.random());
    let shares = [
        (faults.cut, Fate::Cut(bytes, direction)),
        (faults.stall, Fate::Stalled(bytes, direction)),
        (faults.refuse, Fate::Refused),
        (faults.delay, Fate::Delayed(delay)),
    ];
    let mut end = 0;
    for (part, fate) in shares {
        end += part;
        if share < end {
            return fate;
        }
    }
    Fate::Spared
}

/// Carries one connection to its end, or to the end that its fate appoints.
async fn connection(client: TcpStream, shared: &Shared, fate: Fate) {
    if let Fate::Refused = fate {
        shared.harmed.fetch_add(1, Ordering::Relaxed);
        client.set_zero_linger().ok();
        return;
    }
    let Ok(server) = TcpStream::connect(shared.to).await else {
        return;
    };
    client.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    if let Fate::Delayed(_) = fate {
        shared.harmed.fetch_add(1, Ordering::Relaxed);
    }
    let mut up = Box::pin(carry(from_client, to_server, fate, Direction::Up));
    let mut down = Box::pin(carry(from_server, to_client, fate, Direction::Down));
    let (first, other) = tokio::select! {
        end = &mut up => (end, down),
        end = &mut down => (end, up),
    };
    // A direction that was only closed leaves the other one its time.
    let end = if first == End::Closed {
        other.await
    } else {
        first
    };
    if end == End::Harmed {
        shared.harmed.fetch_add(1, Ordering::Relaxed);
    }
}

/// How one direction of a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Closed,
    Harmed,
}

async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    fate: Fate,
    direction: Direction,
) -> End {
    let mut left = match fate {
        Fate::Cut(bytes, of) | Fate::Stalled(bytes, of) if of == direction => bytes,
        _ => u64::MAX,
    };
    let mut buffer = vec![0; 4_096];
    loop {
        let count = match from.read(&mut buffer).await {
            Ok(count) if count > 0 => count,
            _ => {
                to.shutdown().await.ok();
                return End::Closed;
            }
        };
        if let Fate::Delayed(by) = fate {
            sleep(by).await;
        }
        let passing = count.min(usize::try_from(left).unwrap_or(usize::MAX));
        if to.write_all(&buffer[..passing]).await.is_err() {
            return End::Closed;
        }
        left -= passing as u64;
        if left == 0 && matches!(fate, Fate::Stalled(..)) {
            std::future::pending::<()>().await;
        }
        if left == 0 {
            return End::Harmed;
        }
    }
}
