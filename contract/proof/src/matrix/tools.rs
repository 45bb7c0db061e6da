//! The commands that are compared, and how they are called.

use std::{
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use serde_json::Value;
use tokio::process::Command;

/// A run that takes longer hangs, which is a fault of the tool.
const LONGEST: Duration = Duration::from_mins(10);

/// Why the matrix cannot be drawn.
#[derive(Debug)]
pub(crate) struct Failed(pub(crate) String);

impl Failed {
    pub(crate) fn of(path: &Path, error: &io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where everything is.
#[derive(Debug)]
pub(crate) struct Tools {
    pub(crate) contract: PathBuf,
    pub(crate) schemathesis: Option<PathBuf>,
    /// The folder with the contract and the configuration; Schemathesis runs here.
    pub(crate) home: PathBuf,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) text: String,
}

impl Tools {
    /// The replayer is taken from beside this command.
    pub(crate) fn new(schemathesis: Option<&Path>) -> Result<Self, Failed> {
        let own = std::env::current_exe().map_err(|error| Failed(error.to_string()))?;
        // Not resolved: an environment of Python is known by the name that it is called with.
        let absolute =
            |path: &Path| std::path::absolute(path).map_err(|error| Failed::of(path, &error));
        Ok(Self {
            contract: own.with_file_name("replayer"),
            schemathesis: schemathesis.map(absolute).transpose()?,
            home: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        })
    }

    /// Runs a command to its end and gives what it wrote to both of its outputs.
    pub(crate) async fn run(&self, program: &Path, arguments: &[&str]) -> Result<Said, Failed> {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(&self.home)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        let output = tokio::time::timeout(LONGEST, command.output())
            .await
            .map_err(|_| {
                Failed(format!(
                    "{} did not end within {} s",
                    program.display(),
                    LONGEST.as_secs()
                ))
            })?
            .map_err(|error| Failed::of(program, &error))?;
        let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&output.stderr));
        Ok(Said {
            code: output.status.code().unwrap_or(-1),
            text,
        })
    }
}

/// A report, which is there when the tool came to its end.
pub(crate) fn read_json(report: &Path, said: &Said) -> Result<Value, Failed> {
    let bytes =
        std::fs::read(report).map_err(|_| Failed(format!("there is no report:\n{}", said.text)))?;
    serde_json::from_slice(&bytes).map_err(|error| Failed(format!("{}: {error}", report.display())))
}
