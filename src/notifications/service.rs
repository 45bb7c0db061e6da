//! Writing mails and handing them to the mailer.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::error::NotificationError;
use super::model::{Outcome, SendMail, Skipped, Template};
use super::plain;
use super::templates::{InvitationView, OrderView, Templates, Texts};
use crate::auth::{self, PasswordHasher};
use crate::db::Db;
use crate::domain::{Ids, OrderId, Timestamp, UserId};
use crate::infra::mailer::{Mail, Mailer};
use crate::orders::{self, Order, OrderStatus};
use crate::users::{self, User};

/// Sends mails to people. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Notifications {
    /// Where addresses and orders are read.
    pub db: Db,
    /// Makes the passwords of invitations.
    pub ids: Ids,
    /// Hashes them.
    pub hasher: PasswordHasher,
    /// How mails leave.
    pub mailer: Arc<Mailer>,
    /// What they say.
    pub templates: Arc<Templates>,
}

impl Notifications {
    /// Sends a mail, unless there is no reason for it any more. May be called again after a failure, and after a success
    /// that nobody learned of: the mail then arrives twice with the same `Message-ID`.
    ///
    /// Nothing is locked while the mail server is waited for.
    ///
    /// # Errors
    /// [`NotificationError`], which says whether another try makes sense.
    pub async fn send(&self, job: &SendMail, now: Timestamp) -> Result<Outcome, NotificationError> {
        let id = UserId::from_uuid(job.user_id);
        let user = users::find(&mut self.db.read().await?, id).await?;
        let Some(user) = user.filter(|user| !user.disabled) else {
            return Ok(skipped(job, Skipped::NoRecipient));
        };
        let content = match job.template {
            Template::Invitation => self.invitation(&user, now).await?,
            Template::OrderConfirmation | Template::PaymentReceipt | Template::Shipping => {
                self.about_order(job, &user).await?
            }
        };
        let (subject, Texts { text, html }) = match content {
            Ok(content) => content,
            Err(reason) => return Ok(skipped(job, reason)),
        };
        let mail = Mail {
            id: message_id(job),
            template: job.template.as_str(),
            to: user.email,
            to_name: plain::one_line(&user.name),
            subject,
            text,
            html,
            at: now,
        };
        self.mailer.send(&mail).await?;
        tracing::info!(mail.template = job.template.as_str(), event.id = %job.event_id, "a mail was sent");
        Ok(Outcome::Sent)
    }

    async fn about_order(&self, job: &SendMail, user: &User) -> Result<Content, NotificationError> {
        let id = OrderId::from_uuid(job.entity_id);
        let order = orders::find(&mut self.db.read().await?, id).await?;
        let Some(order) =
            order.filter(|order| order.user_id == user.id && still_holds(job.template, order))
        else {
            return Ok(Err(Skipped::Outdated));
        };
        let subject = match job.template {
            Template::PaymentReceipt => format!("Receipt for your order {id}"),
            Template::Shipping => format!("Your order {id} is on its way"),
            Template::OrderConfirmation | Template::Invitation => format!("Your order {id}"),
        };
        let view = OrderView::new(&subject, &order, user);
        let texts = self.templates.render(job.template, &view)?;
        Ok(Ok((subject, texts)))
    }

    /// Gives the invited person a password, each time a new one: only its hash is kept anywhere, so nobody can send the
    /// last one again.
    async fn invitation(&self, user: &User, now: Timestamp) -> Result<Content, NotificationError> {
        let password = auth::made_up_password(&self.ids);
        let hash = self.hasher.hash(password.clone()).await?;
        let is_open = self
            .db
            .retrying(|| async {
                let mut tx = self.db.begin().await?;
                let is_open = auth::set_invitation_password(&mut tx, user.id, &hash, now).await?;
                tx.commit().await?;
                Ok::<_, NotificationError>(is_open)
            })
            .await?;
        if !is_open {
            return Ok(Err(Skipped::Arrived));
        }
        let subject = "Your account at Waybill".to_owned();
        let texts = self.invitation_texts(&subject, user, &password)?;
        Ok(Ok((subject, texts)))
    }

    fn invitation_texts(
        &self,
        subject: &str,
        user: &User,
        password: &SecretString,
    ) -> Result<Texts, NotificationError> {
        let view = InvitationView {
            subject,
            name: plain::one_line(&user.name),
            email: user.email.as_str(),
            password: password.expose_secret(),
        };
        Ok(self.templates.render(Template::Invitation, &view)?)
    }
}

/// Subject and texts, or why there are none.
type Content = Result<(String, Texts), Skipped>;

/// Whether the order is still what the mail would say: the job may be hours late.
fn still_holds(template: Template, order: &Order) -> bool {
    match template {
        Template::OrderConfirmation => {
            !matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired)
        }
        Template::PaymentReceipt => order.paid_at.is_some(),
        Template::Shipping => matches!(
            order.status,
            OrderStatus::Shipped | OrderStatus::Delivered | OrderStatus::Refunded
        ),
        Template::Invitation => false,
    }
}

/// The same for every try.
fn message_id(job: &SendMail) -> String {
    let template = job.template.as_str().replace('_', "-");
    format!("{}.{template}", job.event_id)
}

fn skipped(job: &SendMail, reason: Skipped) -> Outcome {
    tracing::info!(mail.template = job.template.as_str(), event.id = %job.event_id, reason = reason.as_str(), "a mail is not sent any more");
    Outcome::Skipped(reason)
}
