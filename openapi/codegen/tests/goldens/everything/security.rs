//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The declared ways to authenticate.

use openapi_runtime as rt;

/// A token of a user. (tests/cases/positive/everything.yaml:276)
pub(crate) static BEARER_AUTH: rt::Scheme = rt::Scheme {
    name: "bearerAuth",
    carrier: rt::Carrier::Bearer,
    grants: rt::Grants::Roles,
};

/// A key of a program. (tests/cases/positive/everything.yaml:277)
pub(crate) static API_KEY_AUTH: rt::Scheme = rt::Scheme {
    name: "apiKeyAuth",
    carrier: rt::Carrier::Header("X-API-Key"),
    grants: rt::Grants::Scopes,
};

/// Every scheme, so that an operation recognises a credential that it does not take.
pub(crate) const SCHEMES: &[&rt::Scheme] = &[&BEARER_AUTH, &API_KEY_AUTH];
