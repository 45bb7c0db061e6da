//! What every request passes, as one flat function: no chain of boxed middleware on the hot path.
//!
//! In this order: names (request id, trace), the client's address, size of the head, cross-origin questions, the
//! page or the operation, headers of every answer, compression, one log line.

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, Instant},
};

use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use ipnet::IpNet;
use openapi_runtime::{ReplyContext, RequestContext, RequestId};
use poem::{Endpoint, Request};

use super::{
    access_log::{self, Line},
    client_address::client_address,
    compression::{Coding, compress, full},
    connection::{Answer, Body, Progress, Unreadable},
    cors::{self, Cors},
    identity,
    measures::Measures,
    operations::Operations,
    pages::{self, Content, Page},
    refusal::Refusal,
    size,
};
use crate::{
    config::ServerConfig,
    domain::{Clock, Ids},
    infra::telemetry::{Metrics, Origin},
};

/// Answers whether the server can do its work; asked by `/readyz`.
pub trait Readiness: Send + Sync + 'static {
    /// Returns whether requests should be sent here.
    fn is_ready(&self) -> impl Future<Output = bool> + Send;
}

/// The way of every request.
pub struct Stack<R, H> {
    operations: Operations<R>,
    readiness: H,
    metrics: Metrics,
    measures: Measures,
    clock: Clock,
    ids: Ids,
    cors: Cors,
    trusted_proxies: Vec<IpNet>,
    /// No operation may take longer than this.
    longest: Duration,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const API_VERSION: HeaderName = HeaderName::from_static("api-version");
const CURRENT_VERSION: HeaderValue = HeaderValue::from_static("v1");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
/// An answer of the API is data: a browser that is tricked into showing it as a page runs and frames nothing.
const DATA_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

impl<R, H> Stack<R, H> {
    /// Puts the stack around the routes.
    #[must_use]
    pub fn new(
        routes: R,
        readiness: H,
        metrics: Metrics,
        config: &ServerConfig,
        clock: Clock,
        ids: Ids,
    ) -> Self {
        Self {
            operations: Operations::new(routes, config),
            readiness,
            metrics,
            measures: Measures::new(),
            clock,
            ids,
            cors: Cors::new(config.cors.clone()),
            trusted_proxies: config.trusted_proxies.clone(),
            longest: config.heavy_timeout.max(config.request_timeout),
        }
    }
}

impl<R, H> Answer for Stack<R, H>
where
    R: Endpoint<Output = poem::Response> + 'static,
    H: Readiness,
{
    async fn answer(&self, request: Request) -> hyper::Response<Body> {
        let (origin, span) = identity::name(request.headers(), &self.ids);
        origin
            .clone()
            .scope(span, self.respond(request, &origin))
            .await
    }

    fn refuse_unreadable(&self, status: StatusCode) -> Unreadable {
        let refusal = match status {
            StatusCode::URI_TOO_LONG => Refusal::URI_TOO_LONG,
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => Refusal::HEADERS_TOO_LARGE,
            _ => Refusal {
                status,
                ..Refusal::NOT_HTTP
            },
        };
        let request_id = identity::new_request_id(&self.ids);
        let cx = ReplyContext {
            request_id: RequestId::from(request_id.as_str()),
            timestamp: self.now(),
        };
        access_log::write_unreadable(&request_id, refusal.code, status);
        Unreadable {
            request_id,
            body: refusal.body(&cx),
        }
    }
}

impl<R, H> Stack<R, H>
where
    R: Endpoint<Output = poem::Response>,
    H: Readiness,
{
    /// Answers one request, inside its span.
    async fn respond(&self, mut request: Request, origin: &Origin) -> hyper::Response<Body> {
        let started = Instant::now();
        let progress = request
            .extensions_mut()
            .remove::<Progress>()
            .unwrap_or_default();
        let context = self.context(&request, origin, started);
        let reply = context.reply_context();
        let method = request.method().clone();
        let accepted = Coding::accepted(request.headers());
        let verdict = self.cors.judge(request.headers());
        let page = Page::find(request.uri().path());
        let may_stay_unread = size::may_stay_unread(request.headers());
        let _active = self.measures.begin();
        let mut line = Line::of(&method, request.uri().path(), started);

        let mut response = if let Some(refusal) = size::too_large(request.uri(), request.headers())
        {
            let mut response = refusal.response(&reply);
            // What follows such a head is not worth reading.
            response
                .headers_mut()
                .insert(header::CONNECTION, HeaderValue::from_static("close"));
            response
        } else if cors::is_preflight(&method, request.headers()) {
            preflight(&verdict, &reply)
        } else if let Some(page) = &page {
            self.page(page, &request, accepted, &reply).await
        } else {
            request.extensions_mut().insert(context);
            self.operations.answer(request, &reply, &progress).await
        };

        let is_unread = may_stay_unread && response.status().is_client_error();
        if is_unread || progress.is_broken() {
            // The client must not send its next request into a connection that is about to end.
            response
                .headers_mut()
                .insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        line.learn(page.as_ref(), &mut response);
        self.cors.mark(verdict, response.headers_mut());
        finish(&mut response, origin);
        let response = if method == Method::HEAD {
            response
        } else {
            compress(response, accepted).await
        };
        line.write(response.status(), progress.is_abandoned(), &self.measures);
        response
    }

    fn context(&self, request: &Request, origin: &Origin, started: Instant) -> RequestContext {
        let peer = request
            .remote_addr()
            .as_socket_addr()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), std::net::SocketAddr::ip);
        RequestContext {
            request_id: RequestId::new(origin.request_id.clone()),
            client_ip: client_address(peer, request.headers(), &self.trusted_proxies),
            received_at: self.now(),
            deadline: started + self.longest,
            traceparent: Some(origin.traceparent.clone()),
        }
    }

    fn now(&self) -> openapi_runtime::Timestamp {
        openapi_runtime::Timestamp::from(jiff::Timestamp::from(self.clock.now()))
    }

    async fn page(
        &self,
        page: &Page,
        request: &Request,
        accepted: Option<Coding>,
        reply: &ReplyContext,
    ) -> hyper::Response<Body> {
        let content = match page {
            Page::DocsRedirect => return pages::redirect(request.method(), reply),
            Page::Document(format) => Content::document(*format, accepted),
            Page::Docs(path) => Content::swagger(path, accepted),
            Page::Live => Some(Content::momentary(
                StatusCode::OK,
                "application/json",
                "{\"status\":\"alive\"}",
            )),
            Page::Ready if !self.readiness.is_ready().await => {
                return Refusal::NOT_READY.response(reply);
            }
            Page::Ready => Some(Content::momentary(
                StatusCode::OK,
                "application/json",
                "{\"status\":\"ready\"}",
            )),
            Page::Metrics => Some(Content::momentary(
                StatusCode::OK,
                "text/plain; version=0.0.4; charset=utf-8",
                self.metrics.render(),
            )),
        };
        pages::answer(request.method(), request.headers(), content, reply)
    }
}

/// Adds what every answer has.
fn finish(response: &mut hyper::Response<Body>, origin: &Origin) {
    let headers = response.headers_mut();
    // Operations name the request themselves.
    if !headers.contains_key(&REQUEST_ID)
        && let Ok(id) = HeaderValue::try_from(&*origin.request_id)
    {
        headers.insert(REQUEST_ID, id);
    }
    headers.insert(API_VERSION, CURRENT_VERSION);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.insert(header::REFERRER_POLICY, NO_REFERRER);
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(DATA_POLICY);
}

fn preflight(origin: &cors::Verdict, reply: &ReplyContext) -> hyper::Response<Body> {
    if !matches!(origin, cors::Verdict::Allowed(_)) {
        return Refusal::FOREIGN_ORIGIN.response(reply);
    }
    let mut response = hyper::Response::new(full(bytes::Bytes::new()));
    *response.status_mut() = StatusCode::NO_CONTENT;
    cors::permit(response.headers_mut());
    response
}
