//! What the consumers' tests stand on: a mock server for one interaction, matchers, and the pact file.

mod file;
mod matchers;

use std::path::{Path, PathBuf};

use pact_consumer::{
    builders::{InteractionBuilder, MessageInteractionBuilder, PactBuilder},
    mock_server::{StartMockServer, ValidatingMockServer},
};
use serde_json::Value;

pub(crate) use file::fresh;
pub(crate) use matchers::*;

/// What the pacts call the server.
pub(crate) const PROVIDER: &str = "waybill";

/// The tests of one consumer, as a test each and, under `all`, one after the other for the file.
macro_rules! interactions {
    ($consumer:literal: $($name:ident),+ $(,)?) => {
        /// What the pacts call this consumer.
        pub(crate) const NAME: &str = $consumer;

        /// Every test of this consumer, in the order of the file.
        pub(crate) async fn all(contract: $crate::support::Contract) {
            $($name(&contract).await;)+
        }

        mod each {
            $(
                #[test]
                fn $name() {
                    $crate::support::run_to_end(async {
                        let (contract, _folder) = $crate::support::Contract::begin(super::NAME);
                        super::$name(&contract).await;
                    });
                }
            )+
        }
    };
}
pub(crate) use interactions;

/// One consumer's pact in the making.
pub(crate) struct Contract {
    consumer: &'static str,
    folder: PathBuf,
}

impl Contract {
    /// A pact that is gone with its folder.
    pub(crate) fn begin(consumer: &'static str) -> (Self, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        (Self::in_folder(consumer, folder.path()), folder)
    }

    /// A pact that grows in this folder.
    pub(crate) fn in_folder(consumer: &'static str, folder: &Path) -> Self {
        Self {
            consumer,
            folder: folder.to_owned(),
        }
    }

    /// A mock server that knows one interaction. When it is dropped, it must have been asked exactly for that, and
    /// writes the interaction into the pact.
    pub(crate) fn expect(
        &self,
        description: &str,
        build: impl FnOnce(&mut InteractionBuilder),
    ) -> Box<dyn ValidatingMockServer> {
        let mut pact = self.builder();
        pact.interaction(description, "", |mut interaction| {
            build(&mut interaction);
            interaction
        });
        pact.start_mock_server(None, None)
    }

    /// Gives `handle` the one message that `build` describes, and writes it into the pact.
    pub(crate) fn receive(
        &self,
        description: &str,
        build: impl FnOnce(&mut MessageInteractionBuilder),
        handle: impl Fn(&Value, &[u8]),
    ) {
        let mut pact = self.builder();
        pact.message_interaction(description, |mut message| {
            build(&mut message);
            message
        });
        for message in pact.messages() {
            let metadata = message.contents.metadata.clone();
            let metadata = Value::Object(metadata.into_iter().collect());
            let body = message
                .contents
                .contents
                .value()
                .expect("a message has a body");
            handle(&metadata, &body);
        }
    }

    fn builder(&self) -> PactBuilder {
        let mut pact = PactBuilder::new_v4(self.consumer, PROVIDER);
        pact.with_output_dir(&self.folder);
        pact
    }
}

/// Runs a test to its end. The mock server has a runtime of its own.
pub(crate) fn run_to_end(test: impl Future<Output = ()>) {
    // Only the first test of the process can.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime can be built").block_on(test);
}
