//! Writing the answer: status, body, and the headers that every answer of an operation carries.

use bytes::Bytes;
use http::header::{CACHE_CONTROL, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, VARY};
use http::{HeaderMap, StatusCode};
use poem::{Request, Response};

use crate::admission::Learned;
use crate::envelope::{self, insert_text};
use crate::reply::{Rendered, complete};
use crate::routing::Matched;
use crate::serve::Outcome;
use crate::spec::{CachePolicy, Carrier};
use crate::{Failure, RequestContext, Spec, conditional, failure, observe, rate, security};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const API_VERSION: HeaderName = HeaderName::from_static("api-version");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const ORIGINAL_REQUEST_ID: HeaderName = HeaderName::from_static("original-request-id");

/// Headers that are the same for every answer of an operation, made once.
#[derive(Debug)]
pub(crate) struct Fixed {
    spec: &'static Spec,
    cache_control: HeaderValue,
    vary: Option<HeaderValue>,
}

impl Fixed {
    pub(crate) fn of(spec: &'static Spec) -> Self {
        let cache_control = match spec.cache {
            CachePolicy::Public { max_age_seconds } => {
                HeaderValue::try_from(format!("public, max-age={max_age_seconds}"))
                    .unwrap_or(HeaderValue::from_static("no-cache"))
            }
            CachePolicy::NoStore => HeaderValue::from_static("no-store"),
            CachePolicy::Private if spec.looks_at_credentials() => {
                HeaderValue::from_static("private, no-cache")
            }
            CachePolicy::Private => HeaderValue::from_static("no-cache"),
        };
        Self {
            spec,
            cache_control,
            vary: vary(spec),
        }
    }
}

/// The request headers that the answer depends on: those that carry credentials, and `Accept` where
/// there is a choice.
fn vary(spec: &Spec) -> Option<HeaderValue> {
    let mut names: Vec<&str> = Vec::new();
    for requirement in spec
        .security
        .iter()
        .flat_map(|alternative| alternative.iter())
    {
        let name = match requirement.scheme.carrier {
            Carrier::Bearer | Carrier::Basic => "Authorization",
            Carrier::Header(name) => name,
            Carrier::Cookie(_) => "Cookie",
            Carrier::Query(_) => continue,
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut media = spec
        .answers
        .iter()
        .filter(|answer| answer.status < 400)
        .map(|answer| answer.media)
        .filter(|media| !media.is_empty());
    let first = media.next();
    if media.any(|other| Some(other) != first) {
        names.push("Accept");
    }
    if names.is_empty() {
        None
    } else {
        HeaderValue::try_from(names.join(", ")).ok()
    }
}

/// What the answer needs to know of a request that has been taken apart by then.
#[derive(Debug)]
pub(crate) struct Known {
    conditional: Option<HeaderMap>,
}

impl Known {
    pub(crate) fn of(spec: &Spec, request: &Request) -> Self {
        let asked = spec.declares_not_modified() && request.headers().contains_key(IF_NONE_MATCH);
        let conditional = asked.then(|| {
            request
                .headers()
                .get_all(IF_NONE_MATCH)
                .iter()
                .map(|value| (IF_NONE_MATCH, value.clone()))
                .collect()
        });
        Self { conditional }
    }

    fn has(&self, headers: &HeaderMap) -> bool {
        let Some(etag) = headers.get(ETAG).and_then(|etag| etag.to_str().ok()) else {
            return false;
        };
        self.conditional
            .as_ref()
            .is_some_and(|asked| conditional::client_has(asked, etag))
    }
}

/// Makes the response. The log learns of a failure here, once.
pub(crate) fn write(
    outcome: Outcome,
    fixed: &Fixed,
    known: &Known,
    cx: &RequestContext,
    learned: &Learned,
    names_causes: bool,
) -> Response {
    let spec = fixed.spec;
    let outcome = match outcome {
        Outcome::Rendered(Rendered {
            defect: Some(defect),
            ..
        }) => Outcome::Failed(500, Failure::internal(defect)),
        other => other,
    };
    let mut response = match outcome {
        Outcome::Failed(status, failure) => refusal(spec, status, failure, cx, names_causes),
        Outcome::Rendered(rendered) => {
            let Rendered {
                status,
                content_type,
                body,
                sources,
                headers,
                is_replay,
                original_request_id,
                ..
            } = rendered;
            let content_type =
                content_type.and_then(|text| HeaderValue::try_from(text.as_ref()).ok());
            let is_known = status == 200 && !is_replay && known.has(&headers);
            let body = if is_known {
                Bytes::new()
            } else {
                complete(&body, &sources, &cx.reply_context())
            };
            let mut response = reply(status, is_known, content_type, body, headers, fixed);
            if is_replay {
                response
                    .headers_mut()
                    .insert(REPLAYED, HeaderValue::from_static("true"));
            }
            if let Some(original) = original_request_id {
                insert_text(response.headers_mut(), &ORIGINAL_REQUEST_ID, &original);
            }
            response
        }
        Outcome::Cached(cached) => {
            let kept = cached.rendered();
            let content_type = kept
                .content_type
                .as_deref()
                .and_then(|text| HeaderValue::try_from(text).ok());
            let is_known = known.has(&kept.headers);
            let body = if is_known {
                Bytes::new()
            } else {
                complete(&kept.body, &kept.sources, &cx.reply_context())
            };
            reply(
                kept.status,
                is_known,
                content_type,
                body,
                kept.headers.clone(),
                fixed,
            )
        }
    };
    let headers = response.headers_mut();
    insert_text(headers, &REQUEST_ID, cx.request_id.as_str());
    headers.insert(API_VERSION, HeaderValue::from_static(spec.version));
    if let Some(quota) = learned.quota.get() {
        rate::write_headers(headers, quota, cx.received_at);
    }
    response.extensions_mut().insert(Matched {
        spec,
        caller: learned.caller.get().cloned(),
    });
    response
}

fn reply(
    status: u16,
    is_known: bool,
    content_type: Option<HeaderValue>,
    body: Bytes,
    given: HeaderMap,
    fixed: &Fixed,
) -> Response {
    let status = if is_known {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::from_u16(status).unwrap_or(StatusCode::OK)
    };
    let mut response = Response::builder().status(status).finish();
    let headers = response.headers_mut();
    *headers = given;
    headers.insert(CACHE_CONTROL, fixed.cache_control.clone());
    if let Some(vary) = &fixed.vary {
        headers.insert(VARY, vary.clone());
    }
    if let Some(content_type) = content_type.filter(|_| !is_known) {
        headers.insert(http::header::CONTENT_TYPE, content_type);
    }
    // A typed answer from 400 on (health's 503) is a failure to whoever might keep it.
    if status.is_client_error() || status.is_server_error() {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !body.is_empty() {
        response.set_body(body);
    }
    response
}

fn refusal(
    spec: &'static Spec,
    status: u16,
    mut failed: Failure,
    cx: &RequestContext,
    names_causes: bool,
) -> Response {
    observe::failed(spec, status, &failed);
    let debug = names_causes
        .then(|| failed.source_chain())
        .filter(|chain| !chain.is_empty());
    if status >= 500 && failed.code == failure::code::INTERNAL_ERROR {
        // Whatever a feature wrote into it, the client learns the request id and no more.
        failed.message = failure::INTERNAL_MESSAGE.into();
    }
    if status == 401 && failed.www_authenticate.is_none() {
        failed.www_authenticate = Some(security::challenge(spec));
    }
    if status == 503 && failed.retry_after.is_none() {
        failed.retry_after = Some(std::time::Duration::from_secs(1));
    }
    envelope::with_debug(status, &failed, &cx.reply_context(), debug.as_deref())
}
