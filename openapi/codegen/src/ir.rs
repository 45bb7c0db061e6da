//! The intermediate representation between the document and the generated code.
//!
//! Everything that needs a decision is decided here: Rust names (keywords escaped, collisions
//! resolved or refused), optionality, request and response views, boxing, unions, flattened
//! `allOf`, constraints at each use, formats, defaults, error codes, security. Emission walks this
//! plain data from top to bottom and never looks at the document again.
//!
//! Promises that every consumer may rely on:
//! - every [`TypeId`] and [`SchemeId`] is a valid index into [`Api::types`] / [`Api::schemes`];
//! - identifiers are valid Rust of every edition and unique in their scope; text in [`Doc`] and in
//!   literals is the document's own and **not** escaped;
//! - order is the document's order everywhere, so that output is deterministic;
//! - a document with errors never becomes an [`Api`].

mod operation;
mod schema;

use std::fmt;
use std::sync::Arc;

pub use operation::*;
pub use schema::*;

/// A whole document, ready for emission.
#[derive(Debug, Clone, PartialEq)]
pub struct Api {
    /// Where the document came from and which version it states.
    pub document: DocumentInfo,
    /// The Rust module that the code becomes, such as `v1`.
    pub module: Ident,
    /// Every struct, enum and union: component schemas in document order, each followed by the
    /// types of its inline schemas, then those of operations. Scalars, arrays and maps have no
    /// entry, as their uses carry them whole.
    pub types: Vec<TypeDef>,
    /// The tags that have operations, in the order of the document's `tags`, then of first use.
    /// One trait and one file each.
    pub tags: Vec<Tag>,
    /// `components.securitySchemes` in document order.
    pub schemes: Vec<SecurityScheme>,
    /// The enum of all error codes, found through `ErrorResponse` (`error.code`) of the responses
    /// that carry `x-error-codes`. `None` when no response does.
    pub error_codes: Option<TypeId>,
}

impl Api {
    /// Every operation, tag by tag.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.tags.iter().flat_map(|tag| tag.operations.iter())
    }

    /// The type behind `id`. `None` cannot happen for ids that this [`Api`] itself holds.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0)
    }

    /// The security scheme behind `id`. `None` cannot happen for ids of this [`Api`].
    #[must_use]
    pub fn scheme(&self, id: SchemeId) -> Option<&SecurityScheme> {
        self.schemes.get(id.0)
    }
}

/// What the header of generated files says about their source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInfo {
    /// The path as generated files name it, with forward slashes: `openapi/v1.yaml`.
    pub path: String,
    /// Lower-case hexadecimal SHA-256 over the bytes of the root document, followed, when `$ref`
    /// reaches further files, by theirs in order of path.
    pub sha256: String,
    /// The `openapi` member, such as `3.1.0`.
    pub openapi: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
}

/// A tag: the trait that a host implements for its operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// The tag as the document writes it: `Orders`.
    pub name: String,
    /// File and module name: `orders`.
    pub module: Ident,
    /// The trait: `OrdersApi`.
    pub trait_name: Ident,
    /// The struct that registers the routes: `OrdersRoutes`.
    pub routes_name: Ident,
    /// The tag's description.
    pub doc: Doc,
    /// The operations whose (one) tag this is, in document order.
    pub operations: Vec<Operation>,
    /// The tag's declaration, or the first operation that uses it.
    pub place: Place,
}

/// A declared way to authenticate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The key under `components.securitySchemes`: `bearerAuth`.
    pub name: String,
    /// How the credential travels.
    pub kind: SchemeKind,
    /// The scheme's description.
    pub doc: Doc,
    /// The scheme's declaration.
    pub place: Place,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`; names in requirements are roles.
    Bearer,
    /// `Authorization: Basic …`; names in requirements are roles.
    Basic,
    /// A key in a header, a query parameter or a cookie; names in requirements are scopes.
    ApiKey {
        /// Where the key is.
        location: Location,
        /// Header, parameter or cookie name.
        name: String,
    },
}

/// Index into [`Api::schemes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub usize);

/// A valid Rust identifier, escaped where needed: `order_id`, `r#type`, `self_`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// Wraps text that the naming rules have made a valid identifier.
    pub(crate) fn from_valid(text: String) -> Self {
        Self(text)
    }

    /// The identifier as it stands in code, `r#` included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, for composing longer names and for file names.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Documentation text of the document, unescaped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doc {
    /// `summary` or `title`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
}

/// Where something stands in the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file as messages name it: `openapi/v1.yaml`.
    pub file: Arc<str>,
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// JSON pointer inside the file: `/paths/~1orders/post`.
    pub pointer: String,
}

impl fmt::Display for Place {
    /// `openapi/v1.yaml:412`, the form of generated documentation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
