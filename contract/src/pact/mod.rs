//! What consumers need, as their pacts say it (versions 2 to 4 of the Pact specification).
//!
//! `read` turns files into [`Pact`]s, `check` holds each interaction against a document, without a server, and `report`
//! writes down what it found. Who verifies a running server is the program `contract-pact`.

mod check;
mod finding;
mod fit;
mod matchers;
mod messages;
mod model;
mod parts;
mod read;
mod report;
mod request;
mod response;
mod value;

pub use check::check;
pub use finding::{Finding, Rule, Severity};
pub use matchers::{Matcher, Rules, Step};
pub use model::{Call, Content, Interaction, Message, Pact, Part, is_same_name};
pub use read::{PactError, from_text, read};
pub use report::{Format, Report};
