//! One schema object as it stands: every keyword judged by itself, nothing combined yet.

use std::rc::Rc;

use super::Lowering;
use super::keywords::{SCHEMA_30, SCHEMA_31};
use crate::diagnostics::{Diagnostic, codes};
use crate::resolve::nearest;
use crate::tree::{Decimal, Member, Node, Object, Value};

/// A JSON type other than null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Bool,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    const ALL: [(&'static str, Self); 6] = [
        ("boolean", Self::Bool),
        ("integer", Self::Integer),
        ("number", Self::Number),
        ("string", Self::String),
        ("array", Self::Array),
        ("object", Self::Object),
    ];

    /// The name in the document.
    pub(super) fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("", |(name, _)| name)
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, kind)| *kind)
    }
}

/// A count such as `maxLength`, with its place.
pub(super) type Count<'d> = Option<(u64, &'d Node)>;
/// A number such as `minimum`, with its place.
pub(super) type Limit<'d> = Option<(&'d Decimal, &'d Node)>;

/// A schema object, keyword by keyword.
#[derive(Debug, Clone)]
pub(super) struct Raw<'d> {
    pub node: &'d Node,
    /// The target of `$ref`.
    pub reference: Option<&'d Node>,
    /// The types, null left out; `None` when `type` is absent.
    pub kinds: Option<Vec<Kind>>,
    /// Whether null is among the types; `None` when nothing is said.
    pub null: Option<bool>,
    pub title: Option<&'d str>,
    pub description: Option<&'d str>,
    pub deprecated: bool,
    pub read_only: Option<&'d Node>,
    pub write_only: Option<&'d Node>,
    pub format: Option<&'d Node>,
    pub values: Option<&'d [Node]>,
    pub constant: Option<&'d Node>,
    pub default: Option<&'d Node>,
    pub min_length: Count<'d>,
    pub max_length: Count<'d>,
    pub min_items: Count<'d>,
    pub max_items: Count<'d>,
    pub min_properties: Count<'d>,
    pub max_properties: Count<'d>,
    pub unique_items: Option<&'d Node>,
    pub pattern: Option<&'d Node>,
    pub minimum: Limit<'d>,
    pub maximum: Limit<'d>,
    pub exclusive_minimum: Limit<'d>,
    pub exclusive_maximum: Limit<'d>,
    pub multiple_of: Limit<'d>,
    pub items: Option<&'d Node>,
    pub properties: Option<&'d Object>,
    pub required: &'d [Node],
    pub additional: Option<&'d Node>,
    pub unevaluated: Option<&'d Node>,
    pub all_of: &'d [Node],
    /// `oneOf` or `anyOf`.
    pub union: Option<&'d Member>,
    pub discriminator: Option<&'d Node>,
    pub source: Option<&'d Node>,
    pub state_machine: Option<&'d Node>,
    /// Whether the schema says nothing but annotations beside `$ref`, `allOf` or a union.
    pub only_annotations: bool,
}

/// Keywords that describe and do not restrict, so that a `$ref` with only these keeps its name.
const ANNOTATIONS: &[&str] = &[
    "$ref",
    "title",
    "description",
    "deprecated",
    "default",
    "readOnly",
    "writeOnly",
    "example",
    "examples",
    "externalDocs",
    "$comment",
    "nullable",
];

impl<'d> Lowering<'d> {
    /// The keywords of the schema at `node`; problems are reported the first time only.
    pub(super) fn raw(&self, node: &'d Node) -> Rc<Raw<'d>> {
        if let Some(raw) = self.raws.borrow().get(&node.id) {
            return Rc::clone(raw);
        }
        let raw = Rc::new(self.read_raw(node));
        self.raws.borrow_mut().insert(node.id, Rc::clone(&raw));
        raw
    }

    fn read_raw(&self, node: &'d Node) -> Raw<'d> {
        let mut raw = empty(node);
        match &node.value {
            Value::Bool(true) => return raw,
            Value::Bool(false) => {
                self.report(
                    Diagnostic::at(
                        codes::UNSUPPORTED_VALUE,
                        node,
                        "the schema `false` is not supported here",
                    )
                    .label("no value can satisfy this")
                    .help("leave the member out, or write a schema that some value satisfies"),
                );
                return raw;
            }
            _ => {}
        }
        let Some(object) = self.object(node, if self.is_31 { SCHEMA_31 } else { SCHEMA_30 }) else {
            return raw;
        };
        let get = |key: &str| object.get(key).map(|member| &member.node);
        if get("$ref").is_some() {
            raw.reference = self.target(node, super::RefKind::Schema);
            if !self.is_31 {
                self.refuse_siblings(object, &[]);
                return raw;
            }
        }
        self.types(object, &mut raw);
        raw.title = self.text(get("title"));
        raw.description = self.text(get("description"));
        raw.deprecated = self.flag(get("deprecated")).is_some();
        raw.read_only = self.flag(get("readOnly"));
        raw.write_only = self.flag(get("writeOnly"));
        raw.unique_items = self.flag(get("uniqueItems"));
        raw.format = get("format").filter(|node| self.text(Some(node)).is_some());
        raw.pattern = get("pattern").filter(|node| self.text(Some(node)).is_some());
        raw.values = self.list(get("enum"));
        raw.constant = get("const");
        raw.default = get("default");
        self.numbers(object, &mut raw);
        raw.items = get("items");
        raw.properties = get("properties").and_then(|node| self.object_of(node, "properties"));
        raw.required = self.required_names(get("required"));
        raw.additional = get("additionalProperties");
        raw.unevaluated = get("unevaluatedProperties");
        raw.all_of = self.list(get("allOf")).unwrap_or_default();
        raw.union = self.union_keyword(object);
        raw.discriminator = get("discriminator");
        raw.source = get("x-source");
        raw.state_machine = get("x-state-machine");
        let structural = ["allOf", "oneOf", "anyOf"];
        let plain = |key: &String| {
            ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-") && key != "x-state-machine"
        };
        raw.only_annotations = object
            .keys()
            .all(|key| plain(key) || structural.contains(&key.as_str()));
        raw
    }

    fn types(&self, object: &'d Object, raw: &mut Raw<'d>) {
        let nullable = object
            .get("nullable")
            .and_then(|member| self.flag(Some(&member.node)))
            .is_some();
        let Some(member) = object.get("type") else {
            raw.null = nullable.then_some(true);
            return;
        };
        let single = std::slice::from_ref(&member.node);
        let list = match &member.node.value {
            Value::Array(items) if self.is_31 => items.as_slice(),
            _ => single,
        };
        let mut kinds = Vec::new();
        let mut null = nullable;
        for item in list {
            match item.as_str() {
                Some("null") if self.is_31 => null = true,
                Some(name) if Kind::parse(name).is_some_and(|kind| !kinds.contains(&kind)) => {
                    kinds.extend(Kind::parse(name));
                }
                Some(name) if Kind::parse(name).is_some() => self.report(
                    Diagnostic::at(
                        codes::DUPLICATE_VALUE,
                        item,
                        format!("the type `{name}` stands twice"),
                    )
                    .help("remove one of them"),
                ),
                found => {
                    let names = Kind::ALL.iter().map(|(name, _)| *name).chain(["null"]);
                    let help = found.and_then(|found| nearest(found, names)).map_or_else(
                        || {
                            "write boolean, integer, number, string, array, object or, in 3.1, null"
                                .to_owned()
                        },
                        |near| format!("did you mean `{near}`?"),
                    );
                    let code = if found.is_some() {
                        codes::INVALID_VALUE
                    } else {
                        codes::WRONG_TYPE
                    };
                    self.report(
                        Diagnostic::at(code, item, format!("{} is not a type", item.brief()))
                            .help(help),
                    );
                    return;
                }
            }
        }
        raw.kinds = Some(kinds);
        raw.null = Some(null);
    }

    fn numbers(&self, object: &'d Object, raw: &mut Raw<'d>) {
        let count = |key: &str| {
            let node = &object.get(key)?.node;
            let count = match &node.value {
                Value::Number(number) => number
                    .as_i64()
                    .and_then(|number| u64::try_from(number).ok()),
                _ => None,
            };
            if count.is_none() {
                self.wrong(codes::WRONG_TYPE, node, key, "a whole number from 0 up");
            }
            Some((count?, node))
        };
        raw.min_length = count("minLength");
        raw.max_length = count("maxLength");
        raw.min_items = count("minItems");
        raw.max_items = count("maxItems");
        raw.min_properties = count("minProperties");
        raw.max_properties = count("maxProperties");
        raw.minimum = self.number(object, "minimum");
        raw.maximum = self.number(object, "maximum");
        raw.multiple_of = self.number(object, "multipleOf");
        if self.is_31 {
            raw.exclusive_minimum = self.number(object, "exclusiveMinimum");
            raw.exclusive_maximum = self.number(object, "exclusiveMaximum");
            return;
        }
        // In 3.0 the exclusive keywords are flags on the inclusive ones.
        let flag = |key: &str| {
            object
                .get(key)
                .and_then(|member| self.flag(Some(&member.node)))
        };
        if flag("exclusiveMinimum").is_some() {
            raw.exclusive_minimum = raw.minimum.take();
        }
        if flag("exclusiveMaximum").is_some() {
            raw.exclusive_maximum = raw.maximum.take();
        }
    }

    fn number(&self, object: &'d Object, key: &str) -> Limit<'d> {
        let node = &object.get(key)?.node;
        match &node.value {
            Value::Number(number) if number.as_f64().is_some() => Some((number, node)),
            _ => {
                self.wrong(codes::WRONG_TYPE, node, key, "a number");
                None
            }
        }
    }

    fn required_names(&self, node: Option<&'d Node>) -> &'d [Node] {
        let names = self.list(node).unwrap_or_default();
        for (at, name) in names.iter().enumerate() {
            if name.as_str().is_none() {
                self.wrong(
                    codes::WRONG_TYPE,
                    name,
                    "required",
                    "the name of a property",
                );
            } else if names.iter().take(at).any(|before| before.same_value(name)) {
                self.report(
                    Diagnostic::at(
                        codes::DUPLICATE_VALUE,
                        name,
                        format!("{} stands twice in `required`", name.brief()),
                    )
                    .help("remove one of them"),
                );
            }
        }
        names
    }

    fn union_keyword(&self, object: &'d Object) -> Option<&'d Member> {
        let one = object.get("oneOf");
        let any = object.get("anyOf");
        if let (Some(one), Some(any)) = (one, any) {
            self.report(
                Diagnostic::at_key(
                    codes::UNSUPPORTED_VALUE,
                    any,
                    "`oneOf` and `anyOf` in one schema are not supported",
                )
                .related(one.key, "the other one")
                .help("keep one of them, or put one into a schema of its own"),
            );
        }
        let member = one.or(any)?;
        self.list(Some(&member.node)).map(|_| member)
    }
}

fn empty(node: &Node) -> Raw<'_> {
    Raw {
        node,
        reference: None,
        kinds: None,
        null: None,
        title: None,
        description: None,
        deprecated: false,
        read_only: None,
        write_only: None,
        format: None,
        values: None,
        constant: None,
        default: None,
        min_length: None,
        max_length: None,
        min_items: None,
        max_items: None,
        min_properties: None,
        max_properties: None,
        unique_items: None,
        pattern: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        items: None,
        properties: None,
        required: &[],
        additional: None,
        unevaluated: None,
        all_of: &[],
        union: None,
        discriminator: None,
        source: None,
        state_machine: None,
        only_annotations: true,
    }
}
