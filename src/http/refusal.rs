//! The envelope for what no operation answers: too large, no such page, a panic, a foreign origin.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use openapi_runtime::{Failure, ReplyContext, envelope};

use super::connection::Body;

/// Why a request is refused outside the operations.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

/// When it is worth asking a server again that is not ready.
const NOT_READY_FOR: Duration = Duration::from_secs(1);

impl Refusal {
    pub(super) const NOT_FOUND: Self = Self {
        status: StatusCode::NOT_FOUND,
        code: "ROUTE_NOT_FOUND",
        message: "There is nothing at this path",
    };
    pub(super) const METHOD_NOT_ALLOWED: Self = Self {
        status: StatusCode::METHOD_NOT_ALLOWED,
        code: "METHOD_NOT_ALLOWED",
        message: "This path does not have this method",
    };
    pub(super) const FOREIGN_ORIGIN: Self = Self {
        status: StatusCode::FORBIDDEN,
        code: "FORBIDDEN",
        message: "Pages of this origin may not call this server",
    };
    pub(super) const INTERNAL: Self = Self {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        code: "INTERNAL_ERROR",
        message: "Something went wrong on our side",
    };
    pub(super) const NOT_READY: Self = Self {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code: "SERVICE_UNAVAILABLE",
        message: "The server is not ready",
    };
    pub(super) const OVERLOADED: Self = Self {
        status: StatusCode::SERVICE_UNAVAILABLE,
        code: "SERVICE_UNAVAILABLE",
        message: "Too many requests at once, try again shortly",
    };
    pub(super) const URI_TOO_LONG: Self = Self {
        status: StatusCode::URI_TOO_LONG,
        code: "URI_TOO_LONG",
        message: "The address is longer than 8 KiB",
    };
    pub(super) const HEADERS_TOO_LARGE: Self = Self {
        status: StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        code: "HEADERS_TOO_LARGE",
        message: "The headers are larger than 16 KiB or more than 100",
    };
    pub(super) const NOT_HTTP: Self = Self {
        status: StatusCode::BAD_REQUEST,
        code: "VALIDATION_ERROR",
        message: "The request is not well-formed HTTP",
    };

    /// Writes the answer.
    pub(super) fn response(self, cx: &ReplyContext) -> hyper::Response<Body> {
        envelope::failure(self.status.as_u16(), &self.failure(), cx).into()
    }

    /// Writes the answer, with the time after which another try is worth it.
    pub(super) fn response_with(
        self,
        retry_after: Duration,
        cx: &ReplyContext,
    ) -> hyper::Response<Body> {
        let failure = self.failure().with_retry_after(retry_after);
        envelope::failure(self.status.as_u16(), &failure, cx).into()
    }

    /// Writes the body of the answer.
    pub(super) fn body(self, cx: &ReplyContext) -> Bytes {
        envelope::bytes(&self.failure(), cx, None)
    }

    fn failure(self) -> Failure {
        let failure = Failure::new(self.code, self.message);
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            return failure.with_retry_after(NOT_READY_FOR);
        }
        failure
    }
}
