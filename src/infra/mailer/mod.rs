//! Mail: one message at a time to an SMTP server, or into a folder where there is none.
//!
//! Knows no feature: whoever sends says what is in the mail, this module how it leaves. A mail is accepted or it is not;
//! trying again is the business of the job that sends it, which an error tells whether that makes sense. Neither
//! recipients nor texts are ever logged, nor what a server says, which repeats recipients.

mod error;
mod file;
mod message;
mod smtp;

use lettre::message::Mailbox;
use tracing::Instrument;

pub use error::MailError;
use file::FileMailer;
pub use message::Mail;
use smtp::SmtpMailer;

use super::telemetry;
use crate::config::MailConfig;

/// Sends mails. What it needs of a mail server is in the configuration.
#[derive(Debug)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

/// How mails leave.
#[derive(Debug)]
enum Way {
    Smtp(SmtpMailer),
    File(FileMailer),
}

impl Mailer {
    /// Prepares what the configuration asks for. Connects to nothing yet.
    ///
    /// # Errors
    /// [`MailError::Unreachable`] when TLS is asked for and the system's certificates cannot be used.
    pub fn new(config: &MailConfig) -> Result<Self, MailError> {
        let way = match &config.smtp {
            Some(address) => Way::Smtp(SmtpMailer::new(address)?),
            None => Way::File(FileMailer::new(config.folder.clone())),
        };
        Ok(Self {
            from: config.from.clone(),
            way,
        })
    }

    /// Sends a mail. Done means that the server took it over (or that the file is written); a mail whose acceptance got
    /// lost on the way may arrive twice, and is recognised by its `Message-ID`.
    ///
    /// # Errors
    /// [`MailError`], which says whether another try makes sense. It comes after 15 s at the latest.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let sent = self.try_send(mail).await;
        let outcome = if sent.is_ok() { "sent" } else { "failed" };
        metrics::counter!("mails_total", "template" => mail.template, "outcome" => outcome)
            .increment(1);
        sent
    }

    async fn try_send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = mail.compose(&self.from)?;
        match &self.way {
            Way::Smtp(smtp) => {
                let call = telemetry::call("send mail");
                smtp.send(&message).instrument(call).await
            }
            Way::File(file) => file.write(mail, &message).await,
        }
    }
}
