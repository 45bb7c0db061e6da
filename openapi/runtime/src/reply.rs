//! Answers between the handler and the wire: rendered once, then sent, cached or stored under an
//! idempotency key.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;

use crate::envelope;
use crate::{Problem, ReplyContext};

/// What an answer's `x-source` property is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The request's id.
    RequestId,
    /// When the answer was made.
    Timestamp,
}

/// The `x-source` properties of a body, in their order.
#[derive(Debug, Clone)]
pub(crate) enum Sources {
    /// Those of a type.
    Known(&'static [(&'static str, Source)]),
    /// Those of an answer that another process rendered.
    Read(Arc<[(String, Source)]>),
}

impl Sources {
    pub(crate) const NONE: Self = Self::Known(&[]);

    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Known(sources) => sources.len(),
            Self::Read(sources) => sources.len(),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, Source)> {
        let (known, read) = match self {
            Self::Known(sources) => (*sources, [].as_slice()),
            Self::Read(sources) => ([].as_slice(), &**sources),
        };
        let known = known.iter().map(|(name, source)| (*name, *source));
        known.chain(read.iter().map(|(name, source)| (name.as_str(), *source)))
    }
}

/// A type that is a whole JSON body of an answer.
pub trait ReplyBody: Serialize {
    /// Its `x-source` properties, written by the runtime, last and in this order.
    const SOURCES: &'static [(&'static str, Source)] = &[];
}

/// The answers below 400 of an operation.
pub trait Reply: Send {
    /// The answer, rendered.
    fn render(&self) -> Rendered;
}

/// The answers from 400 on of an operation.
pub trait Refuse: Send {
    /// The answer's status and content.
    fn refusal(&self) -> Refusal<'_>;
}

/// An answer from 400 on.
#[derive(Debug)]
pub enum Refusal<'a> {
    /// The error envelope.
    Problem {
        /// The declared status of its code.
        status: u16,
        /// What went wrong.
        problem: &'a Problem,
    },
    /// A typed body.
    Reply(Box<Rendered>),
}

impl<'a> Refusal<'a> {
    /// The error envelope.
    #[must_use]
    pub const fn problem(status: u16, problem: &'a Problem) -> Self {
        Self::Problem { status, problem }
    }

    /// A typed body.
    #[must_use]
    pub fn reply(rendered: Rendered) -> Self {
        Self::Reply(Box::new(rendered))
    }
}

/// A rendered answer. The body lacks the `x-source` properties, so that it can be kept and sent to
/// several requests.
#[derive(Debug, Clone)]
pub struct Rendered {
    pub(crate) status: u16,
    pub(crate) content_type: Option<Cow<'static, str>>,
    pub(crate) body: Bytes,
    pub(crate) sources: Sources,
    pub(crate) headers: HeaderMap,
    /// Whether this is a stored answer.
    pub(crate) is_replay: bool,
    /// The id of the request that a stored answer was first given to.
    pub(crate) original_request_id: Option<String>,
    /// Why the answer cannot be sent; a defect that becomes a 500.
    pub(crate) defect: Option<String>,
}

/// Room for a body of usual size, so that writing it does not grow a buffer step by step.
const USUAL_BODY_BYTES: usize = 1024;

impl Rendered {
    /// An answer without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self {
            status,
            content_type: None,
            body: Bytes::new(),
            sources: Sources::NONE,
            headers: HeaderMap::new(),
            is_replay: false,
            original_request_id: None,
            defect: None,
        }
    }

    /// A JSON answer.
    #[must_use]
    pub fn json<T: ReplyBody>(status: u16, body: &T) -> Self {
        let mut buffer = Vec::with_capacity(USUAL_BODY_BYTES);
        let defect = serde_json::to_writer(&mut buffer, body)
            .err()
            .map(|error| format!("body: {error}"));
        Self {
            content_type: Some(Cow::Borrowed("application/json")),
            body: buffer.into(),
            sources: Sources::Known(T::SOURCES),
            defect,
            ..Self::empty(status)
        }
    }

    /// An answer of any media type.
    #[must_use]
    pub fn bytes(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            content_type: Some(Cow::Borrowed(content_type)),
            body: body.into(),
            ..Self::empty(status)
        }
    }

    /// An answer that was stored under an idempotency key, byte for byte.
    #[must_use]
    pub fn replayed(stored: &StoredReply) -> Self {
        let mut rendered = Self {
            content_type: (!stored.content_type.is_empty())
                .then(|| Cow::Owned(stored.content_type.clone())),
            body: stored.body.clone(),
            is_replay: true,
            original_request_id: stored.original_request_id.clone(),
            ..Self::empty(stored.status)
        };
        for (name, value) in &stored.headers {
            rendered = rendered.header(name, value);
        }
        rendered
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<str>) -> Self {
        match (
            HeaderName::try_from(name),
            HeaderValue::try_from(value.as_ref()),
        ) {
            (Ok(name), Ok(value)) => {
                self.headers.append(name, value);
            }
            _ => self.defect = Some(format!("header {name} cannot be written")),
        }
        self
    }

    /// Adds a header if there is a value for it.
    #[must_use]
    pub fn header_option(self, name: &str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.header(name, value),
            None => self,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The headers given so far.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The whole body for one request.
    #[must_use]
    pub fn complete(&self, cx: &ReplyContext) -> Bytes {
        complete(&self.body, &self.sources, cx)
    }
}

/// `prefix` with its `x-source` properties. `prefix` is a JSON object when there are any.
pub(crate) fn complete(prefix: &Bytes, sources: &Sources, cx: &ReplyContext) -> Bytes {
    if sources.is_empty() {
        return prefix.clone();
    }
    let Some((b'}', open)) = prefix.split_last() else {
        return prefix.clone();
    };
    let mut body = Vec::with_capacity(open.len() + 48 * (sources.len() + 1));
    body.extend_from_slice(open);
    for (name, source) in sources.iter() {
        if body.last() != Some(&b'{') {
            body.push(b',');
        }
        envelope::write_text(&mut body, name);
        body.push(b':');
        match source {
            Source::RequestId => envelope::write_text(&mut body, cx.request_id.as_str()),
            Source::Timestamp => envelope::write_timestamp(&mut body, cx.timestamp),
        }
    }
    body.push(b'}');
    body.into()
}

/// An answer as it is stored under an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReply {
    /// The status.
    pub status: u16,
    /// The media type; empty without a body.
    pub content_type: String,
    /// The body, complete with the first request's id and time.
    pub body: Bytes,
    /// The headers that the handler gave (`Location`, `ETag`).
    pub headers: Vec<(String, String)>,
    /// The first request's id.
    pub original_request_id: Option<String>,
}

/// Renders an answer for storing.
#[must_use]
pub fn store_reply(reply: &impl Reply, cx: &ReplyContext) -> StoredReply {
    store(&reply.render(), cx)
}

/// Renders a refusal for storing. `error.debug` is never stored.
#[must_use]
pub fn store_refusal(refusal: &impl Refuse, cx: &ReplyContext) -> StoredReply {
    match refusal.refusal() {
        Refusal::Reply(rendered) => store(&rendered, cx),
        Refusal::Problem { status, problem } => {
            let body = envelope::bytes(problem.failure(), cx, None);
            store(&Rendered::bytes(status, "application/json", body), cx)
        }
    }
}

fn store(rendered: &Rendered, cx: &ReplyContext) -> StoredReply {
    let headers = rendered
        .headers
        .iter()
        .filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        })
        .collect();
    StoredReply {
        status: rendered.status,
        content_type: rendered
            .content_type
            .as_deref()
            .unwrap_or_default()
            .to_owned(),
        body: rendered.complete(cx),
        headers,
        original_request_id: Some(cx.request_id.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RequestId;

    const BOTH: &[(&str, Source)] = &[
        ("requestId", Source::RequestId),
        ("timestamp", Source::Timestamp),
    ];

    fn cx() -> ReplyContext {
        ReplyContext {
            request_id: RequestId::from("req_1"),
            timestamp: "2026-01-02T03:04:05Z".parse().unwrap(),
        }
    }

    #[test]
    fn sources_come_last() {
        let body = complete(
            &Bytes::from_static(b"{\"a\":1}"),
            &Sources::Known(BOTH),
            &cx(),
        );
        assert_eq!(
            body,
            "{\"a\":1,\"requestId\":\"req_1\",\"timestamp\":\"2026-01-02T03:04:05.000Z\"}"
        );
        let empty = complete(
            &Bytes::from_static(b"{}"),
            &Sources::Known(&BOTH[..1]),
            &cx(),
        );
        assert_eq!(empty, "{\"requestId\":\"req_1\"}");
    }

    #[test]
    fn a_stored_answer_is_complete() {
        struct Moved;
        impl Reply for Moved {
            fn render(&self) -> Rendered {
                Rendered::bytes(201, "application/json", "{}")
                    .header("Location", "/a")
                    .header_option("ETag", None::<&str>)
            }
        }
        let stored = store_reply(&Moved, &cx());
        assert_eq!(stored.headers, [("location".to_owned(), "/a".to_owned())]);
        assert_eq!(stored.original_request_id.as_deref(), Some("req_1"));
        let replayed = Rendered::replayed(&stored);
        assert_eq!((replayed.status, &replayed.body[..]), (201, &b"{}"[..]));
    }

    #[test]
    fn a_header_that_cannot_be_written_is_a_defect() {
        assert!(
            Rendered::empty(204)
                .header("Location", "a\nb")
                .defect
                .is_some()
        );
    }
}
