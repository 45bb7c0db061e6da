//! One call of an operation, from the request to the answer, in the contract's order of judgement:
//! version, credentials, role and scope, budget, accept and content, ids that cannot exist, all
//! violations together, the handler.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use poem::{Request, Response};
use tracing::Instrument as _;

use crate::admission::{Learned, admit};
use crate::answer::{self, Fixed};
use crate::call::CallParts;
use crate::query::Query;
use crate::reply::{Refusal, Rendered};
use crate::spec::CachePolicy;
use crate::{
    CacheKey, CachedReply, Failure, FromCall as _, Host, Input, Operation, Problem, Refuse as _,
    Reply as _, RequestContext, Spec, code, negotiate, payload,
};

/// How a call ends.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// An answer of the handler.
    Rendered(Rendered),
    /// An answer from the cache.
    Cached(CachedReply),
    /// A failure with its status.
    Failed(u16, Failure),
}

impl Outcome {
    /// A failure that the runtime found itself.
    fn of_runtime(spec: &'static Spec, failure: Failure) -> Self {
        let status = spec.status_of(failure.code);
        if spec.declared_status(failure.code).is_some() {
            return Self::Failed(status, failure);
        }
        tracing::error!(
            operation = spec.id,
            error.code = failure.code,
            "undeclared error code"
        );
        if status == 500 && failure.code != code::INTERNAL_ERROR {
            // Nobody knows this code: not the document, and not HTTP.
            let unknown = Problem::from(failure).undeclared(spec.id);
            return Self::Failed(status, unknown.failure().clone());
        }
        Self::Failed(status, failure)
    }
}

/// Answers one call. Never fails: every failure is an answer.
pub(crate) async fn serve<H: Host, O: Operation<H>>(
    host: &Arc<H>,
    fixed: &Fixed,
    request: Request,
) -> Response {
    let spec = O::spec();
    let started = Instant::now();
    let timeout = host.timeout(spec);
    let mut cx = context_of(&request);
    cx.deadline = started + timeout;
    let learned = Learned::default();
    let known = answer::Known::of(spec, &request);
    // For whoever collects spans; the names that log lines need are in the host's span around it.
    let span = tracing::debug_span!("operation", otel.name = spec.id);
    let outcome = async {
        // On the heap, so that the wrappers around it move a pointer and not the state of the whole call.
        let call = Box::pin(conduct::<H, O>(host, request, &cx, &learned));
        let call = AssertUnwindSafe(call).catch_unwind();
        match within(timeout, started, &learned, call).await {
            Some(Ok(Ok(outcome))) => outcome,
            Some(Ok(Err(failure))) => Outcome::of_runtime(spec, failure),
            Some(Err(panic)) => {
                Outcome::of_runtime(spec, Failure::internal(panic_message(&*panic)))
            }
            None => Outcome::of_runtime(
                spec,
                Failure::new(code::TIMEOUT, "The operation took too long"),
            ),
        }
    }
    .instrument(span.clone())
    .await;
    let _entered = span.enter();
    answer::write(outcome, fixed, &known, &cx, &learned, host.debug_errors())
}

/// Gives a call its time. The wait for the body does not count: the client's slowness has bounds of its own, which
/// whoever reads from the network sets.
async fn within<F: Future>(
    time: Duration,
    started: Instant,
    learned: &Learned,
    call: F,
) -> Option<F::Output> {
    let mut call = std::pin::pin!(call);
    loop {
        let waited = learned.waited_for_body();
        let left = (time + waited).saturating_sub(started.elapsed());
        if let Ok(output) = tokio::time::timeout(left, &mut call).await {
            return Some(output);
        }
        if learned.waited_for_body() == waited {
            return None;
        }
    }
}

fn context_of(request: &Request) -> RequestContext {
    request
        .extensions()
        .get::<RequestContext>()
        .cloned()
        .unwrap_or_else(|| {
            let address = request
                .remote_addr()
                .as_socket_addr()
                .map(std::net::SocketAddr::ip);
            RequestContext::of_request_without_one(address)
        })
}

/// The path and query as the client sent them. Requests that were built inside the process know no
/// original one, and routes that are nested under a prefix see a shortened one.
pub(crate) fn target(request: &Request) -> &http::Uri {
    let original = request.original_uri();
    if original.path() == "/" {
        request.uri()
    } else {
        original
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("panic: {}", text.unwrap_or("without a message"))
}

/// The call itself. `Err` is a failure that the runtime found.
async fn conduct<H: Host, O: Operation<H>>(
    host: &Arc<H>,
    mut request: Request,
    cx: &RequestContext,
    learned: &Learned,
) -> Result<Outcome, Failure> {
    let spec = O::spec();
    let query = Query::read(request.uri().query());
    let body = request.take_body();
    let caller = admit(&**host, spec, &request, &query, cx, learned).await?;
    acceptable(spec, request.headers())?;
    let body = if let Some(declared) = &spec.body {
        let _first = learned.body_begun.set(Instant::now());
        let read = payload::read(declared, request.headers(), body).await;
        let _first = learned.body_took.set(learned.waited_for_body());
        read?
    } else {
        // Nobody will read it.
        drop(body);
        bytes::Bytes::new()
    };
    let (input, if_match) = {
        let mut input = Input::new(spec, &request, &query, &body);
        let value = O::parse(&mut input);
        input.judge(value)?
    };
    let key = is_kept(spec, caller.is_some()).map(|max_age| {
        (
            CacheKey::of(spec.id, target(&request).path(), query.pairs()),
            max_age,
        )
    });
    let uri = target(&request).clone();
    let mut cx = cx.clone();
    cx.deadline += learned.waited_for_body();
    let parts = CallParts {
        cx,
        caller,
        if_match,
        headers: std::mem::take(request.headers_mut()),
        uri,
    };
    let call = O::Call::from_call(parts)
        .ok_or_else(|| Failure::internal("the operation needs a caller and has none"))?;
    let _place = host.enter(spec).await?;
    match key {
        Some((key, max_age)) => host
            .cached(key, max_age, made_to_be_kept(&**host, input, call))
            .await
            .map(Outcome::Cached),
        None => Ok(made(&**host, input, call).await),
    }
}

/// The media types of errors do not count: an error is answered whatever the client accepts.
fn acceptable(spec: &Spec, headers: &http::HeaderMap) -> Result<(), Failure> {
    let replies = spec
        .answers
        .iter()
        .filter(|answer| answer.status < 400 && !answer.media.is_empty());
    if negotiate::accepts(headers, replies.map(|answer| answer.media)) {
        return Ok(());
    }
    Err(Failure::new(
        code::NOT_ACCEPTABLE,
        "None of the accepted media types can be made",
    ))
}

/// Runs the handler. Its state is on the heap: that of a use case is large, and what a cached answer or an early failure
/// never needs is never made.
async fn made<H: Host, O: Operation<H>>(host: &H, input: O, call: O::Call) -> Outcome {
    match Box::pin(input.run(host, call)).await {
        Ok(reply) => Outcome::Rendered(reply.render()),
        Err(refused) => match refused.refusal() {
            Refusal::Problem { status, problem } => {
                Outcome::Failed(status, problem.failure().clone())
            }
            Refusal::Reply(rendered) => Outcome::Rendered(*rendered),
        },
    }
}

async fn made_to_be_kept<H: Host, O: Operation<H>>(
    host: &H,
    input: O,
    call: O::Call,
) -> Result<CachedReply, Failure> {
    match Box::pin(input.run(host, call)).await {
        Ok(reply) => keepable(reply.render()).map(CachedReply::new),
        Err(refused) => Err(match refused.refusal() {
            Refusal::Problem { problem, .. } => problem.failure().clone(),
            Refusal::Reply(_) => Failure::internal("a cached operation gave a typed refusal"),
        }),
    }
}

fn keepable(rendered: Rendered) -> Result<Rendered, Failure> {
    match rendered.defect {
        Some(defect) => Err(Failure::internal(defect)),
        None => Ok(rendered),
    }
}

/// How long the server itself keeps the answer. What depends on the caller is never kept.
fn is_kept(spec: &Spec, has_caller: bool) -> Option<std::time::Duration> {
    match spec.cache {
        CachePolicy::Public { max_age_seconds } if spec.method == "GET" && !has_caller => {
            Some(std::time::Duration::from_secs(u64::from(max_age_seconds)))
        }
        _ => None,
    }
}
