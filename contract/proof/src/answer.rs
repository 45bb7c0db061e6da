//! What is answered: the envelope, the headers, and the texts of refusals.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde_json::{Value, json};

use crate::{faults::Fault, pipeline::Server, routes::Operation};

/// An answer before it has its envelope.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(HeaderName, String)>,
    pub(crate) content: Content,
}

/// What an answer carries.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    Nothing,
    Data(Value),
    /// The rows of a list and what is said about them.
    Page(Value, Value),
    Yaml(String),
    Refusal(Refusal),
    /// What another request was answered, byte for byte.
    Stored(Bytes),
}

impl Answer {
    pub(crate) fn data(data: Value) -> Self {
        Self::of(StatusCode::OK, Content::Data(data))
    }

    pub(crate) const fn of(status: StatusCode, content: Content) -> Self {
        Self {
            status,
            headers: Vec::new(),
            content,
        }
    }

    pub(crate) fn with(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let mut answer = Self::of(refusal.status(), Content::Nothing);
        match &refusal {
            Refusal::NoToken | Refusal::InvalidCredentials => {
                answer = answer.with(header::WWW_AUTHENTICATE, "Bearer realm=\"depot\"");
            }
            Refusal::InvalidToken | Refusal::InvalidKey => {
                let value = "Bearer realm=\"depot\", error=\"invalid_token\"";
                answer = answer.with(header::WWW_AUTHENTICATE, value);
            }
            _ => {}
        }
        answer.content = Content::Refusal(refusal);
        answer
    }
}

/// Why a request is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    Invalid(Vec<Violation>),
    MalformedJson,
    KeyMissing,
    NoToken,
    InvalidToken,
    InvalidKey,
    InvalidCredentials,
    Forbidden,
    InsufficientScope,
    RouteNotFound,
    ParcelNotFound,
    BookingNotFound,
    MethodNotAllowed,
    UndeclaredConflict,
    PreconditionFailed,
    PayloadTooLarge,
    UnsupportedMediaType,
    /// With what would be allowed.
    StatusInvalid(Vec<&'static str>),
    KeyReused,
    TooManyRequests,
    Internal,
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    pub(crate) part: &'static str,
    pub(crate) field: String,
    pub(crate) reason: &'static str,
}

impl Refusal {
    const fn told(&self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Invalid(_) => (400, "VALIDATION_ERROR", "The request breaks the contract"),
            Self::MalformedJson => (400, "MALFORMED_JSON", "The body is no JSON"),
            Self::KeyMissing => (
                400,
                "IDEMPOTENCY_KEY_MISSING",
                "An Idempotency-Key is needed",
            ),
            Self::NoToken => (401, "NO_TOKEN", "Credentials are needed"),
            Self::InvalidToken => (401, "INVALID_TOKEN", "The token does not hold"),
            Self::InvalidKey => (401, "INVALID_API_KEY", "The key does not hold"),
            Self::InvalidCredentials => (401, "INVALID_CREDENTIALS", "Name or secret is wrong"),
            Self::Forbidden => (403, "FORBIDDEN", "The caller may not do this"),
            Self::InsufficientScope => (403, "INSUFFICIENT_SCOPE", "The key may not do this"),
            Self::RouteNotFound => (404, "ROUTE_NOT_FOUND", "There is no such path"),
            Self::ParcelNotFound => (404, "PARCEL_NOT_FOUND", "There is no such parcel"),
            Self::BookingNotFound => (404, "BOOKING_NOT_FOUND", "There is no such booking"),
            Self::MethodNotAllowed => (405, "METHOD_NOT_ALLOWED", "The path has no such method"),
            Self::UndeclaredConflict => (409, "CONFLICT", "The request is in conflict"),
            Self::PreconditionFailed => (412, "PRECONDITION_FAILED", "The parcel has changed"),
            Self::PayloadTooLarge => (413, "PAYLOAD_TOO_LARGE", "The body is too large"),
            Self::UnsupportedMediaType => (415, "UNSUPPORTED_MEDIA_TYPE", "Not such a body"),
            Self::StatusInvalid(_) => (422, "PARCEL_STATUS_INVALID", "There is no such step"),
            Self::KeyReused => (
                422,
                "IDEMPOTENCY_KEY_REUSED",
                "The key is another request's",
            ),
            Self::TooManyRequests => (429, "RATE_LIMIT_EXCEEDED", "Too many requests"),
            Self::Internal => (500, "INTERNAL_ERROR", "The depot failed"),
        }
    }

    fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.told().0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn details(&self) -> Vec<Value> {
        match self {
            Self::Invalid(violations) => violations
                .iter()
                .take(100)
                .map(|violation| {
                    json!({"in": violation.part, "field": violation.field, "reason": violation.reason,
                           "message": "This breaks the contract"})
                })
                .collect(),
            Self::StatusInvalid(allowed) => {
                vec![json!({"field": "status", "reason": "not_allowed", "allowed": allowed,
                            "message": "There is no such step"})]
            }
            _ => Vec::new(),
        }
    }
}

impl Server {
    /// Puts the envelope around an answer and writes it.
    pub(crate) fn write(
        &self,
        operation: Option<Operation>,
        answer: Answer,
        request_id: &str,
    ) -> Response<Full<Bytes>> {
        let media_type = match (&answer.content, operation) {
            (Content::Nothing, _) => None,
            (Content::Yaml(_), _) => Some("application/yaml"),
            (Content::Data(_), Some(Operation::ReadParcel))
                if self.has(Fault::ContentTypeMissing) =>
            {
                None
            }
            (Content::Data(_), Some(Operation::ReadParcel))
                if self.has(Fault::MalformedMediaType) =>
            {
                Some("json")
            }
            (Content::Page(..), _) if self.has(Fault::HtmlForJson) => Some("text/html"),
            _ => Some("application/json"),
        };
        let body = self.body(answer.content, request_id);
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = answer.status;
        let headers = response.headers_mut();
        let given = answer.headers.into_iter();
        let own = media_type.map(|value| (header::CONTENT_TYPE, value.to_owned()));
        let id = (
            HeaderName::from_static("x-request-id"),
            request_id.to_owned(),
        );
        for (name, value) in given.chain(own).chain([id]) {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        response
    }

    /// The bytes of an answer.
    pub(crate) fn body(&self, content: Content, request_id: &str) -> Bytes {
        match content {
            Content::Nothing => Bytes::new(),
            Content::Yaml(text) if self.has(Fault::BrokenYaml) => {
                Bytes::from(text.replace("to: ", "to: ["))
            }
            Content::Yaml(text) => Bytes::from(text),
            Content::Stored(bytes) => bytes,
            Content::Data(data) => self.envelope(&data, None, request_id),
            Content::Page(rows, meta) => {
                let whole = self.envelope(&rows, Some(meta), request_id);
                let end = if self.has(Fault::TruncatedJson) {
                    whole.len() / 2
                } else {
                    whole.len()
                };
                whole.slice(..end)
            }
            Content::Refusal(refusal) => self.refusal(&refusal, request_id),
        }
    }

    fn envelope(&self, data: &Value, meta: Option<Value>, request_id: &str) -> Bytes {
        let mut whole = json!({"success": true, "data": data, "error": null, "requestId": request_id,
                               "timestamp": self.timestamp()});
        if let (Some(meta), Value::Object(fields)) = (meta, &mut whole) {
            fields.insert("meta".to_owned(), meta);
        }
        Bytes::from(whole.to_string())
    }

    fn refusal(&self, refusal: &Refusal, request_id: &str) -> Bytes {
        let (_, code, message) = refusal.told();
        let bare = match refusal {
            Refusal::RouteNotFound => self.has(Fault::BareRoute404),
            Refusal::MethodNotAllowed => self.has(Fault::Bare405),
            Refusal::MalformedJson => self.has(Fault::Bare400),
            Refusal::NoToken => self.has(Fault::Bare401),
            _ => false,
        };
        if bare {
            return Bytes::from(json!({"message": message}).to_string());
        }
        let code = match refusal {
            Refusal::ParcelNotFound if self.has(Fault::UndeclaredCode) => "NOT_FOUND",
            Refusal::NoToken if self.has(Fault::ForeignCode) => "FORBIDDEN",
            Refusal::StatusInvalid(_) if self.has(Fault::RefusalCodeWrong) => "VALIDATION_ERROR",
            _ => code,
        };
        let named = if self.has(Fault::RequestIdDiffers) {
            "req_unknown"
        } else {
            request_id
        };
        let at = self.timestamp();
        let error = json!({"code": code, "message": message, "details": refusal.details(),
                           "requestId": named, "timestamp": at});
        let whole = json!({"success": self.has(Fault::SuccessOnError), "data": null, "error": error,
                           "requestId": named, "timestamp": at});
        Bytes::from(whole.to_string())
    }
}
