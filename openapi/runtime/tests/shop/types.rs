//! What the generator emits for schemas: requests, responses and a union.

use openapi_runtime as rt;
use openapi_runtime::rules::{Int, List, Nested, Parsed, Text};
use serde::ser::{Serialize, SerializeMap, Serializer};

// ---------------------------------------------------------------- enum

/// A currency. (shop.yaml:10)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Currency {
    /// `USD`
    Usd,
    /// `EUR`
    Eur,
}

impl Currency {
    /// Every value, as written in the document.
    pub const NAMES: &'static [&'static str] = &["USD", "EUR"];

    /// The value as written in the document.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
        }
    }
}

impl rt::FromText for Currency {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "USD" => Some(Self::Usd),
            "EUR" => Some(Self::Eur),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for Currency {
    type Err = rt::UnknownName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

// ---------------------------------------------------------------- request types

static CREATE_PRODUCT_SKU_PATTERN: rt::Pattern = rt::Pattern::new("^[A-Z0-9-]+$");
static CREATE_PRODUCT_SKU: Text = Text::new()
    .length(1, 64)
    .pattern(&CREATE_PRODUCT_SKU_PATTERN);
static CREATE_PRODUCT_PRICE: Int<i64> = Int::new(0, 9_007_199_254_740_991);
static CREATE_PRODUCT_CURRENCY: Parsed<Currency> = Parsed::new();
static CREATE_PRODUCT_CONTACT: Text = Text::new().length(0, 254).format(rt::Format::Email);
static CREATE_PRODUCT_STOCK: Int<i32> = Int::new(0, 1_000_000);
static CREATE_PRODUCT_PARTS: List<Nested<Part>> = List::new(Nested::new()).items(1, 50);
static CREATE_PRODUCT_ATTRIBUTES: rt::rules::Entries<Text> =
    rt::rules::Entries::new(Text::new().length(0, 100)).size(0, 20);
static CREATE_PRODUCT_DESCRIPTION: Text = Text::new().length(0, 2000);
static CREATE_PRODUCT_PAYMENT: Nested<PaymentMethod> = Nested::new();

/// `CreateProduct`. (shop.yaml:20)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct CreateProduct {
    /// The stock keeping unit.
    pub sku: String,
    /// Minor units.
    pub price: i64,
    /// Absent means none.
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub currency: Option<Currency>,
    /// An address.
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub contact: Option<String>,
    /// Default 5.
    #[serde(default = "create_product_stock_default")]
    pub stock: i32,
    /// The parts.
    pub parts: Vec<Part>,
    /// Free attributes.
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub attributes: Option<rt::Map<String>>,
    /// Absent, null or a text.
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::OrAbsent<rt::fast::Same>, _, _>"
    )]
    pub description: rt::Patch<String>,
    /// How it is paid.
    #[serde(
        rename = "paymentMethod",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub payment_method: Option<PaymentMethod>,
}

fn create_product_stock_default() -> i32 {
    5
}

impl<'de> serde::Deserialize<'de> for CreateProduct {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for CreateProduct {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &[
                "sku",
                "price",
                "currency",
                "contact",
                "stock",
                "parts",
                "attributes",
                "description",
                "paymentMethod",
            ],
            out,
        )?;
        let sku = object.required("sku", &CREATE_PRODUCT_SKU, out);
        let price = object.required("price", &CREATE_PRODUCT_PRICE, out);
        let currency = object.optional("currency", &CREATE_PRODUCT_CURRENCY, out);
        let contact = object.optional("contact", &CREATE_PRODUCT_CONTACT, out);
        let stock = object.with_default(
            "stock",
            &CREATE_PRODUCT_STOCK,
            create_product_stock_default,
            out,
        );
        let parts = object.required("parts", &CREATE_PRODUCT_PARTS, out);
        let attributes = object.optional("attributes", &CREATE_PRODUCT_ATTRIBUTES, out);
        let description = object.patch("description", &CREATE_PRODUCT_DESCRIPTION, out);
        let payment_method = object.optional("paymentMethod", &CREATE_PRODUCT_PAYMENT, out);
        Some(Self {
            sku: sku?,
            price: price?,
            currency: currency?,
            contact: contact?,
            stock: stock?,
            parts: parts?,
            attributes: attributes?,
            description: description?,
            payment_method: payment_method?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        CREATE_PRODUCT_SKU.holds(&self.sku)
            && CREATE_PRODUCT_PRICE.holds(&self.price)
            && CREATE_PRODUCT_CURRENCY.holds_option(self.currency.as_ref())
            && CREATE_PRODUCT_CONTACT.holds_option(self.contact.as_ref())
            && CREATE_PRODUCT_STOCK.holds(&self.stock)
            && CREATE_PRODUCT_PARTS.holds(&self.parts)
            && CREATE_PRODUCT_ATTRIBUTES.holds_option(self.attributes.as_ref())
            && CREATE_PRODUCT_DESCRIPTION.holds_option(self.description.value())
            && CREATE_PRODUCT_PAYMENT.holds_option(self.payment_method.as_ref())
    }
}

static PART_ID: Parsed<rt::Uuid> = Parsed::new();
static PART_QUANTITY: Int<i64> = Int::new(1, 1000);

/// `Part`. (shop.yaml:60)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Part {
    /// Which part.
    #[serde(
        rename = "partId",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    pub part_id: rt::Uuid,
    /// How many.
    pub quantity: i64,
}

impl<'de> serde::Deserialize<'de> for Part {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Part {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["partId", "quantity"], out)?;
        let part_id = object.required("partId", &PART_ID, out);
        let quantity = object.required("quantity", &PART_QUANTITY, out);
        Some(Self {
            part_id: part_id?,
            quantity: quantity?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        PART_ID.holds(&self.part_id) && PART_QUANTITY.holds(&self.quantity)
    }
}

// ---------------------------------------------------------------- union with discriminator

/// `PaymentMethod`, told apart by `kind`. (shop.yaml:80)
#[derive(Debug, Clone, PartialEq)]
pub enum PaymentMethod {
    /// `card`
    Card(Card),
    /// `transfer`
    Transfer(Transfer),
}

impl<'de> serde::Deserialize<'de> for PaymentMethod {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let tagged = rt::fast::tagged(deserializer, "kind")?;
        match tagged.tag() {
            "card" => tagged.read().map(Self::Card),
            "transfer" => tagged.read().map(Self::Transfer),
            _ => tagged.unknown(),
        }
    }
}

impl rt::Parse for PaymentMethod {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        match rt::tag(node, "kind", &["card", "transfer"], out)? {
            "card" => Card::parse(node, out).map(Self::Card),
            _ => Transfer::parse(node, out).map(Self::Transfer),
        }
    }

    fn holds(&self) -> bool {
        match self {
            Self::Card(value) => value.holds(),
            Self::Transfer(value) => value.holds(),
        }
    }
}

/// The only value of `Card.kind`: a `const` in a request is an enum of one. (shop.yaml:90)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CardKind {
    /// `card`
    Card,
}

impl rt::FromText for CardKind {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "card" => Some(Self::Card),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(&["card"]);
    }
}

impl<'de> serde::Deserialize<'de> for CardKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

static CARD_KIND: Parsed<CardKind> = Parsed::new();
static CARD_TOKEN: Text = Text::new().length(4, 64);

/// `Card`. (shop.yaml:88)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Card {
    /// Always `card`.
    pub kind: CardKind,
    /// What the provider knows the card by.
    pub token: String,
}

impl<'de> serde::Deserialize<'de> for Card {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Card {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["kind", "token"], out)?;
        let kind = object.required("kind", &CARD_KIND, out);
        let token = object.required("token", &CARD_TOKEN, out);
        Some(Self {
            kind: kind?,
            token: token?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        CARD_KIND.holds(&self.kind) && CARD_TOKEN.holds(&self.token)
    }
}

/// The only value of `Transfer.kind`. (shop.yaml:99)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TransferKind {
    /// `transfer`
    Transfer,
}

impl rt::FromText for TransferKind {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "transfer" => Some(Self::Transfer),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(&["transfer"]);
    }
}

impl<'de> serde::Deserialize<'de> for TransferKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

static TRANSFER_KIND: Parsed<TransferKind> = Parsed::new();
static TRANSFER_DUE: Parsed<rt::Timestamp> = Parsed::new();

/// `Transfer`. (shop.yaml:97)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Transfer {
    /// Always `transfer`.
    pub kind: TransferKind,
    /// Required, and null for "at once".
    #[serde(deserialize_with = "rt::fast::read::<rt::fast::OrNull<rt::fast::Same>, _, _>")]
    pub due: Option<rt::Timestamp>,
}

impl<'de> serde::Deserialize<'de> for Transfer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for Transfer {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(node, &["kind", "due"], out)?;
        let kind = object.required("kind", &TRANSFER_KIND, out);
        let due = object.required_nullable("due", &TRANSFER_DUE, out);
        Some(Self {
            kind: kind?,
            due: due?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        TRANSFER_KIND.holds(&self.kind) && TRANSFER_DUE.holds_option(self.due.as_ref())
    }
}

// ---------------------------------------------------------------- response types

/// `Product`. (shop.yaml:110)
#[derive(Debug, Clone, PartialEq)]
pub struct Product {
    /// Its id.
    pub id: rt::Uuid,
    /// Its stock keeping unit.
    pub sku: String,
    /// Minor units.
    pub price: i64,
    /// Required and nullable.
    pub note: Option<String>,
    /// Left out when it does not apply.
    pub archived_at: Option<rt::Timestamp>,
}

impl Serialize for Product {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("sku", &self.sku)?;
        map.serialize_entry("price", &self.price)?;
        map.serialize_entry("note", &self.note)?;
        if let Some(value) = &self.archived_at {
            map.serialize_entry("archivedAt", value)?;
        }
        map.end()
    }
}

/// `ProductResponse {success, data, error, requestId, timestamp}`. (shop.yaml:130)
#[derive(Debug, Clone, PartialEq)]
pub struct ProductResponse {
    /// The product.
    pub data: Product,
}

impl Serialize for ProductResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("success", &true)?;
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("error", &())?;
        map.end()
    }
}

impl rt::ReplyBody for ProductResponse {
    const SOURCES: &'static [(&'static str, rt::Source)] = &[
        ("requestId", rt::Source::RequestId),
        ("timestamp", rt::Source::Timestamp),
    ];
}

// ---------------------------------------------------------------- structural self-description

pub(crate) static CURRENCY: rt::Schema = rt::Schema {
    name: "Currency",
    kind: rt::SchemaKind::Words(Currency::NAMES),
};
pub(crate) static PART: rt::Schema = rt::Schema {
    name: "Part",
    kind: rt::SchemaKind::Object(&[
        rt::Member {
            name: "partId",
            required: true,
            shape: rt::Shape::Text("uuid"),
        },
        rt::Member {
            name: "quantity",
            required: true,
            shape: rt::Shape::Integer("int64"),
        },
    ]),
};
pub(crate) static CARD: rt::Schema = rt::Schema {
    name: "Card",
    kind: rt::SchemaKind::Object(&[
        rt::Member {
            name: "kind",
            required: true,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "token",
            required: true,
            shape: rt::Shape::Text(""),
        },
    ]),
};
pub(crate) static TRANSFER: rt::Schema = rt::Schema {
    name: "Transfer",
    kind: rt::SchemaKind::Object(&[
        rt::Member {
            name: "kind",
            required: true,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "due",
            required: true,
            shape: rt::Shape::Text("date-time"),
        },
    ]),
};
pub(crate) static PAYMENT_METHOD: rt::Schema = rt::Schema {
    name: "PaymentMethod",
    kind: rt::SchemaKind::OneOf(&[rt::Shape::Named(&CARD), rt::Shape::Named(&TRANSFER)]),
};
pub(crate) static CREATE_PRODUCT: rt::Schema = rt::Schema {
    name: "CreateProduct",
    kind: rt::SchemaKind::Object(&[
        rt::Member {
            name: "sku",
            required: true,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "price",
            required: true,
            shape: rt::Shape::Integer("int64"),
        },
        rt::Member {
            name: "currency",
            required: false,
            shape: rt::Shape::Named(&CURRENCY),
        },
        rt::Member {
            name: "contact",
            required: false,
            shape: rt::Shape::Text("email"),
        },
        rt::Member {
            name: "stock",
            required: false,
            shape: rt::Shape::Integer("int32"),
        },
        rt::Member {
            name: "parts",
            required: true,
            shape: rt::Shape::List(&rt::Shape::Named(&PART)),
        },
        rt::Member {
            name: "attributes",
            required: false,
            shape: rt::Shape::Map(&rt::Shape::Text("")),
        },
        rt::Member {
            name: "description",
            required: false,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "paymentMethod",
            required: false,
            shape: rt::Shape::Named(&PAYMENT_METHOD),
        },
    ]),
};
pub(crate) static PRODUCT: rt::Schema = rt::Schema {
    name: "Product",
    kind: rt::SchemaKind::Object(&[
        rt::Member {
            name: "id",
            required: true,
            shape: rt::Shape::Text("uuid"),
        },
        rt::Member {
            name: "sku",
            required: true,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "price",
            required: true,
            shape: rt::Shape::Integer("int64"),
        },
        rt::Member {
            name: "note",
            required: true,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "archivedAt",
            required: false,
            shape: rt::Shape::Text("date-time"),
        },
    ]),
};
pub(crate) static PRODUCT_RESPONSE: rt::Schema = rt::Schema {
    name: "ProductResponse",
    kind: rt::SchemaKind::Object(&[
        rt::Member {
            name: "success",
            required: true,
            shape: rt::Shape::Boolean,
        },
        rt::Member {
            name: "data",
            required: true,
            shape: rt::Shape::Named(&PRODUCT),
        },
        rt::Member {
            name: "error",
            required: true,
            shape: rt::Shape::Null,
        },
        rt::Member {
            name: "requestId",
            required: true,
            shape: rt::Shape::Text(""),
        },
        rt::Member {
            name: "timestamp",
            required: true,
            shape: rt::Shape::Text("date-time"),
        },
    ]),
};
