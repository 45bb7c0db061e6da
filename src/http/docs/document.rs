//! The document of version 1 in its forms, with validators and compressed copies made once.

use std::{fmt::Write, io, sync::LazyLock};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::http::compression::Coding;

const YAML: &str = include_str!("../../../openapi/v1.yaml");
const OPENAPI_30: &str = include_str!("../../../openapi/v1-3.0.json");

static JSON: LazyLock<Result<String, UnreadableDocument>> = LazyLock::new(convert);

/// A form of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The file, byte for byte.
    Yaml,
    /// The same in JSON.
    Json,
    /// Derived, for tools that know OpenAPI 3.0 only.
    OpenApi30,
}

/// The checked-in document is not one. A test keeps this from happening.
#[derive(Debug, Clone, thiserror::Error)]
#[error("openapi/v1.yaml cannot be read: {0}")]
pub struct UnreadableDocument(String);

/// Returns the document of version 1 in a form.
///
/// # Errors
/// When the checked-in document is not well-formed.
pub fn text(format: Format) -> Result<&'static str, UnreadableDocument> {
    match format {
        Format::Yaml => Ok(YAML),
        Format::Json => JSON.as_deref().map_err(Clone::clone),
        Format::OpenApi30 => Ok(OPENAPI_30),
    }
}

/// Reads the document into utoipa's types, for code that wants to look into it.
///
/// # Errors
/// When utoipa does not understand it.
pub fn typed() -> Result<utoipa::openapi::OpenApi, UnreadableDocument> {
    serde_json::from_str(text(Format::Json)?).map_err(|error| UnreadableDocument(error.to_string()))
}

/// Keeps the order of the file: people read this form too.
fn convert() -> Result<String, UnreadableDocument> {
    let tree: yaml_serde::Value =
        yaml_serde::from_str(YAML).map_err(|error| UnreadableDocument(error.to_string()))?;
    serde_json::to_string(&tree).map_err(|error| UnreadableDocument(error.to_string()))
}

/// A document as it goes over the wire.
#[derive(Debug)]
pub(in crate::http) struct Document {
    pub(in crate::http) media: &'static str,
    pub(in crate::http) plain: Copy,
    pub(in crate::http) gzip: Copy,
    pub(in crate::http) brotli: Copy,
}

/// The bytes of one coding, with the validator of exactly these bytes.
#[derive(Debug)]
pub(in crate::http) struct Copy {
    pub(in crate::http) bytes: Bytes,
    pub(in crate::http) etag: String,
}

impl Document {
    /// Returns a form of the document; made at its first use, kept for good.
    pub(in crate::http) fn of(format: Format) -> Option<&'static Self> {
        static YAML_COPIES: LazyLock<Option<Document>> =
            LazyLock::new(|| Document::make(Format::Yaml));
        static JSON_COPIES: LazyLock<Option<Document>> =
            LazyLock::new(|| Document::make(Format::Json));
        static OPENAPI_30_COPIES: LazyLock<Option<Document>> =
            LazyLock::new(|| Document::make(Format::OpenApi30));
        match format {
            Format::Yaml => YAML_COPIES.as_ref(),
            Format::Json => JSON_COPIES.as_ref(),
            Format::OpenApi30 => OPENAPI_30_COPIES.as_ref(),
        }
    }

    fn make(format: Format) -> Option<Self> {
        let media = match format {
            Format::Yaml => "application/yaml",
            Format::Json | Format::OpenApi30 => "application/json",
        };
        let copies = || -> io::Result<Self> {
            let text = text(format).map_err(io::Error::other)?;
            Ok(Self {
                media,
                plain: Copy::new(Bytes::from_static(text.as_bytes()), ""),
                gzip: Copy::new(Coding::Gzip.encode(text.as_bytes())?.into(), "-gzip"),
                brotli: Copy::new(Coding::Brotli.encode(text.as_bytes())?.into(), "-br"),
            })
        };
        copies()
            .inspect_err(|error| tracing::error!(%error, "a document cannot be served"))
            .ok()
    }
}

impl Copy {
    fn new(bytes: Bytes, suffix: &str) -> Self {
        Self {
            etag: etag(&bytes, suffix),
            bytes,
        }
    }
}

/// A strong validator: the beginning of the hash of the bytes.
pub(super) fn etag(bytes: &[u8], suffix: &str) -> String {
    let mut text = String::from("\"");
    for byte in Sha256::digest(bytes).iter().take(12) {
        let _ = write!(text, "{byte:02x}");
    }
    text + suffix + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utoipa_reads_the_document() {
        let document = typed().unwrap();
        assert_eq!(document.info.title, "Waybill API");
        assert!(
            document
                .paths
                .paths
                .contains_key("/api/v1/orders/{orderId}/pay")
        );
    }

    #[test]
    fn json_means_the_same_as_yaml() {
        let json: serde_json::Value = serde_json::from_str(text(Format::Json).unwrap()).unwrap();
        let yaml: serde_json::Value = yaml_serde::from_str(YAML).unwrap();
        assert_eq!(json, yaml);
    }
}
