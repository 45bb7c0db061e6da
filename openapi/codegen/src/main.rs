//! The `codegen` command.
use openapi_codegen::{lower::lower, read::Document};
fn main() {
    let d = Document::read(std::path::Path::new("openapi/v1.yaml"));
    match lower(&d) { Ok(api) => println!("{api:#?}"), Err(e) => println!("{e}") }
}
