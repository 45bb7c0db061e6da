//! Swagger UI out of the binary.

use std::{
    collections::HashMap,
    io::Read,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use bytes::Bytes;
use flate2::read::GzDecoder;

use super::document::etag;
use crate::http::compression::Coding;

/// The page runs the scripts that this server sends and talks to this server; styles are also set by script.
pub(in crate::http) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Lets the reader of the page decide whether the browser keeps a credential.
const KEEP_AUTHORIZATION: (&str, &str) = (
    "keep-authorization.js",
    include_str!("keep_authorization.js"),
);

static CONFIG: LazyLock<Arc<utoipa_swagger_ui::Config<'static>>> = LazyLock::new(|| {
    Arc::new(
        utoipa_swagger_ui::Config::new(["/openapi/v1.json"])
            // A token in the browser's storage outlives the session and is open to every script of the origin.
            .persist_authorization(false)
            .try_it_out_enabled(true)
            .display_operation_id(true)
            .display_request_duration(true)
            .filter(true)
            // The default sends the document to a public service.
            .validator_url("none"),
    )
});

/// A file of the page, plain and compressed.
#[derive(Debug)]
pub(in crate::http) struct Swagger {
    pub(in crate::http) media: String,
    pub(in crate::http) plain: Bytes,
    /// Nothing where compression does not help (images).
    pub(in crate::http) gzip: Option<Bytes>,
    pub(in crate::http) etag: String,
}

impl Swagger {
    /// Returns the file at a path below `/docs/`; made at its first use, kept for good.
    pub(in crate::http) fn file(path: &str) -> Option<Arc<Self>> {
        static FILES: LazyLock<Mutex<HashMap<String, Arc<Swagger>>>> =
            LazyLock::new(Mutex::default);
        let files = || FILES.lock().unwrap_or_else(PoisonError::into_inner);
        let known = files().get(path).cloned();
        if known.is_some() {
            return known;
        }
        // Only files that exist are kept, and there are a dozen of them.
        let file = Arc::new(Self::make(path)?);
        files().insert(path.to_owned(), Arc::clone(&file));
        Some(file)
    }

    fn make(path: &str) -> Option<Self> {
        let (name, script) = KEEP_AUTHORIZATION;
        if path == name {
            return Some(Self::of(
                "text/javascript",
                Bytes::from_static(script.as_bytes()),
            ));
        }
        let found = utoipa_swagger_ui::serve(path, Arc::clone(&CONFIG));
        let file = found
            .inspect_err(|error| tracing::error!(%error, "a page cannot be served"))
            .ok()??;
        let bytes = Bytes::from(file.bytes.into_owned());
        let plain = if file.gzpipped {
            unpack(&bytes)?
        } else {
            bytes
        };
        let is_page = matches!(path, "" | "index.html");
        let plain = if is_page {
            with_script(&plain, name)?
        } else {
            plain
        };
        Some(Self::of(&file.content_type, plain))
    }

    fn of(media: &str, plain: Bytes) -> Self {
        let is_text = media.starts_with("text/") || media.contains("javascript");
        let gzip = if is_text {
            Coding::Gzip.encode(&plain).ok().map(Bytes::from)
        } else {
            None
        };
        Self {
            etag: etag(&plain, ""),
            media: media.to_owned(),
            plain,
            gzip,
        }
    }
}

/// The page with a script of ours after those of Swagger UI.
fn with_script(page: &[u8], script: &str) -> Option<Bytes> {
    let (before, after) = std::str::from_utf8(page).ok()?.split_once("</body>")?;
    let page = format!("{before}  <script src=\"./{script}\"></script>\n  </body>{after}");
    Some(page.into())
}

fn unpack(bytes: &[u8]) -> Option<Bytes> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).ok()?;
    Some(plain.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_needs_no_other_host_and_keeps_no_token() {
        let page = Swagger::file("").unwrap();
        let page = std::str::from_utf8(&page.plain).unwrap();
        assert!(
            page.contains("swagger-ui-bundle.js")
                && !page.contains("http://")
                && !page.contains("https://")
        );
        assert!(page.contains("<script src=\"./keep-authorization.js\">"));
        assert!(Swagger::file("keep-authorization.js").is_some());
        let config = Swagger::file("swagger-initializer.js").unwrap();
        let config = std::str::from_utf8(&config.plain).unwrap();
        assert!(config.contains("\"/openapi/v1.json\""), "{config}");
        assert!(
            config.contains("\"persistAuthorization\": false"),
            "{config}"
        );
        assert!(config.contains("\"tryItOutEnabled\": true"), "{config}");
        assert!(!config.contains("petstore"), "{config}");
    }

    #[test]
    fn nothing_outside_the_page_is_found() {
        for path in ["../Cargo.toml", "swagger-ui-bundle.js/../../x", "nonsense"] {
            assert!(Swagger::file(path).is_none(), "{path}");
        }
    }
}
