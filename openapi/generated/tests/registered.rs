//! The registration of every version says the same as its document.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected fails"
)]

#[path = "../../codegen/tests/driven/registered/compare.rs"]
mod compare;

use std::path::Path;

use openapi_codegen::read::Document;
use openapi_generated::v1;
use openapi_runtime::registry::{Registry, describe, register};

use self::compare::{Operations, add, documented, schemas_agree};

#[test]
fn version_1_is_registered_as_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../v1.yaml");
    let document = Document::read(&path);
    let document = document.root().expect("a tree").to_json();
    let mut operations = Operations::new();
    let mut registry = Registry::new();
    for tag in v1::OPERATIONS {
        add(&mut operations, describe(tag));
        register(tag, &mut registry);
    }
    assert_eq!(operations, documented(&document));
    schemas_agree(&document, &registry);
}
