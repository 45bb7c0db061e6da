//! One mail, and how it is written down (RFC 5322, MIME).

use std::{
    fmt,
    time::{Duration, UNIX_EPOCH},
};

use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};

use super::MailError;
use crate::domain::{EmailAddress, Timestamp};

/// A mail to one person. Nothing in it can become a header of its own: control characters are taken out, and lettre's
/// types encode the rest.
#[derive(Clone)]
pub struct Mail {
    /// Names the mail for good, in letters, digits, `-` and `.`: every try to send it has the same `Message-ID`.
    pub id: String,
    /// What kind of mail it is, for metrics and file names.
    pub template: &'static str,
    /// Who gets it.
    pub to: EmailAddress,
    /// What that person is called, on one line.
    pub to_name: String,
    /// The subject, on one line.
    pub subject: String,
    /// The text for those who read text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
    /// When it was written.
    pub at: Timestamp,
}

impl fmt::Debug for Mail {
    /// Debug output ends up in logs, and logs hold no addresses and no mails.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mail")
            .field("id", &self.id)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

impl Mail {
    /// Writes it down, from `from`. Both texts are in it, the better one last (RFC 2046, section 5.1.4).
    pub(super) fn compose(&self, from: &Mailbox) -> Result<Message, MailError> {
        let address = self
            .to
            .as_str()
            .parse::<Address>()
            .map_err(|_| MailError::Recipient)?;
        let written = UNIX_EPOCH
            + Duration::from_micros(u64::try_from(self.at.as_micros()).unwrap_or_default());
        Message::builder()
            .from(from.clone())
            .to(Mailbox::new(Some(without_controls(&self.to_name)), address))
            .subject(without_controls(&self.subject))
            .date(written)
            .message_id(Some(format!("<{}@{}>", self.id, from.email.domain())))
            // No machine should answer: neither one that follows RFC 3834, nor Exchange, which wants its own header.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .multipart(MultiPart::alternative_plain_html(
                self.text.clone(),
                self.html.clone(),
            ))
            .map_err(MailError::Message)
    }
}

/// lettre encodes most of what cannot stand in a header, and panics on a line break in a name.
fn without_controls(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn mail() -> Mail {
        Mail {
            id: "0193a1b2.receipt".to_owned(),
            template: "receipt",
            to: "ada@example.com".parse().unwrap(),
            to_name: "Ada".to_owned(),
            subject: "Your receipt".to_owned(),
            text: "Dear Ada\n".to_owned(),
            html: "<p>Dear Ada</p>\n".to_owned(),
            at: Timestamp::from_micros(1_767_323_045_000_000),
        }
    }

    fn written(mail: &Mail) -> String {
        let from = "Waybill <orders@waybill.example>".parse().unwrap();
        String::from_utf8(mail.compose(&from).unwrap().formatted()).unwrap()
    }

    /// The lines before the first empty one.
    fn head(text: &str) -> &str {
        text.split_once("\r\n\r\n").unwrap().0
    }

    #[test]
    fn a_mail_says_who_what_and_when_in_two_forms() {
        let text = written(&mail());
        for line in [
            "From: Waybill <orders@waybill.example>",
            "To: Ada <ada@example.com>",
            "Subject: Your receipt",
            "Date: Fri, 02 Jan 2026 03:04:05 +0000",
            "Message-ID: <0193a1b2.receipt@waybill.example>",
            "Auto-Submitted: auto-generated",
        ] {
            assert!(
                head(&text).lines().any(|found| found == line),
                "{line}\n{text}"
            );
        }
        let plain = text.find("text/plain; charset=utf-8").unwrap();
        let html = text.find("text/html; charset=utf-8").unwrap();
        assert!(text.contains("multipart/alternative") && plain < html);
    }

    #[test]
    fn no_name_or_subject_becomes_a_header() {
        let evil = "x\r\nBcc: eve@example.com\r\n\r\n<script>\n\u{202e}";
        let text = written(&Mail {
            to_name: evil.to_owned(),
            subject: evil.to_owned(),
            ..mail()
        });
        let head = head(&text);
        assert!(
            !head
                .to_lowercase()
                .lines()
                .any(|line| line.starts_with("bcc")),
            "{head}"
        );
        assert!(head.is_ascii() && head.contains("Message-ID:"), "{head}");
    }

    #[test]
    fn debug_output_tells_nobody_who_gets_what() {
        let shown = format!("{:?}", mail());
        assert!(!shown.contains("ada") && !shown.contains("Ada"), "{shown}");
    }
}
