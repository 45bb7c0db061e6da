//! Holds servers and documents against an OpenAPI contract. Works on any document of OpenAPI 3.0 or 3.1.
//!
//! `document` reads, `api` is what a tester sees of it. `diff` compares two documents, `pact` holds pacts
//! against one. `run` sends `case`s through
//! `transport`, `checks` judge each `exchange`, `phases` and `laws` make the cases, `measure` counts what was exercised,
//! `reports` write it all down. `README.md` beside `src/` says what each command does.

pub mod api;
pub mod case;
pub mod checks;
pub mod cli;
pub mod config;
pub mod diff;
pub mod document;
pub mod exchange;
pub mod expression;
pub mod fixtures;
pub mod generate;
pub mod laws;
pub mod measure;
pub mod pact;
pub mod phases;
pub mod pool;
pub mod principals;
pub mod recording;
pub mod reports;
pub mod run;
pub mod script;
pub mod shrink;
pub mod transport;
