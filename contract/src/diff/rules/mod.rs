//! The catalogue: every kind of change that is told apart, with its id and how bad it is.
//!
//! Ids and severities follow the names that oasdiff made common, so that a team may keep its lists. Changes of a
//! schema have one id for each place where the schema stands: `request-property-max-length-decreased`,
//! `response-body-max-length-increased`. Where the id says more than the change's meaning (an exclusive bound beside an
//! inclusive one), the meaning decides and one id serves both.

mod area;
mod severity;

pub use area::Area;
pub use severity::Severity;

/// A kind of change of a schema: the end of its id, and its severity when clients send the value and when they get it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SchemaRule {
    /// The end of the id.
    pub suffix: &'static str,
    /// When clients send the value.
    pub request: Severity,
    /// When clients get the value.
    pub response: Severity,
    /// What happened, for people.
    pub summary: &'static str,
}

/// A kind of change of anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The whole id.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What happened, for people.
    pub summary: &'static str,
}

use Severity::{Error, Info, Warning};

macro_rules! schema_rules {
    ($($name:ident $suffix:literal $request:ident $response:ident $summary:literal;)+) => {
        $(
            #[doc = $summary]
            pub(super) const $name: SchemaRule = SchemaRule {
                suffix: $suffix, request: $request, response: $response, summary: $summary,
            };
        )+
        /// Every kind of change of a schema.
        pub const SCHEMA_RULES: &[SchemaRule] = &[$($name),+];
    };
}

macro_rules! rules {
    ($($name:ident $id:literal $severity:ident $summary:literal;)+) => {
        $(
            #[doc = $summary]
            pub(super) const $name: Rule = Rule { id: $id, severity: $severity, summary: $summary };
        )+
        /// Every kind of change of what is no schema.
        pub const RULES: &[Rule] = &[$($name),+];
    };
}

schema_rules! {
    TYPE_CHANGED "type-changed" Error Error "the type is another one";
    TYPE_GENERALIZED "type-generalized" Info Error "more types are possible";
    TYPE_SPECIALIZED "type-specialized" Error Info "fewer types are possible";
    BECAME_NULLABLE "became-nullable" Info Error "may be null";
    BECAME_NOT_NULLABLE "became-not-nullable" Error Info "may not be null any more";
    FORMAT_ADDED "format-added" Error Info "has a format";
    FORMAT_CHANGED "format-changed" Error Error "has another format";
    FORMAT_REMOVED "format-removed" Info Warning "has no format any more";
    BECAME_ENUM "became-enum" Error Info "is one of listed values";
    ENUM_REMOVED "enum-removed" Info Warning "is not one of listed values any more";
    ENUM_VALUE_REMOVED "enum-value-removed" Error Info "a listed value is gone";
    ENUM_VALUE_ADDED "enum-value-added" Info Warning "a value was added to the list";
    MAX_SET "max-set" Warning Info "has a largest value";
    MAX_DECREASED "max-decreased" Error Info "the largest value is smaller";
    MAX_INCREASED "max-increased" Info Error "the largest value is larger";
    MAX_UNSET "max-unset" Info Error "has no largest value any more";
    MIN_SET "min-set" Warning Info "has a smallest value";
    MIN_INCREASED "min-increased" Error Info "the smallest value is larger";
    MIN_DECREASED "min-decreased" Info Error "the smallest value is smaller";
    MIN_UNSET "min-unset" Info Error "has no smallest value any more";
    MAX_LENGTH_SET "max-length-set" Warning Info "has a greatest length";
    MAX_LENGTH_DECREASED "max-length-decreased" Error Info "the greatest length is less";
    MAX_LENGTH_INCREASED "max-length-increased" Info Error "the greatest length is more";
    MAX_LENGTH_UNSET "max-length-unset" Info Error "has no greatest length any more";
    MIN_LENGTH_SET "min-length-set" Warning Info "has a least length";
    MIN_LENGTH_INCREASED "min-length-increased" Error Info "the least length is more";
    MIN_LENGTH_DECREASED "min-length-decreased" Info Error "the least length is less";
    MIN_LENGTH_UNSET "min-length-unset" Info Error "has no least length any more";
    MAX_ITEMS_SET "max-items-set" Warning Info "has a greatest number of items";
    MAX_ITEMS_DECREASED "max-items-decreased" Error Info "the greatest number of items is less";
    MAX_ITEMS_INCREASED "max-items-increased" Info Error "the greatest number of items is more";
    MAX_ITEMS_UNSET "max-items-unset" Info Error "has no greatest number of items any more";
    MIN_ITEMS_SET "min-items-set" Warning Info "has a least number of items";
    MIN_ITEMS_INCREASED "min-items-increased" Error Info "the least number of items is more";
    MIN_ITEMS_DECREASED "min-items-decreased" Info Error "the least number of items is less";
    MIN_ITEMS_UNSET "min-items-unset" Info Error "has no least number of items any more";
    MAX_PROPERTIES_SET "max-properties-set" Warning Info "has a greatest number of properties";
    MAX_PROPERTIES_DECREASED "max-properties-decreased" Error Info "the greatest number of properties is less";
    MAX_PROPERTIES_INCREASED "max-properties-increased" Info Warning "the greatest number of properties is more";
    MAX_PROPERTIES_UNSET "max-properties-unset" Info Warning "has no greatest number of properties any more";
    MIN_PROPERTIES_SET "min-properties-set" Warning Info "has a least number of properties";
    MIN_PROPERTIES_INCREASED "min-properties-increased" Error Info "the least number of properties is more";
    MIN_PROPERTIES_DECREASED "min-properties-decreased" Info Error "the least number of properties is less";
    MIN_PROPERTIES_UNSET "min-properties-unset" Info Error "has no least number of properties any more";
    MULTIPLE_OF_SET "multiple-of-set" Error Info "must be a multiple";
    MULTIPLE_OF_CHANGED "multiple-of-changed" Error Error "must be a multiple of something else";
    MULTIPLE_OF_UNSET "multiple-of-unset" Info Error "need not be a multiple any more";
    UNIQUE_ITEMS_SET "unique-items-set" Error Info "items must differ";
    UNIQUE_ITEMS_UNSET "unique-items-unset" Info Error "items need not differ any more";
    PATTERN_ADDED "pattern-added" Error Info "must match a pattern";
    PATTERN_CHANGED "pattern-changed" Warning Info "must match another pattern";
    PATTERN_REMOVED "pattern-removed" Info Info "need not match a pattern any more";
    DEFAULT_ADDED "default-value-added" Info Info "has a default";
    DEFAULT_CHANGED "default-value-changed" Warning Info "has another default";
    DEFAULT_REMOVED "default-value-removed" Warning Info "has no default any more";
    PROPERTY_ADDED_REQUIRED "required-property-added" Error Info "has a new property that is required";
    PROPERTY_ADDED_OPTIONAL "optional-property-added" Info Info "has a new property";
    PROPERTY_REMOVED_REQUIRED "required-property-removed" Warning Error "a property that was always there is gone";
    PROPERTY_REMOVED_OPTIONAL "optional-property-removed" Warning Warning "a property is gone";
    PROPERTY_REFUSED "removed-property-refused" Error Info "a property is gone, and sending it is refused";
    BECAME_REQUIRED "became-required" Error Info "is required";
    BECAME_OPTIONAL "became-optional" Info Error "is not required any more";
    ADDITIONAL_CLOSED "additional-properties-closed" Error Info "unknown properties are refused";
    ADDITIONAL_OPENED "additional-properties-opened" Info Info "unknown properties are allowed";
    ITEMS_SET "items-set" Error Info "items have a schema";
    ITEMS_UNSET "items-unset" Info Error "items have no schema any more";
    ONE_OF_ADDED "one-of-added" Info Error "may be something else as well (oneOf)";
    ONE_OF_REMOVED "one-of-removed" Error Info "may not be everything that it could be (oneOf)";
    ANY_OF_ADDED "any-of-added" Info Error "may be something else as well (anyOf)";
    ANY_OF_REMOVED "any-of-removed" Error Info "may not be everything that it could be (anyOf)";
    RESTRICTION_ADDED "restriction-added" Error Info "has to satisfy something more (not, if, contains, dependentSchemas …)";
    RESTRICTION_CHANGED "restriction-changed" Error Error "has to satisfy something else (not, if, contains, dependentSchemas …)";
    RESTRICTION_REMOVED "restriction-removed" Info Error "has to satisfy less (not, if, contains, dependentSchemas …)";
    DISCRIMINATOR_CHANGED "discriminator-changed" Error Error "is told apart by another property";
    BECAME_READ_ONLY "became-read-only" Warning Info "is read-only";
    BECAME_NOT_READ_ONLY "became-not-read-only" Info Info "is not read-only any more";
    BECAME_WRITE_ONLY "became-write-only" Info Error "is write-only";
    BECAME_NOT_WRITE_ONLY "became-not-write-only" Info Info "is not write-only any more";
    DEPRECATED "deprecated-with-sunset" Info Info "is deprecated";
    DEPRECATED_SUNSET_MISSING "deprecated-sunset-missing" Error Error "is deprecated without a date (x-sunset)";
    SUNSET_INVALID "sunset-invalid" Error Error "has an x-sunset that is no date";
    SUNSET_NEARER "sunset-date-changed-too-small" Error Error "ends earlier than announced";
    REACTIVATED "reactivated" Info Info "is not deprecated any more";
}

rules! {
    PATH_REMOVED "api-path-removed-without-deprecation" Error "a path is gone that was not deprecated";
    PATH_REMOVED_EARLY "api-path-removed-before-sunset" Error "a path is gone before its sunset";
    PATH_REMOVED_LATE "api-path-removed-with-deprecation" Info "a path is gone after its sunset";
    REMOVED "api-removed-without-deprecation" Error "an operation is gone that was not deprecated";
    REMOVED_EARLY "api-removed-before-sunset" Error "an operation is gone before its sunset";
    REMOVED_LATE "api-removed-with-deprecation" Info "an operation is gone after its sunset";
    ADDED "endpoint-added" Info "an operation is new";
    OPERATION_DEPRECATED "endpoint-deprecated-with-sunset" Info "an operation is deprecated";
    OPERATION_SUNSET_MISSING "api-deprecated-sunset-missing" Error "an operation is deprecated without a date (x-sunset)";
    OPERATION_SUNSET_PARSE "api-deprecated-sunset-parse" Error "an operation has an x-sunset that is no date";
    OPERATION_SUNSET_SOON "api-sunset-date-too-small" Error "an operation ends sooner than clients can follow";
    OPERATION_SUNSET_NEARER "api-sunset-date-changed-too-small" Error "an operation ends earlier than announced";
    SUNSET_DELETED "sunset-deleted" Error "a deprecated operation lost its date";
    OPERATION_REACTIVATED "endpoint-reactivated" Info "an operation is not deprecated any more";
    OPERATION_ID_CHANGED "api-operation-id-changed" Error "an operationId is another one: generated clients lose a method";
    TAG_REMOVED "api-tag-removed" Warning "an operation left a tag: generated clients move a method";
    TAG_ADDED "api-tag-added" Info "an operation got a tag";
    SECURITY_ADDED "api-security-added" Error "an operation demands credentials that it did not demand";
    SECURITY_REMOVED "api-security-removed" Info "an operation demands fewer credentials";
    SCOPE_ADDED "api-security-scope-added" Error "an operation demands more of a credential";
    SCOPE_REMOVED "api-security-scope-removed" Info "an operation demands less of a credential";
    SCHEME_CHANGED "api-security-component-type-changed" Error "a credential is presented in another way";
    SERVER_REMOVED "api-server-removed" Warning "a base address is gone";
    PATH_PARAMETER_RENAMED "request-path-parameter-renamed" Info "a path parameter has another name: generated clients rename an argument";
    PARAMETER_ADDED_REQUIRED "new-required-request-parameter" Error "a parameter is new and required";
    PARAMETER_ADDED_OPTIONAL "new-optional-request-parameter" Info "a parameter is new";
    PARAMETER_REMOVED "request-parameter-removed" Warning "a parameter is gone";
    PARAMETER_REMOVED_EARLY "request-parameter-removed-before-sunset" Error "a parameter is gone before its sunset";
    PARAMETER_REMOVED_LATE "request-parameter-removed-with-deprecation" Info "a parameter is gone after its sunset";
    PARAMETER_REQUIRED "request-parameter-became-required" Error "a parameter is required";
    PARAMETER_OPTIONAL "request-parameter-became-optional" Info "a parameter is not required any more";
    PARAMETER_STYLE "request-parameter-style-changed" Error "a parameter is written in another way (style, explode)";
    PARAMETER_DEPRECATED "request-parameter-deprecated" Info "a parameter is deprecated";
    PARAMETER_SUNSET_MISSING "request-parameter-deprecated-sunset-missing" Error "a parameter is deprecated without a date (x-sunset)";
    BODY_ADDED_REQUIRED "request-body-added-required" Error "a body is demanded";
    BODY_ADDED_OPTIONAL "request-body-added-optional" Info "a body is taken";
    BODY_REMOVED "request-body-removed" Error "a body is not taken any more";
    BODY_REQUIRED "request-body-became-required" Error "the body is required";
    BODY_OPTIONAL "request-body-became-optional" Info "the body is not required any more";
    BODY_MEDIA_TYPE_REMOVED "request-body-media-type-removed" Error "a media type is not taken any more";
    BODY_MEDIA_TYPE_ADDED "request-body-media-type-added" Info "a media type is taken";
    SUCCESS_REMOVED "response-success-status-removed" Error "a status of success is not answered any more";
    SUCCESS_ADDED "response-success-status-added" Warning "another status of success may be answered";
    FAILURE_REMOVED "response-non-success-status-removed" Info "a status of failure is not answered any more";
    FAILURE_ADDED "response-non-success-status-added" Info "another status of failure may be answered";
    RESPONSE_MEDIA_TYPE_REMOVED "response-media-type-removed" Error "a media type is not answered any more";
    RESPONSE_MEDIA_TYPE_ADDED "response-media-type-added" Info "another media type may be answered";
    RESPONSE_BODY_REMOVED "response-body-removed" Error "an answer has no body any more";
    HEADER_REMOVED_REQUIRED "required-response-header-removed" Error "a header that was always there is gone";
    HEADER_REMOVED_OPTIONAL "optional-response-header-removed" Warning "a header is gone";
    HEADER_ADDED "response-header-added" Info "a header is new";
    HEADER_OPTIONAL "response-header-became-optional" Error "a header is not always there any more";
    HEADER_REQUIRED "response-header-became-required" Info "a header is always there";
    ERROR_CODE_ADDED "response-error-code-added" Warning "another error code may be answered (x-error-codes)";
    ERROR_CODE_REMOVED "response-error-code-removed" Info "an error code is not answered any more (x-error-codes)";
    IDEMPOTENCY_REQUIRED "idempotency-became-required" Error "an idempotency key is demanded (x-idempotency)";
    IDEMPOTENCY_ADDED "idempotency-added" Info "an idempotency key is honoured (x-idempotency)";
    IDEMPOTENCY_REMOVED "idempotency-removed" Error "an idempotency key is not honoured any more (x-idempotency)";
    RATE_LIMIT_CHANGED "rate-limit-changed" Warning "another budget is spent (x-rate-limit)";
    BODY_LIMIT_DECREASED "body-limit-decreased" Error "bodies may be less long (x-body-limit)";
    BODY_LIMIT_INCREASED "body-limit-increased" Info "bodies may be longer (x-body-limit)";
    TRANSITION_REMOVED "state-transition-removed" Error "a state may not be left that way any more (x-state-machine)";
    TRANSITION_ADDED "state-transition-added" Info "a state may be left in another way (x-state-machine)";
    WEBHOOK_REMOVED "webhook-removed" Error "a webhook is not sent any more";
    WEBHOOK_ADDED "webhook-added" Info "a webhook is sent";
    VERSION_NOT_BUMPED "api-version-not-bumped" Warning "the document changed and its version did not";
    MAJOR_NOT_BUMPED "api-major-version-not-bumped" Info "the document breaks clients within one major version";
}

impl SchemaRule {
    /// The id of this change at a place.
    #[must_use]
    pub fn id(&self, area: Area) -> String {
        format!("{}-{}", area.prefix(), self.suffix)
    }

    /// How bad it is at a place.
    #[must_use]
    pub fn severity(&self, area: Area) -> Severity {
        // What a parameter means when it is left out is part of the contract; a property's default is a hint.
        let is_default = self.suffix.starts_with("default-value");
        match area {
            Area::RequestParameter if is_default => Error,
            _ if area.is_request() => self.request,
            _ => self.response,
        }
    }
}

/// Every id with its severity and meaning, in the order of the catalogue.
#[must_use]
pub fn catalogue() -> Vec<(String, Severity, &'static str)> {
    let plain = RULES
        .iter()
        .map(|rule| (rule.id.to_owned(), rule.severity, rule.summary));
    let schema = SCHEMA_RULES.iter().flat_map(|rule| {
        Area::ALL
            .into_iter()
            .map(|area| (rule.id(area), rule.severity(area), rule.summary))
    });
    let mut all: Vec<_> = plain.collect();
    for entry in schema {
        // A few ids of whole bodies and parameters are told by the operation already.
        if !all.iter().any(|(id, ..)| *id == entry.0) {
            all.push(entry);
        }
    }
    all
}
