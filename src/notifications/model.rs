//! Which event becomes which mail.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::domain::{EventId, UserId};

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

/// The mail that follows from an event; none for most of them.
#[must_use]
pub fn mail_for(
    event_id: EventId,
    event_type: &str,
    user: Option<UserId>,
    entity_id: Uuid,
    payload: &Value,
) -> Option<SendMail> {
    let template = match event_type {
        // An order that waited for approval is announced a second time when it has it.
        "order.created" if payload.get("from").is_none_or(Value::is_null) => {
            Template::OrderConfirmation
        }
        "order.paid" => Template::PaymentReceipt,
        "order.shipped" => Template::Shipping,
        "user.invited" => Template::Invitation,
        _ => return None,
    };
    Some(SendMail {
        event_id: event_id.as_uuid(),
        template,
        user_id: user?.as_uuid(),
        entity_id,
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

    fn template_for(event_type: &str, payload: &Value) -> Option<Template> {
        let id = Uuid::from_u128(7);
        mail_for(id.into(), event_type, Some(id.into()), id, payload).map(|mail| mail.template)
    }

    #[test]
    fn four_events_become_mails() {
        let new = json!({ "from": null, "status": "PENDING" });
        assert_eq!(
            template_for("order.created", &new),
            Some(Template::OrderConfirmation)
        );
        assert_eq!(
            template_for("order.paid", &new),
            Some(Template::PaymentReceipt)
        );
        assert_eq!(
            template_for("order.shipped", &new),
            Some(Template::Shipping)
        );
        assert_eq!(
            template_for("user.invited", &json!({})),
            Some(Template::Invitation)
        );
        let approved = json!({ "from": "PENDING_APPROVAL", "status": "PENDING" });
        assert_eq!(template_for("order.created", &approved), None);
        assert_eq!(template_for("order.cancelled", &new), None);
    }

    #[test]
    fn what_concerns_nobody_in_particular_is_mailed_to_nobody() {
        let id = Uuid::from_u128(7);
        assert_eq!(
            mail_for(id.into(), "order.paid", None, id, &json!({})),
            None
        );
    }

    #[test]
    fn a_job_holds_ids_and_a_name() {
        let id = Uuid::from_u128(7);
        let job = mail_for(id.into(), "user.invited", Some(id.into()), id, &json!({})).unwrap();
        let stored = serde_json::to_value(&job).unwrap();
        assert_eq!(
            stored,
            json!({ "event_id": id, "template": "invitation", "user_id": id, "entity_id": id })
        );
        assert_eq!(serde_json::from_value::<SendMail>(stored).unwrap(), job);
        for template in Template::ALL {
            assert_eq!(serde_json::to_value(template).unwrap(), template.as_str());
        }
    }
}
