//! Generated from tests/cases/positive/everything.yaml (sha256 5758e37657b2453c32d9dee359247485411daaeec64be4d5c8a97a540aee07a8). Do not edit.
//!
//! The declared ways to authenticate.

use openapi_runtime as rt;

/// A token of a user. (tests/cases/positive/everything.yaml:271)
pub(crate) static BEARER_AUTH: rt::Scheme = rt::Scheme {
    name: "bearerAuth",
    carrier: rt::Carrier::Bearer,
    grants: rt::Grants::Roles,
};

/// A key of a program. (tests/cases/positive/everything.yaml:272)
pub(crate) static API_KEY_AUTH: rt::Scheme = rt::Scheme {
    name: "apiKeyAuth",
    carrier: rt::Carrier::Header("X-API-Key"),
    grants: rt::Grants::Scopes,
};

/// Every scheme, so that an operation recognises a credential that it does not take.
pub(crate) const SCHEMES: &[&rt::Scheme] = &[&BEARER_AUTH, &API_KEY_AUTH];
