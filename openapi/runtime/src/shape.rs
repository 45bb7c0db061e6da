//! The structure of schemas as static data: names, members, which of them are required.

/// A named schema.
#[derive(Debug)]
pub struct Schema {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: SchemaKind,
}

/// What a named schema is.
#[derive(Debug)]
pub enum SchemaKind {
    /// An object with these members.
    Object(&'static [Member]),
    /// One of these texts.
    Words(&'static [&'static str]),
    /// One of these shapes.
    OneOf(&'static [Shape]),
    /// Another shape under a name of its own.
    Alias(Shape),
}

/// A member of an object.
#[derive(Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it looks like.
    pub shape: Shape,
}

impl Member {
    /// A member that must be there.
    #[must_use]
    pub const fn required(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            required: true,
            shape,
        }
    }

    /// A member that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            required: false,
            shape,
        }
    }
}

/// What a value looks like. Texts and numbers name their `format`, empty without one.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Anything.
    Any,
    /// Null.
    Null,
    /// A boolean.
    Boolean,
    /// An integer.
    Integer(&'static str),
    /// A number.
    Number(&'static str),
    /// A text.
    Text(&'static str),
    /// A list.
    List(&'static Shape),
    /// A map from texts.
    Map(&'static Shape),
    /// A named schema.
    Named(&'static Schema),
    /// One of several.
    OneOf(&'static [Shape]),
}
