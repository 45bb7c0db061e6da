//! Where a schema stands: the same change means another thing in what clients send and in what they get.

use serde::Serialize;

/// Where a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// A body that clients send, as a whole.
    RequestBody,
    /// A part of one.
    RequestProperty,
    /// A parameter.
    RequestParameter,
    /// A part of one.
    RequestParameterProperty,
    /// A body that the server sends, as a whole.
    ResponseBody,
    /// A part of one.
    ResponseProperty,
    /// A header that the server sends.
    ResponseHeader,
}

impl Area {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::RequestBody,
        Self::RequestProperty,
        Self::RequestParameter,
        Self::RequestParameterProperty,
        Self::ResponseBody,
        Self::ResponseProperty,
        Self::ResponseHeader,
    ];

    /// The beginning of the ids of changes here.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::RequestBody => "request-body",
            Self::RequestProperty => "request-property",
            Self::RequestParameter => "request-parameter",
            Self::RequestParameterProperty => "request-parameter-property",
            Self::ResponseBody => "response-body",
            Self::ResponseProperty => "response-property",
            Self::ResponseHeader => "response-header",
        }
    }

    /// Whether clients send what stands here.
    #[must_use]
    pub const fn is_request(self) -> bool {
        matches!(
            self,
            Self::RequestBody
                | Self::RequestProperty
                | Self::RequestParameter
                | Self::RequestParameterProperty
        )
    }

    /// Where the parts of what stands here are.
    #[must_use]
    pub const fn part(self) -> Self {
        match self {
            Self::RequestBody | Self::RequestProperty => Self::RequestProperty,
            Self::RequestParameter | Self::RequestParameterProperty => {
                Self::RequestParameterProperty
            }
            Self::ResponseBody | Self::ResponseProperty => Self::ResponseProperty,
            Self::ResponseHeader => Self::ResponseHeader,
        }
    }
}
