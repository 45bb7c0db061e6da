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

impl Server {
    /// The limits of the contract, which the other tests are spared.
    pub fn contract_limits() -> RateLimits {
        let per_minute = |calls, block| Some(Rate { calls, window: MINUTE, block });
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
        self.anonymous.bearer(tokens["accessToken"].as_str().expect("an access token"))
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

    /// Does at once what the server does now and then: expires orders, forgets keys.
    pub async fn sweep(&self) {
        self.running.sweep().await;
    }

    /// Stops it, as a signal would.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// Makes the people of the template: through the API, as an operator would.
pub async fn populate(database: &Database) -> People {
    let server = Server::first(database).await;
    let admin = Person::log_in(&server.anonymous, "admin@example.com").await;
    let as_admin = server.anonymous.bearer(&admin.token);
    let mut others = Vec::new();
    for name in ["viewer", "member", "other"] {
        let email = format!("{name}@example.com");
        let body = json!({ "email": email, "password": PASSWORD, "name": name });
        let user = server.anonymous.post("/api/v1/auth/register").json(body).await.must(201).data();
        if name == "viewer" {
            let path = format!("/api/v1/users/{}", super::factories::id(&user));
            as_admin.patch(path).json(json!({ "role": "viewer" })).await.must(200);
        }
        others.push(Person::log_in(&server.anonymous, &email).await);
    }
    server.stop().await;
    let [viewer, member, other] = others.try_into().expect("three people");
    People { admin, viewer, member, other }
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

struct Running;
impl Running { async fn sweep(&self) {} async fn stop(self) {} }
impl Server {
    async fn first(_database: &Database) -> Self { unimplemented!() }
    async fn launch(_database: &Database, _start: Timestamp, _configure: impl FnOnce(&mut Config)) -> Self { unimplemented!() }
}
