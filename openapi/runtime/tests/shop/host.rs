//! A host with fixed callers and budgets, and handlers that are told by the request what to do.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use openapi_runtime as rt;
use poem::{Endpoint as _, EndpointExt as _};

use crate::operations::{
    CreateProductError, CreateProductOk, CreateProductRequest, ListProductsError, ListProductsOk,
    ListProductsRequest, OrdersApi, PayOrderError, PayOrderOk, PayOrderRequest,
};
use crate::types::{Product, ProductResponse};

/// Who calls in tests: the token is the role, the key is the scope and the owner's role.
#[derive(Clone)]
pub struct Caller {
    role: String,
    scopes: Vec<String>,
    kind: rt::CredentialKind,
}

impl rt::Principal for Caller {
    fn has_role(&self, role: &str) -> bool {
        self.role == role
    }

    fn has_scope(&self, scope: &str) -> bool {
        self.scopes.iter().any(|owned| owned == scope)
    }

    fn credential_kind(&self) -> rt::CredentialKind {
        self.kind
    }

    fn log_id(&self) -> String {
        format!("user-{}", self.role)
    }

    fn rate_key(&self) -> String {
        self.log_id()
    }
}

/// The host under test.
#[derive(Default)]
pub struct Shop {
    /// Calls that passed `admit`, by tier and caller.
    pub admitted: Mutex<Vec<String>>,
    /// Whether the budget is spent.
    pub is_spent: Mutex<bool>,
    /// How often the address's budget for failed credentials was spent, and whether it is used up.
    pub failed_credentials: AtomicU64,
    pub is_locked_out: Mutex<bool>,
    /// The requests that reached a handler.
    pub created: Mutex<Vec<CreateProductRequest>>,
    pub paid: Mutex<Vec<PayOrderRequest>>,
    /// How often the list was made.
    pub listed: AtomicU64,
    pub cache: Mutex<HashMap<String, rt::CachedReply>>,
    pub debug: bool,
    pub timeout: Option<Duration>,
}

const QUOTA: rt::Quota = rt::Quota {
    policy: "general",
    limit: 100,
    remaining: 99,
    reset_after: Duration::from_secs(30),
    window: Duration::from_mins(1),
};

const SPENT: rt::Throttled = rt::Throttled {
    quota: rt::Quota {
        remaining: 0,
        ..QUOTA
    },
    retry_after: Duration::from_millis(6200),
};

impl rt::Host for Shop {
    type Caller = Caller;

    async fn authenticate(
        &self,
        credential: rt::Credential<'_>,
        _cx: &rt::RequestContext,
    ) -> Result<Caller, rt::Failure> {
        match credential {
            rt::Credential::Bearer("down") => {
                Err(rt::Failure::new("SERVICE_UNAVAILABLE", "try later"))
            }
            rt::Credential::Bearer(role @ ("member" | "admin" | "viewer")) => Ok(Caller {
                role: role.to_owned(),
                scopes: Vec::new(),
                kind: rt::CredentialKind::Bearer,
            }),
            rt::Credential::ApiKey { value, .. } if value.contains('/') => {
                let (role, scopes) = value.split_once('/').unwrap();
                let scopes = scopes.split(' ').map(str::to_owned).collect();
                Ok(Caller {
                    role: role.to_owned(),
                    scopes,
                    kind: rt::CredentialKind::ApiKey,
                })
            }
            rt::Credential::ApiKey { .. } => {
                Err(rt::Failure::new("INVALID_API_KEY", "The key is not valid"))
            }
            _ => Err(rt::Failure::new("INVALID_TOKEN", "The token is not valid")),
        }
    }

    async fn admit(
        &self,
        tier: &'static str,
        caller: Option<&Caller>,
        _cx: &rt::RequestContext,
    ) -> Result<rt::Quota, rt::Throttled> {
        use rt::Principal as _;
        if *self.is_spent.lock().unwrap() {
            return Err(SPENT);
        }
        self.admitted.lock().unwrap().push(format!(
            "{tier} {}",
            caller.map_or_else(|| "anonymous".to_owned(), Caller::log_id)
        ));
        Ok(QUOTA)
    }

    async fn admit_failed_credentials(
        &self,
        _cx: &rt::RequestContext,
    ) -> Result<rt::Quota, rt::Throttled> {
        self.failed_credentials.fetch_add(1, Ordering::Relaxed);
        if *self.is_locked_out.lock().unwrap() {
            Err(SPENT)
        } else {
            Ok(rt::Quota {
                policy: "auth",
                ..QUOTA
            })
        }
    }

    async fn cached(
        &self,
        key: rt::CacheKey,
        max_age: Duration,
        make: impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send,
    ) -> Result<rt::CachedReply, rt::Failure> {
        assert_eq!(max_age, Duration::from_mins(1));
        if let Some(kept) = self.cache.lock().unwrap().get(&key.request) {
            return Ok(kept.clone());
        }
        let fresh = make.await?;
        self.cache
            .lock()
            .unwrap()
            .insert(key.request, fresh.clone());
        Ok(fresh)
    }

    fn debug_errors(&self) -> bool {
        self.debug
    }

    fn timeout(&self, spec: &rt::Spec) -> Duration {
        self.timeout.or(spec.timeout).unwrap_or(rt::DEFAULT_TIMEOUT)
    }
}

/// What a feature's errors look like.
#[derive(Debug)]
pub enum ShopError {
    Poor,
    Stored,
    Undeclared,
    Broken,
}

impl rt::IntoFailure for ShopError {
    fn into_failure(self) -> rt::Failure {
        match self {
            Self::Poor => rt::Failure::new("INSUFFICIENT_FUNDS", "Not enough money"),
            Self::Stored => rt::Failure::new("ORDER_ALREADY_PAID", "The order is paid")
                .with_detail(
                    rt::Detail::of_state("status", rt::Reason::NotAllowed, "The order is PAID")
                        .allowing(["SHIPPED"]),
                ),
            Self::Undeclared => rt::Failure::new("COUPON_INVALID", "secret words"),
            Self::Broken => rt::Failure::internal("disk on fire"),
        }
    }
}

fn product() -> ProductResponse {
    ProductResponse {
        data: Product {
            id: "0190a4c2-7d5b-7cc0-8000-000000000001".parse().unwrap(),
            sku: "A-1".to_owned(),
            price: 100,
            note: None,
            archived_at: None,
        },
    }
}

impl OrdersApi for Shop {
    async fn pay_order(
        &self,
        call: rt::Call<Caller>,
        request: PayOrderRequest,
    ) -> Result<PayOrderOk, PayOrderError> {
        let key = request.idempotency.key.clone();
        self.paid.lock().unwrap().push(request);
        match key.as_str() {
            "poor" => Err(ShopError::Poor)?,
            "stored" => Err(ShopError::Stored)?,
            "undeclared" => Err(ShopError::Undeclared)?,
            "broken" => Err(ShopError::Broken)?,
            "slow" => tokio::time::sleep(Duration::from_hours(1)).await,
            "panic" => panic!("boom"),
            "replay" => {
                let first = rt::ReplyContext {
                    request_id: "req_first".into(),
                    timestamp: "2026-01-01T00:00:00Z".parse().unwrap(),
                };
                let stored = PayOrderOk::Ok {
                    body: product(),
                    etag: Some("\"1\"".to_owned()),
                }
                .store(&first);
                return Ok(PayOrderOk::Replayed(stored));
            }
            _ => {}
        }
        assert!(call.cx.deadline > Instant::now());
        Ok(PayOrderOk::Ok {
            body: product(),
            etag: Some("\"1\"".to_owned()),
        })
    }

    async fn create_product(
        &self,
        _call: rt::Call<Caller>,
        request: CreateProductRequest,
    ) -> Result<CreateProductOk, CreateProductError> {
        self.created.lock().unwrap().push(request);
        Ok(CreateProductOk::Created {
            body: product(),
            location: "/api/v1/products/1".to_owned(),
            etag: Some("\"1\"".to_owned()),
        })
    }

    async fn list_products(
        &self,
        call: rt::PublicCall<Caller>,
        request: ListProductsRequest,
    ) -> Result<ListProductsOk, ListProductsError> {
        assert!(call.caller().is_none() && call.uri.path() == "/api/v1/products");
        self.listed.fetch_add(1, Ordering::Relaxed);
        if request.page == 13 {
            Err(ShopError::Broken)?;
        }
        Ok(ListProductsOk::Ok {
            body: product(),
            link: Some(format!(
                "</api/v1/products?page={}>; rel=\"next\"",
                request.page + 1
            )),
        })
    }
}

/// A shop behind its routes.
pub struct Server {
    pub shop: Arc<Shop>,
    routes: poem::endpoint::BoxEndpoint<'static>,
}

/// An answer, taken apart.
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub body: String,
    pub extensions: http::Extensions,
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub fn code(&self) -> String {
        self.json()["error"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }

    /// `in field reason` of every detail.
    pub fn details(&self) -> Vec<String> {
        let json = self.json();
        let details = json["error"]["details"].as_array().unwrap();
        let text = |detail: &serde_json::Value, name: &str| {
            detail[name].as_str().unwrap_or("-").to_owned()
        };
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

impl Server {
    pub fn of(shop: Shop) -> Self {
        let shop = Arc::new(shop);
        let routes = crate::operations::routes(shop.clone()).boxed();
        Self { shop, routes }
    }

    pub fn new() -> Self {
        Self::of(Shop::default())
    }

    pub async fn send(&self, mut request: poem::Request) -> Answer {
        request.extensions_mut().insert(rt::RequestContext {
            request_id: "req_test".into(),
            client_ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            received_at: "2026-01-02T03:04:05.678Z".parse().unwrap(),
            deadline: Instant::now(),
            traceparent: None,
        });
        let response = self.routes.call(request).await.expect("routes never fail");
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.into_vec().await.unwrap()).unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
            extensions: parts.extensions,
        }
    }

    /// Sends a body to `createProduct` as an admin.
    pub async fn create(&self, body: impl Into<poem::Body>) -> Answer {
        self.send(
            post("/api/v1/products", "admin")
                .content_type("application/json")
                .body(body),
        )
        .await
    }

    /// Pays as a member with this idempotency key.
    pub async fn pay(&self, key: &str) -> Answer {
        self.send(post(PAY, "member").header("Idempotency-Key", key).finish())
            .await
    }
}

pub const PAY: &str = "/api/v1/orders/0190a4c2-7d5b-7cc0-8000-000000000001/pay";

pub fn post(uri: &str, token: &str) -> poem::RequestBuilder {
    poem::Request::builder()
        .method(http::Method::POST)
        .uri_str(uri)
        .header("Authorization", format!("Bearer {token}"))
}

pub fn get(uri: &str) -> poem::RequestBuilder {
    poem::Request::builder()
        .method(http::Method::GET)
        .uri_str(uri)
}
