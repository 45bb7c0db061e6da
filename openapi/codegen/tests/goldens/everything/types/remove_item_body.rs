//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `removeItem body`.

use openapi_runtime as rt;

static REMOVE_ITEM_BODY_REASON: rt::rules::Text = rt::rules::Text::new().length(1, 100);
static REMOVE_ITEM_BODY_FORCE: rt::rules::Bool = rt::rules::Bool;

/// The schema `removeItem body`. (tests/cases/positive/everything.yaml:178)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct RemoveItemBody {
    /// `reason` (tests/cases/positive/everything.yaml:182)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub reason: Option<String>,
    /// `force` (tests/cases/positive/everything.yaml:183)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub force: Option<bool>,
}

impl<'de> serde::Deserialize<'de> for RemoveItemBody {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for RemoveItemBody {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["reason", "force"], out)?;
        object.size(1, usize::MAX, out);
        let reason = object.optional("reason", &REMOVE_ITEM_BODY_REASON, out);
        let force = object.optional("force", &REMOVE_ITEM_BODY_FORCE, out);
        Some(Self {
            reason: reason?,
            force: force?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        REMOVE_ITEM_BODY_REASON.holds_option(self.reason.as_ref())
            && REMOVE_ITEM_BODY_FORCE.holds_option(self.force.as_ref())
            && (usize::from(self.reason.is_some()) + usize::from(self.force.is_some()))
                >= 1
    }
}

pub(crate) static REMOVE_ITEM_BODY_SCHEMA: rt::Schema = rt::Schema {
    name: "RemoveItemBody",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::optional("reason", rt::Shape::Text("")),
            rt::Member::optional("force", rt::Shape::Boolean),
        ],
    ),
};
