//! The composition root: from a [`Config`] to a server, the same way for the program and for tests.

mod api;
mod background;
mod sharing;
mod startup;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use secrecy::ExposeSecret;
use tokio::{
    net::TcpListener,
    time::{Instant, timeout},
};

pub use api::Api;
use background::Background;
use sharing::Sharing;
use startup::Founder;

use crate::{
    auth::PasswordSettings,
    config::{Config, DatabaseConfig},
    db::{Db, DbSettings},
    domain::{Clock, Ids},
    error::Error,
    http::{self, Patience},
    infra::{jobs::Handlers, shutdown::Shutdown, tasks::Tasks, telemetry::Metrics},
};

/// What tests decide in place of the system.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// Where time comes from.
    pub clock: Clock,
    /// Where ids and randomness come from; by default the operating system.
    pub ids: Option<Ids>,
    /// How dear a password hash is.
    pub passwords: PasswordSettings,
    /// Kinds of jobs that only tests have.
    pub handlers: Handlers,
}

/// A server that is put together and not yet listening. Cheap to clone.
#[derive(Clone)]
pub struct App {
    api: Arc<Api>,
    background: Background,
    metrics: Metrics,
    shutdown: Shutdown,
}

impl App {
    /// Puts everything together. Asks nothing of the database: it need not be there.
    ///
    /// # Errors
    /// When the database's address cannot be read or metrics cannot be collected.
    pub fn build(config: Config, overrides: Overrides) -> Result<Self, Error> {
        let metrics = Metrics::install()?;
        let db = Db::prepare(&db_settings(&config.database))?;
        let shutdown = Shutdown::default();
        let handlers = overrides.handlers.clone();
        let api = Arc::new(Api::new(config, db, overrides, shutdown.clone())?);
        Ok(Self {
            background: Background::new(&api, handlers),
            api,
            metrics,
            shutdown,
        })
    }

    /// The use cases, for the command line and for tests.
    #[must_use]
    pub fn api(&self) -> &Arc<Api> {
        &self.api
    }

    /// What ends [`App::serve`].
    #[must_use]
    pub fn shutdown(&self) -> &Shutdown {
        &self.shutdown
    }

    /// Binds the configured address.
    ///
    /// # Errors
    /// When it is taken, or none of this machine.
    pub async fn listen(&self) -> Result<(TcpListener, SocketAddr), Error> {
        let server = &self.api.config.server;
        let failed = |source| Error::Listen {
            address: format!("{}:{}", server.host, server.port),
            source,
        };
        let listener = TcpListener::bind((server.host.as_str(), server.port))
            .await
            .map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok((listener, address))
    }

    /// Serves until [`App::shutdown`] begins, then ends what runs and closes the database.
    ///
    /// Listens at once. While the database is away, or its schema is not yet the right one, requests are answered with
    /// 503; [`App::ready`] waits for the end of that.
    ///
    /// # Errors
    /// When the bootstrap administrator cannot be created, for another reason than an absent database.
    pub async fn serve(&self, listener: TcpListener) -> Result<(), Error> {
        let founder = Founder::configured(&self.api)?;
        let watch = self.api.db.watch();
        let sharing = Sharing::begin(&self.api).await;
        let config = &self.api.config;
        let tasks = Tasks::new(self.shutdown.clone());
        self.background
            .start(&tasks, &self.shutdown, &self.api, &self.metrics);

        let stack = http::stack(&self.api, self.metrics.clone());
        let patience = Patience::of(&config.server);
        let serving = http::serve(listener, Arc::new(stack), patience, &self.shutdown);
        let up = async {
            let up = tokio::select! {
                up = startup::run(&self.api, watch, founder) => up,
                () = self.shutdown.wait() => Ok(()),
            };
            // Ends serving, too, when there is nobody to serve for.
            self.shutdown.begin();
            up
        };
        let (deadline, up) = tokio::join!(serving, up);

        tasks.finish(left(deadline)).await;
        sharing.end(&self.api, left(deadline)).await;
        if timeout(left(deadline), self.api.db.close()).await.is_err() {
            tracing::warn!("connections to the database were cut off");
        }
        tracing::info!("stopped");
        up
    }

    /// Waits until everything that [`App::serve`] begins with is done.
    pub async fn ready(&self) {
        self.api.health.started().await;
    }

    /// Runs the background work once, now: what is overdue ends, what is outdated goes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<(), Error> {
        self.background.sweep(&self.api).await
    }

    /// Publishes every event and runs every job that is due, and what follows from them, to the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn work(&self) -> Result<(), Error> {
        Ok(self.background.work().await?)
    }
}

/// The time until a deadline, and enough to let go of things in order when it is over.
fn left(deadline: Instant) -> Duration {
    const LEAST: Duration = Duration::from_millis(500);
    deadline
        .saturating_duration_since(Instant::now())
        .max(LEAST)
}

/// What the database needs to know of the configuration.
#[must_use]
pub fn db_settings(config: &DatabaseConfig) -> DbSettings {
    DbSettings {
        url: config.url.expose_secret().to_owned(),
        read_url: config
            .read_url
            .as_ref()
            .map(|url| url.expose_secret().to_owned()),
        pool_min: config.pool_min,
        pool_max: config.pool_max,
        statement_timeout: config.statement_timeout,
        acquire_timeout: config.acquire_timeout,
        lock_timeout: config.lock_timeout,
    }
}
