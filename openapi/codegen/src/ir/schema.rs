//! Types of the IR: named definitions, and uses of types with their constraints.
//!
//! A component schema that is a scalar, an array or a map has no definition: each use of it carries
//! the whole type, so that constraints are always complete where a value is checked.

use super::{Doc, Ident, Place};

/// Index into [`super::Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A struct, an enum or a union.
///
/// A schema whose request and response form differ (`readOnly`, `writeOnly`, defaults, also deep
/// inside) and which is used in both becomes two definitions: the response view keeps the name
/// (`Product`), the request view is called `ProductInput`.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its own index.
    pub id: TypeId,
    /// The Rust name, unique among all names at the generated module's top level.
    pub name: Ident,
    /// The component's key, or for an inline schema the name derived from where it stands. For
    /// messages and registration; both views share it.
    pub schema_name: String,
    /// `title` and `description`.
    pub doc: Doc,
    /// The definition's shape.
    pub kind: TypeKind,
    /// Who needs it. Emission may leave out what nobody uses.
    pub usage: Usage,
    /// Whether `deprecated: true` stands on the schema.
    pub deprecated: bool,
    /// The schema.
    pub place: Place,
}

/// Which code needs a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Parsed and checked: reachable from a parameter or a request body.
    pub request: bool,
    /// Serialised: reachable from a typed response body or a response header.
    pub response: bool,
    /// Reachable from the error envelope, which the runtime writes itself.
    pub error: bool,
}

/// The shape of a definition.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// An object with declared properties; `allOf` is flattened into it.
    Struct(Struct),
    /// A closed set of strings.
    Enum(Enum),
    /// `oneOf` / `anyOf` of which exactly one alternative can hold.
    Union(Union),
}

/// An object.
#[derive(Debug, Clone, PartialEq)]
pub struct Struct {
    /// Members in the order in which they are written: the document's, with
    /// [`FieldContent::Source`] members last.
    pub fields: Vec<Field>,
    /// What happens to undeclared properties.
    pub additional: Additional,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
}

/// What happens to undeclared properties.
#[derive(Debug, Clone, PartialEq)]
pub enum Additional {
    /// `additionalProperties: false`: a violation `unknown_field` in requests.
    Deny,
    /// Absent or `true`: read over in requests, never written in responses.
    Ignore,
    /// Kept in a map beside the declared fields.
    Typed {
        /// The map's field name, unique in the struct: `additional`.
        ident: Ident,
        /// The type of the values.
        values: Box<TypeUse>,
    },
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The JSON name: `productId`.
    pub wire: String,
    /// What the member is in Rust.
    pub content: FieldContent,
    /// `title` and `description` of the property.
    pub doc: Doc,
    /// Whether `deprecated: true` stands on the property.
    pub deprecated: bool,
    /// The property.
    pub place: Place,
}

/// What a member is in Rust.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all members are values")]
pub enum FieldContent {
    /// An ordinary struct field.
    Value {
        /// The field name: `product_id`.
        ident: Ident,
        /// The type, without the optionality that `presence` adds (its `nullable` is false).
        ty: TypeUse,
        /// Whether it may be absent or null.
        presence: Presence,
    },
    /// A single possible value (`const`, one-value `enum`, `type: 'null'`): no struct field.
    /// Written as it stands; in requests anything else is a violation (`not_in_enum`).
    Constant {
        /// The value.
        value: Literal,
        /// Whether the member must be there in a request. Responses always write it.
        required: bool,
    },
    /// `x-source`: no struct field, the runtime writes it last.
    Source(Source),
}

/// What the runtime writes into an `x-source` member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The request's id.
    RequestId,
    /// The time of the answer.
    Timestamp,
}

/// Whether a value may be absent or null, and what absence means.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// `T`: must be there, must not be null.
    Required,
    /// `Option<T>`: must be there, may be null. `None` is written as null.
    Nullable,
    /// `Option<T>`: may be absent, must not be null. `None` is left out.
    Optional,
    /// `Patch<T>`: absent, null and a value are three things, in requests and in responses.
    ThreeState,
    /// Requests only: absence means `value`.
    Defaulted {
        /// The default, already of the field's type.
        value: Literal,
        /// `Option<T>` instead of `T`, as null is allowed (and stays null).
        nullable: bool,
    },
}

/// A type where it is used, with everything that a value must satisfy there.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeUse {
    /// The type.
    pub ty: Type,
    /// Whether null is allowed: `Option<T>`. Used for array items, map values, bodies, union
    /// variants; false below a [`Presence`], which says it in its place.
    pub nullable: bool,
    /// Whether a `Box` breaks a cycle here. Only on uses of structs and unions.
    pub boxed: bool,
    /// What a value must satisfy beyond its type.
    pub constraints: Constraints,
    /// The schema at this use (the target of a `$ref`, if it is one).
    pub place: Place,
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `type: boolean`.
    Bool,
    /// `type: integer`, `format: int32`.
    I32,
    /// `type: integer`, `format: int64` or none.
    I64,
    /// `type: number`, `format: float`.
    F32,
    /// `type: number`, `format: double` or none.
    F64,
    /// `type: string`.
    String(Format),
    /// `type: array`.
    Array(Box<TypeUse>),
    /// An object without declared properties: a map from names to values.
    Map(Box<TypeUse>),
    /// A definition.
    Named(TypeId),
    /// No `type` and no constraint: any JSON value.
    Any,
}

/// `format` of a string. Formats that only inform are refused, so each of these is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// No format.
    Plain,
    /// A secret: a string that `Debug` must not show.
    Password,
    /// RFC 4122 UUID: `uuid::Uuid`.
    Uuid,
    /// RFC 3339 date-time: `openapi_runtime::Timestamp`.
    DateTime,
    /// RFC 3339 full-date.
    Date,
    /// RFC 5321 mailbox; a checked `String`.
    Email,
    /// RFC 3986 URI with a scheme; a checked `String`.
    Uri,
    /// RFC 2673 dotted quad; a checked `String`.
    Ipv4,
    /// RFC 4291 address; a checked `String`.
    Ipv6,
    /// `ipv4` or `ipv6` (`format: ip`, not standard); a checked `String`.
    Ip,
    /// RFC 1123 host name; a checked `String`.
    Hostname,
    /// RFC 4648 base64 (`format: byte`); a checked `String`.
    Byte,
}

/// What a value must satisfy beyond its type. Only the members that fit the type are set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Constraints {
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`, every one of them (`allOf` may bring several). Each compiles with the `regex`
    /// crate and means there what ECMA 262 means by it.
    pub patterns: Vec<String>,
    /// Lower bound; [`Number::Int`] for integers.
    pub minimum: Option<Bound>,
    /// Upper bound; [`Number::Int`] for integers.
    pub maximum: Option<Bound>,
    /// `multipleOf`, positive; [`Number::Int`] for integers.
    pub multiple_of: Option<Number>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems: true`.
    pub unique_items: bool,
    /// `minProperties` of a map (a struct has its own).
    pub min_properties: Option<u64>,
    /// `maxProperties` of a map (a struct has its own).
    pub max_properties: Option<u64>,
}

/// A bound of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The bound.
    pub value: Number,
    /// Whether the bound itself is excluded.
    pub exclusive: bool,
}

/// A number of the document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// An integer (also when written `1.0` or `1e3`).
    Int(i64),
    /// Anything else; finite.
    Float(f64),
}

/// A closed set of strings.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum {
    /// The values in document order, unique.
    pub variants: Vec<Variant>,
    /// `x-state-machine`.
    pub state_machine: Option<StateMachine>,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// `PendingApproval`; unique in the enum.
    pub ident: Ident,
    /// `PENDING_APPROVAL`.
    pub value: String,
    /// The value in the document.
    pub place: Place,
}

/// `x-state-machine`: which status may follow which, and who may cause it. Emitted as a constant
/// table on the enum, so that code, documentation and tests read the same.
#[derive(Debug, Clone, PartialEq)]
pub struct StateMachine {
    /// States in which something begins: indices into [`Enum::variants`].
    pub initial: Vec<usize>,
    /// The allowed changes, in document order, one per pair.
    pub transitions: Vec<Transition>,
    /// The extension.
    pub place: Place,
}

/// An allowed change of state.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// Index into [`Enum::variants`].
    pub from: usize,
    /// Index into [`Enum::variants`].
    pub to: usize,
    /// Who may: roles or causes, as the document writes them (`owner`, `admin`, `pay`, `server`).
    pub by: Vec<String>,
    /// The change in the document.
    pub place: Place,
}

/// Alternatives of which exactly one can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// How a reader tells the alternatives apart.
    pub choice: Choice,
    /// The alternatives in document order.
    pub variants: Vec<UnionVariant>,
}

/// How a reader tells alternatives apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// By a string property that every alternative (always a struct) declares as a required
    /// [`FieldContent::Constant`]; the alternatives write it themselves.
    Discriminator {
        /// The property's JSON name.
        property: String,
    },
    /// By the JSON type of the value: no two alternatives share one.
    JsonType,
}

/// An alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    /// The variant's name, unique in the union.
    pub ident: Ident,
    /// What it holds.
    pub ty: TypeUse,
    /// The discriminator's value; empty under [`Choice::JsonType`].
    pub tag: String,
    /// The alternative in the document.
    pub place: Place,
}

/// A value of the document, typed.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string; for formats that become types of their own (uuid, date-time) it has been checked
    /// to parse.
    String(String),
    /// A value of a string enum.
    Variant {
        /// The enum.
        ty: TypeId,
        /// Index into [`Enum::variants`].
        index: usize,
    },
    /// An array.
    Array(Vec<Literal>),
    /// An object of a map type, in document order.
    Object(Vec<(String, Literal)>),
}
