//! Which event becomes which mail.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::events::PublishedEvent;
use crate::infra::jobs::Job;

/// The mails that there are. The name is that of the template's files, of the metric's label and of the job's payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// An order was placed.
    OrderConfirmation,
    /// An order was paid.
    PaymentReceipt,
    /// An order is on its way.
    Shipping,
    /// Somebody opened an account for the recipient.
    Invitation,
}

impl Template {
    /// Every mail.
    pub const ALL: &'static [Self] = &[
        Self::OrderConfirmation,
        Self::PaymentReceipt,
        Self::Shipping,
        Self::Invitation,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrderConfirmation => "order_confirmation",
            Self::PaymentReceipt => "payment_receipt",
            Self::Shipping => "shipping",
            Self::Invitation => "invitation",
        }
    }
}

/// The job of sending one mail. Ids only: what the mail says is read when it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendMail {
    /// The event that the mail tells of; the mail's `Message-ID` is made of it.
    pub event_id: Uuid,
    /// Which mail.
    pub template: Template,
    /// To whom.
    pub user_id: Uuid,
    /// About what: an order, or the account itself.
    pub entity_id: Uuid,
}

impl Job for SendMail {
    const QUEUE: &'static str = "mails";
}

/// The mail that follows from an event; none for most of them.
#[must_use]
pub fn mail_for(event: &PublishedEvent) -> Option<SendMail> {
    let template = match event.event_type.as_str() {
        // An order that waited for approval is announced a second time when it has it.
        "order.created" if event.payload.get("from").is_none_or(Value::is_null) => {
            Template::OrderConfirmation
        }
        "order.paid" => Template::PaymentReceipt,
        "order.shipped" => Template::Shipping,
        "user.invited" => Template::Invitation,
        _ => return None,
    };
    Some(SendMail {
        event_id: event.id.as_uuid(),
        template,
        user_id: event.user_id?.as_uuid(),
        entity_id: event.entity_id,
    })
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server has it.
    Sent,
    /// There was no reason left to send it.
    Skipped(Skipped),
}

/// Why a mail is not sent although its event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// The account is gone or shut.
    NoRecipient,
    /// The order is gone, somebody else's, or not (any more) what the mail would say.
    Outdated,
    /// The invited person has been here already.
    Arrived,
}

impl Skipped {
    /// The reason in a word, for the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoRecipient => "no_recipient",
            Self::Outdated => "outdated",
            Self::Arrived => "arrived",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::Timestamp;

    const ID: Uuid = Uuid::from_u128(7);

    fn event(event_type: &str, payload: Value) -> PublishedEvent {
        PublishedEvent {
            id: ID.into(),
            event_type: event_type.to_owned(),
            user_id: Some(ID.into()),
            entity_id: ID,
            payload,
            created_at: Timestamp::from_micros(0),
            request_id: None,
            traceparent: None,
        }
    }

    fn template_for(event_type: &str, payload: &Value) -> Option<Template> {
        mail_for(&event(event_type, payload.clone())).map(|mail| mail.template)
    }

    #[test]
    fn four_events_become_mails() {
        let new = json!({ "from": null, "status": "PENDING" });
        let expected = [
            ("order.created", Template::OrderConfirmation),
            ("order.paid", Template::PaymentReceipt),
            ("order.shipped", Template::Shipping),
            ("user.invited", Template::Invitation),
        ];
        for (event_type, template) in expected {
            assert_eq!(template_for(event_type, &new), Some(template));
        }
        let approved = json!({ "from": "PENDING_APPROVAL", "status": "PENDING" });
        assert_eq!(template_for("order.created", &approved), None);
        assert_eq!(template_for("order.cancelled", &new), None);
    }

    #[test]
    fn what_concerns_nobody_in_particular_is_mailed_to_nobody() {
        let nobodys = PublishedEvent {
            user_id: None,
            ..event("order.paid", json!({}))
        };
        assert_eq!(mail_for(&nobodys), None);
    }

    #[test]
    fn a_job_holds_ids_and_a_name() {
        let job = mail_for(&event("user.invited", json!({}))).unwrap();
        let stored = serde_json::to_value(&job).unwrap();
        assert_eq!(
            stored,
            json!({ "event_id": ID, "template": "invitation", "user_id": ID, "entity_id": ID })
        );
        assert_eq!(serde_json::from_value::<SendMail>(stored).unwrap(), job);
        for template in Template::ALL {
            assert_eq!(serde_json::to_value(template).unwrap(), template.as_str());
        }
    }
}
