//! Which passwords may be chosen: 8 to 128 characters, and none of the commonest.
//!
//! No rules of composition: they make people predictable (NIST SP 800-63B, OWASP ASVS 2.1).
//! The bounds repeat those of the document, for the commands that take a password without it.

use std::collections::HashSet;
use std::sync::LazyLock;

use secrecy::{ExposeSecret, SecretString};

use crate::domain::Ids;

/// The fewest characters (Unicode scalar values) of a password.
pub const MIN_CHARACTERS: usize = 8;
/// The most characters of a password; nothing is ever cut off silently.
pub const MAX_CHARACTERS: usize = 128;

/// About three thousand, counted in public breaches; the file says where they come from.
static COMMONEST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("common_passwords.txt")
        .lines()
        .filter(|line| !line.starts_with("# "))
        .collect()
});

/// Why a password may not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than [`MIN_CHARACTERS`] or more than [`MAX_CHARACTERS`].
    #[error("a password has {MIN_CHARACTERS} to {MAX_CHARACTERS} characters")]
    Length,
    /// It is among the commonest; attackers try those first.
    #[error("this password is among the commonest")]
    TooCommon,
}

/// A password that passed the policy and may be stored, as a hash.
#[derive(Debug, Clone)]
pub struct NewPassword(SecretString);

impl NewPassword {
    /// Applies the policy to what somebody chose.
    ///
    /// # Errors
    /// [`WeakPassword`] with the first rule that it breaks.
    pub fn choose(password: SecretString) -> Result<Self, WeakPassword> {
        let text = password.expose_secret();
        let characters = text.chars().count();
        if !(MIN_CHARACTERS..=MAX_CHARACTERS).contains(&characters) {
            return Err(WeakPassword::Length);
        }
        if COMMONEST.contains(text.to_lowercase().as_str()) {
            return Err(WeakPassword::TooCommon);
        }
        Ok(Self(password))
    }

    /// Gives the password to the hasher.
    #[must_use]
    pub fn into_secret(self) -> SecretString {
        self.0
    }
}

/// A password for somebody who has not chosen one: 100 random bits, in letters that are hard to mistake for each other.
#[must_use]
pub fn made_up_password(ids: &Ids) -> SecretString {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let letters: String = ids
        .random_bytes::<20>()
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)).copied().map(char::from))
        .collect();
    SecretString::from(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<NewPassword, WeakPassword> {
        NewPassword::choose(SecretString::from(text))
    }

    #[test]
    fn the_commonest_are_refused_whatever_their_case() {
        for common in [
            "password",
            "PassWord1",
            "12345678",
            "QWERTYUIOP",
            "trustno1",
        ] {
            assert_eq!(
                choose(common).unwrap_err(),
                WeakPassword::TooCommon,
                "{common}"
            );
        }
    }

    #[test]
    fn eight_to_128_characters_are_accepted_counted_as_characters() {
        assert!(choose("gr8-wolf").is_ok());
        assert_eq!(choose("gr8-wol").unwrap_err(), WeakPassword::Length);
        assert!(choose(&"ä".repeat(128)).is_ok());
        assert_eq!(choose(&"ä".repeat(129)).unwrap_err(), WeakPassword::Length);
    }

    #[test]
    fn only_letters_are_accepted_for_there_are_no_rules_of_composition() {
        assert!(choose("correct horse battery staple").is_ok());
    }

    #[test]
    fn the_list_holds_only_entries_that_could_be_chosen() {
        assert!(COMMONEST.len() > 3000);
        for entry in COMMONEST.iter() {
            assert!(entry.chars().count() >= MIN_CHARACTERS, "{entry}");
            assert_eq!(*entry, entry.to_lowercase());
        }
    }

    #[test]
    fn a_password_never_shows_in_debug_output() {
        let shown = format!("{:?}", choose("my-secret-words").unwrap());
        assert!(!shown.contains("my-secret-words"), "{shown}");
    }
}
