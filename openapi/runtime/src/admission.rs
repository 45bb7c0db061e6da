//! Whether a call is let in: version, credentials, role and scope, budget, in this order.

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use poem::Request;

use crate::query::Query;
use crate::security::{self, Denied};
use crate::{
    Detail, Failure, Host, In, Principal as _, Quota, Reason, RequestContext, Spec, code, rate,
};

/// What is learned on the way and must not be lost when the call panics or takes too long.
#[derive(Debug, Default)]
pub(crate) struct Learned {
    pub(crate) quota: OnceLock<Quota>,
    pub(crate) caller: OnceLock<String>,
    /// When the wait for the body began, and how long it was.
    pub(crate) body_begun: OnceLock<Instant>,
    pub(crate) body_took: OnceLock<Duration>,
}

impl Learned {
    /// How long the client has kept the call waiting for its body, up to now.
    pub(crate) fn waited_for_body(&self) -> Duration {
        let begun = self.body_begun.get();
        let took = || begun.map_or(Duration::ZERO, Instant::elapsed);
        self.body_took.get().copied().unwrap_or_else(took)
    }
}

/// Version, credentials, role and scope, budget. Refused calls spend a budget too, so that a flood
/// of them ends, and every answer can tell what is left.
pub(crate) async fn admit<H: Host>(
    host: &H,
    spec: &'static Spec,
    request: &Request,
    query: &Query,
    cx: &RequestContext,
    learned: &Learned,
) -> Result<Option<H::Caller>, Failure> {
    let headers = request.headers();
    if let Some(failure) = version_mismatch(spec, headers) {
        let _refused_anyway = spend(host, spec, None, cx, learned).await;
        return Err(failure);
    }
    let caller = match security::judge(host, spec, headers, query, cx).await {
        Ok(caller) => caller,
        Err(Denied::Missing(failure)) => {
            let _refused_anyway = spend(host, spec, None, cx, learned).await;
            return Err(failure);
        }
        Err(Denied::Failed(failure)) => {
            return Err(match host.admit_failed_credentials(cx).await {
                Ok(quota) => {
                    let _first = learned.quota.set(quota);
                    failure
                }
                Err(spent) => {
                    let _first = learned.quota.set(spent.quota);
                    rate::throttled(&spent)
                }
            });
        }
        Err(Denied::Forbidden(failure, caller)) => {
            let _first = learned.caller.set(caller.log_id());
            let _refused_anyway = spend(host, spec, Some(&caller), cx, learned).await;
            return Err(failure);
        }
        Err(Denied::Unavailable(failure)) => return Err(failure),
    };
    if let Some(caller) = &caller {
        let _first = learned.caller.set(caller.log_id());
    }
    spend(host, spec, caller.as_ref(), cx, learned).await?;
    Ok(caller)
}

async fn spend<H: Host>(
    host: &H,
    spec: &Spec,
    caller: Option<&H::Caller>,
    cx: &RequestContext,
    learned: &Learned,
) -> Result<(), Failure> {
    let Some(tier) = spec.tier else { return Ok(()) };
    match host.admit(tier, caller, cx).await {
        Ok(quota) => {
            let _first = learned.quota.set(quota);
            Ok(())
        }
        Err(spent) => {
            let _first = learned.quota.set(spent.quota);
            Err(rate::throttled(&spent))
        }
    }
}

/// `Api-Version` may be left out, and may be `v1` or `1`; anything else was meant for another API.
fn version_mismatch(spec: &Spec, headers: &http::HeaderMap) -> Option<Failure> {
    let agrees = |text: &str| {
        let text = text.trim();
        text.eq_ignore_ascii_case(spec.version) || spec.version.strip_prefix('v') == Some(text)
    };
    let all_agree = headers
        .get_all("api-version")
        .iter()
        .all(|value| value.to_str().is_ok_and(agrees));
    if all_agree {
        return None;
    }
    let detail = Detail::new(
        "Api-Version",
        In::Header,
        Reason::NotInEnum,
        format!("Must be {}", spec.version),
    )
    .allowing([spec.version]);
    Some(
        Failure::new(
            code::API_VERSION_MISMATCH,
            format!("This is version {} of the API", spec.version),
        )
        .with_detail(detail),
    )
}
