//! `keys backup` and `keys restore`: an age file under a passphrase (age-encryption.org/v1, scrypt, armored), whose content
//! is an environment file. Without Waybill it is opened by `age --decrypt FILE`.

use std::{fs, io::Read as _, path::Path};

use age::{DecryptError, Decryptor, armor::ArmoredReader, scrypt};
use secrecy::{ExposeSecret as _, SecretString};

use super::{Form, Passphrase, cannot, env_file::line, write_new};
use crate::{
    cli::{answer, note},
    config::{self, Loaded, Sources},
    domain::Clock,
    error::Error,
};

/// The first line of what is inside.
const TITLE: &str = "# Secrets of Waybill, backup version 1";
/// What the `age` command uses: a second of work and 256 MiB of memory for each guess.
const WORK_FACTOR: u8 = 18;
/// Files that ask for more work than this were not made here.
const MAX_WORK_FACTOR: u8 = 20;
/// Bytes of the largest file that is looked at; ours have some thousand.
const MAX_BYTES: u64 = 1024 * 1024;

pub(super) fn write(
    output: &Path,
    passphrase: &Passphrase,
    sources: &Sources,
) -> Result<(), Error> {
    let loaded = config::load(sources)?;
    if output.exists() {
        let error = std::io::ErrorKind::AlreadyExists.into();
        return Err(cannot("write", output, &error));
    }
    let mut recipient = scrypt::Recipient::new(passphrase.choose()?);
    recipient.set_work_factor(WORK_FACTOR);
    let content = content(&loaded);
    let sealed = age::encrypt_and_armor(&recipient, content.expose_secret().as_bytes())
        .map_err(|error| Error::Refused(format!("the backup cannot be encrypted: {error}")))?;
    write_new(output, sealed.as_bytes())?;
    let keys: Vec<&str> = loaded.secrets.iter().map(|(key, _)| key.as_str()).collect();
    note(&format!(
        "wrote {} with {}",
        output.display(),
        keys.join(", ")
    ));
    Ok(())
}

/// Everything secret that the configuration holds, wherever it came from, as an environment file.
fn content(loaded: &Loaded) -> SecretString {
    let made = jiff::Timestamp::from(Clock::System.now());
    let mut text = format!(
        "{TITLE}\n# made {made:.0} by waybill {} for {}\n",
        env!("CARGO_PKG_VERSION"),
        loaded.config.environment.as_str(),
    );
    for (key, value) in &loaded.secrets {
        text.push_str(&line(Form::Env, key, value));
    }
    SecretString::from(text)
}

pub(super) fn restore(
    file: &Path,
    output: Option<&Path>,
    passphrase: &Passphrase,
) -> Result<(), Error> {
    let sealed = read(file)?;
    let content = open(&sealed, passphrase)
        .map_err(|reason| Error::Refused(format!("{}: {reason}", file.display())))?;
    match output {
        None => answer(content.expose_secret()),
        Some(output) => {
            write_new(output, content.expose_secret().as_bytes())?;
            note(&format!("wrote {}", output.display()));
            Ok(())
        }
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let mut sealed = Vec::new();
    let read =
        fs::File::open(file).and_then(|opened| opened.take(MAX_BYTES).read_to_end(&mut sealed));
    read.map_err(|error| cannot("read", file, &error))?;
    Ok(sealed)
}

/// Why a backup cannot be opened.
#[derive(Debug, thiserror::Error)]
enum Unopened {
    #[error("this is no backup made by `waybill keys backup`")]
    Foreign,
    #[error("the file is damaged")]
    Damaged,
    #[error("the passphrase is wrong, or the file is damaged")]
    Passphrase,
    #[error(transparent)]
    Asking(#[from] Error),
}

fn open(sealed: &[u8], passphrase: &Passphrase) -> Result<SecretString, Unopened> {
    let decryptor =
        Decryptor::new_buffered(ArmoredReader::new(sealed)).map_err(|_| Unopened::Foreign)?;
    if !decryptor.is_scrypt() {
        return Err(Unopened::Foreign);
    }
    let mut identity = scrypt::Identity::new(passphrase.ask()?);
    identity.set_max_work_factor(MAX_WORK_FACTOR);
    let mut reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::NoMatchingKeys => Unopened::Passphrase,
            DecryptError::ExcessiveWork { .. } | DecryptError::UnknownFormat => Unopened::Foreign,
            _ => Unopened::Damaged,
        })?;
    let mut text = String::new();
    reader
        .read_to_string(&mut text)
        .map_err(|_| Unopened::Damaged)?;
    let content = SecretString::from(text);
    if content.expose_secret().lines().next() == Some(TITLE) {
        Ok(content)
    } else {
        Err(Unopened::Foreign)
    }
}
