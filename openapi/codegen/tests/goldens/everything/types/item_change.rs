//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `ItemChange`.

use openapi_runtime as rt;

static ITEM_CHANGE_NAME: rt::rules::Text = rt::rules::Text::new().length(1, 40);
static ITEM_CHANGE_NOTE: rt::rules::Text = rt::rules::Text::new().length(0, 100);
static ITEM_CHANGE_DUE: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new();

/// What is to change. (tests/cases/positive/everything.yaml:401)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ItemChange {
    /// `name` (tests/cases/positive/everything.yaml:406)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub name: Option<String>,
    /// `note` (tests/cases/positive/everything.yaml:407)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::OrAbsent<rt::fast::Same>, _, _>"
    )]
    pub note: rt::Patch<String>,
    /// `due` (tests/cases/positive/everything.yaml:408)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::OrAbsent<rt::fast::Same>, _, _>"
    )]
    pub due: rt::Patch<rt::Timestamp>,
}

impl<'de> serde::Deserialize<'de> for ItemChange {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for ItemChange {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["name", "note", "due"], out)?;
        object.size(1, usize::MAX, out);
        let name = object.optional("name", &ITEM_CHANGE_NAME, out);
        let note_4 = object.patch("note", &ITEM_CHANGE_NOTE, out);
        let due = object.patch("due", &ITEM_CHANGE_DUE, out);
        Some(Self {
            name: name?,
            note: note_4?,
            due: due?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        ITEM_CHANGE_NAME.holds_option(self.name.as_ref())
            && ITEM_CHANGE_NOTE.holds_option(self.note.value())
            && ITEM_CHANGE_DUE.holds_option(self.due.value())
            && (usize::from(self.name.is_some()) + usize::from(!self.note.is_absent())
                + usize::from(!self.due.is_absent())) >= 1
    }
}

pub(crate) static ITEM_CHANGE_SCHEMA: rt::Schema = rt::Schema {
    name: "ItemChange",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::optional("name", rt::Shape::Text("")),
            rt::Member::optional("note", rt::Shape::Text("")),
            rt::Member::optional("due", rt::Shape::Text("date-time")),
        ],
    ),
};
