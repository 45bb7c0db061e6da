//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Item`.

use openapi_runtime as rt;

/// An item. Its `id` is ours, its secret is yours. (tests/cases/positive/everything.yaml:347)
///
/// Both views of it differ, as `readOnly` and `writeOnly` members are in only one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// `id` (tests/cases/positive/everything.yaml:355)
    pub id: rt::Uuid,
    /// `name` (tests/cases/positive/everything.yaml:356)
    pub name: String,
    /// Minor units. (tests/cases/positive/everything.yaml:357)
    pub price: i64,
    /// Where an item stands. (tests/cases/positive/everything.yaml:358)
    pub status: super::ItemStatus,
    /// There, but possibly null. (tests/cases/positive/everything.yaml:359)
    pub note: Option<String>,
    /// `quantity` (tests/cases/positive/everything.yaml:361)
    pub quantity: Option<i32>,
    /// `pack` (tests/cases/positive/everything.yaml:362)
    pub pack: Option<i32>,
    /// `ratio` (tests/cases/positive/everything.yaml:363)
    pub ratio: Option<f64>,
    /// `contact` (tests/cases/positive/everything.yaml:364)
    pub contact: Option<String>,
    /// `homepage` (tests/cases/positive/everything.yaml:365)
    pub homepage: Option<String>,
    /// `address` (tests/cases/positive/everything.yaml:366)
    pub address: Option<std::net::Ipv4Addr>,
    /// `codes` (tests/cases/positive/everything.yaml:368)
    pub codes: Option<Vec<String>>,
    /// `labels` (tests/cases/positive/everything.yaml:374)
    pub labels: Option<rt::Map<String>>,
    /// `parts` (tests/cases/positive/everything.yaml:378)
    pub parts: Option<Vec<super::Part>>,
    /// `marks` (tests/cases/positive/everything.yaml:382)
    pub marks: Option<Vec<Option<i32>>>,
    /// `due` (tests/cases/positive/everything.yaml:385)
    pub due: Option<rt::Timestamp>,
    /// `createdAt` (tests/cases/positive/everything.yaml:386)
    pub created_at: Option<rt::Timestamp>,
}

impl serde::Serialize for Item {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("price", &self.price)?;
        map.serialize_entry("status", &self.status)?;
        map.serialize_entry("note", &self.note)?;
        if let Some(value) = &self.quantity {
            map.serialize_entry("quantity", value)?;
        }
        if let Some(value) = &self.pack {
            map.serialize_entry("pack", value)?;
        }
        if let Some(value) = &self.ratio {
            map.serialize_entry("ratio", value)?;
        }
        if let Some(value) = &self.contact {
            map.serialize_entry("contact", value)?;
        }
        if let Some(value) = &self.homepage {
            map.serialize_entry("homepage", value)?;
        }
        if let Some(value) = &self.address {
            map.serialize_entry("address", value)?;
        }
        if let Some(value) = &self.codes {
            map.serialize_entry("codes", value)?;
        }
        if let Some(value) = &self.labels {
            map.serialize_entry("labels", value)?;
        }
        if let Some(value) = &self.parts {
            map.serialize_entry("parts", value)?;
        }
        if let Some(value) = &self.marks {
            map.serialize_entry("marks", value)?;
        }
        if let Some(value) = &self.due {
            map.serialize_entry("due", value)?;
        }
        if let Some(value) = &self.created_at {
            map.serialize_entry("createdAt", value)?;
        }
        map.end()
    }
}

pub(crate) static ITEM_SCHEMA: rt::Schema = rt::Schema {
    name: "Item",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("id", rt::Shape::Text("uuid")),
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("price", rt::Shape::Integer("int64")),
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::item_status::ITEM_STATUS_SCHEMA),
            ),
            rt::Member::required("note", rt::Shape::Text("")),
            rt::Member::optional("quantity", rt::Shape::Integer("int32")),
            rt::Member::optional("pack", rt::Shape::Integer("int32")),
            rt::Member::optional("ratio", rt::Shape::Number("double")),
            rt::Member::optional("contact", rt::Shape::Text("email")),
            rt::Member::optional("homepage", rt::Shape::Text("uri")),
            rt::Member::optional("address", rt::Shape::Text("ipv4")),
            rt::Member::optional("codes", rt::Shape::List(&rt::Shape::Text(""))),
            rt::Member::optional("labels", rt::Shape::Map(&rt::Shape::Text(""))),
            rt::Member::optional(
                "parts",
                rt::Shape::List(&rt::Shape::Named(&super::part::PART_SCHEMA)),
            ),
            rt::Member::optional("marks", rt::Shape::List(&rt::Shape::Integer("int32"))),
            rt::Member::optional("due", rt::Shape::Text("date-time")),
            rt::Member::optional("createdAt", rt::Shape::Text("date-time")),
        ],
    ),
};

static ITEM_INPUT_NAME: rt::rules::Text = rt::rules::Text::new().length(1, 40);
static ITEM_INPUT_PRICE: rt::rules::Int<i64> = rt::rules::Int::new(
    0,
    9_007_199_254_740_991,
);
static ITEM_INPUT_STATUS: rt::rules::Parsed<super::ItemStatus> = rt::rules::Parsed::new();
static ITEM_INPUT_NOTE: rt::rules::Text = rt::rules::Text::new().length(0, 100);
static ITEM_INPUT_SECRET: rt::rules::Text = rt::rules::Text::new()
    .length(8, 128)
    .format(rt::Format::Password);
static ITEM_INPUT_QUANTITY: rt::rules::Int<i32> = rt::rules::Int::new(1, 1000)
    .multiple_of(1);
static ITEM_INPUT_PACK: rt::rules::Int<i32> = rt::rules::Int::new(6, 600).multiple_of(6);
static ITEM_INPUT_RATIO: rt::rules::Float<f64> = rt::rules::Float::<f64>::new()
    .minimum(0.0)
    .maximum(1.0)
    .multiple_of(0.25);
static ITEM_INPUT_CONTACT: rt::rules::Text = rt::rules::Text::new()
    .length(0, 254)
    .format(rt::Format::Email);
static ITEM_INPUT_HOMEPAGE: rt::rules::Text = rt::rules::Text::new()
    .length(0, 500)
    .format(rt::Format::Uri);
static ITEM_INPUT_ADDRESS: rt::rules::Parsed<std::net::Ipv4Addr> = rt::rules::Parsed::new();
static ITEM_INPUT_CODES_PATTERN: rt::Pattern = rt::Pattern::new("^[A-Z]{3}$");
static ITEM_INPUT_CODES: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(0, 3).pattern(&ITEM_INPUT_CODES_PATTERN),
    )
    .items(1, 4)
    .unique();
static ITEM_INPUT_LABELS: rt::rules::Entries<rt::rules::Text> = rt::rules::Entries::new(
        rt::rules::Text::new().length(1, 20),
    )
    .size(0, 2);
static ITEM_INPUT_PARTS: rt::rules::List<rt::rules::Nested<super::Part>> = rt::rules::List::new(
        rt::rules::Nested::new(),
    )
    .items(0, 10);
static ITEM_INPUT_MARKS: rt::rules::List<rt::rules::Nullable<rt::rules::Int<i32>>> = rt::rules::List::new(
        rt::rules::Nullable::new(rt::rules::Int::new(0, 9)),
    )
    .items(0, 4);
static ITEM_INPUT_DUE: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new();

/// An item. Its `id` is ours, its secret is yours. (tests/cases/positive/everything.yaml:347)
///
/// Both views of it differ, as `readOnly` and `writeOnly` members are in only one of them.
#[derive(Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct ItemInput {
    /// `name` (tests/cases/positive/everything.yaml:356)
    pub name: String,
    /// Minor units. (tests/cases/positive/everything.yaml:357)
    pub price: i64,
    /// Where an item stands. (tests/cases/positive/everything.yaml:358)
    pub status: super::ItemStatus,
    /// There, but possibly null. (tests/cases/positive/everything.yaml:359)
    #[serde(
        deserialize_with = "rt::fast::read::<rt::fast::OrNull<rt::fast::Same>, _, _>"
    )]
    pub note: Option<String>,
    /// `secret` (tests/cases/positive/everything.yaml:360)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub secret: Option<String>,
    /// `quantity` (tests/cases/positive/everything.yaml:361)
    #[serde(default = "item_input_quantity_default")]
    pub quantity: i32,
    /// `pack` (tests/cases/positive/everything.yaml:362)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub pack: Option<i32>,
    /// `ratio` (tests/cases/positive/everything.yaml:363)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub ratio: Option<f64>,
    /// `contact` (tests/cases/positive/everything.yaml:364)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub contact: Option<String>,
    /// `homepage` (tests/cases/positive/everything.yaml:365)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub homepage: Option<String>,
    /// `address` (tests/cases/positive/everything.yaml:366)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Strict>, _, _>"
    )]
    pub address: Option<std::net::Ipv4Addr>,
    /// `codes` (tests/cases/positive/everything.yaml:368)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub codes: Option<Vec<String>>,
    /// `labels` (tests/cases/positive/everything.yaml:374)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub labels: Option<rt::Map<String>>,
    /// `parts` (tests/cases/positive/everything.yaml:378)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub parts: Option<Vec<super::Part>>,
    /// `marks` (tests/cases/positive/everything.yaml:382)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub marks: Option<Vec<Option<i32>>>,
    /// `due` (tests/cases/positive/everything.yaml:385)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub due: Option<rt::Timestamp>,
}

impl std::fmt::Debug for ItemInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ItemInput")
            .field("name", &self.name)
            .field("price", &self.price)
            .field("status", &self.status)
            .field("note", &self.note)
            .field("secret", &"…")
            .field("quantity", &self.quantity)
            .field("pack", &self.pack)
            .field("ratio", &self.ratio)
            .field("contact", &self.contact)
            .field("homepage", &self.homepage)
            .field("address", &self.address)
            .field("codes", &self.codes)
            .field("labels", &self.labels)
            .field("parts", &self.parts)
            .field("marks", &self.marks)
            .field("due", &self.due)
            .finish()
    }
}

fn item_input_quantity_default() -> i32 {
    1
}

impl<'de> serde::Deserialize<'de> for ItemInput {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for ItemInput {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &[
                "name",
                "price",
                "status",
                "note",
                "secret",
                "quantity",
                "pack",
                "ratio",
                "contact",
                "homepage",
                "address",
                "codes",
                "labels",
                "parts",
                "marks",
                "due",
            ],
            out,
        )?;
        let name = object.required("name", &ITEM_INPUT_NAME, out);
        let price = object.required("price", &ITEM_INPUT_PRICE, out);
        let status = object.required("status", &ITEM_INPUT_STATUS, out);
        let note_6 = object.required_nullable("note", &ITEM_INPUT_NOTE, out);
        let secret = object.optional("secret", &ITEM_INPUT_SECRET, out);
        let quantity = object
            .with_default(
                "quantity",
                &ITEM_INPUT_QUANTITY,
                item_input_quantity_default,
                out,
            );
        let pack = object.optional("pack", &ITEM_INPUT_PACK, out);
        let ratio = object.optional("ratio", &ITEM_INPUT_RATIO, out);
        let contact = object.optional("contact", &ITEM_INPUT_CONTACT, out);
        let homepage = object.optional("homepage", &ITEM_INPUT_HOMEPAGE, out);
        let address = object.optional("address", &ITEM_INPUT_ADDRESS, out);
        let codes = object.optional("codes", &ITEM_INPUT_CODES, out);
        let labels = object.optional("labels", &ITEM_INPUT_LABELS, out);
        let parts = object.optional("parts", &ITEM_INPUT_PARTS, out);
        let marks = object.optional("marks", &ITEM_INPUT_MARKS, out);
        let due = object.optional("due", &ITEM_INPUT_DUE, out);
        Some(Self {
            name: name?,
            price: price?,
            status: status?,
            note: note_6?,
            secret: secret?,
            quantity: quantity?,
            pack: pack?,
            ratio: ratio?,
            contact: contact?,
            homepage: homepage?,
            address: address?,
            codes: codes?,
            labels: labels?,
            parts: parts?,
            marks: marks?,
            due: due?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        ITEM_INPUT_NAME.holds(&self.name) && ITEM_INPUT_PRICE.holds(&self.price)
            && ITEM_INPUT_STATUS.holds(&self.status)
            && ITEM_INPUT_NOTE.holds_option(self.note.as_ref())
            && ITEM_INPUT_SECRET.holds_option(self.secret.as_ref())
            && ITEM_INPUT_QUANTITY.holds(&self.quantity)
            && ITEM_INPUT_PACK.holds_option(self.pack.as_ref())
            && ITEM_INPUT_RATIO.holds_option(self.ratio.as_ref())
            && ITEM_INPUT_CONTACT.holds_option(self.contact.as_ref())
            && ITEM_INPUT_HOMEPAGE.holds_option(self.homepage.as_ref())
            && ITEM_INPUT_ADDRESS.holds_option(self.address.as_ref())
            && ITEM_INPUT_CODES.holds_option(self.codes.as_ref())
            && ITEM_INPUT_LABELS.holds_option(self.labels.as_ref())
            && ITEM_INPUT_PARTS.holds_option(self.parts.as_ref())
            && ITEM_INPUT_MARKS.holds_option(self.marks.as_ref())
            && ITEM_INPUT_DUE.holds_option(self.due.as_ref())
    }
}

pub(crate) static ITEM_INPUT_SCHEMA: rt::Schema = rt::Schema {
    name: "ItemInput",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required("price", rt::Shape::Integer("int64")),
            rt::Member::required(
                "status",
                rt::Shape::Named(&super::item_status::ITEM_STATUS_SCHEMA),
            ),
            rt::Member::required("note", rt::Shape::Text("")),
            rt::Member::optional("secret", rt::Shape::Text("password")),
            rt::Member::optional("quantity", rt::Shape::Integer("int32")),
            rt::Member::optional("pack", rt::Shape::Integer("int32")),
            rt::Member::optional("ratio", rt::Shape::Number("double")),
            rt::Member::optional("contact", rt::Shape::Text("email")),
            rt::Member::optional("homepage", rt::Shape::Text("uri")),
            rt::Member::optional("address", rt::Shape::Text("ipv4")),
            rt::Member::optional("codes", rt::Shape::List(&rt::Shape::Text(""))),
            rt::Member::optional("labels", rt::Shape::Map(&rt::Shape::Text(""))),
            rt::Member::optional(
                "parts",
                rt::Shape::List(&rt::Shape::Named(&super::part::PART_SCHEMA)),
            ),
            rt::Member::optional("marks", rt::Shape::List(&rt::Shape::Integer("int32"))),
            rt::Member::optional("due", rt::Shape::Text("date-time")),
        ],
    ),
};
