//! Generated from tests/cases/positive/everything.yaml (sha256 4cd697a93c31b25bb13fa8cfd2789e214a66db1b148576845be620738c71644f). Do not edit.
//!
//! The declared ways to authenticate.

use openapi_runtime as rt;

/// A token of a user. (tests/cases/positive/everything.yaml:236)
pub(crate) static BEARER_AUTH: rt::Scheme = rt::Scheme {
    name: "bearerAuth",
    carrier: rt::Carrier::Bearer,
    grants: rt::Grants::Roles,
};

/// A key of a program. (tests/cases/positive/everything.yaml:237)
pub(crate) static API_KEY_AUTH: rt::Scheme = rt::Scheme {
    name: "apiKeyAuth",
    carrier: rt::Carrier::Header("X-API-Key"),
    grants: rt::Grants::Scopes,
};

/// Every scheme, so that an operation recognises a credential that it does not take.
pub(crate) const SCHEMES: &[&rt::Scheme] = &[&BEARER_AUTH, &API_KEY_AUTH];
