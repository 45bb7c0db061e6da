//! Value types that every feature shares. No I/O, no SQL, no HTTP: a value of these types is correct by construction.
//!
//! Their database encodings are derived here, so that stores bind and read them as they are.

mod clock;
mod cursor;
mod decimal;
mod email;
mod ids;
mod money;
mod page;
mod role;
mod text_enum;

pub use clock::{Clock, Timestamp};
pub use cursor::{CursorKey, InvalidCursor};
pub use email::{EmailAddress, InvalidEmail};
pub use ids::{
    AccountId, ApiKeyId, AuditLogId, EventId, Ids, JobId, OrderId, PaymentId, ProductId, SessionId,
    TransferId, UserId, first_made_at, made_at,
};
pub use money::{Currency, InvalidCurrency, MAX_AMOUNT, Money, MoneyError};
pub use page::{Feed, Page, PageMeta, PageRequest};
pub use role::{Role, Scope};
pub use text_enum::UnknownName;
pub(crate) use text_enum::text_enum;
