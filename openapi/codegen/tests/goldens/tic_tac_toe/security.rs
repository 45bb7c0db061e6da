//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The declared ways to authenticate.

use openapi_runtime as rt;

/// The key of a player. (tests/cases/positive/tic-tac-toe.yaml:82)
pub(crate) static PLAYER_KEY: rt::Scheme = rt::Scheme {
    name: "playerKey",
    carrier: rt::Carrier::Header("X-Player-Key"),
    grants: rt::Grants::Scopes,
};

/// A token. (tests/cases/positive/tic-tac-toe.yaml:87)
pub(crate) static BEARER: rt::Scheme = rt::Scheme {
    name: "bearer",
    carrier: rt::Carrier::Bearer,
    grants: rt::Grants::Roles,
};

/// Every scheme, so that an operation recognises a credential that it does not take.
pub(crate) const SCHEMES: &[&rt::Scheme] = &[&PLAYER_KEY, &BEARER];
