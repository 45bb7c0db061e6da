//! Redis.

use std::{net::Ipv4Addr, process::Command};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    process::Child,
};

use super::{
    Stop, free_port,
    home::Home,
    process::{answers, end, pid, signal},
    program,
};

/// A Redis that keeps nothing on disk: after a restart it is empty.
pub struct PrivateRedis {
    arguments: Vec<String>,
    port: u16,
    running: Option<Child>,
    home: Home,
}

impl PrivateRedis {
    /// Starts an empty server.
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// Starts an empty server with arguments of the test's own, which stand before all others.
    pub async fn with(arguments: &[&str]) -> Self {
        let mut server = Self {
            arguments: arguments.iter().map(|&text| text.to_owned()).collect(),
            port: 0,
            running: None,
            home: Home::new("redis", None),
        };
        for _ in 0..5 {
            server.port = free_port();
            if server.launch().await {
                return server;
            }
        }
        panic!("Redis does not start: {}", server.home.log());
    }

    /// What `REDIS_URL` would say.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Where it listens on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends it and waits until it has ended.
    pub async fn stop(&mut self, how: Stop) {
        let signal = if how == Stop::Kill { "KILL" } else { "TERM" };
        end(&mut self.running, signal).await;
    }

    /// Starts it again at the same address, empty, and waits until it answers.
    pub async fn start_again(&mut self) {
        assert!(self.running.is_none(), "it runs");
        assert!(self.launch().await, "{}", self.home.log());
    }

    /// Ends it and starts it again.
    pub async fn restart(&mut self, how: Stop) {
        self.stop(how).await;
        self.start_again().await;
    }

    /// Stops it where it is: connections stay open, nothing is answered.
    pub async fn freeze(&self) {
        signal("STOP", &[pid(self.running.as_ref())]).await;
    }

    /// Lets it go on.
    pub async fn thaw(&self) {
        signal("CONT", &[pid(self.running.as_ref())]).await;
    }

    async fn launch(&mut self) -> bool {
        let program = program("TEST_REDIS_PROGRAM");
        let port = self.port.to_string();
        let mut command = Command::new(program);
        command.args(&self.arguments);
        command.args(["--port", &port, "--bind", "127.0.0.1", "--save", ""]);
        command.args(["--appendonly", "no", "--dir"]);
        command.arg(&self.home.folder);
        let mut child = self.home.spawn(command);
        let address = (Ipv4Addr::LOCALHOST, self.port);
        let up = answers(&mut child, async || {
            let Ok(mut connection) = tokio::net::TcpStream::connect(address).await else {
                return false;
            };
            let mut answer = [0; 5];
            connection.write_all(b"PING\r\n").await.is_ok()
                && connection.read_exact(&mut answer).await.is_ok()
                && answer == *b"+PONG"
        });
        let up = up.await;
        self.running = up.then_some(child);
        up
    }
}
