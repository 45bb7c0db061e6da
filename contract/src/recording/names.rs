//! The names in recordings, Schemathesis's and our own: of phases, modes, parts and kinds of requests, and of headers.

use crate::{
    api::Location,
    case::{Mode, Phase},
};

/// The phase with a name of Schemathesis or of our own.
pub(super) fn phase(name: &str) -> Option<Phase> {
    [
        Phase::Examples,
        Phase::Coverage,
        Phase::Random,
        Phase::Stateful,
        Phase::Auth,
        Phase::Laws,
        Phase::Recording,
    ]
    .into_iter()
    .find(|phase| phase.as_str() == name || phase.schemathesis() == name)
}

/// Whether a request kept to the document, by the name for it.
pub(super) fn mode(name: &str) -> Option<Mode> {
    [Mode::Positive, Mode::Negative]
        .into_iter()
        .find(|mode| mode.as_str() == name)
}

/// The part of a request with a name; bodies count as one.
pub(super) fn location(name: &str) -> Option<Location> {
    let name = name.to_ascii_lowercase();
    if name == Location::Body.as_str() {
        return Some(Location::Body);
    }
    Location::parse(&name)
}

/// The kind of a case by what Schemathesis says was done, where checks need to know: cassettes do not name it.
pub(super) fn scenario(description: &str) -> &'static str {
    if description.starts_with("Unspecified HTTP method") {
        "unspecified_http_method"
    } else if description.starts_with("Unsupported Content-Type") {
        "unsupported_content_type"
    } else if description.starts_with("Malformed Content-Type")
        || description.contains("without boundary")
    {
        "malformed_content_type"
    } else if description.starts_with("Missing `") && description.contains("` at ") {
        "missing_parameter"
    } else {
        ""
    }
}

/// Names of received headers, as a transport gives them.
pub(super) fn lower(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let headers = headers.into_iter();
    headers
        .map(|(name, value)| (name.to_ascii_lowercase(), value))
        .collect()
}
