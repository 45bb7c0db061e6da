//! From listening to ready: the database is waited for, its schema moved, somebody made sure of who can administer.
//!
//! The server listens before all of that. Until it is done the probes say so, and the API answers 503.

use std::time::Duration;

use openapi_runtime::IntoFailure;

use super::Api;
use crate::{
    config::BootstrapAdmin,
    context::RequestContext,
    db::Watch,
    domain::EmailAddress,
    error::{Error, chain},
    users::Bootstrap,
};

/// Between two attempts to create the administrator in a database that has just been there.
const PAUSE: Duration = Duration::from_millis(500);

/// The administrator to create, checked.
pub(super) struct Founder {
    email: EmailAddress,
    admin: BootstrapAdmin,
}

impl Founder {
    /// The configured one.
    ///
    /// # Errors
    /// When the address is none.
    pub(super) fn configured(api: &Api) -> Result<Option<Self>, Error> {
        let Some(admin) = api.config.auth.bootstrap_admin.clone() else {
            return Ok(None);
        };
        let email = admin.email.parse::<EmailAddress>().map_err(|_| {
            Error::Refused("BOOTSTRAP_ADMIN_EMAIL is not an e-mail address".to_owned())
        })?;
        Ok(Some(Self { email, admin }))
    }
}

/// Brings the server up, and then looks after its database for as long as it runs.
///
/// # Errors
/// When the administrator cannot be created for another reason than the database.
pub(super) async fn run(api: &Api, watch: Watch, founder: Option<Founder>) -> Result<(), Error> {
    watch.come_up(api.config.database.migrate_on_start).await;
    let founding = async {
        if let Some(founder) = founder {
            found(api, &founder).await?;
        }
        api.health.start();
        tracing::info!("ready");
        Ok::<(), Error>(())
    };
    // Both at once: the database may go away again in between.
    let keeping = async {
        watch.keep().await;
        Ok::<(), Error>(())
    };
    let both: Result<_, Error> = futures_util::future::try_join(founding, keeping).await;
    both.map(drop)
}

/// Makes sure that somebody can administer.
async fn found(api: &Api, founder: &Founder) -> Result<(), Error> {
    let ctx = RequestContext::system("bootstrap", api.clock.now());
    loop {
        let (email, password) = (founder.email.clone(), founder.admin.password.clone());
        let error = match api.admins.bootstrap(&ctx, email, password).await {
            Ok(Bootstrap::Created(user)) => {
                tracing::info!(user = %user.id, "the bootstrap administrator was created");
                return Ok(());
            }
            Ok(Bootstrap::NotNeeded) => return Ok(()),
            Ok(Bootstrap::AddressTaken) => {
                tracing::warn!(
                    "nobody can administer, and the bootstrap address belongs to somebody who may not"
                );
                return Ok(());
            }
            Err(error) => error,
        };
        let text = format!("no administrator could be created: {}", chain(&error));
        if error.into_failure().code != "SERVICE_UNAVAILABLE" {
            return Err(Error::Refused(text));
        }
        tracing::warn!(error = text, "the administrator is tried again");
        tokio::time::sleep(PAUSE).await;
    }
}
