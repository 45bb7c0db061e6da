//! A host for generated routes: three known callers, a budget that never ends, no cache.

use std::future::Future;
use std::time::Duration;

use openapi_runtime as rt;
use rt::poem::test::TestClient;
use rt::poem::{Endpoint, Response};
use serde_json::Value;

/// Implements whatever traits the goldens ask of it.
pub(crate) struct Everyone;

/// A caller by name; what they may do follows from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Somebody {
    /// How logs call them.
    pub(crate) name: String,
    roles: Vec<&'static str>,
    scopes: Vec<&'static str>,
}

impl rt::Host for Everyone {
    type Caller = Somebody;

    async fn authenticate(
        &self,
        credential: rt::Credential<'_>,
        _cx: &rt::RequestContext,
    ) -> Result<Somebody, rt::Failure> {
        let (name, roles, scopes) = match credential {
            rt::Credential::Bearer("admin-token") => ("ada", vec!["admin", "referee"], vec![]),
            rt::Credential::Bearer("plain-token") => ("paul", vec![], vec![]),
            rt::Credential::ApiKey {
                value: "writer-key",
                ..
            } => (
                "wolf",
                vec!["editor", "player"],
                vec!["items:write", "items:delete", "board:read", "board:write"],
            ),
            rt::Credential::ApiKey {
                value: "reader-key",
                ..
            } => (
                "rita",
                vec!["editor", "player"],
                vec!["items:write", "board:read"],
            ),
            rt::Credential::ApiKey { .. } => {
                return Err(rt::Failure::new("INVALID_API_KEY", "This key is not known"));
            }
            _ => return Err(rt::Failure::new("INVALID_TOKEN", "This token is not valid")),
        };
        Ok(Somebody {
            name: name.to_owned(),
            roles,
            scopes,
        })
    }

    async fn admit(
        &self,
        tier: &'static str,
        _caller: Option<&Somebody>,
        _cx: &rt::RequestContext,
    ) -> Result<rt::Quota, rt::Throttled> {
        Ok(rt::Quota::off(tier))
    }

    async fn admit_failed_credentials(
        &self,
        _cx: &rt::RequestContext,
    ) -> Result<rt::Quota, rt::Throttled> {
        Ok(rt::Quota::off("auth"))
    }

    fn cached(
        &self,
        _key: rt::CacheKey,
        _max_age: Duration,
        make: impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send,
    ) -> impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send {
        make
    }

    fn debug_errors(&self) -> bool {
        false
    }
}

impl rt::Principal for Somebody {
    fn has_role(&self, role: &str) -> bool {
        self.roles.contains(&role)
    }

    fn has_scope(&self, scope: &str) -> bool {
        self.scopes.contains(&scope)
    }

    fn credential_kind(&self) -> rt::CredentialKind {
        if self.scopes.is_empty() {
            rt::CredentialKind::Bearer
        } else {
            rt::CredentialKind::ApiKey
        }
    }

    fn log_id(&self) -> String {
        self.name.clone()
    }

    fn rate_key(&self) -> String {
        self.name.clone()
    }
}

/// An error of a feature: a code and nothing else.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) &'static str);

impl rt::IntoFailure for Refused {
    fn into_failure(self) -> rt::Failure {
        rt::Failure::new(self.0, "That cannot be")
    }
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// `error.code`.
    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    /// The violations as `in field reason`, in their order.
    pub(crate) fn violations(&self) -> Vec<String> {
        let details = self.body["error"]["details"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let text =
            |detail: &Value, name: &str| detail[name].as_str().unwrap_or_default().to_owned();
        details
            .iter()
            .map(|detail| {
                format!(
                    "{} {} {}",
                    text(detail, "in"),
                    text(detail, "field"),
                    text(detail, "reason")
                )
            })
            .collect()
    }
}

/// A request in the making.
pub(crate) struct Ask<'a, E> {
    routes: &'a E,
    method: rt::poem::http::Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

/// Starts a request: `ask(&routes, "GET /pets?limit=1")`.
pub(crate) fn ask<'a, E: Endpoint<Output = Response>>(routes: &'a E, line: &str) -> Ask<'a, E> {
    let (method, path) = line.split_once(' ').expect("a method and a path");
    let method = method.parse().expect("a method");
    Ask {
        routes,
        method,
        path: path.to_owned(),
        headers: Vec::new(),
        body: None,
    }
}

impl<E: Endpoint<Output = Response>> Ask<'_, E> {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        let mut asked = self.header("content-type", "application/json");
        asked.body = Some(body.to_string());
        asked
    }

    pub(crate) async fn send(self) -> Answer {
        let client = TestClient::new(self.routes);
        let mut request = client.request(self.method, self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let mut response = request.send().await.0;
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    value.to_str().unwrap_or_default().to_owned(),
                )
            })
            .collect();
        let text = response
            .take_body()
            .into_string()
            .await
            .expect("a body of text");
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Answer {
            status: response.status().as_u16(),
            headers,
            body,
        }
    }
}
