//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The schema `LoginCredentials`.

use openapi_runtime as rt;

static LOGIN_CREDENTIALS_EMAIL: rt::rules::Text = rt::rules::Text::new()
    .length(3, 254)
    .format(rt::Format::Email);
static LOGIN_CREDENTIALS_PASSWORD_PATTERN: rt::Pattern = rt::Pattern::new("^[^\\x00]*$");
static LOGIN_CREDENTIALS_PASSWORD: rt::rules::Text = rt::rules::Text::new()
    .length(1, 128)
    .pattern(&LOGIN_CREDENTIALS_PASSWORD_PATTERN)
    .format(rt::Format::Password);
static LOGIN_CREDENTIALS_CLIENT: rt::rules::Parsed<super::ClientKind> = rt::rules::Parsed::new();
static LOGIN_CREDENTIALS_TOKEN_DELIVERY: rt::rules::Parsed<super::TokenDelivery> = rt::rules::Parsed::new();

/// An e-mail address, its password, and what kind of session to open. (openapi/v1.yaml:2536)
#[derive(Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct LoginCredentials {
    /// The address of the account. (openapi/v1.yaml:2542)
    pub email: String,
    /// The password of the account. (openapi/v1.yaml:2548)
    pub password: String,
    /// What kind of client logs in. `mobile` sessions stay refreshable for 30 days instead of 7.
    /// (openapi/v1.yaml:2555)
    #[serde(default = "login_credentials_client_default")]
    pub client: super::ClientKind,
    /// Where the refresh token goes: `body` puts it into the answer, `cookie` into an `HttpOnly` cookie that scripts
    /// cannot read. (openapi/v1.yaml:2556)
    #[serde(
        rename = "tokenDelivery",
        default = "login_credentials_token_delivery_default"
    )]
    pub token_delivery: super::TokenDelivery,
}

impl std::fmt::Debug for LoginCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginCredentials")
            .field("email", &self.email)
            .field("password", &"…")
            .field("client", &self.client)
            .field("token_delivery", &self.token_delivery)
            .finish()
    }
}

fn login_credentials_client_default() -> super::ClientKind {
    super::ClientKind::Web
}

fn login_credentials_token_delivery_default() -> super::TokenDelivery {
    super::TokenDelivery::Body
}

impl<'de> serde::Deserialize<'de> for LoginCredentials {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for LoginCredentials {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &["email", "password", "client", "tokenDelivery"],
            out,
        )?;
        let email = object.required("email", &LOGIN_CREDENTIALS_EMAIL, out);
        let password = object.required("password", &LOGIN_CREDENTIALS_PASSWORD, out);
        let client = object
            .with_default(
                "client",
                &LOGIN_CREDENTIALS_CLIENT,
                login_credentials_client_default,
                out,
            );
        let token_delivery = object
            .with_default(
                "tokenDelivery",
                &LOGIN_CREDENTIALS_TOKEN_DELIVERY,
                login_credentials_token_delivery_default,
                out,
            );
        Some(Self {
            email: email?,
            password: password?,
            client: client?,
            token_delivery: token_delivery?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        LOGIN_CREDENTIALS_EMAIL.holds(&self.email)
            && LOGIN_CREDENTIALS_PASSWORD.holds(&self.password)
            && LOGIN_CREDENTIALS_CLIENT.holds(&self.client)
            && LOGIN_CREDENTIALS_TOKEN_DELIVERY.holds(&self.token_delivery)
    }
}

pub(crate) static LOGIN_CREDENTIALS_SCHEMA: rt::Schema = rt::Schema {
    name: "LoginCredentials",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("email", rt::Shape::Text("email")),
            rt::Member::required("password", rt::Shape::Text("password")),
            rt::Member::optional(
                "client",
                rt::Shape::Named(&super::client_kind::CLIENT_KIND_SCHEMA),
            ),
            rt::Member::optional(
                "tokenDelivery",
                rt::Shape::Named(&super::token_delivery::TOKEN_DELIVERY_SCHEMA),
            ),
        ],
    ),
};
