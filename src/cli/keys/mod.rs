//! `keys`: secrets are made here, and carried to safety and back.

mod backup;
mod env_file;
mod generate;
mod passphrase;

use std::{
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand, ValueEnum};

use crate::{config::Sources, error::Error};

#[derive(Debug, Subcommand)]
pub(super) enum Keys {
    /// Print fresh secrets, ready for an environment or a configuration file.
    Generate(Generate),
    /// Write the secrets of the configuration into a file that a passphrase opens (age).
    Backup {
        /// The file to write; it must not exist.
        #[arg(long, value_name = "FILE")]
        output: PathBuf,
        #[command(flatten)]
        passphrase: Passphrase,
    },
    /// Print the secrets of a backup as lines of an environment file.
    Restore {
        /// The backup.
        file: PathBuf,
        /// Write into this file, which must not exist, in place of printing.
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
        #[command(flatten)]
        passphrase: Passphrase,
    },
}

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Write them into the data folder, where development looks; refused when they are there.
    #[arg(long, conflicts_with_all = ["rotate", "rotate_refresh", "format"])]
    development: bool,
    /// Make a new key for access tokens only, and go on accepting what the present one signed.
    #[arg(long)]
    rotate: bool,
    /// Make a new key for refresh tokens only, and go on accepting what the present one keyed.
    #[arg(long)]
    rotate_refresh: bool,
    /// In which form.
    #[arg(long, value_enum, default_value_t = Form::Env)]
    format: Form,
}

/// How settings are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Form {
    /// Lines of an environment file.
    Env,
    /// Lines of a configuration file.
    Toml,
}

#[derive(Debug, Args)]
pub(super) struct Passphrase {
    /// Read the passphrase from the first line of this file, or of standard input (`-`), in place of asking for it.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
}

/// Runs the command. Only what needs the configuration reads it: secrets are made before there is a good one.
pub(super) fn run(command: &Keys, sources: &Sources) -> Result<(), Error> {
    match command {
        Keys::Generate(options) => generate::run(options, sources),
        Keys::Backup { output, passphrase } => backup::write(output, passphrase, sources),
        Keys::Restore {
            file,
            output,
            passphrase,
        } => backup::restore(file, output.as_deref(), passphrase),
    }
}

/// Writes a new file that only its owner may read. Nothing is ever overwritten.
fn write_new(path: &Path, content: &[u8]) -> Result<(), Error> {
    let options = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let written = options.and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(|error| cannot("write", path, &error))
}

/// What to say when a file cannot be used.
fn cannot(verb: &str, path: &Path, error: &io::Error) -> Error {
    let path = path.display();
    Error::Refused(match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{path} exists already and is not overwritten; name another file")
        }
        _ => format!("cannot {verb} {path}: {error}"),
    })
}
