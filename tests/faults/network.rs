//! Connections break at random bytes: between customers and servers, and between servers and PostgreSQL.

use std::{net::SocketAddr, time::Duration};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::time::sleep;

use crate::{
    auditor::audit,
    parameters::{rounds, scenarios, seed},
    stage::Stage,
    support::{
        proxy::{Faults, Proxy},
        services::PrivatePostgres,
    },
    traffic::Traffic,
};

scenarios!(
    a_request_that_is_repeated_after_a_cut_takes_place_once,
    a_cut_between_server_and_database_loses_nothing,
);

fn local(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

async fn a_request_that_is_repeated_after_a_cut_takes_place_once() {
    let postgres = PrivatePostgres::start().await;
    let mut stage = Stage::on_postgres(&postgres).await;
    // A stalled connection is noticed by the customer alone.
    stage.doors.patience = Duration::from_secs(3);
    stage.open(2).await;
    let mut proxies = Vec::new();
    for (number, instance) in (0..).zip(&stage.instances) {
        proxies.push(Proxy::start(local(instance.port), seed() + number * 1_000_000).await);
    }
    let bases = proxies
        .iter()
        .map(|proxy| format!("http://127.0.0.1:{}", proxy.port()));
    stage.doors.set(bases.collect());
    let traffic = Traffic::start(&stage).await;
    for proxy in &proxies {
        proxy.harm(Faults {
            cut: 70,
            stall: 3,
            refuse: 7,
            delay: 10,
            delay_by: Duration::from_millis(50),
            // A few requests, so that every place of one is hit sooner or later.
            within_bytes: 6_000,
        });
    }
    for _ in 0..rounds() {
        // Connections that were spared so far are spared no longer.
        proxies.iter().for_each(Proxy::cut_all);
        traffic.until_more(100).await;
    }
    let harmed: u64 = proxies.iter().map(Proxy::harmed).sum();
    assert!(harmed > 0, "no connection was harmed");
    for proxy in &proxies {
        proxy.harm(Faults::default());
        proxy.cut_all();
    }
    eprintln!("  {harmed} connections were harmed");
    audit(stage, traffic).await;
}

async fn a_cut_between_server_and_database_loses_nothing() {
    let mut random = StdRng::seed_from_u64(seed());
    let postgres = PrivatePostgres::start().await;
    let proxy = Proxy::start(local(postgres.port()), seed()).await;
    let mut stage = Stage::on_postgres(&postgres).await;
    let port = proxy.port();
    stage.set(
        "DATABASE_URL",
        format!("postgres://waybill@127.0.0.1:{port}/waybill"),
    );
    stage.open(2).await;
    let traffic = Traffic::start(&stage).await;
    proxy.harm(Faults {
        cut: 80,
        // Some transactions, so that begin, commit and everything between are hit.
        within_bytes: 40_000,
        ..Faults::default()
    });
    for _ in 0..rounds() {
        proxy.cut_all();
        traffic.until_more(60).await;
        sleep(Duration::from_millis(random.random_range(0..300))).await;
    }
    let harmed = proxy.harmed();
    assert!(harmed > 0, "no connection was harmed");
    proxy.harm(Faults::default());
    proxy.cut_all();
    eprintln!("  {harmed} connections were harmed");
    for instance in &mut stage.instances {
        instance.must_run();
    }
    audit(stage, traffic).await;
}
