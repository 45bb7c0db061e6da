//! What the generator makes of the documents in `openapi/`: one module per version, checked in, never edited by hand.
//!
//! A handler implements the traits of [`v1`] and is mounted by [`v1::routes`]. To change what is here, change the
//! document and run `make generate`.
//!
//! A type that serves a tag implements all of its operations:
//!
//! ```
//! # use std::{future::Future, time::Duration};
//! # use openapi_runtime as rt;
//! # use openapi_generated::v1;
//! # struct App;
//! # #[derive(Clone)]
//! # struct Nobody;
//! # impl rt::Principal for Nobody {
//! #     fn has_role(&self, _: &str) -> bool { false }
//! #     fn has_scope(&self, _: &str) -> bool { false }
//! #     fn credential_kind(&self) -> rt::CredentialKind { rt::CredentialKind::Bearer }
//! #     fn log_id(&self) -> String { String::new() }
//! #     fn rate_key(&self) -> String { String::new() }
//! # }
//! # impl rt::Host for App {
//! #     type Caller = Nobody;
//! #     async fn authenticate(&self, _: rt::Credential<'_>, _: &rt::RequestContext) -> Result<Nobody, rt::Failure> { Ok(Nobody) }
//! #     async fn admit(&self, tier: &'static str, _: Option<&Nobody>, _: &rt::RequestContext) -> Result<rt::Quota, rt::Throttled> { Ok(rt::Quota::off(tier)) }
//! #     async fn admit_failed_credentials(&self, _: &rt::RequestContext) -> Result<rt::Quota, rt::Throttled> { Ok(rt::Quota::off("auth")) }
//! #     fn cached(&self, _: rt::CacheKey, _: Duration, make: impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send) -> impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send { make }
//! #     fn debug_errors(&self) -> bool { false }
//! # }
//! impl v1::HealthApi for App {
//!     async fn get_health(
//!         &self,
//!         _call: rt::PublicCall<Nobody>,
//!         _request: v1::GetHealthRequest,
//!     ) -> Result<v1::GetHealthOk, v1::GetHealthError> {
//!         Err(rt::Failure::new("INTERNAL_ERROR", "not today").into())
//!     }
//!
//!     async fn get_detailed_health(
//!         &self,
//!         _call: rt::Call<Nobody>,
//!         _request: v1::GetDetailedHealthRequest,
//!     ) -> Result<v1::GetDetailedHealthOk, v1::GetDetailedHealthError> {
//!         Err(rt::Failure::new("INTERNAL_ERROR", "not today").into())
//!     }
//! }
//! ```
//!
//! One that lacks an operation does not compile; the compiler names the function, here `get_detailed_health`:
//!
//! ```compile_fail,E0046
//! # use std::{future::Future, time::Duration};
//! # use openapi_runtime as rt;
//! # use openapi_generated::v1;
//! # struct App;
//! # #[derive(Clone)]
//! # struct Nobody;
//! # impl rt::Principal for Nobody {
//! #     fn has_role(&self, _: &str) -> bool { false }
//! #     fn has_scope(&self, _: &str) -> bool { false }
//! #     fn credential_kind(&self) -> rt::CredentialKind { rt::CredentialKind::Bearer }
//! #     fn log_id(&self) -> String { String::new() }
//! #     fn rate_key(&self) -> String { String::new() }
//! # }
//! # impl rt::Host for App {
//! #     type Caller = Nobody;
//! #     async fn authenticate(&self, _: rt::Credential<'_>, _: &rt::RequestContext) -> Result<Nobody, rt::Failure> { Ok(Nobody) }
//! #     async fn admit(&self, tier: &'static str, _: Option<&Nobody>, _: &rt::RequestContext) -> Result<rt::Quota, rt::Throttled> { Ok(rt::Quota::off(tier)) }
//! #     async fn admit_failed_credentials(&self, _: &rt::RequestContext) -> Result<rt::Quota, rt::Throttled> { Ok(rt::Quota::off("auth")) }
//! #     fn cached(&self, _: rt::CacheKey, _: Duration, make: impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send) -> impl Future<Output = Result<rt::CachedReply, rt::Failure>> + Send { make }
//! #     fn debug_errors(&self) -> bool { false }
//! # }
//! impl v1::HealthApi for App {
//!     async fn get_health(
//!         &self,
//!         _call: rt::PublicCall<Nobody>,
//!         _request: v1::GetHealthRequest,
//!     ) -> Result<v1::GetHealthOk, v1::GetHealthError> {
//!         Err(rt::Failure::new("INTERNAL_ERROR", "not today").into())
//!     }
//! }
//! ```
#![expect(
    clippy::large_enum_variant,
    reason = "an answer is made once and rendered at once: a box around its body would cost more than it saves"
)]

pub mod v1;
