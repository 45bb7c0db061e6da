//! Stand-ins until the runtime crate has them.
#![allow(missing_docs, clippy::all, clippy::pedantic, unreachable_pub)]
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Clone)]
pub struct Failure {
    pub code: &'static str,
    pub message: Cow<'static, str>,
    pub details: Vec<Detail>,
    pub retry_after: Option<Duration>,
    pub source: Option<Arc<dyn std::error::Error + Send + Sync>>,
}
impl Failure {
    pub fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), details: Vec::new(), retry_after: None, source: None }
    }
    pub fn with_source(mut self, s: impl std::error::Error + Send + Sync + 'static) -> Self { self.source = Some(Arc::new(s)); self }
    pub fn with_detail(mut self, d: Detail) -> Self { self.details.push(d); self }
    pub fn with_retry_after(mut self, d: Duration) -> Self { self.retry_after = Some(d); self }
}
pub trait IntoFailure { fn into_failure(self) -> Failure; }
#[derive(Debug, Clone)]
pub enum In { Body, Query, Header, Path, Cookie }
#[derive(Debug, Clone)]
pub enum Reason { NotAllowed, TooBig }
#[derive(Debug, Clone)]
pub struct Detail { pub field: String, pub location: In, pub reason: Reason, pub message: String, pub allowed: Option<Vec<String>> }
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey { pub key: String, pub fingerprint: [u8; 32] }
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReply { pub status: u16, pub content_type: String, pub body: bytes::Bytes, pub headers: Vec<(String, String)>, pub original_request_id: Option<String> }
