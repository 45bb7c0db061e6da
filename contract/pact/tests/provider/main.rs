//! The provider's side of the pacts: the real server, as the program that operators start, on both databases.
//!
//! Run them with `make contract-pact`, which starts a PostgreSQL for them.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "in a test a failed expectation is a failed test"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "tests start tasks and processes of their own and read where their database is"
)]

mod api;
mod breaking;
mod command;
mod messages;
mod server;
mod states;
mod stub;

use std::{path::Path, sync::Arc};

use contract_pact::{Provider, Report, pacts, verify};
use messages::Messages;
use server::{Backend, Waybill};
use states::States;

/// Every pact of `contract/pacts/` is kept.
mod every_consumer_gets_what_it_needs {
    use super::{Backend, Waybill, run, verified};

    #[test]
    fn sqlite() {
        run(on(Backend::Sqlite));
    }

    #[test]
    fn postgres() {
        run(on(Backend::Postgres));
    }

    async fn on(backend: Backend) {
        let server = Waybill::start(backend).await;
        let report = verified(&server, &server.base, "").await;
        server.stop().await;
        assert!(
            report.pacts.len() >= 3,
            "three consumers: {}",
            report.text()
        );
        assert!(report.count() > 40, "{}", report.text());
        assert_eq!(report.count_broken(), 0, "{}", report.text());
    }
}

/// Holds what answers at `address` against the pacts whose file names begin with `consumer`; the states are the real
/// server's.
async fn verified(server: &Waybill, address: &str, consumer: &str) -> Report {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pacts");
    let mut pacts = pacts::read(&[folder]).expect("the pacts can be read");
    pacts.retain(|file| file.pact.consumer().name.starts_with(consumer));
    let states = Arc::new(States::of(server));
    let messages = Messages::serve(server, Arc::clone(&states)).await;
    let provider = Provider {
        messages: Some(messages.url()),
        ..Provider::at(address.parse().expect("an address"))
    };
    verify(&provider, pacts, states).await
}

/// Runs a test to its end.
fn run(test: impl Future<Output = ()>) {
    // Only the first test of the process can.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime can be built").block_on(test);
}
