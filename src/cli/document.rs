//! `openapi`

use super::{Format, answer};
use crate::{error::Error, http::docs};

pub(super) fn print(format: Format) -> Result<(), Error> {
    let format = match format {
        Format::Yaml => docs::Format::Yaml,
        Format::Json => docs::Format::Json,
        Format::OpenApi30 => docs::Format::OpenApi30,
    };
    answer(docs::text(format)?)
}
