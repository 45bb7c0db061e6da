//! Generated from tests/cases/positive/everything.yaml (sha256 a8c438ac1abf4ff262560a573d70f32cef18ecadaaa9c8cdc629add1778ffd70). Do not edit.
//!
//! The schema `Defaults`.

use openapi_runtime as rt;

static DEFAULTS_FLAG: rt::rules::Bool = rt::rules::Bool;
static DEFAULTS_SMALL: rt::rules::Int<i32> = rt::rules::Int::new(-100, 100);
static DEFAULTS_BIG: rt::rules::Int<i64> = rt::rules::Int::new(0, 9_007_199_254_740_991);
static DEFAULTS_FLOAT: rt::rules::Float<f32> = rt::rules::Float::<f32>::new()
    .minimum(0.0)
    .maximum(1.0);
static DEFAULTS_DOUBLE: rt::rules::Float<f64> = rt::rules::Float::<f64>::new()
    .minimum(0.0)
    .maximum(100_000.0);
static DEFAULTS_TEXT: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static DEFAULTS_CHOICE: rt::rules::Parsed<DefaultsChoice> = rt::rules::Parsed::new();
static DEFAULTS_ID: rt::rules::Parsed<rt::Uuid> = rt::rules::Parsed::new();
static DEFAULTS_AT: rt::rules::Parsed<rt::Timestamp> = rt::rules::Parsed::new();
static DEFAULTS_ON: rt::rules::Parsed<rt::Date> = rt::rules::Parsed::new();
static DEFAULTS_V4: rt::rules::Parsed<std::net::Ipv4Addr> = rt::rules::Parsed::new();
static DEFAULTS_V6: rt::rules::Parsed<std::net::Ipv6Addr> = rt::rules::Parsed::new();
static DEFAULTS_HOST: rt::rules::Text = rt::rules::Text::new()
    .length(0, 253)
    .format(rt::Format::Hostname);
static DEFAULTS_BYTES: rt::rules::Text = rt::rules::Text::new()
    .length(0, 100)
    .format(rt::Format::Byte);
static DEFAULTS_MAYBE: rt::rules::Nullable<rt::rules::Int<i32>> = rt::rules::Nullable::new(
    rt::rules::Int::new(0, 9),
);
static DEFAULTS_NOTHING: rt::rules::Nullable<rt::rules::Text> = rt::rules::Nullable::new(
    rt::rules::Text::new().length(0, 20),
);
static DEFAULTS_LIST: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(0, 5),
    )
    .items(0, 3);
static DEFAULTS_EMPTY: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(0, 5),
    )
    .items(0, 3);
static DEFAULTS_MAP: rt::rules::Entries<rt::rules::Int<i32>> = rt::rules::Entries::new(
        rt::rules::Int::new(0, 9),
    )
    .size(0, 3);
static DEFAULTS_ANSWER: rt::rules::Only = rt::rules::Only::integer(42);
static DEFAULTS_AGREED: rt::rules::Only = rt::rules::Only::boolean(true);
static DEFAULTS_NEVER: rt::rules::Only = rt::rules::Only::null();

/// Every kind of value with a default, and the formats that nothing else here has.
/// (tests/cases/positive/everything.yaml:502)
#[derive(Debug, Clone, PartialEq)]
pub struct Defaults {
    /// `flag` (tests/cases/positive/everything.yaml:506)
    pub flag: bool,
    /// `small` (tests/cases/positive/everything.yaml:507)
    pub small: i32,
    /// `big` (tests/cases/positive/everything.yaml:508)
    pub big: i64,
    /// `float` (tests/cases/positive/everything.yaml:509)
    pub float: f32,
    /// `double` (tests/cases/positive/everything.yaml:510)
    pub double: f64,
    /// `text` (tests/cases/positive/everything.yaml:511)
    pub text: String,
    /// `choice` (tests/cases/positive/everything.yaml:512)
    pub choice: DefaultsChoice,
    /// `id` (tests/cases/positive/everything.yaml:513)
    pub id: rt::Uuid,
    /// `at` (tests/cases/positive/everything.yaml:514)
    pub at: rt::Timestamp,
    /// `on` (tests/cases/positive/everything.yaml:515)
    pub on: rt::Date,
    /// `v4` (tests/cases/positive/everything.yaml:516)
    pub v4: std::net::Ipv4Addr,
    /// `v6` (tests/cases/positive/everything.yaml:517)
    pub v6: std::net::Ipv6Addr,
    /// `host` (tests/cases/positive/everything.yaml:518)
    pub host: String,
    /// `bytes` (tests/cases/positive/everything.yaml:519)
    pub bytes: String,
    /// `maybe` (tests/cases/positive/everything.yaml:520)
    pub maybe: Option<i32>,
    /// `nothing` (tests/cases/positive/everything.yaml:521)
    pub nothing: Option<String>,
    /// `list` (tests/cases/positive/everything.yaml:522)
    pub list: Vec<String>,
    /// `empty` (tests/cases/positive/everything.yaml:523)
    pub empty: Vec<String>,
    /// `map` (tests/cases/positive/everything.yaml:524)
    pub map: rt::Map<i32>,
}

fn defaults_flag_default() -> bool {
    true
}

fn defaults_small_default() -> i32 {
    -5
}

fn defaults_big_default() -> i64 {
    123_456_789
}

fn defaults_float_default() -> f32 {
    0.5
}

fn defaults_double_default() -> f64 {
    12_345.678
}

fn defaults_text_default() -> String {
    "a \"text\"".to_owned()
}

fn defaults_choice_default() -> DefaultsChoice {
    DefaultsChoice::Right
}

fn defaults_id_default() -> rt::Uuid {
    rt::Uuid::from_u128(0x0000_0000_0000_7000_8000_0000_0000_0009)
}

fn defaults_at_default() -> rt::Timestamp {
    <rt::Timestamp as rt::FromText>::from_text("2026-01-02T03:04:05.678Z")
        .unwrap_or_default()
}

fn defaults_on_default() -> rt::Date {
    <rt::Date as rt::FromText>::from_text("2026-01-02").unwrap_or_default()
}

fn defaults_v4_default() -> std::net::Ipv4Addr {
    std::net::Ipv4Addr::from([127, 0, 0, 1])
}

fn defaults_v6_default() -> std::net::Ipv6Addr {
    std::net::Ipv6Addr::from([0, 0, 0, 0, 0, 0, 0, 1])
}

fn defaults_host_default() -> String {
    "example.org".to_owned()
}

fn defaults_bytes_default() -> String {
    "QQ==".to_owned()
}

fn defaults_maybe_default() -> Option<i32> {
    Option::from(3)
}

fn defaults_nothing_default() -> Option<String> {
    None
}

fn defaults_list_default() -> Vec<String> {
    vec!["a".to_owned(), "b".to_owned()]
}

fn defaults_empty_default() -> Vec<String> {
    vec![]
}

fn defaults_map_default() -> rt::Map<i32> {
    rt::Map::from(std::collections::BTreeMap::from([("a".to_owned(), 1)]))
}

/// What `Defaults` is on the wire, its constants included.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DefaultsWire {
    #[serde(default = "defaults_flag_default")]
    flag: bool,
    #[serde(default = "defaults_small_default")]
    small: i32,
    #[serde(default = "defaults_big_default")]
    big: i64,
    #[serde(default = "defaults_float_default")]
    float: f32,
    #[serde(default = "defaults_double_default")]
    double: f64,
    #[serde(default = "defaults_text_default")]
    text: String,
    #[serde(default = "defaults_choice_default")]
    choice: DefaultsChoice,
    #[serde(
        default = "defaults_id_default",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    id: rt::Uuid,
    #[serde(default = "defaults_at_default")]
    at: rt::Timestamp,
    #[serde(
        default = "defaults_on_default",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    on: rt::Date,
    #[serde(
        default = "defaults_v4_default",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    v4: std::net::Ipv4Addr,
    #[serde(
        default = "defaults_v6_default",
        deserialize_with = "rt::fast::read::<rt::fast::Strict, _, _>"
    )]
    v6: std::net::Ipv6Addr,
    #[serde(default = "defaults_host_default")]
    host: String,
    #[serde(default = "defaults_bytes_default")]
    bytes: String,
    #[serde(
        default = "defaults_maybe_default",
        deserialize_with = "rt::fast::read::<rt::fast::OrNull<rt::fast::Same>, _, _>"
    )]
    maybe: Option<i32>,
    #[serde(
        default = "defaults_nothing_default",
        deserialize_with = "rt::fast::read::<rt::fast::OrNull<rt::fast::Same>, _, _>"
    )]
    nothing: Option<String>,
    #[serde(default = "defaults_list_default")]
    list: Vec<String>,
    #[serde(default = "defaults_empty_default")]
    empty: Vec<String>,
    #[serde(default = "defaults_map_default")]
    map: rt::Map<i32>,
    #[serde(rename = "answer", default, deserialize_with = "defaults_answer")]
    _constant_20: (),
    #[serde(rename = "agreed", default, deserialize_with = "defaults_agreed")]
    _constant_21: (),
    #[serde(rename = "never", default, deserialize_with = "defaults_never")]
    _constant_22: (),
}

fn defaults_answer<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<(), D::Error> {
    rt::fast::only(deserializer, &DEFAULTS_ANSWER)
}

fn defaults_agreed<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<(), D::Error> {
    rt::fast::only(deserializer, &DEFAULTS_AGREED)
}

fn defaults_never<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<(), D::Error> {
    rt::fast::only(deserializer, &DEFAULTS_NEVER)
}

impl<'de> serde::Deserialize<'de> for Defaults {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let wire = <DefaultsWire as serde::Deserialize>::deserialize(
            rt::fast::object(deserializer),
        )?;
        Ok(Self {
            flag: wire.flag,
            small: wire.small,
            big: wire.big,
            float: wire.float,
            double: wire.double,
            text: wire.text,
            choice: wire.choice,
            id: wire.id,
            at: wire.at,
            on: wire.on,
            v4: wire.v4,
            v6: wire.v6,
            host: wire.host,
            bytes: wire.bytes,
            maybe: wire.maybe,
            nothing: wire.nothing,
            list: wire.list,
            empty: wire.empty,
            map: wire.map,
        })
    }
}

impl rt::Parse for Defaults {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &[
                "flag",
                "small",
                "big",
                "float",
                "double",
                "text",
                "choice",
                "id",
                "at",
                "on",
                "v4",
                "v6",
                "host",
                "bytes",
                "maybe",
                "nothing",
                "list",
                "empty",
                "map",
                "answer",
                "agreed",
                "never",
            ],
            out,
        )?;
        let flag = object
            .with_default("flag", &DEFAULTS_FLAG, defaults_flag_default, out);
        let small = object
            .with_default("small", &DEFAULTS_SMALL, defaults_small_default, out);
        let big = object.with_default("big", &DEFAULTS_BIG, defaults_big_default, out);
        let float = object
            .with_default("float", &DEFAULTS_FLOAT, defaults_float_default, out);
        let double = object
            .with_default("double", &DEFAULTS_DOUBLE, defaults_double_default, out);
        let text = object
            .with_default("text", &DEFAULTS_TEXT, defaults_text_default, out);
        let choice = object
            .with_default("choice", &DEFAULTS_CHOICE, defaults_choice_default, out);
        let id = object.with_default("id", &DEFAULTS_ID, defaults_id_default, out);
        let at = object.with_default("at", &DEFAULTS_AT, defaults_at_default, out);
        let on = object.with_default("on", &DEFAULTS_ON, defaults_on_default, out);
        let v4 = object.with_default("v4", &DEFAULTS_V4, defaults_v4_default, out);
        let v6_14 = object.with_default("v6", &DEFAULTS_V6, defaults_v6_default, out);
        let host = object
            .with_default("host", &DEFAULTS_HOST, defaults_host_default, out);
        let bytes = object
            .with_default("bytes", &DEFAULTS_BYTES, defaults_bytes_default, out);
        let maybe = object
            .with_default("maybe", &DEFAULTS_MAYBE, defaults_maybe_default, out);
        let nothing = object
            .with_default("nothing", &DEFAULTS_NOTHING, defaults_nothing_default, out);
        let list = object
            .with_default("list", &DEFAULTS_LIST, defaults_list_default, out);
        let empty = object
            .with_default("empty", &DEFAULTS_EMPTY, defaults_empty_default, out);
        let map = object.with_default("map", &DEFAULTS_MAP, defaults_map_default, out);
        let constant_20 = object.optional("answer", &DEFAULTS_ANSWER, out);
        let constant_21 = object.optional("agreed", &DEFAULTS_AGREED, out);
        let constant_22 = object.optional("never", &DEFAULTS_NEVER, out);
        constant_20?;
        constant_21?;
        constant_22?;
        Some(Self {
            flag: flag?,
            small: small?,
            big: big?,
            float: float?,
            double: double?,
            text: text?,
            choice: choice?,
            id: id?,
            at: at?,
            on: on?,
            v4: v4?,
            v6: v6_14?,
            host: host?,
            bytes: bytes?,
            maybe: maybe?,
            nothing: nothing?,
            list: list?,
            empty: empty?,
            map: map?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        DEFAULTS_FLAG.holds(&self.flag) && DEFAULTS_SMALL.holds(&self.small)
            && DEFAULTS_BIG.holds(&self.big) && DEFAULTS_FLOAT.holds(&self.float)
            && DEFAULTS_DOUBLE.holds(&self.double) && DEFAULTS_TEXT.holds(&self.text)
            && DEFAULTS_CHOICE.holds(&self.choice) && DEFAULTS_ID.holds(&self.id)
            && DEFAULTS_AT.holds(&self.at) && DEFAULTS_ON.holds(&self.on)
            && DEFAULTS_V4.holds(&self.v4) && DEFAULTS_V6.holds(&self.v6)
            && DEFAULTS_HOST.holds(&self.host) && DEFAULTS_BYTES.holds(&self.bytes)
            && DEFAULTS_MAYBE.holds(&self.maybe) && DEFAULTS_NOTHING.holds(&self.nothing)
            && DEFAULTS_LIST.holds(&self.list) && DEFAULTS_EMPTY.holds(&self.empty)
            && DEFAULTS_MAP.holds(&self.map)
    }
}

pub(crate) static DEFAULTS_SCHEMA: rt::Schema = rt::Schema {
    name: "Defaults",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::optional("flag", rt::Shape::Boolean),
            rt::Member::optional("small", rt::Shape::Integer("int32")),
            rt::Member::optional("big", rt::Shape::Integer("int64")),
            rt::Member::optional("float", rt::Shape::Number("float")),
            rt::Member::optional("double", rt::Shape::Number("double")),
            rt::Member::optional("text", rt::Shape::Text("")),
            rt::Member::optional("choice", rt::Shape::Named(&DEFAULTS_CHOICE_SCHEMA)),
            rt::Member::optional("id", rt::Shape::Text("uuid")),
            rt::Member::optional("at", rt::Shape::Text("date-time")),
            rt::Member::optional("on", rt::Shape::Text("date")),
            rt::Member::optional("v4", rt::Shape::Text("ipv4")),
            rt::Member::optional("v6", rt::Shape::Text("ipv6")),
            rt::Member::optional("host", rt::Shape::Text("hostname")),
            rt::Member::optional("bytes", rt::Shape::Text("byte")),
            rt::Member::optional("maybe", rt::Shape::Integer("int32")),
            rt::Member::optional("nothing", rt::Shape::Text("")),
            rt::Member::optional("list", rt::Shape::List(&rt::Shape::Text(""))),
            rt::Member::optional("empty", rt::Shape::List(&rt::Shape::Text(""))),
            rt::Member::optional("map", rt::Shape::Map(&rt::Shape::Integer("int32"))),
            rt::Member::optional("answer", rt::Shape::Integer("")),
            rt::Member::optional("agreed", rt::Shape::Boolean),
            rt::Member::optional("never", rt::Shape::Null),
        ],
    ),
};

/// The schema `Defaults choice`. (tests/cases/positive/everything.yaml:512)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DefaultsChoice {
    /// `left` (tests/cases/positive/everything.yaml:512)
    Left,
    /// `right` (tests/cases/positive/everything.yaml:512)
    Right,
}

impl DefaultsChoice {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[Self::Left, Self::Right];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &["left", "right"];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

impl rt::FromText for DefaultsChoice {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "left" => Some(Self::Left),
            "right" => Some(Self::Right),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for DefaultsChoice {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for DefaultsChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for DefaultsChoice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for DefaultsChoice {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static DEFAULTS_CHOICE_SCHEMA: rt::Schema = rt::Schema {
    name: "DefaultsChoice",
    kind: rt::SchemaKind::Words(DefaultsChoice::NAMES),
};
