//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `NewUser`.

use openapi_runtime as rt;

static NEW_USER_EMAIL: rt::rules::Text = rt::rules::Text::new()
    .length(3, 254)
    .format(rt::Format::Email);
static NEW_USER_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static NEW_USER_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&NEW_USER_NAME_PATTERN);
static NEW_USER_ROLE: rt::rules::Parsed<super::Role> = rt::rules::Parsed::new();

/// An account to be created on behalf of somebody. (openapi/v1.yaml:2846)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewUser {
    /// The address to log in with. Compared without regard to case, and unique. (openapi/v1.yaml:2852)
    pub email: String,
    /// How the person wants to be called. (openapi/v1.yaml:2858)
    pub name: String,
    /// What an account may do: `member` is a customer, `viewer` is staff that may read everything, `admin` is staff
    /// that may change things. (openapi/v1.yaml:2863)
    pub role: super::Role,
}

impl<'de> serde::Deserialize<'de> for NewUser {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for NewUser {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["email", "name", "role"], out)?;
        let email = object.required("email", &NEW_USER_EMAIL, out);
        let name = object.required("name", &NEW_USER_NAME, out);
        let role = object.required("role", &NEW_USER_ROLE, out);
        Some(Self {
            email: email?,
            name: name?,
            role: role?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NEW_USER_EMAIL.holds(&self.email) && NEW_USER_NAME.holds(&self.name)
            && NEW_USER_ROLE.holds(&self.role)
    }
}

pub(crate) static NEW_USER_SCHEMA: rt::Schema = rt::Schema {
    name: "NewUser",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("email", rt::Shape::Text("email")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("role", rt::Shape::Named(&super::role::ROLE_SCHEMA)),
        ],
    ),
};
