//! Who is let in.

use serde_json::Value;

use super::Location;

/// One way to be let in: all of its schemes are needed, each with the names (scopes, roles) that it must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Name of the scheme and what is asked of it. Empty: anonymous callers are let in.
    pub schemes: Vec<(String, Vec<String>)>,
}

/// How a caller says who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Bearer …`, `Basic …` or another HTTP scheme, in small letters.
    Http(String),
    /// A key at a place of its own.
    ApiKey {
        /// Query, header or cookie.
        location: Location,
        /// Its name there.
        name: String,
    },
    /// `oauth2` and `openIdConnect`: a bearer token.
    Token,
    /// A client certificate; nothing in the request.
    Certificate,
}

impl Scheme {
    pub(super) fn read(value: &Value) -> Option<Self> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        match text("type")? {
            "http" => Some(Self::Http(text("scheme")?.to_ascii_lowercase())),
            "apiKey" => Some(Self::ApiKey {
                location: Location::parse(text("in")?)?,
                name: text("name")?.to_owned(),
            }),
            "oauth2" | "openIdConnect" => Some(Self::Token),
            "mutualTLS" => Some(Self::Certificate),
            _ => None,
        }
    }

    /// Where a secret of this scheme travels, and as what: location, name, value.
    #[must_use]
    pub fn write(&self, secret: &str) -> Option<(Location, String, String)> {
        match self {
            Self::Http(scheme) => {
                let mut name = scheme.clone();
                if let Some(first) = name.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                Some((
                    Location::Header,
                    "Authorization".to_owned(),
                    format!("{name} {secret}"),
                ))
            }
            Self::Token => Some((
                Location::Header,
                "Authorization".to_owned(),
                format!("Bearer {secret}"),
            )),
            Self::ApiKey { location, name } => Some((*location, name.clone(), secret.to_owned())),
            Self::Certificate => None,
        }
    }
}
