//! Secrets: the weak ones that are refused, and the ones that development makes for itself.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use figment::value::Dict;
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};

use super::{
    problem::Problem,
    sources::{self, Layer},
};

/// Keys that development fills in.
pub(super) const GENERATED: &[&str] = &["jwt_secret", "jwt_refresh_secret"];

/// HS256 needs a key as long as its hash (RFC 7518, section 3.2).
pub(super) const SHORTEST: usize = 32;

/// Kept between starts, so that tokens outlive a restart.
const FILE: &str = "development-secrets.toml";

/// Long enough to pass the length check, and still in every word list.
const WELL_KNOWN: &[&str] = &[
    "secret",
    "changeme",
    "change-me",
    "change_me",
    "password",
    "example",
    "your-256-bit",
    "at-least-256-bits",
    "replace",
    "insecure",
    "development",
    "waybill",
];

/// Says why a secret must not guard anything, or nothing when it may.
pub(super) fn weakness(secret: &str) -> Option<String> {
    if secret.len() < SHORTEST {
        return Some(format!(
            "is too short: {} bytes, at least {SHORTEST} are needed",
            secret.len()
        ));
    }
    let plain = secret.to_ascii_lowercase();
    if WELL_KNOWN.iter().any(|word| plain.contains(word)) {
        return Some("is a well-known value; make one with `openssl rand -base64 48`".to_owned());
    }
    let mut letters: Vec<u8> = secret.bytes().collect();
    letters.sort_unstable();
    letters.dedup();
    (letters.len() < 8)
        .then(|| "repeats a few letters; make one with `openssl rand -base64 48`".to_owned())
}

/// Reads the generated secrets, making the `wanting` ones that do not exist yet.
pub(super) fn development(data_dir: &Path, wanting: &[&str], problems: &mut Vec<Problem>) -> Layer {
    let path = data_dir.join(FILE);
    let name = path.display().to_string();
    if wanting.is_empty() {
        return Layer::new(name, Dict::new());
    }
    let text = match read_or_make(data_dir, &path) {
        Ok(text) => text,
        Err(error) => {
            let message = format!(
                "cannot keep generated secrets in {name}: {error}; set JWT_SECRET and JWT_REFRESH_SECRET"
            );
            problems.push(Problem {
                key: "JWT_SECRET".to_owned(),
                message,
                origin: String::new(),
            });
            return Layer::new(name, Dict::new());
        }
    };
    let mut layer = sources::toml(&name, &text, problems);
    // A secret that the operator chose stands, whatever the file holds beside it.
    layer.retain(wanting);
    layer
}

fn read_or_make(data_dir: &Path, path: &Path) -> io::Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        done => return done,
    }
    // Two processes may start at once: the first to create the file decides.
    match make_development_secrets(data_dir) {
        Ok(_) => fs::read_to_string(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => fs::read_to_string(path),
        Err(error) => Err(error),
    }
}

/// Makes the secrets of development and writes them into their file, which only its owner may read; answers where it is.
///
/// # Errors
/// When the file exists (then it is left as it is) or cannot be written.
pub fn make_development_secrets(data_dir: &Path) -> io::Result<PathBuf> {
    fs::create_dir_all(data_dir)?;
    let path = data_dir.join(FILE);
    let mut text = String::from(
        "# Generated once for development; delete the file to get new ones (and to end all sessions).\n",
    );
    for key in GENERATED {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{key} = \"{}\"", new_secret().expose_secret());
    }
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(path)
}

/// Makes a secret: 256 random bits in hexadecimal.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the server and its source of randomness are built from the configuration, not before it"
)]
pub fn new_secret() -> SecretString {
    let bytes: [u8; 32] = rand::rng().random();
    let mut text = String::with_capacity(64);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    SecretString::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_known_and_repetitive_secrets_are_weak() {
        assert!(weakness("short").is_some());
        assert!(weakness("a-string-secret-at-least-256-bits-long").is_some());
        assert!(weakness(&"ab".repeat(32)).is_some());
        assert!(weakness("q7Zx0bYt3mKc9VhR2pLd8WfJ5sNg1TaE").is_none());
        assert!(weakness(new_secret().expose_secret()).is_none());
    }
}
