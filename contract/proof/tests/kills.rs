//! The replayer against every fault, and against the server without one.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a step that fails is a test that fails"
)]

use std::{collections::BTreeSet, path::Path, sync::Arc};

use contract_proof::{
    faults::{Expected, Fault},
    replayer, server,
    tools::{Found, Tools},
};
use tokio::{sync::Semaphore, task::JoinSet};

/// The phases in which something is found. All of them run in the matrix, and for the server that keeps its contract.
fn phases(expected: Expected) -> &'static str {
    match expected {
        Expected::Code(code) if code.starts_with("ST3") => "stateful",
        Expected::Code(code) if code.starts_with("ST4") => "auth",
        Expected::Code(_) => "examples,coverage",
        Expected::Law(_) => "laws",
    }
}

fn tools() -> Arc<Tools> {
    let contract = Path::new(env!("CARGO_BIN_EXE_replayer"));
    Arc::new(Tools::new(contract, None).expect("the replayer was built"))
}

async fn found(tools: &Tools, fault: Option<Fault>, more: &[&str]) -> Found {
    let running = server::start(fault, 0).await.expect("a port is free");
    let found = replayer::find(tools, &running.url(), more).await;
    found.unwrap_or_else(|failed| panic!("{fault:?}: {failed}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_found_under_its_name() {
    // Given a server for each fault
    let tools = tools();
    let places = std::thread::available_parallelism().map_or(2, usize::from);
    let gate = Arc::new(Semaphore::new(places));
    let mut running = JoinSet::new();
    for fault in Fault::ALL {
        let (tools, gate) = (Arc::clone(&tools), Arc::clone(&gate));
        // When the replayer tests it
        running.spawn(async move {
            let _permit = gate.acquire().await;
            let more = ["--phases", phases(fault.expected()), "--no-shrink"];
            (*fault, found(&tools, Some(*fault), &more).await)
        });
    }
    // Then it says what is broken
    let mut missed = BTreeSet::new();
    for (fault, found) in running.join_all().await {
        let expected = fault.expected().to_string();
        if !found.0.contains(&expected) {
            missed.insert(format!(
                "{}: {expected} expected, {} found",
                fault.name(),
                found.told()
            ));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_without_a_fault_is_left_alone() {
    // Given a server that keeps its contract, when every phase tests it, then nothing is found
    let found = found(&tools(), None, &[]).await;
    assert_eq!(found.told(), "–");
}
