//! What a run writes down: the terminal, and files in formats that other tools read.

mod terminal;

use clap::Args;
use tokio::{sync::mpsc, task::JoinHandle};

use crate::run::Event;

/// Which reports are wanted.
#[derive(Debug, Clone, Default, Args)]
pub struct ReportSettings {
    /// Only say what is wrong.
    #[arg(short, long)]
    pub quiet: bool,
}

/// Starts the reports. They end when nobody can tell them anything any more, with the first problem of writing.
///
/// # Errors
/// Why a report cannot be begun (a folder that cannot be written).
pub fn start(
    settings: &ReportSettings,
    mut events: mpsc::Receiver<Event>,
) -> Result<JoinHandle<Result<(), String>>, String> {
    let mut terminal = terminal::Terminal::new(settings.quiet);
    Ok(tokio::task::spawn_blocking(move || {
        while let Some(event) = events.blocking_recv() {
            terminal.event(&event).map_err(|error| error.to_string())?;
        }
        Ok(())
    }))
}
