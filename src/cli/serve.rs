//! `serve`

use std::net::SocketAddr;

use super::{build, note};
use crate::{config::Config, error::Error, infra::telemetry::Telemetry};

pub(super) async fn run(config: Config) -> Result<(), Error> {
    let telemetry = Telemetry::begin(&config);
    let outcome = Box::pin(serve(config)).await;
    telemetry.finish().await;
    outcome
}

async fn serve(config: Config) -> Result<(), Error> {
    let environment = config.environment;
    warn_about_open_doors(&config);
    let app = build(config)?;
    let (listener, address) = app.listen().await?;
    tracing::info!(address = %address, environment = environment.as_str(), "listening");
    note(&greeting(address));

    tokio::select! {
        served = app.serve(listener) => served,
        impatient = app.shutdown().on_signal() => match impatient {
            Ok(signal) => {
                tracing::warn!("a second signal: what still runs is cut off");
                Err(Error::Interrupted { signal })
            }
            Err(source) => Err(Error::System {
                action: "signals cannot be listened to",
                source,
            }),
        },
    }
}

fn greeting(address: SocketAddr) -> String {
    format!("Waybill listens on http://{address}\nDocumentation: http://{address}/docs/")
}

fn warn_about_open_doors(config: &Config) {
    let limits = &config.limits;
    let off = [
        ("general", limits.general.is_none()),
        ("auth", limits.auth.is_none()),
        ("heavy", limits.heavy.is_none()),
        ("api-key", limits.api_key.is_none()),
        ("account-login", limits.account_login.is_none()),
        ("global", limits.global.is_none()),
    ];
    for (budget, _) in off.into_iter().filter(|(_, is_off)| *is_off) {
        tracing::warn!(budget, "a rate limit is switched off");
    }
}
