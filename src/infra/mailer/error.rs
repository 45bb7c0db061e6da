//! Why a mail did not leave, and whether it is worth another try.

use lettre::transport::smtp;

/// What a server answers when it does not let *us* in, whatever the mail (RFC 4954, section 6): the operator can mend it.
const ABOUT_US: &[u16] = &[530, 534, 535, 538];

/// Why a mail was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The recipient's address cannot be written to: by its syntax, or because the server does not take it.
    #[error("the recipient's address cannot be used for mail")]
    Recipient,
    /// The message cannot be composed.
    #[error("the mail cannot be composed")]
    Message(#[source] lettre::error::Error),
    /// The server refuses this mail for good (5xx).
    #[error("the mail server refused the mail with {code}")]
    Refused {
        /// Its reply code (RFC 5321).
        code: u16,
    },
    /// The server asks to come again (4xx), or does not let us in.
    #[error("the mail server put the mail off with {code}")]
    PutOff {
        /// Its reply code (RFC 5321).
        code: u16,
    },
    /// The server did not finish in time.
    #[error("the mail server did not answer in time")]
    TimedOut,
    /// There is no talking to the server.
    #[error("the mail server cannot be reached: {reason}")]
    Unreachable {
        /// Why, in words of ours or of the system, never of the server.
        reason: String,
    },
    /// The file cannot be written.
    #[error("the mail cannot be written into its folder")]
    File(#[from] std::io::Error),
}

impl MailError {
    /// Whether the same mail will never be accepted, however often it is tried.
    #[must_use]
    pub const fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Recipient | Self::Message(_) | Self::Refused { .. }
        )
    }
}

impl From<smtp::Error> for MailError {
    /// Keeps the code of a reply and drops its text, in which servers repeat the recipient.
    fn from(error: smtp::Error) -> Self {
        if let Some(code) = error.status() {
            let code = u16::from(code);
            return if error.is_permanent() && !ABOUT_US.contains(&code) {
                Self::Refused { code }
            } else {
                Self::PutOff { code }
            };
        }
        if error.is_timeout() {
            return Self::TimedOut;
        }
        let reason = if error.is_response() {
            "what it answers is no SMTP, or breaks off".to_owned()
        } else {
            error.to_string()
        };
        Self::Unreachable { reason }
    }
}
