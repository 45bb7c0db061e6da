//! api_keys.
