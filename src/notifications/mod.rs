//! Mails to people: which event becomes which mail, what stands in it, and to whom it goes.
//!
//! Owns no table. An event becomes a [`SendMail`] job, which holds ids only; address, name and order are read when the
//! mail is written, so nobody is written to who is gone by then, and no copy of anything personal lies in a queue.

mod error;
mod model;
mod plain;
mod service;
mod templates;

pub use error::NotificationError;
pub use model::{Outcome, SendMail, Skipped, Template, mail_for};
pub use service::Notifications;
pub use templates::{BrokenTemplate, Templates};
