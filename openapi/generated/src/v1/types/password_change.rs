//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `PasswordChange`.

use openapi_runtime as rt;

static PASSWORD_CHANGE_CURRENT_PASSWORD_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00]*$",
);
static PASSWORD_CHANGE_CURRENT_PASSWORD: rt::rules::Text = rt::rules::Text::new()
    .length(1, 128)
    .pattern(&PASSWORD_CHANGE_CURRENT_PASSWORD_PATTERN)
    .format(rt::Format::Password);
static PASSWORD_CHANGE_NEW_PASSWORD_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00]*$",
);
static PASSWORD_CHANGE_NEW_PASSWORD: rt::rules::Text = rt::rules::Text::new()
    .length(8, 128)
    .pattern(&PASSWORD_CHANGE_NEW_PASSWORD_PATTERN)
    .format(rt::Format::Password);
/// The password as it is and as it shall be. (openapi/v1.yaml:2582)
#[derive(Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct PasswordChange {
    /// The password as it is. (openapi/v1.yaml:2588)
    #[serde(rename = "currentPassword")]
    pub current_password: String,
    /// 8 to 128 characters of any kind. The most common passwords are refused. (openapi/v1.yaml:2596)
    #[serde(rename = "newPassword")]
    pub new_password: String,
}

impl std::fmt::Debug for PasswordChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordChange")
            .field("current_password", &"…")
            .field("new_password", &"…")
            .finish()
    }
}

impl<'de> serde::Deserialize<'de> for PasswordChange {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for PasswordChange {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["currentPassword", "newPassword"], out)?;
        let current_password = object
            .required("currentPassword", &PASSWORD_CHANGE_CURRENT_PASSWORD, out);
        let new_password = object
            .required("newPassword", &PASSWORD_CHANGE_NEW_PASSWORD, out);
        Some(Self {
            current_password: current_password?,
            new_password: new_password?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        PASSWORD_CHANGE_CURRENT_PASSWORD.holds(&self.current_password)
            && PASSWORD_CHANGE_NEW_PASSWORD.holds(&self.new_password)
    }
}

pub(crate) static PASSWORD_CHANGE_SCHEMA: rt::Schema = rt::Schema {
    name: "PasswordChange",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("currentPassword", rt::Shape::Text("password")),
            rt::Member::required("newPassword", rt::Shape::Text("password")),
        ],
    ),
};
