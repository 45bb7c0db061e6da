//! A PostgreSQL and a Redis of a test's own, to be stopped, killed and frozen while others go on.
//!
//! Both run on 127.0.0.1, keep their port over restarts and are gone with the value, or with this process however it
//! ends. The programs are those of `tests/with-services` (`TEST_POSTGRES_PROGRAMS`, `TEST_REDIS_PROGRAM`).

mod home;
mod postgres;
mod process;
mod redis;

use std::{
    hash::{BuildHasher as _, RandomState},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
};

pub use postgres::PrivatePostgres;
pub use redis::PrivateRedis;

/// How a server is made to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// As the operator does: transactions are ended, connections closed, everything written.
    Fast,
    /// PostgreSQL's `immediate`: it drops everything and recovers at the next start. Redis knows no such way.
    Immediate,
    /// SIGKILL.
    Kill,
}

fn program(variable: &str) -> PathBuf {
    let value = std::env::var_os(variable).filter(|value| !value.is_empty());
    let value = value.unwrap_or_else(|| {
        panic!("{variable} is not set: run `make test`, or `tests/with-services cargo test …`")
    });
    Path::new(&value).to_owned()
}

/// A port that nothing listens on, below those that the system gives to outgoing connections: it must still be free
/// when a server comes back to it.
pub fn free_port() -> u16 {
    let random = RandomState::new();
    let mut ports = (0..1_000_u32).map(|attempt| 12_000 + random.hash_one(attempt) % 8_000);
    ports
        .find_map(|port| {
            let port = u16::try_from(port).expect("it is small");
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()?;
            Some(port)
        })
        .expect("a port is free")
}
