//! The application in this process, on a port of its own, with a clock that tests move.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use waybill::{
    config::{Config, Rate, RateLimits},
    domain::{Clock, Timestamp},
};

use super::{Client, Database, factories::PASSWORD};

/// Where the clock of every test starts: 2026-01-02T03:04:05.678Z. The people of the template were made a minute before.
const START: Timestamp = Timestamp::from_micros(1_767_323_045_678_000);
const MINUTE: Duration = Duration::from_secs(60);

/// Whoever is in every test's database.
#[derive(Debug, Default)]
pub struct People {
    pub admin: Person,
    pub viewer: Person,
    pub member: Person,
    pub other: Person,
}

/// One of them, logged in.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub token: String,
}

/// A running application.
pub struct Server {
    /// Where it listens, like `http://127.0.0.1:1234`.
    pub base: String,
    clock: Clock,
    people: Arc<People>,
    anonymous: Client,
    running: Running,
}

impl Server {
    /// Starts the application on a database, with budgets that no test spends by accident.
    pub async fn start(database: &Database) -> Self {
        Self::with(database, |_| {}).await
    }

    /// Starts the application with another configuration.
    pub async fn with(database: &Database, configure: impl FnOnce(&mut Config)) -> Self {
        Self::launch(database, START, configure).await
    }
}
