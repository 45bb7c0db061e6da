//! Paths and methods: poem's tree finds the path, and the method is found here, because an API owes
//! its clients `Allow`, `OPTIONS`, `HEAD`, and an envelope around every refusal.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use http::header::{ALLOW, CONTENT_LENGTH};
use http::{HeaderValue, Method, StatusCode};
use poem::endpoint::BoxEndpoint;
use poem::error::NotFoundError;
use poem::{Endpoint, EndpointExt as _, Request, Response, Route};
use poem_openapi::OpenApi;

use crate::answer::Fixed;
use crate::envelope;
use crate::{Failure, Host, Operation, RequestContext, Spec, code, serve};

/// What `OpenApi::add_routes` fills: path, method, endpoint.
pub type RouteTable = HashMap<String, HashMap<Method, BoxEndpoint<'static>>>;

/// Left in the extensions of every answer that an operation gave, for the access log.
#[derive(Debug, Clone)]
pub struct Matched {
    /// The operation.
    pub spec: &'static Spec,
    /// What logs call the caller, if there was one.
    pub caller: Option<String>,
}

/// Left in the extensions of answers that no operation gave although the path is known (405,
/// `OPTIONS`).
#[derive(Debug, Clone)]
pub struct Allowed {
    /// The path as the document writes it.
    pub path: Arc<str>,
}

/// Adds an operation to the table.
pub fn mount<H: Host, O: Operation<H>>(host: &Arc<H>, table: &mut RouteTable) {
    let spec = O::spec();
    let endpoint = Served {
        host: host.clone(),
        fixed: Fixed::of(spec),
        operation: std::marker::PhantomData::<fn() -> O>,
    };
    // Every method of the document is a valid one; an invalid one could not be called anyway.
    let Ok(method) = Method::from_bytes(spec.method.as_bytes()) else {
        return;
    };
    table
        .entry(spec.path.to_owned())
        .or_default()
        .insert(method, endpoint.boxed());
}

struct Served<H, O> {
    host: Arc<H>,
    fixed: Fixed,
    operation: std::marker::PhantomData<fn() -> O>,
}

impl<H: Host, O: Operation<H>> Endpoint for Served<H, O> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(serve::serve::<H, O>(&self.host, &self.fixed, request).await)
    }
}

/// Collects the routes of a document's tags; tags may share a path.
#[derive(Default)]
pub struct Router {
    table: RouteTable,
}

impl Router {
    /// No routes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a tag's routes.
    #[must_use]
    pub fn with(mut self, api: impl OpenApi) -> Self {
        api.add_routes(&mut self.table);
        self
    }

    /// The endpoint of all routes. It never fails: what does not exist is answered too.
    #[must_use]
    pub fn finish(self) -> Routes {
        let sorted: BTreeMap<_, _> = self.table.into_iter().collect();
        let route = sorted
            .into_iter()
            .fold(Route::new(), |route, (path, methods)| {
                route.at(pattern(&path), Methods::new(&path, methods))
            });
        Routes { route }
    }
}

/// `/orders/{orderId}` as poem writes it: `/orders/:orderId`.
fn pattern(path: &str) -> String {
    path.split('/')
        .map(|segment| {
            match segment
                .strip_prefix('{')
                .and_then(|name| name.strip_suffix('}'))
            {
                Some(name) => format!(":{name}"),
                None => segment.to_owned(),
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// Every route of a document.
pub struct Routes {
    route: Route,
}

impl Endpoint for Routes {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let cx = known_context(&request);
        match self.route.call(request).await {
            Ok(response) => Ok(response),
            Err(error) if error.is::<NotFoundError>() => {
                let cx = cx.unwrap_or_else(|| RequestContext::of_request_without_one(None));
                Ok(not_found(&cx))
            }
            Err(error) => {
                let cx = cx.unwrap_or_else(|| RequestContext::of_request_without_one(None));
                Ok(envelope::foreign(&error, &cx))
            }
        }
    }
}

/// The answer for a path that nothing is behind.
#[must_use]
pub fn not_found(cx: &RequestContext) -> Response {
    let failure = Failure::new(code::ROUTE_NOT_FOUND, "There is nothing at this path");
    stamped(envelope::failure(404, &failure, &cx.reply_context()), cx)
}

fn known_context(request: &Request) -> Option<RequestContext> {
    request.extensions().get::<RequestContext>().cloned()
}

fn stamped(mut response: Response, cx: &RequestContext) -> Response {
    envelope::insert_text(
        response.headers_mut(),
        &http::HeaderName::from_static("x-request-id"),
        cx.request_id.as_str(),
    );
    response
}

/// The methods of one path.
struct Methods {
    path: Arc<str>,
    endpoints: HashMap<Method, BoxEndpoint<'static>>,
    allow: HeaderValue,
}

impl Methods {
    fn new(path: &str, endpoints: HashMap<Method, BoxEndpoint<'static>>) -> Self {
        let mut allowed: Vec<&str> = endpoints.keys().map(Method::as_str).collect();
        if endpoints.contains_key(&Method::GET) && !endpoints.contains_key(&Method::HEAD) {
            allowed.push("HEAD");
        }
        if !endpoints.contains_key(&Method::OPTIONS) {
            allowed.push("OPTIONS");
        }
        allowed.sort_unstable();
        // Method names are tokens, and so is a list of them.
        let allow = HeaderValue::try_from(allowed.join(", "))
            .unwrap_or(HeaderValue::from_static("OPTIONS"));
        Self {
            path: path.into(),
            endpoints,
            allow,
        }
    }

    fn allowing(&self, mut response: Response) -> Response {
        response.headers_mut().insert(ALLOW, self.allow.clone());
        response.extensions_mut().insert(Allowed {
            path: self.path.clone(),
        });
        response
    }
}

impl Endpoint for Methods {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        if let Some(endpoint) = self.endpoints.get(request.method()) {
            return endpoint.call(request).await;
        }
        if request.method() == Method::HEAD
            && let Some(endpoint) = self.endpoints.get(&Method::GET)
        {
            request.set_method(Method::GET);
            return Ok(without_body(endpoint.call(request).await?).await);
        }
        let cx =
            known_context(&request).unwrap_or_else(|| RequestContext::of_request_without_one(None));
        if request.method() == Method::OPTIONS {
            let response = Response::builder().status(StatusCode::NO_CONTENT).finish();
            return Ok(self.allowing(stamped(response, &cx)));
        }
        Ok(self.allowing(not_allowed(request.method(), &cx)))
    }
}

fn not_allowed(method: &Method, cx: &RequestContext) -> Response {
    let shown: String = method.as_str().chars().take(32).collect();
    let failure = Failure::new(
        code::METHOD_NOT_ALLOWED,
        format!("{shown} is not allowed here"),
    );
    stamped(envelope::failure(405, &failure, &cx.reply_context()), cx)
}

/// The answer of a GET as HEAD gives it: the length it would have had, and no body. Every body here
/// is in memory, so that reading it takes no time.
async fn without_body(mut response: Response) -> Response {
    let length = response
        .take_body()
        .into_bytes()
        .await
        .map_or(0, |body| body.len());
    if length > 0 {
        response
            .headers_mut()
            .insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_become_patterns() {
        assert_eq!(
            pattern("/api/v1/orders/{orderId}/pay"),
            "/api/v1/orders/:orderId/pay"
        );
        assert_eq!(pattern("/health"), "/health");
    }
}
