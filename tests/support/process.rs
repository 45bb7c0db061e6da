//! The program as the operator starts it: a process with its own folder and environment.

use std::{
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::{Child, ChildStdout, Command},
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
    lines: Lines<BufReader<ChildStdout>>,
    seen: Vec<String>,
}

/// Starts a server on a free port and waits until it says where.
pub async fn serve(folder: &Path, environment: &[(&str, &str)]) -> Serving {
    let mut command = waybill(folder, &["serve"], environment);
    command
        .env("PORT", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("waybill starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut seen = Vec::new();
    let finding = async {
        while let Ok(Some(line)) = lines.next_line().await {
            let address = line.split("http://127.0.0.1:").nth(1).map(|rest| {
                let port: String = rest.chars().take_while(char::is_ascii_digit).collect();
                format!("http://127.0.0.1:{port}")
            });
            seen.push(line);
            if address.is_some() {
                return address;
            }
        }
        None
    };
    let found = timeout(PATIENCE, finding).await.ok().flatten();
    let Some(base) = found else {
        child.start_kill().ok();
        let output = child.wait_with_output().await.expect("waybill ends");
        panic!(
            "waybill serve says no address: {seen:?} {}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    Serving {
        base,
        child,
        lines,
        seen,
    }
}

impl Serving {
    /// Asks it to stop, as a service manager does, and returns everything that it wrote to standard output.
    pub async fn stop(mut self) -> Vec<String> {
        let pid = self.child.id().expect("it still runs").to_string();
        let asked = std::process::Command::new("kill")
            .args(["-TERM", &pid])
            .status();
        assert!(asked.expect("kill").success());
        // Whatever it still says, and standard error, are read while waiting: a full pipe would block it.
        let mut stderr = self.child.stderr.take().expect("a pipe");
        let mut errors = Vec::new();
        let ending = async {
            let reading = tokio::io::AsyncReadExt::read_to_end(&mut stderr, &mut errors);
            let (_, status) = tokio::join!(reading, async {
                while let Ok(Some(line)) = self.lines.next_line().await {
                    self.seen.push(line);
                }
                self.child.wait().await
            });
            status.expect("it ends")
        };
        let status = timeout(PATIENCE, ending)
            .await
            .expect("waybill serve does not stop");
        assert!(
            status.success(),
            "{status}: {}",
            String::from_utf8_lossy(&errors)
        );
        self.seen
    }
}
