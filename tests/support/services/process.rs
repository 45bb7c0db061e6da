//! Starting, watching, signalling and ending processes.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use tokio::{
    process::Child,
    time::{sleep, timeout},
};

/// No server takes that long to start or to end when all is well.
pub const PATIENCE: Duration = Duration::from_mins(1);
pub const PAUSE: Duration = Duration::from_millis(20);

/// Waits until a server answers, or has ended without.
pub async fn answers(child: &mut Child, mut answers: impl AsyncFnMut() -> bool) -> bool {
    let wait = async {
        loop {
            if child.try_wait().expect("a child").is_some() {
                return false;
            }
            if answers().await {
                return true;
            }
            sleep(PAUSE).await;
        }
    };
    timeout(PATIENCE, wait).await.unwrap_or(false)
}

/// Ends a server; one that is frozen sees the signal when it goes on.
pub async fn end(running: &mut Option<Child>, name: &str) {
    let mut child = running.take().expect("it runs");
    signal(name, &[pid(Some(&child))]).await;
    let ended = timeout(PATIENCE, child.wait()).await;
    ended.expect("it ends").expect("a child");
}

pub fn pid(running: Option<&Child>) -> u32 {
    running.and_then(Child::id).expect("it runs")
}

/// The processes that a process started and that run.
pub fn children(of: u32) -> Vec<u32> {
    let list = std::fs::read_to_string(format!("/proc/{of}/task/{of}/children"));
    let list = list.expect("Linux lists the children of a process");
    list.split_whitespace()
        .map(|pid| pid.parse().expect("a process id"))
        .collect()
}

/// Sends a signal; a process that has just ended is no failure.
pub async fn signal(name: &str, to: &[u32]) {
    let mut kill = tokio::process::Command::new("kill");
    kill.arg(format!("-{name}"))
        .args(to.iter().map(u32::to_string));
    kill.stderr(Stdio::null());
    kill.status().await.expect("kill starts");
}

/// Runs a command to its end, which must be a good one.
pub async fn run(command: Command) {
    let output = tokio::process::Command::from(command).output().await;
    let output = output.expect("the program starts");
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
}
