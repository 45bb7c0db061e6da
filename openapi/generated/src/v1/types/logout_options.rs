//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `LogoutOptions`.

use openapi_runtime as rt;

static LOGOUT_OPTIONS_ALL: rt::rules::Bool = rt::rules::Bool;

/// How far to log out. (openapi/v1.yaml:2572)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct LogoutOptions {
    /// True ends every session of the account, false only the one that calls. (openapi/v1.yaml:2577)
    #[serde(default = "logout_options_all_default")]
    pub all: bool,
}

fn logout_options_all_default() -> bool {
    false
}

impl<'de> serde::Deserialize<'de> for LogoutOptions {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for LogoutOptions {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["all"], out)?;
        let all = object
            .with_default("all", &LOGOUT_OPTIONS_ALL, logout_options_all_default, out);
        Some(Self { all: all? })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        LOGOUT_OPTIONS_ALL.holds(&self.all)
    }
}

pub(crate) static LOGOUT_OPTIONS_SCHEMA: rt::Schema = rt::Schema {
    name: "LogoutOptions",
    kind: rt::SchemaKind::Object(&[rt::Member::optional("all", rt::Shape::Boolean)]),
};
