//! Cached answers as bytes, for a cache that several processes share.
//!
//! A magic number that names the version of the form, the length of the head (four bytes, big-endian), the head as JSON,
//! the body. Bytes that are anything else are no answer: whoever reads them makes the answer anew.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use super::{CachedReply, Kept};
use crate::reply::{Rendered, Source, Sources};

/// To be changed with every change of the form.
const MAGIC: &[u8] = b"reply1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    status: u16,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    sources: Vec<(String, Written)>,
}

/// [`Source`], as it is written.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum Written {
    #[serde(rename = "requestId")]
    RequestId,
    #[serde(rename = "timestamp")]
    Timestamp,
}

impl CachedReply {
    /// Writes the answer for another process. `None` when it has a header that is no text.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        let rendered = self.rendered();
        let text = |(name, value): (&HeaderName, &HeaderValue)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        };
        let head = Head {
            status: rendered.status,
            content_type: rendered.content_type.as_deref().map(str::to_owned),
            headers: rendered.headers.iter().map(text).collect::<Option<_>>()?,
            sources: self
                .sources()
                .map(|(name, source)| (name.to_owned(), source.into()))
                .collect(),
        };
        let head = serde_json::to_vec(&head).ok()?;
        let length = u32::try_from(head.len()).ok()?.to_be_bytes();
        Some([MAGIC, &length, &head, &rendered.body].concat())
    }

    /// Reads what [`CachedReply::to_bytes`] wrote. `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (head, body) = rest.split_at_checked(length)?;
        let head: Head = serde_json::from_slice(head).ok()?;
        let mut headers = HeaderMap::with_capacity(head.headers.len());
        for (name, value) in head.headers {
            headers.append(
                HeaderName::try_from(name).ok()?,
                HeaderValue::try_from(value).ok()?,
            );
        }
        let sources: Arc<[(String, Source)]> = head
            .sources
            .into_iter()
            .map(|(name, source)| (name, source.into()))
            .collect();
        let rendered = Rendered {
            content_type: head.content_type.map(Cow::Owned),
            body: Bytes::copy_from_slice(body),
            sources: Sources::Read(sources),
            headers,
            ..Rendered::empty(head.status)
        };
        Some(Self(Arc::new(Kept { rendered })))
    }
}

impl From<Source> for Written {
    fn from(source: Source) -> Self {
        match source {
            Source::RequestId => Self::RequestId,
            Source::Timestamp => Self::Timestamp,
        }
    }
}

impl From<Written> for Source {
    fn from(written: Written) -> Self {
        match written {
            Written::RequestId => Self::RequestId,
            Written::Timestamp => Self::Timestamp,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReplyContext, RequestId, reply::complete};

    const BOTH: &[(&str, Source)] = &[
        ("requestId", Source::RequestId),
        ("timestamp", Source::Timestamp),
    ];

    fn reply() -> CachedReply {
        let mut rendered = Rendered::bytes(200, "application/json", "{\"data\":[1]}")
            .header("Link", "</p>; rel=\"next\"")
            .header("Link", "</p>; rel=\"prev\"");
        rendered.sources = Sources::Known(BOTH);
        CachedReply::new(rendered)
    }

    #[test]
    fn an_answer_survives_the_way_to_another_process() {
        let sent = reply();
        let read = CachedReply::from_bytes(&sent.to_bytes().unwrap()).unwrap();
        let cx = ReplyContext {
            request_id: RequestId::from("req_1"),
            timestamp: "2026-01-02T03:04:05Z".parse().unwrap(),
        };
        let body = |reply: &CachedReply| complete(reply.prefix(), &reply.rendered().sources, &cx);
        assert_eq!(body(&read), body(&sent));
        assert!(
            body(&read)
                .ends_with(b"\"requestId\":\"req_1\",\"timestamp\":\"2026-01-02T03:04:05.000Z\"}")
        );
        assert_eq!(read.status(), 200);
        assert_eq!(read.headers(), sent.headers());
        assert_eq!(
            read.rendered().content_type.as_deref(),
            Some("application/json")
        );
    }

    #[test]
    fn foreign_bytes_are_no_answer() {
        let good = reply().to_bytes().unwrap();
        for length in 0..good.len() - reply().prefix().len() {
            assert!(CachedReply::from_bytes(&good[..length]).is_none());
        }
        let mut older = good.clone();
        older[5] = b'0';
        assert!(CachedReply::from_bytes(&older).is_none());
        let mut broken = good;
        broken[12] ^= 0x40;
        assert!(CachedReply::from_bytes(&broken).is_none());
        assert!(CachedReply::from_bytes(b"reply1\xff\xff\xff\xff{}").is_none());
    }
}
