//! The application in this process, on a port of its own, with a clock that tests move.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use serde_json::json;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use waybill::{
    app::{Api, App, Overrides},
    auth::PasswordSettings,
    config::{BootstrapAdmin, Config, Rate, RateLimits, Sources, load},
    db::{Db, DbSettings},
    domain::{Clock, Ids, Timestamp},
    infra::jobs::Handlers,
};

use super::{Client, Database, factories::PASSWORD};

const MINUTE: Duration = Duration::from_mins(1);

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
    app: App,
    serving: JoinHandle<()>,
    mails: TempDir,
}

impl Server {
    /// Starts the application on a database, with budgets that no test spends by accident.
    pub async fn start(database: &Database) -> Self {
        Self::with(database, |_| {}).await
    }

    /// Starts the application with another configuration.
    pub async fn with(database: &Database, configure: impl FnOnce(&mut Config)) -> Self {
        Self::doing(database, Handlers::default(), configure).await
    }

    /// Starts the application with kinds of jobs of the test's own.
    pub async fn doing(
        database: &Database,
        handlers: Handlers,
        configure: impl FnOnce(&mut Config),
    ) -> Self {
        let mut config = configuration(database);
        let mails = tempfile::tempdir().expect("a folder for mails");
        config.mail.folder = mails.path().to_owned();
        configure(&mut config);
        let clock = database.clock.clone();
        let seed = database.servers.fetch_add(1, Ordering::Relaxed);
        // The people of the template were made with seed 0.
        let seed = if database.people.admin.id.is_empty() {
            0
        } else {
            seed + 1
        };
        let overrides = Overrides {
            ids: Some(Ids::seeded(clock.clone(), seed)),
            clock: clock.clone(),
            passwords: PasswordSettings {
                memory_kib: 64,
                passes: 1,
                threads: 2,
            },
            handlers,
        };
        let app = App::build(config, overrides).expect("the application can be built");
        let (listener, address) = app.listen().await.expect("a port is free");
        let server = app.clone();
        let mut serving = tokio::spawn(async move {
            server
                .serve(listener)
                .await
                .expect("the application serves");
        });
        tokio::select! {
            () = app.ready() => {}
            ended = &mut serving => panic!("the application does not come up: {ended:?}"),
        }
        let base = format!("http://{address}");
        let anonymous = Client::anonymous(&base);
        Self {
            base,
            clock,
            people: Arc::clone(&database.people),
            anonymous,
            app,
            serving,
            mails,
        }
    }
}

impl Server {
    /// The limits of the contract, which the other tests are spared.
    pub fn contract_limits() -> RateLimits {
        let per_minute = |calls, block| {
            Some(Rate {
                calls,
                window: MINUTE,
                block,
            })
        };
        RateLimits {
            general: per_minute(100, None),
            auth: per_minute(20, Some(MINUTE)),
            heavy: per_minute(10, None),
            api_key: per_minute(1_000, None),
            account_login: per_minute(10, None),
            global: per_minute(10_000, None),
        }
    }

    /// Whoever is in the database.
    pub fn people(&self) -> &People {
        &self.people
    }

    pub fn anonymous(&self) -> Client {
        self.anonymous.clone()
    }

    pub fn admin(&self) -> Client {
        self.anonymous.bearer(&self.people.admin.token)
    }

    pub fn viewer(&self) -> Client {
        self.anonymous.bearer(&self.people.viewer.token)
    }

    pub fn member(&self) -> Client {
        self.anonymous.bearer(&self.people.member.token)
    }

    pub fn other(&self) -> Client {
        self.anonymous.bearer(&self.people.other.token)
    }

    /// The member with a token of now, for tests that let more time pass than a token lives.
    pub async fn logged_in_again(&self) -> Client {
        let tokens = super::factories::log_in(&self.anonymous, &self.people.member.email).await;
        self.anonymous
            .bearer(tokens["accessToken"].as_str().expect("an access token"))
    }

    /// The use cases behind the operations.
    pub fn api(&self) -> &Api {
        self.app.api()
    }

    /// Where it leaves mails, unless it has a mail server.
    pub fn mails(&self) -> &Path {
        self.mails.path()
    }

    /// The server's time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The server's time after a while, as it stands in answers.
    pub fn time_in(&self, while_: Duration) -> String {
        let moment = jiff::Timestamp::from(self.clock.now().plus(while_));
        format!("{moment:.3}")
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Publishes every event and runs every job that is due, and what follows from them.
    pub async fn work(&self) {
        self.app.work().await.expect("the work succeeds");
    }

    /// Does at once what the server does now and then: expires orders, forgets keys.
    pub async fn sweep(&self) {
        self.app.sweep().await.expect("the sweep succeeds");
    }

    /// Stops it, as a signal would.
    pub async fn stop(self) {
        self.app.shutdown().begin();
        self.serving
            .await
            .expect("the application ends without a panic");
    }
}

/// Makes the people of the template: through the API, as an operator would.
pub async fn populate(database: &Database) -> People {
    let db = Db::connect(&DbSettings::new(database.url.clone()))
        .await
        .expect("a database");
    db.migrate_up().await.expect("the template can be migrated");
    db.close().await;
    let server = Server::with(database, |config| {
        config.auth.bootstrap_admin = Some(BootstrapAdmin {
            email: "admin@example.com".to_owned(),
            password: PASSWORD.into(),
        });
    })
    .await;
    let admin = Person::log_in(&server.anonymous, "admin@example.com").await;
    let as_admin = server.anonymous.bearer(&admin.token);
    let mut others = Vec::new();
    for name in ["viewer", "member", "other"] {
        let email = format!("{name}@example.com");
        let body = json!({ "email": email, "password": PASSWORD, "name": name });
        let user = server
            .anonymous
            .post("/api/v1/auth/register")
            .json(body)
            .await
            .must(201)
            .data();
        if name == "viewer" {
            let path = format!("/api/v1/users/{}", super::factories::id(&user));
            as_admin
                .patch(path)
                .json(json!({ "role": "viewer" }))
                .await
                .must(200);
        }
        others.push(Person::log_in(&server.anonymous, &email).await);
    }
    server.stop().await;
    let [viewer, member, other] = others.try_into().expect("three people");
    People {
        admin,
        viewer,
        member,
        other,
    }
}

/// The documented defaults, as strict as production, with budgets that no test spends by accident.
fn configuration(database: &Database) -> Config {
    let nowhere = PathBuf::from("/nonexistent");
    let environment = [
        ("APP_ENV", "staging"),
        ("PORT", "0"),
        ("DATABASE_URL", &database.url),
        ("JWT_SECRET", "r7Qw1Zk0vX9sT4yU8pL2mN6bV3cX5zA1dF7gH9jK"),
        (
            "JWT_REFRESH_SECRET",
            "pO9iU7yT5rE3wQ1aS2dF4gH6jK8lZ0xC3vB5nM7q",
        ),
    ];
    let sources = Sources {
        file: None,
        dotenv: nowhere.clone(),
        environment: environment
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        data_dir: nowhere,
    };
    let mut config = load(&sources)
        .expect("the configuration of the tests is a good one")
        .config;
    // Background work is done when a test says so: hundreds of servers run side by side.
    config.jobs.concurrency = 0;
    let ample = Some(Rate {
        calls: 1_000_000,
        window: MINUTE,
        block: None,
    });
    config.limits = RateLimits {
        general: ample,
        auth: ample,
        heavy: ample,
        api_key: ample,
        account_login: ample,
        global: ample,
    };
    config
}

impl Person {
    async fn log_in(anonymous: &Client, email: &str) -> Self {
        let tokens = super::factories::log_in(anonymous, email).await;
        let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
        Self {
            id: text(&tokens["user"]["id"]),
            email: email.to_owned(),
            token: text(&tokens["accessToken"]),
        }
    }
}
