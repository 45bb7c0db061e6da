//! What `contract replay --from` is told.

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use crate::{
    phases::{Compare, Replay},
    recording::Recording,
};

#[derive(Debug, Args)]
pub(super) struct FromRecording {
    /// Send the requests of a recording again, in place of the phases: a VCR cassette, NDJSON events, a HAR archive or a
    /// crash file.
    #[arg(long, value_name = "RECORDING", conflicts_with = "phases")]
    pub(super) from: Option<PathBuf>,
    /// What of the answers is compared with those of the recording.
    #[arg(long, value_enum, default_value_t, requires = "from")]
    compare: Compare,
    /// End with 1 when an answer differs from that of the recording.
    #[arg(long, requires = "from")]
    fail_on_difference: bool,
    /// Send what can be read of a recording that is not whole.
    #[arg(long, requires = "from")]
    keep_going: bool,
}

impl FromRecording {
    /// Reads the recording.
    pub(super) fn read(&self) -> Result<Option<Replay>, String> {
        let Some(path) = &self.from else {
            return Ok(None);
        };
        let recording = Recording::read(path).map_err(|error| error.to_string())?;
        if !recording.problems.is_empty() {
            let problems = recording.problems.join("\n");
            if !self.keep_going {
                return Err(format!(
                    "{problems}\n{} requests are whole: --keep-going sends them",
                    recording.entries.len()
                ));
            }
            let _ = writeln!(io::stderr(), "contract: {problems}");
        }
        Ok(Some(Replay {
            recording,
            compare: self.compare,
        }))
    }

    /// What ends the run with 1.
    pub(super) fn missed(&self, differences: usize) -> Option<String> {
        (self.fail_on_difference && differences > 0)
            .then(|| format!("{differences} answers differ from those of the recording"))
    }
}
