//! Signing in: before the run, and again when the server does not take a principal's credentials any more.

use std::{pin::Pin, sync::PoisonError, time::Duration};

use super::{SignIn, SignedIn, Written};
use crate::{
    case::{Case, Credentials, Expectation, Phase},
    exchange::{Exchange, Received},
    run::{Run, Stop},
    script::{Caller, Step, Values, fill},
};

/// How often a step waits because the server asks it to (429, 503).
const WAITS: u32 = 4;
/// The longest of these waits.
const LONGEST_WAIT: Duration = Duration::from_secs(65);

/// Signs everybody in.
///
/// # Errors
/// [`Stop::SignIn`] with the principal, the step's place and what the server said.
pub async fn sign_in(run: &Run) -> Result<(), Stop> {
    let _turn = run.principals.live.turn.lock().await;
    for name in run.principals.known.keys() {
        if !is_signed_in(run, name) {
            one(run, name, Scale::Whole, &mut Vec::new()).await?;
        }
    }
    Ok(())
}

/// Whether a request is to be sent once more: its answer was 401 although a principal who can sign in sent it, and there
/// are other credentials now.
///
/// # Errors
/// [`Stop`] when signing in fails, or the run is to end.
pub(crate) async fn renewed(run: &Run, exchange: &Exchange) -> Result<bool, Stop> {
    let case = &exchange.case;
    let is_wanted = matches!(
        case.origin.expectation,
        Some(Expectation::Unauthenticated { .. })
    );
    if exchange.status() != Some(401) || is_wanted {
        return Ok(false);
    }
    let principals = &run.principals;
    let caller = principals.caller(&case.operation, &case.credentials, &run.api.schemes);
    let Some((name, principal)) = caller else {
        return Ok(false);
    };
    let key = (name.to_owned(), case.operation.label.clone());
    if principal.sign_in.is_none() || is_hopeless(run, &key) {
        return Ok(false);
    }
    let _turn = principals.live.turn.lock().await;
    let written = principals.write(&case.operation, &case.credentials, &run.api.schemes);
    if written.is_empty() {
        return Ok(false);
    }
    // Somebody else may have renewed them while this request was under way.
    if are_sent(&written, exchange) {
        again(run, name, &mut Vec::new()).await?;
    }
    Ok(true)
}

fn are_sent(written: &Written, exchange: &Exchange) -> bool {
    let mut values = written.iter();
    values.all(|(_, _, value)| {
        let mut headers = exchange.sent.headers.iter();
        headers.any(|(_, sent)| sent.contains(value.as_str()))
            || exchange.sent.url.contains(value.as_str())
    })
}

/// Remembers that an operation answers 401 to fresh credentials: the status is its own (a wrong password in its body).
pub(crate) fn is_own_status(run: &Run, case: &Case) {
    let caller = run
        .principals
        .caller(&case.operation, &case.credentials, &run.api.schemes);
    if let Some((name, _)) = caller {
        let key = (name.to_owned(), case.operation.label.clone());
        let hopeless = run.principals.live.hopeless.write();
        hopeless.unwrap_or_else(PoisonError::into_inner).insert(key);
    }
}

fn is_hopeless(run: &Run, key: &(String, String)) -> bool {
    let hopeless = run.principals.live.hopeless.read();
    hopeless
        .unwrap_or_else(PoisonError::into_inner)
        .contains(key)
}

fn is_signed_in(run: &Run, name: &str) -> bool {
    let signed_in = run.principals.live.signed_in.read();
    signed_in
        .unwrap_or_else(PoisonError::into_inner)
        .contains_key(name)
}

/// How much of signing in is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scale {
    /// All steps, with fresh values.
    Whole,
    /// Without the steps that are done once, with the values of the first time.
    Again,
}

/// Signs in again; an account that is gone or closed is made anew.
async fn again(run: &Run, name: &str, under_way: &mut Vec<String>) -> Result<(), Stop> {
    match one(run, name, Scale::Again, under_way).await {
        Err(Stop::SignIn { .. }) => one(run, name, Scale::Whole, under_way).await,
        result => result,
    }
}

type Work<'r> = Pin<Box<dyn Future<Output = Result<(), Stop>> + Send + 'r>>;

/// Signs one principal in, and before that everybody on whose behalf its steps are sent.
fn one<'r>(run: &'r Run, name: &'r str, scale: Scale, under_way: &'r mut Vec<String>) -> Work<'r> {
    Box::pin(async move {
        let principal = run.principals.known.get(name);
        let Some(sign_in) = principal.and_then(|principal| principal.sign_in.as_ref()) else {
            return Ok(());
        };
        if under_way.iter().any(|other| other == name) {
            return Err(Stop::SignIn {
                principal: name.to_owned(),
                problem: format!(
                    "their steps need themselves: {} → {name}",
                    under_way.join(" → ")
                ),
                is_answered: true,
            });
        }
        under_way.push(name.to_owned());
        let done = steps(run, name, sign_in, scale, under_way).await?;
        under_way.pop();
        let signed_in = run.principals.live.signed_in.write();
        let mut signed_in = signed_in.unwrap_or_else(PoisonError::into_inner);
        signed_in.insert(name.to_owned(), done);
        Ok(())
    })
}

async fn steps(
    run: &Run,
    name: &str,
    sign_in: &SignIn,
    scale: Scale,
    under_way: &mut Vec<String>,
) -> Result<SignedIn, Stop> {
    let refused = |problem: String, is_answered| Stop::SignIn {
        principal: name.to_owned(),
        problem,
        is_answered,
    };
    let mut values = match scale {
        Scale::Whole => Values::default(),
        Scale::Again => run.principals.values(name),
    };
    if scale == Scale::Whole {
        fill(&sign_in.values, &mut values).map_err(|problem| refused(problem, true))?;
    }
    let steps = sign_in.steps.iter();
    for step in steps.filter(|step| scale == Scale::Whole || !step.is_once) {
        if let Some(Caller::Principal(other)) = &step.caller
            && !is_signed_in(run, other)
        {
            one(run, other, Scale::Whole, under_way).await?;
        }
        let all = seen_by(run, &values);
        let mut exchange = send(run, name, step, &all).await?;
        if exchange.status() == Some(401)
            && let Some(Caller::Principal(other)) = &step.caller
        {
            again(run, other, under_way).await?;
            exchange = send(run, name, step, &seen_by(run, &values)).await?;
        }
        step.conclude(&exchange, &mut values).map_err(|failed| {
            let status = exchange.status();
            refused(
                format!(
                    "{}: {}: {}",
                    step.place, step.operation.label, failed.message
                ),
                status.is_some_and(|status| status < 500),
            )
        })?;
    }
    let all = seen_by(run, &values);
    let mut secrets = sign_in.secrets.iter();
    let secrets = secrets
        .try_fold(indexmap::IndexMap::new(), |mut made, (scheme, secret)| {
            let secret = crate::expression::text_of(&secret.fill(&all)?);
            made.insert(scheme.clone(), secret);
            Ok(made)
        })
        .map_err(|problem: String| refused(problem, true))?;
    Ok(SignedIn { secrets, values })
}

/// A principal's own values, and those of everybody who signed in under their names.
fn seen_by(run: &Run, own: &Values) -> Values {
    let mut all = own.clone();
    let signed_in = run.principals.live.signed_in.read();
    let signed_in = signed_in.unwrap_or_else(PoisonError::into_inner);
    for (name, signed_in) in signed_in.iter() {
        if all.get(name).is_none() {
            all.set(name.clone(), signed_in.values.object());
        }
    }
    all
}

async fn send(run: &Run, name: &str, step: &Step, values: &Values) -> Result<Exchange, Stop> {
    let refused = |problem: String| Stop::SignIn {
        principal: name.to_owned(),
        problem: format!("{}: {problem}", step.place),
        is_answered: true,
    };
    let mut waits = 0;
    loop {
        let case = step
            .case(run, Phase::Auth, values, &Credentials::None)
            .map_err(&refused)?;
        let exchange = run.exchange_once(case).await?;
        let exchange = exchange.ok_or_else(|| refused("HTTP cannot carry it".to_owned()))?;
        let wait = exchange.received().and_then(wait);
        match wait {
            Some(wait) if waits < WAITS => tokio::time::sleep(wait).await,
            _ => return Ok(exchange),
        }
        waits += 1;
    }
}

/// How long the server asks to wait.
fn wait(received: &Received) -> Option<Duration> {
    if ![429, 503].contains(&received.status) {
        return None;
    }
    let seconds = received.header("retry-after")?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}
