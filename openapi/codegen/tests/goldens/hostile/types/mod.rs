//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The schemas of the document, one file each.

pub(crate) mod names;
pub(crate) mod option;
pub(crate) mod string;
pub(crate) mod words;

pub use self::names::{Names, NamesInput};
pub use self::option::OptionSchema;
pub use self::string::StringSchema;
pub use self::words::Words;
pub use super::codes::ErrorCode;
