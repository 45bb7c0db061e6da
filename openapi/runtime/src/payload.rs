//! Getting a request's body into memory, within bounds: the limit holds for what is sent, with or
//! without a length in front, and for what it decompresses to.

use std::fmt;
use std::io::{self, Read as _};
use std::time::Duration;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use poem::Body;
use poem::error::ReadBodyError;

use crate::negotiate::{self, Sent};
use crate::verdict::invalid;
use crate::{BodySpec, Failure, Violations, code};

/// Reads the body of an operation that declares one. Empty when there is none.
pub(crate) async fn read(
    spec: &BodySpec,
    headers: &HeaderMap,
    body: Body,
) -> Result<Bytes, Failure> {
    let sent = negotiate::sent(headers, spec.media);
    if sent == Sent::Other {
        return Err(unsupported(format!("The body must be {}", spec.media)));
    }
    let coding = Coding::of(headers)?;
    let received = receive(headers, body, spec.limit_bytes).await?;
    if received.is_empty() {
        return Ok(received);
    }
    if sent == Sent::Unsaid {
        return Err(unsupported(format!(
            "Content-Type is missing; the body must be {}",
            spec.media
        )));
    }
    match coding {
        Coding::Identity => Ok(received),
        Coding::Gzip => decompress(&received, spec.limit_bytes),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Identity,
    Gzip,
}

impl Coding {
    fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        let mut values = headers.get_all(CONTENT_ENCODING).iter();
        let Some(value) = values.next() else {
            return Ok(Self::Identity);
        };
        let coding = value
            .to_str()
            .map(|text| text.trim().to_ascii_lowercase())
            .unwrap_or_default();
        match (coding.as_str(), values.next()) {
            ("identity", None) => Ok(Self::Identity),
            ("gzip" | "x-gzip", None) => Ok(Self::Gzip),
            _ => Err(unsupported(
                "Content-Encoding must be gzip or identity".to_owned(),
            )),
        }
    }
}

async fn receive(headers: &HeaderMap, body: Body, limit_bytes: usize) -> Result<Bytes, Failure> {
    let declared = headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let limit = u64::try_from(limit_bytes).unwrap_or(u64::MAX);
    if declared.is_some_and(|length| length > limit) {
        return Err(too_large(limit_bytes));
    }
    // With a length in front, the HTTP layer lets no more through, and nothing is copied.
    let received = if declared.is_some() {
        body.into_bytes().await
    } else {
        body.into_bytes_limit(limit_bytes).await
    };
    match received {
        Ok(bytes) if bytes.len() > limit_bytes => Err(too_large(limit_bytes)),
        Ok(bytes) => Ok(bytes),
        Err(ReadBodyError::PayloadTooLarge) => Err(too_large(limit_bytes)),
        Err(error) => Err(broken(error)),
    }
}

/// Why whoever stands in front of the runtime ended a body before it was complete: the inner error of the
/// [`io::Error`] that the body then gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFault {
    /// The client sends too slowly. Answered like a body that breaks off, because that is what is done to it.
    TooSlow,
    /// The server has no room for the request.
    NoRoom {
        /// When another try is worth it.
        retry_after: Duration,
    },
}

impl fmt::Display for BodyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooSlow => "the body does not come in time",
            Self::NoRoom { .. } => "there is no room for the request",
        })
    }
}

impl std::error::Error for BodyFault {}

fn broken(error: ReadBodyError) -> Failure {
    let fault = match &error {
        ReadBodyError::Io(error) => fault(error),
        _ => None,
    };
    let why = match fault {
        Some(BodyFault::NoRoom { retry_after }) => return no_room(retry_after),
        Some(BodyFault::TooSlow) => "The body does not come in time",
        None => "The body ends before it is complete",
    };
    let mut out = Violations::new();
    out.invalid_format(why);
    invalid(out).with_source(error)
}

/// Readers on the way may have wrapped the error again.
fn fault(error: &io::Error) -> Option<BodyFault> {
    let inner = error.get_ref()?;
    let nested = || inner.downcast_ref::<io::Error>().and_then(fault);
    inner.downcast_ref().copied().or_else(nested)
}

fn no_room(retry_after: Duration) -> Failure {
    Failure::new(
        "SERVICE_UNAVAILABLE",
        "Too many requests at once, try again shortly",
    )
    .with_retry_after(retry_after)
}

fn decompress(compressed: &[u8], limit_bytes: usize) -> Result<Bytes, Failure> {
    let most = u64::try_from(limit_bytes)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut body = Vec::with_capacity(compressed.len().saturating_mul(4).min(limit_bytes));
    match MultiGzDecoder::new(compressed)
        .take(most)
        .read_to_end(&mut body)
    {
        Ok(_) if body.len() > limit_bytes => Err(too_large(limit_bytes)),
        Ok(_) => Ok(body.into()),
        Err(_) => {
            let mut out = Violations::new();
            out.invalid_format("Invalid gzip data");
            Err(invalid(out))
        }
    }
}

fn too_large(limit_bytes: usize) -> Failure {
    Failure::new(
        code::PAYLOAD_TOO_LARGE,
        format!("The body may have at most {limit_bytes} bytes"),
    )
}

fn unsupported(message: String) -> Failure {
    Failure::new(code::UNSUPPORTED_MEDIA_TYPE, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_compressed_body_is_bounded_by_what_it_becomes() {
        assert_eq!(decompress(&gzip(b"{}"), 2).unwrap(), "{}");
        let bomb = gzip(&vec![b' '; 1_000_000]);
        assert!(bomb.len() < 2000);
        assert_eq!(
            decompress(&bomb, 64 * 1024).unwrap_err().code,
            code::PAYLOAD_TOO_LARGE
        );
        assert_eq!(
            decompress(b"no gzip", 100).unwrap_err().code,
            code::VALIDATION_ERROR
        );
        let mut cut = gzip(b"{\"a\":1}");
        cut.truncate(cut.len() - 4);
        assert_eq!(
            decompress(&cut, 100).unwrap_err().code,
            code::VALIDATION_ERROR
        );
    }

    #[tokio::test]
    async fn whoever_ends_a_body_says_why() {
        let ended = |fault: BodyFault| {
            let error = io::Error::other(fault);
            Body::from_bytes_stream(futures_util::stream::iter([Err::<Bytes, _>(error)]))
        };
        let mut sized = HeaderMap::new();
        sized.insert(CONTENT_LENGTH, 5.into());
        for headers in [HeaderMap::new(), sized] {
            let slow = receive(&headers, ended(BodyFault::TooSlow), 15).await;
            let slow = slow.unwrap_err();
            assert_eq!(slow.code, code::VALIDATION_ERROR);
            assert_eq!(slow.details[0].message, "The body does not come in time");
            let retry_after = Duration::from_secs(2);
            let full = receive(&headers, ended(BodyFault::NoRoom { retry_after }), 15).await;
            let full = full.unwrap_err();
            assert_eq!(full.code, "SERVICE_UNAVAILABLE");
            assert_eq!(full.retry_after, Some(retry_after));
        }
    }

    #[tokio::test]
    async fn a_body_without_a_length_is_bounded_too() {
        let chunks = || {
            Body::from_bytes_stream(futures_util::stream::iter(
                [(); 3].map(|()| Ok::<_, std::io::Error>(Bytes::from_static(b"12345"))),
            ))
        };
        assert_eq!(
            receive(&HeaderMap::new(), chunks(), 15)
                .await
                .unwrap()
                .len(),
            15
        );
        assert_eq!(
            receive(&HeaderMap::new(), chunks(), 14)
                .await
                .unwrap_err()
                .code,
            code::PAYLOAD_TOO_LARGE
        );
    }
}
