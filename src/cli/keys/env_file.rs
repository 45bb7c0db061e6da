//! Settings as text: the lines of an environment file, or of a configuration file.

use std::fmt::Write as _;

use secrecy::{ExposeSecret as _, SecretString};

use super::Form;

/// One line that sets `key` (in lower case, as in a configuration file).
pub(super) fn line(form: Form, key: &str, value: &SecretString) -> String {
    let value = value.expose_secret();
    match form {
        Form::Env => format!("{}={}\n", key.to_ascii_uppercase(), quoted(value)),
        Form::Toml => format!("{key} = {}\n", toml_text(value)),
    }
}

/// The value as shells, systemd and dotenv read it: bare when that is safe, else in single quotes, in which nothing has a
/// meaning. What ends them, and the backslash, in which dotenv sees a meaning all the same, stand between them.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.,:/@+=%".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    let mut text = String::from("'");
    for character in value.chars() {
        match character {
            '\'' | '\\' => text.extend(['\'', '\\', character, '\'']),
            other => text.push(other),
        }
    }
    text + "'"
}

fn toml_text(value: &str) -> String {
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' => text.extend(['\\', character]),
            control if control.is_control() => {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{:04X}", u32::from(control));
            }
            other => text.push(other),
        }
    }
    text + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: &[&str] = &[
        "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK",
        "postgres://app:p%40ss@db/waybill",
        "two words # no comment",
        "$HOME and `ls` and \"quotes\" and \\",
        "it's $HOME, `ls`, \"so\" and \\",
        "Grüße",
    ];

    #[test]
    fn what_is_written_is_read_back() {
        for value in VALUES {
            let value = SecretString::from(*value);
            let env = line(Form::Env, "jwt_secret", &value);
            let read: Vec<_> = dotenvy::from_read_iter(env.as_bytes())
                .map(|entry| entry.unwrap())
                .collect();
            let expected = ("JWT_SECRET".to_owned(), value.expose_secret().to_owned());
            assert_eq!(read, [expected], "{env}");

            let toml: toml::Table = line(Form::Toml, "jwt_secret", &value).parse().unwrap();
            assert_eq!(toml["jwt_secret"].as_str(), Some(value.expose_secret()));
        }
    }
}
