//! The program as the operator starts it: a process with its own folder and environment.

use std::{
    path::Path,
    process::{ExitStatus, Output, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    process::{Child, Command},
    sync::oneshot,
    task::JoinHandle,
    time::timeout,
};

/// No command takes that long when all is well.
const PATIENCE: Duration = Duration::from_mins(1);

/// A command of `waybill` with nothing of this process' environment but what it needs to run.
pub fn waybill(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_waybill"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .kill_on_drop(true);
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(environment.iter().copied());
    command
}

/// Runs a command to its end.
pub async fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let running = waybill(folder, arguments, environment)
        .stdin(Stdio::null())
        .output();
    let output = timeout(PATIENCE, running).await;
    output
        .unwrap_or_else(|_| panic!("waybill {arguments:?} does not end"))
        .expect("waybill starts")
}

/// What a command wrote to standard output and standard error.
pub fn text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]]
        .map(String::from_utf8_lossy)
        .concat()
}

/// A running `waybill serve`.
pub struct Serving {
    /// Where it listens, like `http://127.0.0.1:1234`.
    pub base: String,
    child: Child,
    /// While it is there, nobody reads the log.
    unread: Option<oneshot::Sender<()>>,
    stdout: JoinHandle<Vec<String>>,
    stderr: JoinHandle<Vec<String>>,
}

/// Starts a server on a free port and waits until it is ready.
pub async fn serve(folder: &Path, environment: &[(&str, &str)]) -> Serving {
    ready(serve_unready(folder, environment).await).await
}

/// Starts a server whose log nobody reads until it has ended.
pub async fn serve_unread(folder: &Path, environment: &[(&str, &str)]) -> Serving {
    let (unread, end) = oneshot::channel();
    let serving = start(folder, environment, Some(end)).await;
    ready(Serving {
        unread: Some(unread),
        ..serving
    })
    .await
}

async fn ready(serving: Serving) -> Serving {
    let ready = async {
        let probe = format!("{}/readyz", serving.base);
        while reqwest::get(&probe)
            .await
            .map(|answer| answer.status().as_u16())
            .ok()
            != Some(200)
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let outcome = timeout(PATIENCE, ready).await;
    outcome.expect("waybill serve does not get ready");
    serving
}

/// Starts a server on a free port and waits until it says where; its database need not be there.
///
/// People are talked to on standard error; standard output holds the log and nothing else.
pub async fn serve_unready(folder: &Path, environment: &[(&str, &str)]) -> Serving {
    start(folder, environment, None).await
}

async fn start(
    folder: &Path,
    environment: &[(&str, &str)],
    unread: Option<oneshot::Receiver<()>>,
) -> Serving {
    let mut command = waybill(folder, &["serve"], environment);
    command
        .env("PORT", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("waybill starts");
    let stdout = child.stdout.take().expect("a pipe");
    let stdout = tokio::spawn(async move {
        if let Some(unread) = unread {
            let _ = unread.await;
        }
        lines(stdout, |_| {}).await
    });
    let (found, address) = oneshot::channel();
    let mut found = Some(found);
    let stderr = tokio::spawn(lines(child.stderr.take().expect("a pipe"), move |line| {
        if let (Some(rest), Some(found)) = (line.split("http://").nth(1), found.take()) {
            let end = rest.find(|letter: char| !letter.is_ascii_digit() && !".:".contains(letter));
            let _ = found.send(format!("http://{}", &rest[..end.unwrap_or(rest.len())]));
        }
    }));
    let Ok(Ok(base)) = timeout(PATIENCE, address).await else {
        child.kill().await.ok();
        panic!(
            "waybill serve says no address: {:#?}",
            (stderr.await, stdout.await)
        );
    };
    Serving {
        base,
        child,
        unread: None,
        stdout,
        stderr,
    }
}

/// Reads a stream to its end, line by line, so that a full pipe never blocks who writes.
async fn lines(stream: impl AsyncRead + Unpin, mut see: impl FnMut(&str)) -> Vec<String> {
    let mut lines = BufReader::new(stream).lines();
    let mut seen = Vec::new();
    while let Ok(Some(line)) = lines.next_line().await {
        see(&line);
        seen.push(line);
    }
    seen
}

/// What a server left when it ended.
pub struct Ended {
    pub status: ExitStatus,
    /// The log.
    pub stdout: Vec<String>,
    pub stderr: Vec<String>,
}

impl Serving {
    /// Sends it a signal: `TERM`, `INT`.
    pub async fn signal(&self, name: &str) {
        let pid = self.child.id().expect("it still runs").to_string();
        let asked = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status();
        assert!(asked.await.expect("kill").success());
    }

    /// Waits until it ends.
    pub async fn ended(mut self) -> Ended {
        let status = timeout(PATIENCE, self.child.wait())
            .await
            .expect("waybill serve does not stop");
        drop(self.unread.take());
        Ended {
            status: status.expect("it ends"),
            stdout: self.stdout.await.expect("no panic"),
            stderr: self.stderr.await.expect("no panic"),
        }
    }

    /// Asks it to stop, as a service manager does, and returns everything that it wrote to standard output.
    pub async fn stop(self) -> Vec<String> {
        self.signal("TERM").await;
        let ended = self.ended().await;
        assert!(ended.status.success(), "{:#?}", ended.stderr);
        ended.stdout
    }
}
