//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Tree`.

use openapi_runtime as rt;

static TREE_NAME: rt::rules::Text = rt::rules::Text::new().length(1, 20);
static TREE_PARENT: rt::rules::Boxed<rt::rules::Nested<Tree>> = rt::rules::Boxed::new(
    rt::rules::Nested::new(),
);
static TREE_CHILDREN: rt::rules::List<rt::rules::Nested<Tree>> = rt::rules::List::new(
        rt::rules::Nested::new(),
    )
    .items(0, 10);
static TREE_NAMED: rt::rules::Entries<rt::rules::Nested<Tree>> = rt::rules::Entries::new(
        rt::rules::Nested::new(),
    )
    .size(0, 5);
static TREE_READING: rt::rules::Nested<super::Reading> = rt::rules::Nested::new();
static TREE_EXTRAS: rt::rules::Nested<super::Extras> = rt::rules::Nested::new();
static TREE_SELF: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static TREE_TYPE: rt::rules::Parsed<TreeType> = rt::rules::Parsed::new();

/// A tree, of whatever depth. (tests/cases/positive/everything.yaml:481)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Tree {
    /// `name` (tests/cases/positive/everything.yaml:486)
    pub name: String,
    /// A tree, of whatever depth. (tests/cases/positive/everything.yaml:487)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub parent: Option<Box<Tree>>,
    /// `children` (tests/cases/positive/everything.yaml:488)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub children: Option<Vec<Tree>>,
    /// `named` (tests/cases/positive/everything.yaml:489)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub named: Option<rt::Map<Tree>>,
    /// A number or a text. (tests/cases/positive/everything.yaml:490)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub reading: Option<super::Reading>,
    /// Some declared members and any number of others. (tests/cases/positive/everything.yaml:491)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub extras: Option<super::Extras>,
    /// `self` (tests/cases/positive/everything.yaml:492)
    #[serde(
        rename = "self",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub self_: Option<String>,
    /// `type` (tests/cases/positive/everything.yaml:493)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub r#type: Option<TreeType>,
}

impl<'de> serde::Deserialize<'de> for Tree {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Tree {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &[
                "name",
                "parent",
                "children",
                "named",
                "reading",
                "extras",
                "self",
                "type",
            ],
            out,
        )?;
        let name = object.required("name", &TREE_NAME, out);
        let parent = object.optional("parent", &TREE_PARENT, out);
        let children = object.optional("children", &TREE_CHILDREN, out);
        let named_6 = object.optional("named", &TREE_NAMED, out);
        let reading = object.optional("reading", &TREE_READING, out);
        let extras = object.optional("extras", &TREE_EXTRAS, out);
        let self_ = object.optional("self", &TREE_SELF, out);
        let r#type = object.optional("type", &TREE_TYPE, out);
        Some(Self {
            name: name?,
            parent: parent?,
            children: children?,
            named: named_6?,
            reading: reading?,
            extras: extras?,
            self_: self_?,
            r#type: r#type?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        TREE_NAME.holds(&self.name) && TREE_PARENT.holds_option(self.parent.as_ref())
            && TREE_CHILDREN.holds_option(self.children.as_ref())
            && TREE_NAMED.holds_option(self.named.as_ref())
            && TREE_READING.holds_option(self.reading.as_ref())
            && TREE_EXTRAS.holds_option(self.extras.as_ref())
            && TREE_SELF.holds_option(self.self_.as_ref())
            && TREE_TYPE.holds_option(self.r#type.as_ref())
    }
}

impl serde::Serialize for Tree {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        if let Some(value) = &self.parent {
            map.serialize_entry("parent", value)?;
        }
        if let Some(value) = &self.children {
            map.serialize_entry("children", value)?;
        }
        if let Some(value) = &self.named {
            map.serialize_entry("named", value)?;
        }
        if let Some(value) = &self.reading {
            map.serialize_entry("reading", value)?;
        }
        if let Some(value) = &self.extras {
            map.serialize_entry("extras", value)?;
        }
        if let Some(value) = &self.self_ {
            map.serialize_entry("self", value)?;
        }
        if let Some(value) = &self.r#type {
            map.serialize_entry("type", value)?;
        }
        map.end()
    }
}

impl rt::ReplyBody for Tree {}

pub(crate) static TREE_SCHEMA: rt::Schema = rt::Schema {
    name: "Tree",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::optional("parent", rt::Shape::Named(&TREE_SCHEMA)),
            rt::Member::optional(
                "children",
                rt::Shape::List(&rt::Shape::Named(&TREE_SCHEMA)),
            ),
            rt::Member::optional(
                "named",
                rt::Shape::Map(&rt::Shape::Named(&TREE_SCHEMA)),
            ),
            rt::Member::optional(
                "reading",
                rt::Shape::Named(&super::reading::READING_SCHEMA),
            ),
            rt::Member::optional(
                "extras",
                rt::Shape::Named(&super::extras::EXTRAS_SCHEMA),
            ),
            rt::Member::optional("self", rt::Shape::Text("")),
            rt::Member::optional("type", rt::Shape::Named(&TREE_TYPE_SCHEMA)),
        ],
    ),
};

/// The schema `Tree type`. (tests/cases/positive/everything.yaml:493)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TreeType {
    /// `oak` (tests/cases/positive/everything.yaml:493)
    Oak,
    /// `beech` (tests/cases/positive/everything.yaml:493)
    Beech,
}

impl TreeType {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Oak, Self::Beech];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["oak", "beech"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oak => "oak",
            Self::Beech => "beech",
        }
    }
}

impl rt::FromText for TreeType {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "oak" => Some(Self::Oak),
            "beech" => Some(Self::Beech),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for TreeType {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for TreeType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for TreeType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for TreeType {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static TREE_TYPE_SCHEMA: rt::Schema = rt::Schema {
    name: "TreeType",
    kind: rt::SchemaKind::Words(TreeType::NAMES),
};
