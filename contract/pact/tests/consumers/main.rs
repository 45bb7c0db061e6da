//! The consumers of the order API as their teams would test them: against Pact's mock server, each through its own small
//! client. What they agree on with the mock server is their pact, `contract/pacts/CONSUMER-waybill.json`.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]

// Its macros call each other by their bare names.
#[macro_use]
extern crate pact_consumer;

mod http;
mod mobile_app;
mod support;
mod warehouse;
mod web_shop;

/// The pact files that lie in `contract/pacts/` are those that the tests write now.
///
/// `UPDATE_PACTS=1` writes them anew.
mod the_files_are_fresh {
    use super::support::{fresh, run_to_end};

    #[test]
    fn web_shop() {
        run_to_end(fresh(super::web_shop::NAME, super::web_shop::all));
    }

    #[test]
    fn mobile_app() {
        run_to_end(fresh(super::mobile_app::NAME, super::mobile_app::all));
    }

    #[test]
    fn warehouse() {
        run_to_end(fresh(super::warehouse::NAME, super::warehouse::all));
    }
}
