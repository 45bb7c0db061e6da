//! Databases for the unit tests of services: a SQLite file of their own each, and a PostgreSQL database of their own
//! each where `TEST_POSTGRES_URL` names the database `postgres` of a server.

use std::time::Duration;

use super::{Db, DbSettings};
use crate::context::{Actor, RequestContext};
use crate::domain::{
    Clock, Currency, EmailAddress, Ids, Money, Role, SessionId, Timestamp, UserId,
};

/// A migrated database, a clock and a source of ids.
pub(crate) struct Bench {
    pub(crate) db: Db,
    pub(crate) ids: Ids,
    pub(crate) clock: Clock,
    _folder: tempfile::TempDir,
}

impl Bench {
    /// One for each database that there is.
    pub(crate) async fn each() -> Vec<Self> {
        let mut benches = vec![Self::sqlite().await];
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
        if let Ok(server) = std::env::var("TEST_POSTGRES_URL") {
            benches.push(Self::postgres(&server).await);
        }
        benches
    }

    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("waybill.db").display());
        Self::at(url, folder).await
    }

    async fn postgres(server: &str) -> Self {
        let name = format!("t{}", Ids::new(Clock::System).next_uuid().simple());
        let pool = sqlx::PgPool::connect(server).await.unwrap();
        let create = sqlx::AssertSqlSafe(format!("create database {name}"));
        sqlx::query(create).execute(&pool).await.unwrap();
        pool.close().await;
        let (address, _) = server.rsplit_once('/').unwrap();
        Self::at(format!("{address}/{name}"), tempfile::tempdir().unwrap()).await
    }

    async fn at(url: String, folder: tempfile::TempDir) -> Self {
        let mut settings = DbSettings::new(url);
        settings.acquire_timeout = Duration::from_secs(30);
        settings.lock_timeout = Duration::from_secs(10);
        settings.statement_timeout = Duration::from_secs(20);
        let db = Db::connect(&settings).await.unwrap();
        db.migrate_up().await.unwrap();
        let clock = Clock::test(Timestamp::from_micros(1_767_323_045_678_901));
        Self {
            db,
            ids: Ids::seeded(clock.clone(), 1),
            clock,
            _folder: folder,
        }
    }

    /// A second instance of the application on the same database, which hardly waits for locks.
    pub(crate) async fn impatient_db(&self) -> Db {
        let mut settings = DbSettings::clone(&self.db.settings);
        settings.lock_timeout = Duration::from_millis(50);
        Db::connect(&settings).await.unwrap()
    }

    /// The context of a request that `user` makes now.
    pub(crate) fn as_user(&self, user: UserId, role: Role) -> RequestContext {
        RequestContext {
            request_id: format!("req_{}", self.ids.next_uuid()).into(),
            traceparent: None,
            actor: Actor::User {
                id: user,
                role,
                session: self.ids.next::<SessionId>(),
            },
            client_ip: Some([127, 0, 0, 1].into()),
            deadline: None,
            now: self.clock.now(),
        }
    }

    /// A new user with an open wallet.
    pub(crate) async fn user(&self, role: Role) -> UserId {
        const INSERT: &str = "
            insert into users (id, email, name, role, disabled, search, version, created_at, updated_at)
            values ($1, $2, 'Ada', $3, $4, $5, 1, $6, $6)";
        let id: UserId = self.ids.next();
        let email: EmailAddress = format!("{id}@example.com").parse().unwrap();
        let now = self.clock.now();
        let mut tx = self.db.begin().await.unwrap();
        super::on!(&mut tx, |c| sqlx::query(INSERT)
            .bind(id)
            .bind(&email)
            .bind(role)
            .bind(false)
            .bind(format!("ada\n{email}"))
            .bind(now)
            .execute(c)
            .await
            .map(drop))
        .unwrap();
        crate::wallets::open(&mut tx, &self.ids, id, Currency::USD, now)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// `amount` cents.
    pub(crate) fn usd(amount: i64) -> Money {
        Money::new(amount, Currency::USD).unwrap()
    }
}
