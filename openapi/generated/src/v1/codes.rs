//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The codes of errors.

use openapi_runtime as rt;

/// What went wrong, for programs to act on. Each status of each operation lists the codes that can stand behind
/// it; a client should treat one that it does not know like the status alone. (openapi/v1.yaml:4228)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ErrorCode {
    /// `VALIDATION_ERROR` (openapi/v1.yaml:4233)
    ValidationError,
    /// `MALFORMED_JSON` (openapi/v1.yaml:4234)
    MalformedJson,
    /// `IDEMPOTENCY_KEY_MISSING` (openapi/v1.yaml:4235)
    IdempotencyKeyMissing,
    /// `API_VERSION_MISMATCH` (openapi/v1.yaml:4236)
    ApiVersionMismatch,
    /// `INVALID_CURSOR` (openapi/v1.yaml:4237)
    InvalidCursor,
    /// `NO_TOKEN` (openapi/v1.yaml:4238)
    NoToken,
    /// `INVALID_TOKEN` (openapi/v1.yaml:4239)
    InvalidToken,
    /// `INVALID_API_KEY` (openapi/v1.yaml:4240)
    InvalidApiKey,
    /// `INVALID_CREDENTIALS` (openapi/v1.yaml:4241)
    InvalidCredentials,
    /// `REFRESH_TOKEN_INVALID` (openapi/v1.yaml:4242)
    RefreshTokenInvalid,
    /// `REFRESH_TOKEN_REUSED` (openapi/v1.yaml:4243)
    RefreshTokenReused,
    /// `INSUFFICIENT_FUNDS` (openapi/v1.yaml:4244)
    InsufficientFunds,
    /// `PAYMENT_DECLINED` (openapi/v1.yaml:4245)
    PaymentDeclined,
    /// `FORBIDDEN` (openapi/v1.yaml:4246)
    Forbidden,
    /// `INSUFFICIENT_SCOPE` (openapi/v1.yaml:4247)
    InsufficientScope,
    /// `FIELD_FORBIDDEN` (openapi/v1.yaml:4248)
    FieldForbidden,
    /// `SELF_APPROVAL_FORBIDDEN` (openapi/v1.yaml:4249)
    SelfApprovalForbidden,
    /// `ROUTE_NOT_FOUND` (openapi/v1.yaml:4250)
    RouteNotFound,
    /// `USER_NOT_FOUND` (openapi/v1.yaml:4251)
    UserNotFound,
    /// `PRODUCT_NOT_FOUND` (openapi/v1.yaml:4252)
    ProductNotFound,
    /// `ORDER_NOT_FOUND` (openapi/v1.yaml:4253)
    OrderNotFound,
    /// `COUPON_NOT_FOUND` (openapi/v1.yaml:4254)
    CouponNotFound,
    /// `API_KEY_NOT_FOUND` (openapi/v1.yaml:4255)
    ApiKeyNotFound,
    /// `WEBHOOK_NOT_FOUND` (openapi/v1.yaml:4256)
    WebhookNotFound,
    /// `DELIVERY_NOT_FOUND` (openapi/v1.yaml:4257)
    DeliveryNotFound,
    /// `APPROVAL_NOT_FOUND` (openapi/v1.yaml:4258)
    ApprovalNotFound,
    /// `INVOICE_NOT_FOUND` (openapi/v1.yaml:4259)
    InvoiceNotFound,
    /// `PROMPT_NOT_FOUND` (openapi/v1.yaml:4260)
    PromptNotFound,
    /// `METHOD_NOT_ALLOWED` (openapi/v1.yaml:4261)
    MethodNotAllowed,
    /// `NOT_ACCEPTABLE` (openapi/v1.yaml:4262)
    NotAcceptable,
    /// `EMAIL_ALREADY_EXISTS` (openapi/v1.yaml:4263)
    EmailAlreadyExists,
    /// `SKU_ALREADY_EXISTS` (openapi/v1.yaml:4264)
    SkuAlreadyExists,
    /// `COUPON_ALREADY_EXISTS` (openapi/v1.yaml:4265)
    CouponAlreadyExists,
    /// `ORDER_ALREADY_PAID` (openapi/v1.yaml:4266)
    OrderAlreadyPaid,
    /// `OUT_OF_STOCK` (openapi/v1.yaml:4267)
    OutOfStock,
    /// `IDEMPOTENCY_KEY_IN_USE` (openapi/v1.yaml:4268)
    IdempotencyKeyInUse,
    /// `APPROVAL_ALREADY_DECIDED` (openapi/v1.yaml:4269)
    ApprovalAlreadyDecided,
    /// `PRODUCT_HAS_OPEN_ORDERS` (openapi/v1.yaml:4270)
    ProductHasOpenOrders,
    /// `WEBHOOK_LIMIT_REACHED` (openapi/v1.yaml:4271)
    WebhookLimitReached,
    /// `API_VERSION_GONE` (openapi/v1.yaml:4272)
    ApiVersionGone,
    /// `PRECONDITION_FAILED` (openapi/v1.yaml:4273)
    PreconditionFailed,
    /// `PAYLOAD_TOO_LARGE` (openapi/v1.yaml:4274)
    PayloadTooLarge,
    /// `TEXT_TOO_LONG` (openapi/v1.yaml:4275)
    TextTooLong,
    /// `URI_TOO_LONG` (openapi/v1.yaml:4276)
    UriTooLong,
    /// `UNSUPPORTED_MEDIA_TYPE` (openapi/v1.yaml:4277)
    UnsupportedMediaType,
    /// `ORDER_STATUS_INVALID` (openapi/v1.yaml:4278)
    OrderStatusInvalid,
    /// `IDEMPOTENCY_KEY_REUSED` (openapi/v1.yaml:4279)
    IdempotencyKeyReused,
    /// `COUPON_INVALID` (openapi/v1.yaml:4280)
    CouponInvalid,
    /// `COUPON_EXPIRED` (openapi/v1.yaml:4281)
    CouponExpired,
    /// `COUPON_EXHAUSTED` (openapi/v1.yaml:4282)
    CouponExhausted,
    /// `CURRENCY_MISMATCH` (openapi/v1.yaml:4283)
    CurrencyMismatch,
    /// `LIMIT_EXCEEDED` (openapi/v1.yaml:4284)
    LimitExceeded,
    /// `REFUND_EXCEEDS_PAYMENT` (openapi/v1.yaml:4285)
    RefundExceedsPayment,
    /// `STOCK_BELOW_RESERVED` (openapi/v1.yaml:4286)
    StockBelowReserved,
    /// `WEBHOOK_URL_FORBIDDEN` (openapi/v1.yaml:4287)
    WebhookUrlForbidden,
    /// `SCOPE_NOT_ALLOWED` (openapi/v1.yaml:4288)
    ScopeNotAllowed,
    /// `PASSWORD_TOO_COMMON` (openapi/v1.yaml:4289)
    PasswordTooCommon,
    /// `LAST_ADMIN` (openapi/v1.yaml:4290)
    LastAdmin,
    /// `APPROVAL_EXPIRED` (openapi/v1.yaml:4291)
    ApprovalExpired,
    /// `RATE_LIMIT_EXCEEDED` (openapi/v1.yaml:4292)
    RateLimitExceeded,
    /// `HEADERS_TOO_LARGE` (openapi/v1.yaml:4293)
    HeadersTooLarge,
    /// `INTERNAL_ERROR` (openapi/v1.yaml:4294)
    InternalError,
    /// `SERVICE_UNAVAILABLE` (openapi/v1.yaml:4295)
    ServiceUnavailable,
    /// `TIMEOUT` (openapi/v1.yaml:4296)
    Timeout,
}

impl ErrorCode {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::ValidationError,
        Self::MalformedJson,
        Self::IdempotencyKeyMissing,
        Self::ApiVersionMismatch,
        Self::InvalidCursor,
        Self::NoToken,
        Self::InvalidToken,
        Self::InvalidApiKey,
        Self::InvalidCredentials,
        Self::RefreshTokenInvalid,
        Self::RefreshTokenReused,
        Self::InsufficientFunds,
        Self::PaymentDeclined,
        Self::Forbidden,
        Self::InsufficientScope,
        Self::FieldForbidden,
        Self::SelfApprovalForbidden,
        Self::RouteNotFound,
        Self::UserNotFound,
        Self::ProductNotFound,
        Self::OrderNotFound,
        Self::CouponNotFound,
        Self::ApiKeyNotFound,
        Self::WebhookNotFound,
        Self::DeliveryNotFound,
        Self::ApprovalNotFound,
        Self::InvoiceNotFound,
        Self::PromptNotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::EmailAlreadyExists,
        Self::SkuAlreadyExists,
        Self::CouponAlreadyExists,
        Self::OrderAlreadyPaid,
        Self::OutOfStock,
        Self::IdempotencyKeyInUse,
        Self::ApprovalAlreadyDecided,
        Self::ProductHasOpenOrders,
        Self::WebhookLimitReached,
        Self::ApiVersionGone,
        Self::PreconditionFailed,
        Self::PayloadTooLarge,
        Self::TextTooLong,
        Self::UriTooLong,
        Self::UnsupportedMediaType,
        Self::OrderStatusInvalid,
        Self::IdempotencyKeyReused,
        Self::CouponInvalid,
        Self::CouponExpired,
        Self::CouponExhausted,
        Self::CurrencyMismatch,
        Self::LimitExceeded,
        Self::RefundExceedsPayment,
        Self::StockBelowReserved,
        Self::WebhookUrlForbidden,
        Self::ScopeNotAllowed,
        Self::PasswordTooCommon,
        Self::LastAdmin,
        Self::ApprovalExpired,
        Self::RateLimitExceeded,
        Self::HeadersTooLarge,
        Self::InternalError,
        Self::ServiceUnavailable,
        Self::Timeout,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "VALIDATION_ERROR",
        "MALFORMED_JSON",
        "IDEMPOTENCY_KEY_MISSING",
        "API_VERSION_MISMATCH",
        "INVALID_CURSOR",
        "NO_TOKEN",
        "INVALID_TOKEN",
        "INVALID_API_KEY",
        "INVALID_CREDENTIALS",
        "REFRESH_TOKEN_INVALID",
        "REFRESH_TOKEN_REUSED",
        "INSUFFICIENT_FUNDS",
        "PAYMENT_DECLINED",
        "FORBIDDEN",
        "INSUFFICIENT_SCOPE",
        "FIELD_FORBIDDEN",
        "SELF_APPROVAL_FORBIDDEN",
        "ROUTE_NOT_FOUND",
        "USER_NOT_FOUND",
        "PRODUCT_NOT_FOUND",
        "ORDER_NOT_FOUND",
        "COUPON_NOT_FOUND",
        "API_KEY_NOT_FOUND",
        "WEBHOOK_NOT_FOUND",
        "DELIVERY_NOT_FOUND",
        "APPROVAL_NOT_FOUND",
        "INVOICE_NOT_FOUND",
        "PROMPT_NOT_FOUND",
        "METHOD_NOT_ALLOWED",
        "NOT_ACCEPTABLE",
        "EMAIL_ALREADY_EXISTS",
        "SKU_ALREADY_EXISTS",
        "COUPON_ALREADY_EXISTS",
        "ORDER_ALREADY_PAID",
        "OUT_OF_STOCK",
        "IDEMPOTENCY_KEY_IN_USE",
        "APPROVAL_ALREADY_DECIDED",
        "PRODUCT_HAS_OPEN_ORDERS",
        "WEBHOOK_LIMIT_REACHED",
        "API_VERSION_GONE",
        "PRECONDITION_FAILED",
        "PAYLOAD_TOO_LARGE",
        "TEXT_TOO_LONG",
        "URI_TOO_LONG",
        "UNSUPPORTED_MEDIA_TYPE",
        "ORDER_STATUS_INVALID",
        "IDEMPOTENCY_KEY_REUSED",
        "COUPON_INVALID",
        "COUPON_EXPIRED",
        "COUPON_EXHAUSTED",
        "CURRENCY_MISMATCH",
        "LIMIT_EXCEEDED",
        "REFUND_EXCEEDS_PAYMENT",
        "STOCK_BELOW_RESERVED",
        "WEBHOOK_URL_FORBIDDEN",
        "SCOPE_NOT_ALLOWED",
        "PASSWORD_TOO_COMMON",
        "LAST_ADMIN",
        "APPROVAL_EXPIRED",
        "RATE_LIMIT_EXCEEDED",
        "HEADERS_TOO_LARGE",
        "INTERNAL_ERROR",
        "SERVICE_UNAVAILABLE",
        "TIMEOUT",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ValidationError => "VALIDATION_ERROR",
            Self::MalformedJson => "MALFORMED_JSON",
            Self::IdempotencyKeyMissing => "IDEMPOTENCY_KEY_MISSING",
            Self::ApiVersionMismatch => "API_VERSION_MISMATCH",
            Self::InvalidCursor => "INVALID_CURSOR",
            Self::NoToken => "NO_TOKEN",
            Self::InvalidToken => "INVALID_TOKEN",
            Self::InvalidApiKey => "INVALID_API_KEY",
            Self::InvalidCredentials => "INVALID_CREDENTIALS",
            Self::RefreshTokenInvalid => "REFRESH_TOKEN_INVALID",
            Self::RefreshTokenReused => "REFRESH_TOKEN_REUSED",
            Self::InsufficientFunds => "INSUFFICIENT_FUNDS",
            Self::PaymentDeclined => "PAYMENT_DECLINED",
            Self::Forbidden => "FORBIDDEN",
            Self::InsufficientScope => "INSUFFICIENT_SCOPE",
            Self::FieldForbidden => "FIELD_FORBIDDEN",
            Self::SelfApprovalForbidden => "SELF_APPROVAL_FORBIDDEN",
            Self::RouteNotFound => "ROUTE_NOT_FOUND",
            Self::UserNotFound => "USER_NOT_FOUND",
            Self::ProductNotFound => "PRODUCT_NOT_FOUND",
            Self::OrderNotFound => "ORDER_NOT_FOUND",
            Self::CouponNotFound => "COUPON_NOT_FOUND",
            Self::ApiKeyNotFound => "API_KEY_NOT_FOUND",
            Self::WebhookNotFound => "WEBHOOK_NOT_FOUND",
            Self::DeliveryNotFound => "DELIVERY_NOT_FOUND",
            Self::ApprovalNotFound => "APPROVAL_NOT_FOUND",
            Self::InvoiceNotFound => "INVOICE_NOT_FOUND",
            Self::PromptNotFound => "PROMPT_NOT_FOUND",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::EmailAlreadyExists => "EMAIL_ALREADY_EXISTS",
            Self::SkuAlreadyExists => "SKU_ALREADY_EXISTS",
            Self::CouponAlreadyExists => "COUPON_ALREADY_EXISTS",
            Self::OrderAlreadyPaid => "ORDER_ALREADY_PAID",
            Self::OutOfStock => "OUT_OF_STOCK",
            Self::IdempotencyKeyInUse => "IDEMPOTENCY_KEY_IN_USE",
            Self::ApprovalAlreadyDecided => "APPROVAL_ALREADY_DECIDED",
            Self::ProductHasOpenOrders => "PRODUCT_HAS_OPEN_ORDERS",
            Self::WebhookLimitReached => "WEBHOOK_LIMIT_REACHED",
            Self::ApiVersionGone => "API_VERSION_GONE",
            Self::PreconditionFailed => "PRECONDITION_FAILED",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::TextTooLong => "TEXT_TOO_LONG",
            Self::UriTooLong => "URI_TOO_LONG",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::OrderStatusInvalid => "ORDER_STATUS_INVALID",
            Self::IdempotencyKeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::CouponInvalid => "COUPON_INVALID",
            Self::CouponExpired => "COUPON_EXPIRED",
            Self::CouponExhausted => "COUPON_EXHAUSTED",
            Self::CurrencyMismatch => "CURRENCY_MISMATCH",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::RefundExceedsPayment => "REFUND_EXCEEDS_PAYMENT",
            Self::StockBelowReserved => "STOCK_BELOW_RESERVED",
            Self::WebhookUrlForbidden => "WEBHOOK_URL_FORBIDDEN",
            Self::ScopeNotAllowed => "SCOPE_NOT_ALLOWED",
            Self::PasswordTooCommon => "PASSWORD_TOO_COMMON",
            Self::LastAdmin => "LAST_ADMIN",
            Self::ApprovalExpired => "APPROVAL_EXPIRED",
            Self::RateLimitExceeded => "RATE_LIMIT_EXCEEDED",
            Self::HeadersTooLarge => "HEADERS_TOO_LARGE",
            Self::InternalError => "INTERNAL_ERROR",
            Self::ServiceUnavailable => "SERVICE_UNAVAILABLE",
            Self::Timeout => "TIMEOUT",
        }
    }
}

impl rt::FromText for ErrorCode {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "VALIDATION_ERROR" => Some(Self::ValidationError),
            "MALFORMED_JSON" => Some(Self::MalformedJson),
            "IDEMPOTENCY_KEY_MISSING" => Some(Self::IdempotencyKeyMissing),
            "API_VERSION_MISMATCH" => Some(Self::ApiVersionMismatch),
            "INVALID_CURSOR" => Some(Self::InvalidCursor),
            "NO_TOKEN" => Some(Self::NoToken),
            "INVALID_TOKEN" => Some(Self::InvalidToken),
            "INVALID_API_KEY" => Some(Self::InvalidApiKey),
            "INVALID_CREDENTIALS" => Some(Self::InvalidCredentials),
            "REFRESH_TOKEN_INVALID" => Some(Self::RefreshTokenInvalid),
            "REFRESH_TOKEN_REUSED" => Some(Self::RefreshTokenReused),
            "INSUFFICIENT_FUNDS" => Some(Self::InsufficientFunds),
            "PAYMENT_DECLINED" => Some(Self::PaymentDeclined),
            "FORBIDDEN" => Some(Self::Forbidden),
            "INSUFFICIENT_SCOPE" => Some(Self::InsufficientScope),
            "FIELD_FORBIDDEN" => Some(Self::FieldForbidden),
            "SELF_APPROVAL_FORBIDDEN" => Some(Self::SelfApprovalForbidden),
            "ROUTE_NOT_FOUND" => Some(Self::RouteNotFound),
            "USER_NOT_FOUND" => Some(Self::UserNotFound),
            "PRODUCT_NOT_FOUND" => Some(Self::ProductNotFound),
            "ORDER_NOT_FOUND" => Some(Self::OrderNotFound),
            "COUPON_NOT_FOUND" => Some(Self::CouponNotFound),
            "API_KEY_NOT_FOUND" => Some(Self::ApiKeyNotFound),
            "WEBHOOK_NOT_FOUND" => Some(Self::WebhookNotFound),
            "DELIVERY_NOT_FOUND" => Some(Self::DeliveryNotFound),
            "APPROVAL_NOT_FOUND" => Some(Self::ApprovalNotFound),
            "INVOICE_NOT_FOUND" => Some(Self::InvoiceNotFound),
            "PROMPT_NOT_FOUND" => Some(Self::PromptNotFound),
            "METHOD_NOT_ALLOWED" => Some(Self::MethodNotAllowed),
            "NOT_ACCEPTABLE" => Some(Self::NotAcceptable),
            "EMAIL_ALREADY_EXISTS" => Some(Self::EmailAlreadyExists),
            "SKU_ALREADY_EXISTS" => Some(Self::SkuAlreadyExists),
            "COUPON_ALREADY_EXISTS" => Some(Self::CouponAlreadyExists),
            "ORDER_ALREADY_PAID" => Some(Self::OrderAlreadyPaid),
            "OUT_OF_STOCK" => Some(Self::OutOfStock),
            "IDEMPOTENCY_KEY_IN_USE" => Some(Self::IdempotencyKeyInUse),
            "APPROVAL_ALREADY_DECIDED" => Some(Self::ApprovalAlreadyDecided),
            "PRODUCT_HAS_OPEN_ORDERS" => Some(Self::ProductHasOpenOrders),
            "WEBHOOK_LIMIT_REACHED" => Some(Self::WebhookLimitReached),
            "API_VERSION_GONE" => Some(Self::ApiVersionGone),
            "PRECONDITION_FAILED" => Some(Self::PreconditionFailed),
            "PAYLOAD_TOO_LARGE" => Some(Self::PayloadTooLarge),
            "TEXT_TOO_LONG" => Some(Self::TextTooLong),
            "URI_TOO_LONG" => Some(Self::UriTooLong),
            "UNSUPPORTED_MEDIA_TYPE" => Some(Self::UnsupportedMediaType),
            "ORDER_STATUS_INVALID" => Some(Self::OrderStatusInvalid),
            "IDEMPOTENCY_KEY_REUSED" => Some(Self::IdempotencyKeyReused),
            "COUPON_INVALID" => Some(Self::CouponInvalid),
            "COUPON_EXPIRED" => Some(Self::CouponExpired),
            "COUPON_EXHAUSTED" => Some(Self::CouponExhausted),
            "CURRENCY_MISMATCH" => Some(Self::CurrencyMismatch),
            "LIMIT_EXCEEDED" => Some(Self::LimitExceeded),
            "REFUND_EXCEEDS_PAYMENT" => Some(Self::RefundExceedsPayment),
            "STOCK_BELOW_RESERVED" => Some(Self::StockBelowReserved),
            "WEBHOOK_URL_FORBIDDEN" => Some(Self::WebhookUrlForbidden),
            "SCOPE_NOT_ALLOWED" => Some(Self::ScopeNotAllowed),
            "PASSWORD_TOO_COMMON" => Some(Self::PasswordTooCommon),
            "LAST_ADMIN" => Some(Self::LastAdmin),
            "APPROVAL_EXPIRED" => Some(Self::ApprovalExpired),
            "RATE_LIMIT_EXCEEDED" => Some(Self::RateLimitExceeded),
            "HEADERS_TOO_LARGE" => Some(Self::HeadersTooLarge),
            "INTERNAL_ERROR" => Some(Self::InternalError),
            "SERVICE_UNAVAILABLE" => Some(Self::ServiceUnavailable),
            "TIMEOUT" => Some(Self::Timeout),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for ErrorCode {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for ErrorCode {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}
