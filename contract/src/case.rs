//! A request that is to be sent, and why.

use std::{collections::BTreeMap, fmt, sync::Arc};

use bytes::Bytes;
use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    api::{Location, Operation},
    document::Place,
};

/// The parts of a run, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum)]
pub enum Phase {
    /// The document's examples and the fixtures.
    Examples,
    /// Every keyword, deterministically.
    Coverage,
    /// Data made at random from the schemas, from a seed. Schemathesis calls it fuzzing.
    #[value(alias = "fuzzing")]
    Random,
    /// Operations one after another, on what the ones before made.
    Stateful,
    /// Who is let in, and to whose objects.
    Auth,
    /// What the extensions declare.
    Laws,
    /// Requests of a recording, sent again. `--from` chooses it.
    #[value(skip)]
    Recording,
}

/// Whether data keeps to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mode {
    /// It does.
    Positive,
    /// It does not, on purpose.
    Negative,
}

/// A request that is to be sent. Texts are raw: they are escaped when they are sent.
#[derive(Debug, Clone)]
pub struct Case {
    /// Names the case in reports; unique in a run.
    pub id: String,
    /// What it is about.
    pub operation: Arc<Operation>,
    /// The operation's method, unless another one is tried.
    pub method: String,
    /// Texts of the path parameters by name.
    pub path: IndexMap<String, String>,
    /// Query parameters, in order; a name may come twice.
    pub query: Vec<(String, String)>,
    /// Headers, without those of credentials and of the body.
    pub headers: Vec<(String, String)>,
    /// Cookies, without those of credentials.
    pub cookies: Vec<(String, String)>,
    /// The body.
    pub body: Option<Payload>,
    /// On whose behalf.
    pub credentials: Credentials,
    /// Where it comes from and what is expected.
    pub origin: Origin,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// What `Content-Type` says; empty: the header is left out.
    pub media_type: String,
    /// What is sent.
    pub content: Content,
}

/// The content of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A value, written as JSON. Shrinking and reports understand it.
    Json(Value),
    /// Bytes as they are.
    Bytes(Bytes),
}

/// On whose behalf a request is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// The first principal who may call the operation.
    Usual,
    /// Nobody's: no credentials at all.
    None,
    /// A principal by name.
    Of(String),
    /// Credentials that name nobody: scheme and secret to be sent.
    Forged {
        /// The security scheme.
        scheme: String,
        /// What is sent as the secret.
        secret: String,
    },
    /// Written out by the case itself, among its headers, query or cookies.
    Own,
}

/// Where a case comes from and what is expected of it.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The phase that made it.
    pub phase: Phase,
    /// Whether the request as a whole keeps to the document.
    pub mode: Mode,
    /// What was done, in the words of reports ("String longer than maxLength").
    pub description: String,
    /// The kind of deviation, in snake case, for statistics (`string_above_max_length`); empty for none.
    pub scenario: String,
    /// The part of the request that it is about.
    pub location: Option<Location>,
    /// The parameter or the pointer into the body that it is about.
    pub parameter: Option<String>,
    /// The place in the document that it is about; the operation's own when there is none.
    pub place: Option<Place>,
    /// Which parts of the request keep to the document.
    pub components: BTreeMap<Location, Mode>,
    /// What the answer must be, beyond the document.
    pub expectation: Option<Expectation>,
    /// The seed from which this very case can be made again.
    pub seed: u64,
    /// The case before it, in a sequence.
    pub parent: Option<String>,
}

/// What is expected of a single answer, because of what went before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// The resource was deleted: it must not be served any more.
    Gone {
        /// The request that deleted it (`DELETE /orders/1 → 204`).
        deleted_by: String,
    },
    /// The resource was created: it must be there.
    There {
        /// The request that created it.
        created_by: String,
    },
    /// Credentials are missing, forged or of the wrong kind: the caller must not be let in.
    Unauthenticated {
        /// What is wrong with them ("no credentials").
        defect: String,
    },
    /// The caller is known and may not call this operation.
    Forbidden {
        /// Who it is and what they lack.
        lack: String,
    },
    /// The object belongs to somebody else: it must not be served.
    SomebodyElses {
        /// Whose it is.
        owner: String,
        /// Who asks.
        caller: String,
    },
    /// One of these statuses (a fixture says so).
    Status(Vec<u16>),
    /// The server may refuse the request with one of these statuses, or end the connection, though the request keeps to
    /// the document; or else it takes it as any other.
    MayRefuse(Vec<u16>),
}

impl Case {
    /// A request for an operation with nothing in it yet.
    #[must_use]
    pub fn new(id: String, operation: &Arc<Operation>, phase: Phase, seed: u64) -> Self {
        Self {
            id,
            operation: Arc::clone(operation),
            method: operation.method.clone(),
            path: IndexMap::new(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
            credentials: Credentials::Usual,
            origin: Origin {
                phase,
                mode: Mode::Positive,
                description: String::new(),
                scenario: String::new(),
                location: None,
                parameter: None,
                place: None,
                components: BTreeMap::new(),
                expectation: None,
                seed,
                parent: None,
            },
        }
    }

    /// The place in the document that the case is about.
    #[must_use]
    pub fn place(&self) -> &Place {
        self.origin.place.as_ref().unwrap_or(&self.operation.place)
    }

    /// The value of a header, whatever the case of its name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// Sets a header, in place of one with the same name.
    pub fn set_header(&mut self, name: &str, value: impl Into<String>) {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.into()));
    }

    /// Puts a value as the JSON body.
    pub fn set_json(&mut self, value: Value) {
        let media_type = self.operation.body.as_ref().and_then(|body| {
            body.media
                .keys()
                .find(|name| crate::api::Media::is_json(name))
        });
        self.body = Some(Payload {
            media_type: media_type
                .map_or("application/json", String::as_str)
                .to_owned(),
            content: Content::Json(value),
        });
    }
}

impl Payload {
    /// The bytes that are sent.
    #[must_use]
    pub fn bytes(&self) -> Bytes {
        match &self.content {
            // Serializing a value cannot fail.
            Content::Json(value) => serde_json::to_vec(value).unwrap_or_default().into(),
            Content::Bytes(bytes) => bytes.clone(),
        }
    }

    /// The value, when it is JSON.
    #[must_use]
    pub fn json(&self) -> Option<&Value> {
        match &self.content {
            Content::Json(value) => Some(value),
            Content::Bytes(_) => None,
        }
    }
}

impl Phase {
    /// The name in reports and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Examples => "examples",
            Self::Coverage => "coverage",
            Self::Random => "random",
            Self::Stateful => "stateful",
            Self::Auth => "auth",
            Self::Laws => "laws",
            Self::Recording => "recording",
        }
    }

    /// The name in the formats that Schemathesis made.
    #[must_use]
    pub fn schemathesis(self) -> &'static str {
        match self {
            Self::Random => "fuzzing",
            other => other.as_str(),
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Mode {
    /// As reports write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
        }
    }
}
