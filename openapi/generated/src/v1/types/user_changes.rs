//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `UserChanges`.

use openapi_runtime as rt;

static USER_CHANGES_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static USER_CHANGES_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&USER_CHANGES_NAME_PATTERN);
static USER_CHANGES_ROLE: rt::rules::Parsed<super::Role> = rt::rules::Parsed::new();
static USER_CHANGES_DISABLED: rt::rules::Bool = rt::rules::Bool;

/// What to change. A field that is left out stays as it is. (openapi/v1.yaml:2866)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct UserChanges {
    /// How the person wants to be called. (openapi/v1.yaml:2871)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub name: Option<String>,
    /// What the account may do. Administrators only. (openapi/v1.yaml:2877)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub role: Option<super::Role>,
    /// Whether to lock the account out. Administrators only. (openapi/v1.yaml:2880)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub disabled: Option<bool>,
}

impl<'de> serde::Deserialize<'de> for UserChanges {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for UserChanges {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["name", "role", "disabled"], out)?;
        let name = object.optional("name", &USER_CHANGES_NAME, out);
        let role = object.optional("role", &USER_CHANGES_ROLE, out);
        let disabled = object.optional("disabled", &USER_CHANGES_DISABLED, out);
        Some(Self {
            name: name?,
            role: role?,
            disabled: disabled?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        USER_CHANGES_NAME.holds_option(self.name.as_ref())
            && USER_CHANGES_ROLE.holds_option(self.role.as_ref())
            && USER_CHANGES_DISABLED.holds_option(self.disabled.as_ref())
    }
}

pub(crate) static USER_CHANGES_SCHEMA: rt::Schema = rt::Schema {
    name: "UserChanges",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::optional("name", rt::Shape::Text("")),
            rt::Member::optional("role", rt::Shape::Named(&super::role::ROLE_SCHEMA)),
            rt::Member::optional("disabled", rt::Shape::Boolean),
        ],
    ),
};
