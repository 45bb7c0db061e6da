//! `keys generate`: fresh secrets, and the rotation of those in use.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};

use super::{Form, Generate, env_file::line};
use crate::{
    cli::{answer, note},
    config::{self, AuthConfig, Sources, make_development_secrets, new_secret},
    error::Error,
};

pub(super) fn run(options: &Generate, sources: &Sources) -> Result<(), Error> {
    if options.development {
        let path = make_development_secrets(&sources.data_dir)
            .map_err(|error| super::cannot("write secrets into", &sources.data_dir, &error))?;
        note(&format!("wrote {}", path.display()));
        return Ok(());
    }
    if !options.rotate && !options.rotate_refresh {
        return answer(&fresh(options.format));
    }
    let auth = config::load(sources)?.config.auth;
    let mut text = String::new();
    if options.rotate {
        text.push_str(&access(options.format, &auth)?);
    }
    if options.rotate_refresh {
        text.push_str(&refresh(options.format, &auth)?);
    }
    answer(&text)
}

fn fresh(form: Form) -> String {
    let mut text = String::from(
        "# Secrets of Waybill: the same for every instance, and for nobody else to read.\n",
    );
    text.push_str(&line(form, "jwt_secret", &new_secret()));
    text.push_str(&line(form, "jwt_refresh_secret", &new_secret()));
    text
}

fn access(form: Form, auth: &AuthConfig) -> Result<String, Error> {
    Rotation {
        what: "the key that signs access tokens",
        key: "jwt_secret",
        former_key: "jwt_former_secrets",
        present: &auth.jwt_secret,
        former: &auth.former_jwt_secrets,
        patience: auth.access_ttl,
    }
    .text(form)
}

fn refresh(form: Form, auth: &AuthConfig) -> Result<String, Error> {
    Rotation {
        what: "the key of refresh tokens and cursors",
        key: "jwt_refresh_secret",
        former_key: "jwt_refresh_former_secrets",
        present: &auth.refresh_secret,
        former: &auth.former_refresh_secrets,
        patience: auth.refresh_ttl.max(auth.refresh_ttl_mobile),
    }
    .text(form)
}

/// One key that is to be exchanged.
struct Rotation<'a> {
    what: &'static str,
    key: &'static str,
    former_key: &'static str,
    present: &'a SecretString,
    former: &'a [SecretString],
    /// How long what the present key made lives.
    patience: Duration,
}

impl Rotation<'_> {
    /// The new settings, and in comments the order in which several instances get them.
    fn text(&self, form: Form) -> Result<String, Error> {
        if self.present.expose_secret().contains(',') {
            return Err(Error::Refused(format!(
                "{} holds a comma, which separates the keys in {}; it can only be replaced, which ends every session",
                self.key.to_ascii_uppercase(),
                self.former_key.to_ascii_uppercase()
            )));
        }
        let new = new_secret();
        let known_first = line(form, self.former_key, &list(&new, self.former));
        let sign = line(form, self.key, &new);
        let known_after = line(form, self.former_key, &list(self.present, self.former));
        Ok(format!(
            "# Rotation of {what}.\n\
             # 1. Several instances: give every one the new key to recognise, before any uses it:\n\
             # {known_first}\
             # 2. When all of them run with that (one instance alone begins here):\n\
             {sign}{known_after}\
             # 3. {patience} after the last instance did step 2, drop the former key from {former}.\n",
            what = self.what,
            patience = in_words(self.patience),
            former = self.former_key.to_ascii_uppercase(),
        ))
    }
}

/// A list as it is configured, with `first` in front.
fn list(first: &SecretString, others: &[SecretString]) -> SecretString {
    let all = std::iter::once(first).chain(others);
    let all: Vec<&str> = all.map(secrecy::ExposeSecret::expose_secret).collect();
    SecretString::from(all.join(","))
}

fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match (seconds % 86_400, seconds % 60) {
        (0, _) => format!("{} days", seconds / 86_400),
        (_, 0) => format!("{} minutes", seconds / 60),
        _ => format!("{seconds} seconds"),
    }
}
