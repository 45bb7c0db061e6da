//! The keys of mail.

use std::path::{Path, PathBuf};

use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

use super::{Environment, read::Reader};

/// How mails leave.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// The server that takes mails; `None` writes them into files.
    pub smtp: Option<SmtpAddress>,
    /// Where those files are written.
    pub folder: PathBuf,
    /// Who mails come from.
    pub from: Mailbox,
}

/// `SMTP_URL`.
#[derive(Debug, Clone)]
pub struct SmtpAddress {
    /// Name or address of the server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the connection is encrypted.
    pub tls: SmtpTls,
    /// Who logs in, and how.
    pub credentials: Option<(String, SecretString)>,
    /// What this host calls itself; by default its name.
    pub hello: Option<String>,
}

/// How the connection to a mail server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpTls {
    /// Not at all.
    Off,
    /// From the beginning (`smtps://`).
    Wrapped,
    /// After `STARTTLS`, or no mail is sent (`?tls=required`).
    Required,
    /// After `STARTTLS` where the server offers it (`?tls=opportunistic`).
    Opportunistic,
}

pub(super) fn mail(
    reader: &mut Reader,
    environment: Environment,
    data_dir: &Path,
) -> Option<MailConfig> {
    let smtp = reader.parse_or_empty("smtp_url", |text| {
        if text.is_empty() {
            return Ok(None);
        }
        let address = smtp_address(text)?;
        let is_bare = matches!(address.tls, SmtpTls::Off | SmtpTls::Opportunistic);
        if is_bare && address.credentials.is_some() && !environment.is_development() {
            return Err(
                "would send the password in the clear; write `smtps://…` or add `?tls=required`"
                    .to_owned(),
            );
        }
        Ok(Some(address))
    });
    let from = reader.parse("mail_from", |text| {
        text.parse::<Mailbox>().map_err(|_| {
            format!("`{text}` is no sender; write an address or `Waybill <orders@example.com>`")
        })
    });
    Some(MailConfig {
        smtp: smtp?,
        folder: data_dir.join("mail"),
        from: from?,
    })
}

/// Reads the address in lettre's form. It may hold a password, so no message repeats it.
fn smtp_address(text: &str) -> Result<SmtpAddress, String> {
    let wrong = || {
        "must be `smtps://USER:PASSWORD@HOST`, `smtp://USER:PASSWORD@HOST:587?tls=required` or `smtp://HOST:25`".to_owned()
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or_else(wrong)?;
    let wish = url
        .query_pairs()
        .find(|(name, _)| name == "tls")
        .map(|(_, value)| value.into_owned());
    let (tls, port) = match (url.scheme(), wish.as_deref()) {
        ("smtps", None) => (SmtpTls::Wrapped, 465),
        ("smtp", Some("required")) => (SmtpTls::Required, 587),
        ("smtp", Some("opportunistic")) => (SmtpTls::Opportunistic, 587),
        ("smtp", None) => (SmtpTls::Off, 25),
        _ => return Err(wrong()),
    };
    let credentials = match (url.username(), url.password()) {
        ("", None) => None,
        (user, Some(password)) => Some((decoded(user)?, SecretString::from(decoded(password)?))),
        (_, None) => return Err("names a user without a password".to_owned()),
    };
    let hello = url.path().trim_matches('/');
    Ok(SmtpAddress {
        host: host.trim_matches(['[', ']']).to_owned(),
        port: url.port().unwrap_or(port),
        tls,
        credentials,
        hello: (!hello.is_empty()).then(|| hello.to_owned()),
    })
}

fn decoded(text: &str) -> Result<String, String> {
    percent_decode_str(text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| "holds credentials that are no UTF-8".to_owned())
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn an_address_says_how_it_is_encrypted_and_who_logs_in() {
        let wrapped = smtp_address("smtps://ada:p%40ss@mail.example").unwrap();
        assert_eq!((wrapped.host.as_str(), wrapped.port), ("mail.example", 465));
        assert_eq!(wrapped.tls, SmtpTls::Wrapped);
        let (user, password) = wrapped.credentials.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("ada", "p@ss"));
        let upgraded = smtp_address("smtp://mail.example:2525/shop.example?tls=required").unwrap();
        assert_eq!((upgraded.tls, upgraded.port), (SmtpTls::Required, 2525));
        assert_eq!(upgraded.hello.as_deref(), Some("shop.example"));
        let plain = smtp_address("smtp://127.0.0.1").unwrap();
        assert_eq!((plain.tls, plain.port), (SmtpTls::Off, 25));
        assert!(plain.credentials.is_none());
    }

    #[test]
    fn what_names_no_server_is_refused_without_repeating_a_password() {
        for wrong in [
            "smtp://",
            "http://ada:secret@mail.example",
            "smtps://ada:secret@mail.example?tls=required",
            "smtp://ada:secret@mail.example?tls=perhaps",
            "smtp://secret@mail.example",
            "secret",
        ] {
            let message = smtp_address(wrong).unwrap_err();
            assert!(!message.contains("secret"), "{wrong}: {message}");
        }
    }
}
