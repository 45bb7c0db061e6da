//! `config`

use super::{ConfigCommand, ConfigError, Loaded, answer};
use crate::error::Error;

pub(super) fn run(
    command: &ConfigCommand,
    loaded: Result<Loaded, ConfigError>,
) -> Result<(), Error> {
    let loaded = loaded?;
    match command {
        ConfigCommand::Check => answer(&format!(
            "the configuration is good ({})\n",
            loaded.config.environment.as_str()
        )),
        ConfigCommand::Print => {
            let lines = loaded.settings.iter().map(|setting| format!("{setting}\n"));
            answer(&lines.collect::<Vec<_>>().concat())
        }
    }
}
