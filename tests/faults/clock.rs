//! The clock jumps forward and back while customers shop: the one fault for which the server runs in this process.

use std::{sync::atomic::Ordering, time::Duration};

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use tokio::time::sleep;
use waybill::domain::Clock;

use crate::{
    auditor::audit,
    parameters::{rounds, scenarios, seed},
    stage::Stage,
    support::{Backend, Database, Server},
    traffic::Traffic,
};

scenarios!(
    a_clock_that_jumps_moves_no_money_on_sqlite,
    a_clock_that_jumps_moves_no_money_on_postgres,
);

/// The farthest jump: beyond what tokens allow for, short of what ends a reservation.
const JUMP: i64 = 240_000_000;

async fn a_clock_that_jumps_moves_no_money_on_sqlite() {
    jump(Database::migrated(Backend::Sqlite).await).await;
}

async fn a_clock_that_jumps_moves_no_money_on_postgres() {
    jump(Database::migrated(Backend::Postgres).await).await;
}

async fn jump(database: Database) {
    let mut random = StdRng::seed_from_u64(seed());
    let server = Server::start(&database).await;
    let stage = Stage::around(&database, &server.base).await;
    let traffic = Traffic::start(&stage).await;
    traffic.until_more(20).await;
    let Clock::Test(now) = &database.clock else {
        unreachable!("tests have a clock of their own");
    };
    let start = now.load(Ordering::SeqCst);
    for _ in 0..rounds() * 4 {
        let place = random.random_range(-JUMP..=JUMP);
        now.store(start + place, Ordering::SeqCst);
        // Time goes on between the jumps.
        for _ in 0..20 {
            now.fetch_add(7_000, Ordering::SeqCst);
            sleep(Duration::from_millis(7)).await;
        }
        traffic.until_more(10).await;
    }
    audit(stage, traffic).await;
    server.stop().await;
    database.remove().await;
}
