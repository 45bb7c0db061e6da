//! Where a scenario plays: a database, servers on it, a catalogue and an administrator.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rand::{RngExt as _, rngs::StdRng};
use serde_json::json;
use tempfile::TempDir;
use tokio::time::Instant;

use crate::{
    books,
    instance::Instance,
    support::{
        Client, Database,
        factories::{PASSWORD, id, log_in, unique},
        process,
        services::PrivatePostgres,
    },
};

/// Pieces of each product at the beginning; the last one sells out.
pub const STOCK: [i64; 3] = [100_000, 5_000, 60];
const ADMIN: &str = "admin@example.com";
/// No scenario spends it; the fields that tell about it are on every answer.
const AMPLE: &str = "1000000/60s";

/// A stage and who stands on it.
pub struct Stage {
    /// The database's own address, whatever the servers are told.
    pub database_url: String,
    /// The servers that run.
    pub instances: Vec<Instance>,
    /// Where shoppers knock.
    pub doors: Doors,
    /// The ids of the catalogue.
    pub products: Arc<Vec<String>>,
    /// How many jobs could not succeed and were given up, as they had to be.
    pub dead_letters: i64,
    /// Where the first server listens.
    base: String,
    environment: BTreeMap<String, String>,
    folder: TempDir,
}

/// The addresses that shoppers know, as a load balancer would; and what went wrong at them.
#[derive(Clone)]
pub struct Doors {
    /// The longest that shoppers wait for an answer.
    pub patience: Duration,
    /// Whether tokens may become invalid, because the clock jumps.
    pub tokens_may_end: bool,
    open: Arc<Mutex<Vec<String>>>,
    disturbances: Arc<Mutex<BTreeMap<String, u64>>>,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            // Longer than a server may take.
            patience: Duration::from_secs(12),
            tokens_may_end: false,
            open: Arc::default(),
            disturbances: Arc::default(),
        }
    }
}

impl Doors {
    /// These and no others from now on.
    pub fn set(&self, bases: Vec<String>) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = bases;
    }

    /// One of them.
    pub fn pick(&self, random: &mut StdRng) -> String {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open[random.random_range(0..open.len())].clone()
    }

    /// Counts an attempt that failed.
    pub fn disturbed(&self, what: &str, why: &str) {
        let name = format!("{what} {why}").trim().to_owned();
        let disturbances = self.disturbances.lock();
        let mut disturbances = disturbances.unwrap_or_else(PoisonError::into_inner);
        *disturbances.entry(name).or_default() += 1;
    }

    /// How often attempts ended like this.
    pub fn count(&self, what: &str) -> u64 {
        self.disturbances().get(what).copied().unwrap_or_default()
    }

    /// How often each kind of failure came.
    pub fn disturbances(&self) -> BTreeMap<String, u64> {
        let disturbances = self.disturbances.lock();
        let disturbances = disturbances.unwrap_or_else(PoisonError::into_inner);
        disturbances.clone()
    }
}

impl Stage {
    /// A stage on an SQLite file.
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::Builder::new().prefix("waybill-faults-").tempdir();
        let folder = folder.expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("waybill.db").display());
        let stage = Self::new(folder, url);
        stage.run(&["migrate", "up"]).await;
        stage
    }

    /// A stage on a database of this PostgreSQL.
    pub async fn on_postgres(server: &PrivatePostgres) -> Self {
        let folder = tempfile::Builder::new().prefix("waybill-faults-").tempdir();
        let url = server.create("waybill").await;
        let stage = Self::new(folder.expect("a temporary folder"), url);
        stage.run(&["migrate", "up"]).await;
        stage
    }

    fn new(folder: TempDir, database_url: String) -> Self {
        let mut environment = BTreeMap::new();
        for (name, value) in [
            ("APP_ENV", "staging"),
            ("DATABASE_URL", database_url.as_str()),
            ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
            (
                "JWT_REFRESH_SECRET",
                "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
            ),
            ("BOOTSTRAP_ADMIN_EMAIL", ADMIN),
            ("BOOTSTRAP_ADMIN_PASSWORD", PASSWORD),
            ("LOG_LEVEL", "warn"),
            ("LOG_FORMAT", "json"),
            ("RATE_LIMIT_GENERAL", AMPLE),
            ("RATE_LIMIT_AUTH", AMPLE),
            ("RATE_LIMIT_HEAVY", AMPLE),
            ("RATE_LIMIT_ACCOUNT_LOGIN", AMPLE),
            ("RATE_LIMIT_GLOBAL", AMPLE),
        ] {
            environment.insert(name.to_owned(), value.to_owned());
        }
        Self {
            database_url,
            instances: Vec::new(),
            doors: Doors::default(),
            products: Arc::default(),
            dead_letters: 0,
            base: String::new(),
            environment,
            folder,
        }
    }

    /// Another value in the environment of servers that start from now on.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.environment.insert(name.to_owned(), value.into());
    }

    fn environment(&self) -> Vec<(&str, &str)> {
        let pairs = self.environment.iter();
        pairs
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    /// Runs a command of the program, which must succeed.
    pub async fn run(&self, arguments: &[&str]) {
        let done = process::run(self.folder.path(), arguments, &self.environment()).await;
        let text = process::text(&done);
        assert!(done.status.success(), "waybill {arguments:?}: {text}");
    }

    /// Starts servers, waits until they are ready, opens their doors and fills the catalogue.
    pub async fn open(&mut self, servers: usize) {
        for _ in 0..servers {
            let mut instance = Instance::start(self.folder.path(), &self.environment());
            instance.ready().await;
            self.instances.push(instance);
        }
        self.base = self.instances[0].base();
        self.doors
            .set(self.instances.iter().map(Instance::base).collect());
        self.fill_catalogue().await;
    }

    /// A stage around a server that runs in this process, with a clock that jumps.
    pub async fn around(database: &Database, base: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut stage = Self::new(folder, database.url.clone());
        base.clone_into(&mut stage.base);
        stage.doors.set(vec![base.to_owned()]);
        stage.doors.tokens_may_end = true;
        stage.fill_catalogue().await;
        stage
    }

    async fn fill_catalogue(&mut self) {
        let admin = self.admin().await;
        let mut products = Vec::new();
        for (price, stock) in [70, 250, 900].into_iter().zip(STOCK) {
            let body = json!({
                "sku": unique("SKU"), "name": "Paper clips", "description": "A box of one hundred.",
                "price": price, "currency": "USD", "stock": stock,
            });
            let made = admin.post("/api/v1/products").json(body).await.must(201);
            products.push(id(&made.data()));
        }
        self.products = Arc::new(products);
    }

    /// A caller without credentials at the first server.
    pub fn client(&self) -> Client {
        Client::anonymous(&self.base)
    }

    /// The administrator.
    pub async fn admin(&self) -> Client {
        let tokens = log_in(&self.client(), ADMIN).await;
        self.client()
            .bearer(tokens["accessToken"].as_str().expect("a token"))
    }

    /// Starts a server where one was killed or stopped, and waits until it is ready; answers how long that took.
    pub async fn restart(&mut self, at: usize) -> Duration {
        let port = self.instances[at].port;
        let started = Instance::start_at(port, self.folder.path(), &self.environment());
        self.instances[at] = started;
        self.instances[at].ready().await
    }

    /// Tells a server to stop, which must end well; answers how long that took.
    pub async fn stop(&mut self, at: usize) -> Duration {
        let asked = Instant::now();
        self.instances[at].stop().await;
        asked.elapsed()
    }

    /// The one number of a query like `select count(*) from orders`, asked beside the servers.
    pub async fn number(&self, sql: &str) -> i64 {
        books::number(&self.database_url, sql).await
    }

    /// Runs a statement beside the servers.
    pub async fn execute(&self, sql: &str) {
        books::execute(&self.database_url, sql).await;
    }

    /// The ids of the mails that the servers wrote into their folder.
    pub fn mails(&self) -> BTreeSet<String> {
        let files = std::fs::read_dir(self.folder.path().join("data/mail"));
        let names = files.into_iter().flatten().map(|file| {
            let name = file.expect("a file").file_name();
            name.to_string_lossy().into_owned()
        });
        // TIME-TEMPLATE-ID.eml, and templates are written with underscores.
        let id = |name: String| Some(name.strip_suffix(".eml")?.splitn(3, '-').nth(2)?.to_owned());
        names.filter_map(id).collect()
    }

    /// Stops every server, each of which must end well, and checks the books once more from the command line.
    pub async fn close(mut self) {
        for at in 0..self.instances.len() {
            self.stop(at).await;
        }
        self.run(&["verify"]).await;
    }
}
