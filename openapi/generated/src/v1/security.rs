//! Generated from openapi/v1.yaml (sha256 c88a855530fcb3766f9e152884b581a8d276446940c703c53501cb236eb7a08e). Do not edit.
//!
//! The declared ways to authenticate.

use openapi_runtime as rt;

/// The access token of a session: a JWT, issued and checked as RFC8725 advises. Names in `security` are roles;
/// one of them suffices, an empty list takes any role. (openapi/v1.yaml:6902)
pub(crate) static BEARER_AUTH: rt::Scheme = rt::Scheme {
    name: "bearerAuth",
    carrier: rt::Carrier::Bearer,
    grants: rt::Grants::Roles,
};

/// A key that acts for its owner. Names in `security` are scopes; the key needs all of them. Where the operation
/// names roles under `bearerAuth`, the owner must have one of them too. (openapi/v1.yaml:6910)
pub(crate) static API_KEY_AUTH: rt::Scheme = rt::Scheme {
    name: "apiKeyAuth",
    carrier: rt::Carrier::Header("X-API-Key"),
    grants: rt::Grants::Scopes,
};

/// Every scheme, so that an operation recognises a credential that it does not take.
pub(crate) const SCHEMES: &[&rt::Scheme] = &[&BEARER_AUTH, &API_KEY_AUTH];
