//! What a pact and a document do not agree on.

use std::fmt;

use serde::Serialize;

use crate::document::Place;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// May not work.
    Warning,
    /// Cannot work.
    Error,
}

macro_rules! rules {
    ($($name:ident $id:literal $severity:ident $summary:literal;)+) => {
        /// A kind of disagreement.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Rule {
            $(
                #[doc = $summary]
                $name,
            )+
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its id.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// What it means.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)+ }
            }
        }
    };
}

rules! {
    PathUnknown "path-unknown" Error "no path of the document fits the one that is called";
    MethodUnknown "method-unknown" Error "the path has no such method";
    PathParameterInvalid "request-path-invalid" Error "a parameter in the path is not as the document says";
    QueryUnknown "request-query-unknown" Error "a query parameter is sent that the document does not declare";
    QueryMissing "request-query-missing" Error "a required query parameter is not sent";
    QueryInvalid "request-query-invalid" Error "a query parameter is not as the document says";
    HeaderUnknown "request-header-unknown" Warning "a header is sent that the document does not declare";
    HeaderMissing "request-header-missing" Error "a required header is not sent";
    HeaderInvalid "request-header-invalid" Error "a header is not as the document says";
    CookieMissing "request-cookie-missing" Error "a required cookie is not sent";
    SecurityMissing "request-security-missing" Error "no credentials are sent that the operation takes";
    BodyMissing "request-body-missing" Error "a required body is not sent";
    BodyUnknown "request-body-unknown" Error "a body is sent to an operation that takes none";
    MediaTypeUnknown "request-media-type-unknown" Error "the body is of a media type that the operation does not take";
    BodyInvalid "request-body-invalid" Error "the body breaks the schema";
    StatusUnknown "response-status-unknown" Error "the operation does not declare the status";
    AnswerHeaderUnknown "response-header-unknown" Error "a header is needed that the answer does not declare";
    AnswerHeaderInvalid "response-header-invalid" Error "a header is needed with a value that it cannot have";
    AnswerHeaderOptional "response-header-optional" Note "a header is needed that the answer may leave out";
    AnswerBodyUnknown "response-body-unknown" Error "a body is needed of an answer that declares none";
    AnswerMediaTypeUnknown "response-media-type-unknown" Error "a body is needed in a media type that the answer does not have";
    FieldUnknown "response-field-unknown" Error "a field is needed that the schema does not have";
    FieldInvalid "response-field-invalid" Error "a field is needed with a value that it cannot have";
    FieldOptional "response-field-optional" Note "a field is needed that the answer may leave out";
    MessageUnknown "message-unknown" Error "the document describes messages, and none by this name";
    MessageUndescribed "message-undescribed" Note "the document describes no messages";
    MessageFieldUnknown "message-field-unknown" Error "a field is needed that the message does not have";
    MessageFieldInvalid "message-field-invalid" Error "a field is needed with a value that it cannot have";
    MessageFieldOptional "message-field-optional" Note "a field is needed that the message may leave out";
    Unsupported "interaction-unsupported" Note "no OpenAPI document describes interactions of this kind";
    SchemaUnusable "schema-unusable" Warning "the schema cannot be used, so nothing was compared with it";
}

/// One disagreement.
#[derive(Debug, Clone, Serialize)]
pub struct Finding {
    /// Its kind.
    #[serde(serialize_with = "id")]
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// Whose pact it is.
    pub consumer: String,
    /// In which interaction.
    pub interaction: String,
    /// What of it: `GET /orders/{orderId}`, then the part, as people write it.
    pub subject: String,
    /// What is wrong.
    pub message: String,
    /// Where the pact says so.
    pub pact: Place,
    /// Where the document says otherwise, when there is one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Place>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn id<S: serde::Serializer>(rule: &Rule, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(rule.id())
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}
