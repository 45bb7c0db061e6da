//! `ETag`, `If-Match` and `If-None-Match` (RFC 9110, section 13).

use http::HeaderMap;

use crate::{answer::Refusal, depot::Parcel, faults::Fault, pipeline::Server};

impl Server {
    /// The validator of a parcel as it stands.
    pub(crate) fn etag(&self, parcel: &Parcel) -> String {
        if self.has(Fault::EtagChangesAlone) {
            return format!("\"{:x}-{}\"", parcel.id, self.next_request());
        }
        let version = if self.has(Fault::EtagSurvivesChange) {
            1
        } else {
            parcel.version
        };
        format!("\"{:x}-{version}\"", parcel.id)
    }

    /// Whether the caller has this version already.
    pub(crate) fn is_known(&self, headers: &HeaderMap, etag: &str) -> bool {
        let Some(value) = text(headers, "if-none-match") else {
            return false;
        };
        // Weak comparison: the mark in front does not count here.
        let mut tags = value
            .split(',')
            .map(|tag| tag.trim().trim_start_matches("W/"));
        !self.has(Fault::NotModifiedMissing) && (value.trim() == "*" || tags.any(|tag| tag == etag))
    }

    /// Refuses a change that was made from another version.
    pub(crate) fn must_match(&self, headers: &HeaderMap, etag: &str) -> Result<(), Refusal> {
        let Some(value) = text(headers, "if-match") else {
            return Ok(());
        };
        if self.has(Fault::StaleMatchAccepted) {
            return Ok(());
        }
        let is_star = value.trim() == "*" && !self.has(Fault::StarRefused);
        let matches = if self.has(Fault::EtagListRefused) {
            value.trim() == etag
        } else {
            value.split(',').any(|tag| tag.trim() == etag)
        };
        if is_star || matches {
            Ok(())
        } else {
            Err(Refusal::PreconditionFailed)
        }
    }
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}
