//! The composition root: from a [`Config`] to a server, the same way for the program and for tests.

mod api;
mod background;

use std::{net::SocketAddr, sync::Arc};

use secrecy::ExposeSecret;
use tokio::net::TcpListener;

pub use api::Api;

use crate::{
    auth::PasswordSettings,
    config::{Config, DatabaseConfig},
    context::RequestContext,
    db::{Db, DbSettings},
    domain::{Clock, EmailAddress, Ids},
    error::{Error, chain},
    http::{self, Patience},
    infra::{shutdown::Shutdown, tasks::Tasks, telemetry::Metrics},
    users::Bootstrap,
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
}

/// A server that is put together and not yet listening. Cheap to clone.
#[derive(Clone)]
pub struct App {
    api: Arc<Api>,
    metrics: Metrics,
    shutdown: Shutdown,
}

impl App {
    /// Connects to the database and puts everything together. Does not migrate.
    ///
    /// # Errors
    /// When the database cannot be reached or metrics cannot be collected.
    pub async fn build(config: Config, overrides: Overrides) -> Result<Self, Error> {
        let metrics = Metrics::install()?;
        let db = Db::connect(&db_settings(&config.database)).await?;
        let shutdown = Shutdown::default();
        let api = Api::new(config, db, overrides, shutdown.clone())?;
        Ok(Self {
            api: Arc::new(api),
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
    /// # Errors
    /// When the bootstrap administrator cannot be created.
    pub async fn serve(&self, listener: TcpListener) -> Result<(), Error> {
        self.prepare().await?;
        let config = &self.api.config;
        let tasks = Tasks::new(self.shutdown.clone());
        background::start(&tasks, &self.api, &self.metrics);

        let stack = http::stack(&self.api, self.metrics.clone());
        let patience = Patience {
            header_read: config.server.header_read_timeout,
            shutdown: config.server.shutdown_timeout,
        };
        http::serve(listener, Arc::new(stack), patience, &self.shutdown).await;

        tasks.finish(config.server.shutdown_timeout).await;
        self.api.db.close().await;
        tracing::info!("stopped");
        Ok(())
    }

    /// Runs the background work once, now: what is overdue ends, what is outdated goes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<(), Error> {
        background::sweep(&self.api).await
    }

    /// Makes sure that somebody can administer, once the schema is there.
    async fn prepare(&self) -> Result<(), Error> {
        let pending = self.api.db.pending_migrations().await?;
        if !pending.is_empty() {
            // The server starts all the same and says in /health what it lacks.
            tracing::error!(
                migrations = pending.len(),
                "migrations are missing: run `waybill migrate up`"
            );
            return Ok(());
        }
        let Some(admin) = &self.api.config.auth.bootstrap_admin else {
            return Ok(());
        };
        let email = admin.email.parse::<EmailAddress>();
        let email = email.map_err(|_| {
            Error::Refused("BOOTSTRAP_ADMIN_EMAIL is not an e-mail address".to_owned())
        })?;
        let ctx = RequestContext::system("bootstrap", self.api.clock.now());
        let done = self
            .api
            .admins
            .bootstrap(&ctx, email, admin.password.clone())
            .await;
        match done.map_err(|error| {
            Error::Refused(format!(
                "no administrator could be created: {}",
                chain(&error)
            ))
        })? {
            Bootstrap::Created(user) => {
                tracing::info!(user = %user.id, "the bootstrap administrator was created");
            }
            Bootstrap::NotNeeded => {}
            Bootstrap::AddressTaken => {
                tracing::warn!(
                    "nobody can administer, and the bootstrap address belongs to somebody who may not"
                );
            }
        }
        Ok(())
    }
}

/// What the database needs to know of the configuration.
#[must_use]
pub fn db_settings(config: &DatabaseConfig) -> DbSettings {
    DbSettings {
        url: config.url.expose_secret().to_owned(),
        pool_min: config.pool_min,
        pool_max: config.pool_max,
        statement_timeout: config.statement_timeout,
        acquire_timeout: config.acquire_timeout,
        lock_timeout: config.lock_timeout,
    }
}
