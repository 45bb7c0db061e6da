//! Generated from tests/cases/positive/tic-tac-toe.yaml (sha256 f93c5c2ce8785c7dc47f5f5b1beb98bdb733029de5a55f2d086115a98ac6eb0d). Do not edit.
//!
//! The schema `Status`.

use openapi_runtime as rt;

/// The schema `Status`. (tests/cases/positive/tic-tac-toe.yaml:146)
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// What stands on a square. (tests/cases/positive/tic-tac-toe.yaml:149)
    pub winner: super::Mark,
    /// `board` (tests/cases/positive/tic-tac-toe.yaml:151)
    pub board: Vec<Vec<super::Mark>>,
}

impl serde::Serialize for Status {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("winner", &self.winner)?;
        map.serialize_entry("board", &self.board)?;
        map.end()
    }
}

impl rt::ReplyBody for Status {}

pub(crate) static STATUS_SCHEMA: rt::Schema = rt::Schema {
    name: "Status",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("winner", rt::Shape::Named(&super::mark::MARK_SCHEMA)),
            rt::Member::required(
                "board",
                rt::Shape::List(
                    &rt::Shape::List(&rt::Shape::Named(&super::mark::MARK_SCHEMA)),
                ),
            ),
        ],
    ),
};
