//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The schema `Square`.

use openapi_runtime as rt;

/// The schema `Square`. (tests/cases/positive/tic-tac-toe.yaml:139)
#[derive(Debug, Clone, PartialEq)]
pub struct Square {
    /// `row` (tests/cases/positive/tic-tac-toe.yaml:142)
    pub row: i32,
    /// `column` (tests/cases/positive/tic-tac-toe.yaml:143)
    pub column: i32,
    /// What stands on a square. (tests/cases/positive/tic-tac-toe.yaml:144)
    pub mark: super::Mark,
}

impl serde::Serialize for Square {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("row", &self.row)?;
        map.serialize_entry("column", &self.column)?;
        map.serialize_entry("mark", &self.mark)?;
        map.end()
    }
}

impl rt::ReplyBody for Square {}

pub(crate) static SQUARE_SCHEMA: rt::Schema = rt::Schema {
    name: "Square",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("row", rt::Shape::Integer("int32")),
            rt::Member::required("column", rt::Shape::Integer("int32")),
            rt::Member::required("mark", rt::Shape::Named(&super::mark::MARK_SCHEMA)),
        ],
    ),
};
