//! SMTP: connections that are kept between mails, and a limit on how long a mail may take.
//!
//! lettre's own pool takes a connection back whatever state it is in, also when its user gave up half-way: the next mail
//! then reads the answer to the last one's command and takes it for its own. Here a connection that was not finished
//! with is closed.

use std::{
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use lettre::{
    Message,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::{ClientId, Extension},
    },
};
use secrecy::ExposeSecret;
use tokio::time::{Instant, timeout};

use super::MailError;
use crate::config::{SmtpAddress, SmtpTls};

/// For the connection alone.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// For everything, from the connection to the acceptance.
const SEND_TIMEOUT: Duration = Duration::from_secs(15);
/// Servers close idle connections after minutes (RFC 5321, section 4.5.3.2.7); ours are gone long before.
const IDLE_TIME: Duration = Duration::from_secs(30);
/// Connections that are kept for the next mail.
const MAX_IDLE: usize = 4;

/// Talks to one mail server.
pub(super) struct SmtpMailer {
    address: SmtpAddress,
    tls: Option<TlsParameters>,
    hello: ClientId,
    idle: Mutex<Vec<Idle>>,
}

struct Idle {
    connection: AsyncSmtpConnection,
    since: Instant,
}

impl fmt::Debug for SmtpMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpMailer")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl SmtpMailer {
    pub(super) fn new(address: &SmtpAddress) -> Result<Self, MailError> {
        let tls = match address.tls {
            SmtpTls::Off => None,
            SmtpTls::Wrapped | SmtpTls::Required | SmtpTls::Opportunistic => {
                Some(TlsParameters::new(address.host.clone())?)
            }
        };
        let hello = address.hello.clone().map(ClientId::Domain);
        Ok(Self {
            address: address.clone(),
            tls,
            hello: hello.unwrap_or_default(),
            idle: Mutex::default(),
        })
    }

    /// Hands a message to the server.
    pub(super) async fn send(&self, message: &Message) -> Result<(), MailError> {
        timeout(SEND_TIMEOUT, self.deliver(message))
            .await
            .unwrap_or(Err(MailError::TimedOut))
    }

    async fn deliver(&self, message: &Message) -> Result<(), MailError> {
        let mut connection = match self.take_idle().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        let envelope = message.envelope();
        let takes_utf8 = connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight);
        let is_ascii = envelope
            .to()
            .iter()
            .all(|to| AsRef::<str>::as_ref(to).is_ascii());
        if !is_ascii && !takes_utf8 {
            self.keep(connection);
            return Err(MailError::Recipient);
        }
        connection.send(envelope, &message.formatted()).await?;
        self.keep(connection);
        Ok(())
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let server = (self.address.host.as_str(), self.address.port);
        let wrapped = self
            .tls
            .clone()
            .filter(|_| self.address.tls == SmtpTls::Wrapped);
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(CONNECT_TIMEOUT),
            &self.hello,
            wrapped,
            None,
        )
        .await?;
        if let Some(tls) = &self.tls {
            let upgrade = match self.address.tls {
                SmtpTls::Required => true,
                SmtpTls::Opportunistic => connection.can_starttls(),
                SmtpTls::Off | SmtpTls::Wrapped => false,
            };
            if upgrade {
                connection.starttls(tls.clone(), &self.hello).await?;
            }
        }
        if let Some((user, password)) = &self.address.credentials {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
        }
        Ok(connection)
    }

    /// The connection that was used last, if it still works.
    async fn take_idle(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let Idle {
                mut connection,
                since,
            } = self.lock().pop()?;
            if since.elapsed() < IDLE_TIME && connection.test_connected().await {
                return Some(connection);
            }
        }
    }

    fn keep(&self, connection: AsyncSmtpConnection) {
        let mut idle = self.lock();
        idle.retain(|kept| kept.since.elapsed() < IDLE_TIME);
        if idle.len() < MAX_IDLE {
            idle.push(Idle {
                connection,
                since: Instant::now(),
            });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;
    use crate::infra::mailer::message::tests::mail;

    #[tokio::test(start_paused = true)]
    async fn a_server_that_says_nothing_is_given_up_on() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = SmtpAddress {
            host: "127.0.0.1".to_owned(),
            port: listener.local_addr().unwrap().port(),
            tls: SmtpTls::Off,
            credentials: None,
            hello: None,
        };
        let mailer = SmtpMailer::new(&address).unwrap();
        let message = mail().compose(&"orders@waybill.example".parse().unwrap());

        let error = mailer.send(&message.unwrap()).await.unwrap_err();

        assert!(matches!(error, MailError::TimedOut), "{error:?}");
        assert!(!error.is_permanent() && mailer.lock().is_empty());
    }
}
