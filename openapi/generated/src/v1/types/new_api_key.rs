//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `NewApiKey`.

use openapi_runtime as rt;

static NEW_API_KEY_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\x00-\\x1F\\x7F]*[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}\\x00-\\x1F\\x7F][^\\x00-\\x1F\\x7F]*$",
);
static NEW_API_KEY_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 100)
    .pattern(&NEW_API_KEY_NAME_PATTERN);
static NEW_API_KEY_SCOPES: rt::rules::List<rt::rules::Parsed<super::ApiKeyScope>> = rt::rules::List::new(
        rt::rules::Parsed::new(),
    )
    .items(1, 6)
    .unique();
static NEW_API_KEY_EXPIRES_AT: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new()
    .written(rt::rules::Text::new().length(0, 35));
/// A key to be issued. (openapi/v1.yaml:2667)
#[derive(Debug, Clone, PartialEq)]
pub struct NewApiKey {
    /// What the key is for. (openapi/v1.yaml:2673)
    pub name: String,
    /// What the key may do. Never more than its owner may. (openapi/v1.yaml:2679)
    pub scopes: Vec<super::ApiKeyScope>,
    /// When the key stops working; it must lie ahead. Left out, the key works until it is revoked.
    /// (openapi/v1.yaml:2686)
    pub expires_at: Option<rt::Timestamp>,
}

impl<'de> serde::Deserialize<'de> for NewApiKey {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::decline(deserializer)
    }
}

impl rt::Parse for NewApiKey {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["name", "scopes", "expiresAt"], out)?;
        let name = object.required("name", &NEW_API_KEY_NAME, out);
        let scopes = object.required("scopes", &NEW_API_KEY_SCOPES, out);
        let expires_at = object.optional("expiresAt", &NEW_API_KEY_EXPIRES_AT, out);
        Some(Self {
            name: name?,
            scopes: scopes?,
            expires_at: expires_at?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NEW_API_KEY_NAME.holds(&self.name) && NEW_API_KEY_SCOPES.holds(&self.scopes)
            && NEW_API_KEY_EXPIRES_AT.holds_option(self.expires_at.as_ref())
    }
}

pub(crate) static NEW_API_KEY_SCHEMA: rt::Schema = rt::Schema {
    name: "NewApiKey",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required(
                "scopes",
                rt::Shape::List(
                    &rt::Shape::Named(&super::api_key_scope::API_KEY_SCOPE_SCHEMA),
                ),
            ),
            rt::Member::optional("expiresAt", rt::Shape::Text("date-time")),
        ],
    ),
};
