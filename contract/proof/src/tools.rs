//! The commands that are compared, how they are called, and what they found.

use std::{
    collections::BTreeSet,
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
pub struct Failed(pub String);

impl Failed {
    /// What a file or a program did not do.
    #[must_use]
    pub fn of(path: &Path, error: &io::Error) -> Self {
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
pub struct Tools {
    /// The `contract` command.
    pub contract: PathBuf,
    /// The `st` command.
    pub schemathesis: Option<PathBuf>,
    /// The folder with the contract and the configuration; Schemathesis runs here.
    pub home: PathBuf,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    /// Its exit code; -1 when a signal ended it.
    pub code: i32,
    /// Its standard output.
    pub out: String,
    /// Its standard error.
    pub err: String,
}

impl Said {
    /// Everything that it wrote.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

impl Tools {
    /// Tools at these places. Schemathesis is optional.
    ///
    /// # Errors
    /// When a path cannot be made absolute.
    pub fn new(contract: &Path, schemathesis: Option<&Path>) -> Result<Self, Failed> {
        // Not resolved: an environment of Python is known by the name that it is called with.
        let absolute =
            |path: &Path| std::path::absolute(path).map_err(|error| Failed::of(path, &error));
        Ok(Self {
            contract: absolute(contract)?,
            schemathesis: schemathesis.map(absolute).transpose()?,
            home: PathBuf::from(env!("CARGO_MANIFEST_DIR")),
        })
    }

    /// Runs a command to its end and gives what it wrote.
    ///
    /// # Errors
    /// When it cannot be started or does not end.
    pub async fn run(&self, program: &Path, arguments: &[&str]) -> Result<Said, Failed> {
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
        Ok(Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }
}

/// A report, which is there when the tool came to its end.
///
/// # Errors
/// When it is not there or no JSON.
pub fn read_json(report: &Path, said: &Said) -> Result<Value, Failed> {
    let bytes = std::fs::read(report)
        .map_err(|_| Failed(format!("there is no report:\n{}", said.text())))?;
    serde_json::from_slice(&bytes).map_err(|error| Failed(format!("{}: {error}", report.display())))
}

/// What a tool reported: codes, those of laws with the law's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found(pub BTreeSet<String>);

impl Found {
    /// In one line; a dash for nothing.
    #[must_use]
    pub fn told(&self) -> String {
        if self.0.is_empty() {
            return "–".to_owned();
        }
        self.0.iter().cloned().collect::<Vec<_>>().join(", ")
    }
}
