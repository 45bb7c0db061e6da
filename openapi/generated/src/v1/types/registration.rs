//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `Registration`.

use openapi_runtime as rt;

static REGISTRATION_EMAIL: rt::rules::Text = rt::rules::Text::new()
    .length(3, 254)
    .format(rt::Format::Email);
static REGISTRATION_PASSWORD_PATTERN: rt::Pattern = rt::Pattern::new("^[^\\x00]*$");
static REGISTRATION_PASSWORD: rt::rules::Text = rt::rules::Text::new()
    .length(8, 128)
    .pattern(&REGISTRATION_PASSWORD_PATTERN)
    .format(rt::Format::Password);
static REGISTRATION_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static REGISTRATION_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&REGISTRATION_NAME_PATTERN);
/// What a new customer tells about themselves. (openapi/v1.yaml:2495)
#[derive(Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Registration {
    /// The address to log in with. Compared without regard to case, and unique. (openapi/v1.yaml:2501)
    pub email: String,
    /// 8 to 128 characters of any kind. The most common passwords are refused. (openapi/v1.yaml:2507)
    pub password: String,
    /// How the person wants to be called. (openapi/v1.yaml:2515)
    pub name: String,
}

impl std::fmt::Debug for Registration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registration")
            .field("email", &self.email)
            .field("password", &"…")
            .field("name", &self.name)
            .finish()
    }
}

impl<'de> serde::Deserialize<'de> for Registration {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Registration {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["email", "password", "name"], out)?;
        let email = object.required("email", &REGISTRATION_EMAIL, out);
        let password = object.required("password", &REGISTRATION_PASSWORD, out);
        let name = object.required("name", &REGISTRATION_NAME, out);
        Some(Self {
            email: email?,
            password: password?,
            name: name?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        REGISTRATION_EMAIL.holds(&self.email)
            && REGISTRATION_PASSWORD.holds(&self.password)
            && REGISTRATION_NAME.holds(&self.name)
    }
}

pub(crate) static REGISTRATION_SCHEMA: rt::Schema = rt::Schema {
    name: "Registration",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("email", rt::Shape::Text("email")),
            rt::Member::required("password", rt::Shape::Text("password")),
            rt::Member::required("name", rt::Shape::Text("")),
        ],
    ),
};
