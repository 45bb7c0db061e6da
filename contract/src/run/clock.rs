//! What time it is: runs ask here and nowhere else.

use jiff::Timestamp;

#[expect(
    clippy::disallowed_methods,
    reason = "a command for people and CI: recordings say when"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
