//! Passphrases: where they are read, and which are too weak to guard every secret at once.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, IsTerminal as _},
    path::Path,
};

use secrecy::{ExposeSecret as _, SecretString};

use super::{Passphrase, cannot};
use crate::{
    auth::{NewPassword, WeakPassword},
    error::Error,
};

/// A backup may lie anywhere, and whoever has it may guess as long as they like.
const SHORTEST: usize = 12;
/// So many different characters at least.
const FEWEST_CHARACTERS: usize = 6;

impl Passphrase {
    /// The passphrase of a file that is there already.
    pub(super) fn ask(&self) -> Result<SecretString, Error> {
        match &self.passphrase_file {
            Some(path) => first_line(path),
            None => prompt("Passphrase: "),
        }
    }

    /// The passphrase of a new file; asked for twice, because a slip would lock the file for good.
    pub(super) fn choose(&self) -> Result<SecretString, Error> {
        let chosen = self.ask()?;
        if let Some(weakness) = weakness(chosen.expose_secret()) {
            return Err(Error::Refused(format!("the passphrase {weakness}")));
        }
        let is_typed = self.passphrase_file.is_none();
        if is_typed && prompt("The same again: ")?.expose_secret() != chosen.expose_secret() {
            return Err(Error::Refused("the two passphrases differ".to_owned()));
        }
        Ok(chosen)
    }
}

/// Why a passphrase must not guard anything, or nothing when it may.
fn weakness(passphrase: &str) -> Option<String> {
    if passphrase.chars().count() < SHORTEST {
        return Some(format!(
            "is too short: it needs {SHORTEST} characters, better five random words"
        ));
    }
    let mut characters: Vec<char> = passphrase.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    if characters.len() < FEWEST_CHARACTERS {
        return Some("repeats a few characters".to_owned());
    }
    let is_common = NewPassword::choose(SecretString::from(passphrase))
        .is_err_and(|weak| weak == WeakPassword::TooCommon);
    is_common.then(|| "is among the commonest passwords".to_owned())
}

fn prompt(text: &str) -> Result<SecretString, Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::Refused(
            "there is no terminal to ask for the passphrase at; use --passphrase-file FILE, or - for standard input".to_owned(),
        ));
    }
    rpassword::prompt_password(text)
        .map(SecretString::from)
        .map_err(|source| Error::System {
            action: "the passphrase cannot be read",
            source,
        })
}

fn first_line(path: &Path) -> Result<SecretString, Error> {
    let mut line = String::new();
    let read = if path == Path::new("-") {
        io::stdin().read_line(&mut line)
    } else {
        File::open(path).and_then(|file| BufReader::new(file).read_line(&mut line))
    };
    read.map_err(|error| cannot("read", path, &error))?;
    let passphrase = line.trim_end_matches(['\r', '\n']);
    if passphrase.is_empty() {
        return Err(Error::Refused("the passphrase is empty".to_owned()));
    }
    Ok(SecretString::from(passphrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_repetitive_and_common_passphrases_are_weak() {
        let weak = [
            "",
            "secret",
            "elevenchars",
            "abababababababab",
            "CorrectHorseBatteryStaple",
        ];
        for passphrase in weak {
            assert!(weakness(passphrase).is_some(), "{passphrase}");
        }
        assert_eq!(weakness("tram quilt otter basalt vow"), None);
    }
}
