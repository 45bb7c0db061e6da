//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `TokenRefresh`.

use openapi_runtime as rt;

static TOKEN_REFRESH_REFRESH_TOKEN_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[\\x21-\\x7E]*$",
);
static TOKEN_REFRESH_REFRESH_TOKEN: rt::rules::Text = rt::rules::Text::new()
    .length(1, 2048)
    .pattern(&TOKEN_REFRESH_REFRESH_TOKEN_PATTERN);
/// The refresh token, for clients that do not keep it in the cookie. (openapi/v1.yaml:2559)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct TokenRefresh {
    /// The refresh token of the last answer. It works once. (openapi/v1.yaml:2564)
    #[serde(
        rename = "refreshToken",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub refresh_token: Option<String>,
}

impl<'de> serde::Deserialize<'de> for TokenRefresh {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for TokenRefresh {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["refreshToken"], out)?;
        let refresh_token = object
            .optional("refreshToken", &TOKEN_REFRESH_REFRESH_TOKEN, out);
        Some(Self {
            refresh_token: refresh_token?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        TOKEN_REFRESH_REFRESH_TOKEN.holds_option(self.refresh_token.as_ref())
    }
}

pub(crate) static TOKEN_REFRESH_SCHEMA: rt::Schema = rt::Schema {
    name: "TokenRefresh",
    kind: rt::SchemaKind::Object(
        &[rt::Member::optional("refreshToken", rt::Shape::Text(""))],
    ),
};
