//! Compression of finished texts: gzip and brotli, never of streams.
//!
//! The `ETag` stays as it is: clients send it back in `If-Match`, where only a strong one counts, and it names the
//! state of a resource, not the bytes of one transfer. `Vary` keeps caches from mixing the codings up.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{
    HeaderMap, HeaderValue,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY},
};
use http_body_util::{BodyExt, Full};
use hyper::body::Body as _;

use super::connection::Body;

/// Below this, a compressed answer is no faster.
const SMALLEST_BYTES: u64 = 1024;

/// Above this, compressing would keep other requests of the thread waiting.
const INLINE_BYTES: u64 = 128 * 1024;

const GZIP_LEVEL: u32 = 6;
/// As fast as gzip 6, and smaller.
const BROTLI_LEVEL: u32 = 4;
const BROTLI_WINDOW_BITS: u32 = 20;

/// A coding of contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Brotli,
}

impl Coding {
    /// Returns the name in `Content-Encoding`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// Chooses what the client likes best; brotli where it likes both alike.
    pub(super) fn accepted(headers: &HeaderMap) -> Option<Self> {
        if headers.contains_key("x-no-compression") {
            return None;
        }
        let lines = headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|line| line.to_str().ok());
        let mut best: Option<(u16, Self)> = None;
        for item in lines.flat_map(|line| line.split(',')) {
            let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
            let coding = match name.trim() {
                "br" => Self::Brotli,
                "gzip" | "x-gzip" | "*" => Self::Gzip,
                _ => continue,
            };
            let weight = weight(parameters);
            let is_better = best.is_none_or(|(best_weight, best_coding)| {
                weight > best_weight || (weight == best_weight && best_coding == Self::Gzip)
            });
            if weight > 0 && is_better {
                best = Some((weight, coding));
            }
        }
        best.map(|(_, coding)| coding)
    }

    /// Compresses a whole text.
    pub(super) fn encode(self, plain: &[u8]) -> io::Result<Vec<u8>> {
        let room = Vec::with_capacity(plain.len() / 3);
        match self {
            Self::Gzip => {
                let mut encoder = GzEncoder::new(room, Compression::new(GZIP_LEVEL));
                encoder.write_all(plain)?;
                encoder.finish()
            }
            Self::Brotli => {
                let mut encoder =
                    brotli::CompressorWriter::new(room, 4096, BROTLI_LEVEL, BROTLI_WINDOW_BITS);
                encoder.write_all(plain)?;
                encoder.flush()?;
                Ok(encoder.into_inner())
            }
        }
    }
}

/// Compresses an answer when it is a finished text of some length and the client takes it.
pub(super) async fn compress(
    response: hyper::Response<Body>,
    accepted: Option<Coding>,
) -> hyper::Response<Body> {
    // A stream does not know its length.
    let Some(length) = response
        .body()
        .size_hint()
        .exact()
        .filter(|length| *length > SMALLEST_BYTES)
    else {
        return response;
    };
    if !is_text(response.headers()) || response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    parts
        .headers
        .append(VARY, HeaderValue::from_static("accept-encoding"));
    let Some(coding) = accepted else {
        return hyper::Response::from_parts(parts, body);
    };
    let plain = match body.collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be read");
            Bytes::new()
        }
    };
    let encoded = encode(coding, plain.clone(), length).await;
    let bytes = match encoded {
        Some(encoded) => {
            parts
                .headers
                .insert(CONTENT_ENCODING, HeaderValue::from_static(coding.as_str()));
            parts.headers.remove(CONTENT_LENGTH);
            encoded
        }
        None => plain,
    };
    hyper::Response::from_parts(parts, full(bytes))
}

/// Makes a body of bytes.
pub(super) fn full(bytes: Bytes) -> Body {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

async fn encode(coding: Coding, plain: Bytes, length: u64) -> Option<Bytes> {
    let outcome = if length <= INLINE_BYTES {
        coding.encode(&plain)
    } else {
        tokio::task::spawn_blocking(move || coding.encode(&plain))
            .await
            .unwrap_or_else(|error| Err(error.into()))
    };
    outcome
        .inspect_err(|error| tracing::error!(%error, "an answer could not be compressed"))
        .ok()
        .map(Bytes::from)
}

/// Texts; never `text/event-stream`, whose events must not wait for each other.
fn is_text(headers: &HeaderMap) -> bool {
    let Some(media) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let media = media.split(';').next().unwrap_or_default().trim();
    let listed = [
        "application/json",
        "application/yaml",
        "application/javascript",
        "image/svg+xml",
    ];
    media != "text/event-stream"
        && (media.starts_with("text/") || listed.contains(&media) || media.ends_with("+json"))
}

/// Reads `q=0.8` in thousandths; what is malformed counts as not wanted.
fn weight(parameters: &str) -> u16 {
    let Some(q) = parameters
        .split(';')
        .find_map(|parameter| parameter.trim().strip_prefix("q="))
    else {
        return 1000;
    };
    let (whole, fraction) = q.trim().split_once('.').unwrap_or((q.trim(), ""));
    let Ok(thousandths) = format!("{fraction:0<3.3}").parse::<u16>() else {
        return 0;
    };
    match whole {
        "1" => 1000,
        "0" => thousandths,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn accepted(value: &str) -> Option<Coding> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, value.parse().unwrap());
        Coding::accepted(&headers)
    }

    #[test]
    fn the_client_decides_by_weight() {
        assert_eq!(accepted("gzip, deflate, br"), Some(Coding::Brotli));
        assert_eq!(accepted("br;q=0.5, gzip;q=0.8"), Some(Coding::Gzip));
        assert_eq!(accepted("br;q=0, gzip;q=0"), None);
        assert_eq!(accepted("identity"), None);
        assert_eq!(accepted("*"), Some(Coding::Gzip));
        assert_eq!(accepted("br;q=nonsense"), None);
        assert_eq!(accepted(""), None);
    }

    async fn compressed(
        bytes: usize,
        media: &'static str,
        coding: Option<Coding>,
    ) -> hyper::Response<Body> {
        let text = Bytes::from("lorem ipsum ".repeat(bytes / 12 + 1).into_bytes()).slice(..bytes);
        let mut response = hyper::Response::new(full(text));
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media));
        compress(response, coding).await
    }

    #[tokio::test]
    async fn only_texts_over_a_kilobyte_are_compressed() {
        let json = "application/json; charset=utf-8";
        for (bytes, media, expected) in [
            (1024, json, false),
            (1025, json, true),
            (5000, "image/png", false),
            (5000, "text/event-stream", false),
        ] {
            let response = compressed(bytes, media, Some(Coding::Gzip)).await;
            assert_eq!(
                response.headers().contains_key(CONTENT_ENCODING),
                expected,
                "{bytes} {media}"
            );
            assert_eq!(response.headers().contains_key(VARY), expected);
        }
    }

    #[tokio::test]
    async fn what_was_compressed_can_be_read_again() {
        for coding in [Coding::Gzip, Coding::Brotli] {
            let body = compressed(300_000, "text/plain", Some(coding))
                .await
                .into_body()
                .collect()
                .await
                .unwrap()
                .to_bytes();
            let mut plain = String::new();
            match coding {
                Coding::Gzip => flate2::read::GzDecoder::new(&*body)
                    .read_to_string(&mut plain)
                    .unwrap(),
                Coding::Brotli => brotli::Decompressor::new(&*body, 4096)
                    .read_to_string(&mut plain)
                    .unwrap(),
            };
            assert!(plain.len() == 300_000 && plain.starts_with("lorem ipsum"));
        }
    }
}
