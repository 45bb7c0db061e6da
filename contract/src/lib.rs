//! Holds servers and documents against an OpenAPI contract. Works on any document of OpenAPI 3.0 or 3.1.
//!
//! `document` reads, `diff` compares two documents. `README.md` beside `src/` says what each command does.

pub mod cli;
pub mod diff;
pub mod document;
