//! One server as the operator starts it: a process that can be killed.

use std::{fs::File, path::Path, process::Stdio, time::Duration};

use tokio::{
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

use crate::{
    parameters::PATIENCE,
    support::{process::waybill, services::free_port},
};

/// A running `waybill serve`.
pub struct Instance {
    /// Where it listens.
    pub port: u16,
    child: Child,
    log: std::path::PathBuf,
}

impl Instance {
    /// Starts one on a port of its own.
    pub fn start(folder: &Path, environment: &[(&str, &str)]) -> Self {
        Self::start_at(free_port(), folder, environment)
    }

    /// Starts one on this port.
    pub fn start_at(port: u16, folder: &Path, environment: &[(&str, &str)]) -> Self {
        let path = folder.join(format!("log-{port}"));
        let log = File::options().create(true).append(true).open(&path);
        let log = log.expect("a log can be written");
        let errors = log.try_clone().expect("a second handle");
        let mut command = waybill(folder, &["serve"], environment);
        command.env("PORT", port.to_string());
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        Self {
            port,
            child: command.spawn().expect("waybill starts"),
            log: path,
        }
    }

    /// Like `http://127.0.0.1:1234`.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Waits until it can do its work; answers how long that took.
    pub async fn ready(&mut self) -> Duration {
        let started = Instant::now();
        let url = format!("{}/readyz", self.base());
        loop {
            if let Ok(answer) = reqwest::get(&url).await
                && answer.status() == 200
            {
                return started.elapsed();
            }
            self.must_run();
            let waited = started.elapsed();
            assert!(waited < PATIENCE, "not ready: {}", self.log());
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// It must not have ended by itself.
    pub fn must_run(&mut self) {
        let ended = self.child.try_wait().expect("a child");
        assert!(ended.is_none(), "it ended, {ended:?}: {}", self.log());
    }

    /// Ends it in the middle of whatever it does.
    pub async fn kill(&mut self) {
        self.must_run();
        self.child.kill().await.expect("it can be killed");
    }

    /// Asks it to stop, as a service manager does; it must end well.
    pub async fn stop(&mut self) {
        self.must_run();
        let pid = self.child.id().expect("it runs").to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().await;
        assert!(asked.expect("kill starts").success());
        let status = timeout(PATIENCE, self.child.wait()).await;
        let status = status.unwrap_or_else(|_| panic!("it does not stop: {}", self.log()));
        let status = status.expect("a child");
        assert!(status.success(), "it ended with {status}: {}", self.log());
        self.must_not_have_panicked();
    }

    /// No task of it may have panicked.
    pub fn must_not_have_panicked(&self) {
        let log = self.log();
        assert!(!log.contains("panicked at"), "{log}");
    }

    /// The end of what it wrote.
    pub fn log(&self) -> String {
        let log = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        let last = lines.len().saturating_sub(60);
        lines[last..].join("\n")
    }
}
