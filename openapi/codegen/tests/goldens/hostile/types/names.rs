//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The schema `Names`.

use openapi_runtime as rt;

/// Members that are no identifiers. */ " ]] }} {} (tests/cases/positive/hostile.yaml:85)
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    /// `type` (tests/cases/positive/hostile.yaml:90)
    ///
    /// */ " \\
    pub r#type: String,
    /// `a"b` (tests/cases/positive/hostile.yaml:91)
    pub a_b: String,
    /// `c*/-d` (tests/cases/positive/hostile.yaml:92)
    pub c_d: Option<String>,
    /// `1st` (tests/cases/positive/hostile.yaml:93)
    pub n1st: Option<String>,
    /// `$e f` (tests/cases/positive/hostile.yaml:94)
    pub e_f: Option<String>,
    /// `self` (tests/cases/positive/hostile.yaml:95)
    pub self_: Option<String>,
    /// `crate` (tests/cases/positive/hostile.yaml:96)
    pub crate_: Option<String>,
    /// `async` (tests/cases/positive/hostile.yaml:97)
    pub r#async: Option<String>,
    /// `gen` (tests/cases/positive/hostile.yaml:98)
    pub r#gen: Option<String>,
    /// `object` (tests/cases/positive/hostile.yaml:99)
    pub object: Option<String>,
    /// `node` (tests/cases/positive/hostile.yaml:100)
    pub node: Option<String>,
    /// `out` (tests/cases/positive/hostile.yaml:101)
    pub out: Option<String>,
    /// `size` (tests/cases/positive/hostile.yaml:102)
    pub size: Option<String>,
    /// `map` (tests/cases/positive/hostile.yaml:103)
    pub map: Option<String>,
    /// `serializer` (tests/cases/positive/hostile.yaml:104)
    pub serializer: Option<String>,
    /// `größe` (tests/cases/positive/hostile.yaml:105)
    pub gruf6udfe: Option<String>,
    /// Values that are no identifiers. */ (tests/cases/positive/hostile.yaml:106)
    pub words: Option<super::Words>,
    /// Called like a type of the prelude. (tests/cases/positive/hostile.yaml:107)
    pub option: Option<super::OptionSchema>,
    /// The same, in small letters. (tests/cases/positive/hostile.yaml:108)
    pub string: Option<super::StringSchema>,
}

impl serde::Serialize for Names {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", &self.r#type)?;
        map.serialize_entry("a\"b", &self.a_b)?;
        if let Some(value) = &self.c_d {
            map.serialize_entry("c*/-d", value)?;
        }
        if let Some(value) = &self.n1st {
            map.serialize_entry("1st", value)?;
        }
        if let Some(value) = &self.e_f {
            map.serialize_entry("$e f", value)?;
        }
        if let Some(value) = &self.self_ {
            map.serialize_entry("self", value)?;
        }
        if let Some(value) = &self.crate_ {
            map.serialize_entry("crate", value)?;
        }
        if let Some(value) = &self.r#async {
            map.serialize_entry("async", value)?;
        }
        if let Some(value) = &self.r#gen {
            map.serialize_entry("gen", value)?;
        }
        if let Some(value) = &self.object {
            map.serialize_entry("object", value)?;
        }
        if let Some(value) = &self.node {
            map.serialize_entry("node", value)?;
        }
        if let Some(value) = &self.out {
            map.serialize_entry("out", value)?;
        }
        if let Some(value) = &self.size {
            map.serialize_entry("size", value)?;
        }
        if let Some(value) = &self.map {
            map.serialize_entry("map", value)?;
        }
        if let Some(value) = &self.serializer {
            map.serialize_entry("serializer", value)?;
        }
        if let Some(value) = &self.gruf6udfe {
            map.serialize_entry("größe", value)?;
        }
        if let Some(value) = &self.words {
            map.serialize_entry("words", value)?;
        }
        if let Some(value) = &self.option {
            map.serialize_entry("option", value)?;
        }
        if let Some(value) = &self.string {
            map.serialize_entry("string", value)?;
        }
        map.end()
    }
}

impl rt::ReplyBody for Names {}

pub(crate) static NAMES_SCHEMA: rt::Schema = rt::Schema {
    name: "Names",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("type", rt::Shape::Text("")),
            rt::Member::required("a\"b", rt::Shape::Text("")),
            rt::Member::optional("c*/-d", rt::Shape::Text("")),
            rt::Member::optional("1st", rt::Shape::Text("")),
            rt::Member::optional("$e f", rt::Shape::Text("")),
            rt::Member::optional("self", rt::Shape::Text("")),
            rt::Member::optional("crate", rt::Shape::Text("")),
            rt::Member::optional("async", rt::Shape::Text("")),
            rt::Member::optional("gen", rt::Shape::Text("")),
            rt::Member::optional("object", rt::Shape::Text("")),
            rt::Member::optional("node", rt::Shape::Text("")),
            rt::Member::optional("out", rt::Shape::Text("")),
            rt::Member::optional("size", rt::Shape::Text("")),
            rt::Member::optional("map", rt::Shape::Text("")),
            rt::Member::optional("serializer", rt::Shape::Text("")),
            rt::Member::optional("größe", rt::Shape::Text("")),
            rt::Member::optional("words", rt::Shape::Named(&super::words::WORDS_SCHEMA)),
            rt::Member::optional(
                "option",
                rt::Shape::Named(&super::option::OPTION_SCHEMA_SCHEMA),
            ),
            rt::Member::optional(
                "string",
                rt::Shape::Named(&super::string::STRING_SCHEMA_SCHEMA),
            ),
        ],
    ),
};

static NAMES_INPUT_TYPE: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_A_B: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_C_D: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_N1ST: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_E_F: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_SELF: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_CRATE: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_ASYNC: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_GEN: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_OBJECT: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_NODE: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_OUT: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_SIZE: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_MAP: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_SERIALIZER: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_GRUF6UDFE: rt::rules::Text = rt::rules::Text::new().length(0, 20);
static NAMES_INPUT_WORDS: rt::rules::Parsed<super::Words> = rt::rules::Parsed::new();
static NAMES_INPUT_OPTION: rt::rules::Nested<super::OptionSchema> = rt::rules::Nested::new();
static NAMES_INPUT_STRING: rt::rules::Nested<super::StringSchema> = rt::rules::Nested::new();

/// Members that are no identifiers. */ " ]] }} {} (tests/cases/positive/hostile.yaml:85)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NamesInput {
    /// `type` (tests/cases/positive/hostile.yaml:90)
    ///
    /// */ " \\
    pub r#type: String,
    /// `a"b` (tests/cases/positive/hostile.yaml:91)
    #[serde(rename = "a\"b")]
    pub a_b: String,
    /// `c*/-d` (tests/cases/positive/hostile.yaml:92)
    #[serde(
        rename = "c*/-d",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub c_d: Option<String>,
    /// `1st` (tests/cases/positive/hostile.yaml:93)
    #[serde(
        rename = "1st",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub n1st: Option<String>,
    /// `$e f` (tests/cases/positive/hostile.yaml:94)
    #[serde(
        rename = "$e f",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub e_f: Option<String>,
    /// `self` (tests/cases/positive/hostile.yaml:95)
    #[serde(
        rename = "self",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub self_: Option<String>,
    /// `crate` (tests/cases/positive/hostile.yaml:96)
    #[serde(
        rename = "crate",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub crate_: Option<String>,
    /// `async` (tests/cases/positive/hostile.yaml:97)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub r#async: Option<String>,
    /// `gen` (tests/cases/positive/hostile.yaml:98)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub r#gen: Option<String>,
    /// `object` (tests/cases/positive/hostile.yaml:99)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub object: Option<String>,
    /// `node` (tests/cases/positive/hostile.yaml:100)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub node: Option<String>,
    /// `out` (tests/cases/positive/hostile.yaml:101)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub out: Option<String>,
    /// `size` (tests/cases/positive/hostile.yaml:102)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub size: Option<String>,
    /// `map` (tests/cases/positive/hostile.yaml:103)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub map: Option<String>,
    /// `serializer` (tests/cases/positive/hostile.yaml:104)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub serializer: Option<String>,
    /// `größe` (tests/cases/positive/hostile.yaml:105)
    #[serde(rename = "größe", default = "names_input_gruf6udfe_default")]
    pub gruf6udfe: String,
    /// Values that are no identifiers. */ (tests/cases/positive/hostile.yaml:106)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub words: Option<super::Words>,
    /// Called like a type of the prelude. (tests/cases/positive/hostile.yaml:107)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub option: Option<super::OptionSchema>,
    /// The same, in small letters. (tests/cases/positive/hostile.yaml:108)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub string: Option<super::StringSchema>,
}

fn names_input_gruf6udfe_default() -> String {
    "*/ \" \\ \n {}".to_owned()
}

impl<'de> serde::Deserialize<'de> for NamesInput {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for NamesInput {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &[
                "type",
                "a\"b",
                "c*/-d",
                "1st",
                "$e f",
                "self",
                "crate",
                "async",
                "gen",
                "object",
                "node",
                "out",
                "size",
                "map",
                "serializer",
                "größe",
                "words",
                "option",
                "string",
            ],
            out,
        )?;
        let r#type = object.required("type", &NAMES_INPUT_TYPE, out);
        let a_b = object.required("a\"b", &NAMES_INPUT_A_B, out);
        let c_d = object.optional("c*/-d", &NAMES_INPUT_C_D, out);
        let n1st = object.optional("1st", &NAMES_INPUT_N1ST, out);
        let e_f = object.optional("$e f", &NAMES_INPUT_E_F, out);
        let self_ = object.optional("self", &NAMES_INPUT_SELF, out);
        let crate_ = object.optional("crate", &NAMES_INPUT_CRATE, out);
        let r#async = object.optional("async", &NAMES_INPUT_ASYNC, out);
        let r#gen = object.optional("gen", &NAMES_INPUT_GEN, out);
        let object_2 = object.optional("object", &NAMES_INPUT_OBJECT, out);
        let node_2 = object.optional("node", &NAMES_INPUT_NODE, out);
        let out_2 = object.optional("out", &NAMES_INPUT_OUT, out);
        let size = object.optional("size", &NAMES_INPUT_SIZE, out);
        let map = object.optional("map", &NAMES_INPUT_MAP, out);
        let serializer = object.optional("serializer", &NAMES_INPUT_SERIALIZER, out);
        let gruf6udfe = object
            .with_default(
                "größe",
                &NAMES_INPUT_GRUF6UDFE,
                names_input_gruf6udfe_default,
                out,
            );
        let words = object.optional("words", &NAMES_INPUT_WORDS, out);
        let option = object.optional("option", &NAMES_INPUT_OPTION, out);
        let string = object.optional("string", &NAMES_INPUT_STRING, out);
        Some(Self {
            r#type: r#type?,
            a_b: a_b?,
            c_d: c_d?,
            n1st: n1st?,
            e_f: e_f?,
            self_: self_?,
            crate_: crate_?,
            r#async: r#async?,
            r#gen: r#gen?,
            object: object_2?,
            node: node_2?,
            out: out_2?,
            size: size?,
            map: map?,
            serializer: serializer?,
            gruf6udfe: gruf6udfe?,
            words: words?,
            option: option?,
            string: string?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NAMES_INPUT_TYPE.holds(&self.r#type) && NAMES_INPUT_A_B.holds(&self.a_b)
            && NAMES_INPUT_C_D.holds_option(self.c_d.as_ref())
            && NAMES_INPUT_N1ST.holds_option(self.n1st.as_ref())
            && NAMES_INPUT_E_F.holds_option(self.e_f.as_ref())
            && NAMES_INPUT_SELF.holds_option(self.self_.as_ref())
            && NAMES_INPUT_CRATE.holds_option(self.crate_.as_ref())
            && NAMES_INPUT_ASYNC.holds_option(self.r#async.as_ref())
            && NAMES_INPUT_GEN.holds_option(self.r#gen.as_ref())
            && NAMES_INPUT_OBJECT.holds_option(self.object.as_ref())
            && NAMES_INPUT_NODE.holds_option(self.node.as_ref())
            && NAMES_INPUT_OUT.holds_option(self.out.as_ref())
            && NAMES_INPUT_SIZE.holds_option(self.size.as_ref())
            && NAMES_INPUT_MAP.holds_option(self.map.as_ref())
            && NAMES_INPUT_SERIALIZER.holds_option(self.serializer.as_ref())
            && NAMES_INPUT_GRUF6UDFE.holds(&self.gruf6udfe)
            && NAMES_INPUT_WORDS.holds_option(self.words.as_ref())
            && NAMES_INPUT_OPTION.holds_option(self.option.as_ref())
            && NAMES_INPUT_STRING.holds_option(self.string.as_ref())
    }
}

pub(crate) static NAMES_INPUT_SCHEMA: rt::Schema = rt::Schema {
    name: "NamesInput",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("type", rt::Shape::Text("")),
            rt::Member::required("a\"b", rt::Shape::Text("")),
            rt::Member::optional("c*/-d", rt::Shape::Text("")),
            rt::Member::optional("1st", rt::Shape::Text("")),
            rt::Member::optional("$e f", rt::Shape::Text("")),
            rt::Member::optional("self", rt::Shape::Text("")),
            rt::Member::optional("crate", rt::Shape::Text("")),
            rt::Member::optional("async", rt::Shape::Text("")),
            rt::Member::optional("gen", rt::Shape::Text("")),
            rt::Member::optional("object", rt::Shape::Text("")),
            rt::Member::optional("node", rt::Shape::Text("")),
            rt::Member::optional("out", rt::Shape::Text("")),
            rt::Member::optional("size", rt::Shape::Text("")),
            rt::Member::optional("map", rt::Shape::Text("")),
            rt::Member::optional("serializer", rt::Shape::Text("")),
            rt::Member::optional("größe", rt::Shape::Text("")),
            rt::Member::optional("words", rt::Shape::Named(&super::words::WORDS_SCHEMA)),
            rt::Member::optional(
                "option",
                rt::Shape::Named(&super::option::OPTION_SCHEMA_SCHEMA),
            ),
            rt::Member::optional(
                "string",
                rt::Shape::Named(&super::string::STRING_SCHEMA_SCHEMA),
            ),
        ],
    ),
};
