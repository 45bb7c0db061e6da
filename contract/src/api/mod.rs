//! A document as a tester sees it: operations with everything that may be sent and may come back, each part with its
//! place. Schemas are those of JSON Schema 2020-12, whichever version of OpenAPI they were written in.

mod answer;
mod content;
mod messages;
mod normalise;
mod operation;
mod parameter;
mod read;
mod schema;
mod security;
mod template;

use std::{
    path::Path,
    sync::{Arc, OnceLock},
};

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub use answer::{Answer, Header, Link, StatusPattern};
pub use content::{Body, Example, Media};
pub use messages::Messages;
pub use operation::Operation;
pub use parameter::{Location, Parameter};
pub use schema::{Direction, Schema, Schemas, Violation};
pub use security::{Requirement, Scheme};

use crate::{
    document::{Document, DocumentError, Place},
    laws::ErrorBody,
};

/// Why a document cannot be tested with: everything that is wrong, each with its place.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The document cannot be read at all.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// Parts of it make no sense; one line each, with file and line.
    #[error("{}", .0.join("\n"))]
    Parts(Vec<String>),
}

/// What a document says.
#[derive(Debug)]
pub struct Api {
    /// The document itself, for places.
    pub document: Document,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `servers[0].url`, when it is absolute or has a path; variables take their defaults.
    pub server: Option<String>,
    /// Every operation, in the order of the document.
    pub operations: Vec<Arc<Operation>>,
    /// The security schemes by name.
    pub schemes: IndexMap<String, Scheme>,
    /// The schemas that others refer to.
    pub schemas: Arc<Schemas>,
    /// The extensions at the document's root (`x-…`).
    pub extensions: Map<String, Value>,
    /// The body that errors share, once somebody asked for it.
    pub(crate) error_body: OnceLock<Option<ErrorBody>>,
}

impl Api {
    /// Reads a document and every file that it refers to.
    ///
    /// # Errors
    /// [`ApiError`] with all problems, each with its place.
    pub fn read(path: &Path) -> Result<Self, ApiError> {
        read::api(Document::read(path)?)
    }

    /// Reads a document of one file from memory.
    ///
    /// # Errors
    /// As [`Api::read`].
    pub fn from_text(name: &str, text: &str) -> Result<Self, ApiError> {
        read::api(Document::from_text(name, text)?)
    }

    /// The place of the document as a whole.
    #[must_use]
    pub fn document_place(&self) -> Place {
        let file = self.document.name().to_owned();
        Place { file, line: 1 }
    }

    /// The operation with this `operationId`, or with this label (`GET /orders/{orderId}`).
    #[must_use]
    pub fn operation(&self, name: &str) -> Option<&Arc<Operation>> {
        self.operations
            .iter()
            .find(|operation| operation.id.as_deref() == Some(name) || operation.label == name)
    }

    /// The operation that a request reaches, and the texts of its path parameters, decoded. Where several templates fit,
    /// the most literal one wins, as the specification says.
    #[must_use]
    pub fn at(
        &self,
        method: &str,
        path: &str,
    ) -> Option<(&Arc<Operation>, IndexMap<String, String>)> {
        self.operations_at(path)
            .into_iter()
            .find(|(operation, _)| operation.method.eq_ignore_ascii_case(method))
    }

    /// Every operation whose template fits a path, the most literal templates only.
    #[must_use]
    pub fn operations_at(&self, path: &str) -> Vec<(&Arc<Operation>, IndexMap<String, String>)> {
        let mut found: Vec<_> = self
            .operations
            .iter()
            .filter_map(|operation| Some((operation, operation.match_path(path)?)))
            .collect();
        let fewest = found.iter().map(|(_, captured)| captured.len()).min();
        found.retain(|(_, captured)| Some(captured.len()) == fewest);
        found
    }

    /// The addresses at which the document's OAuth flows hand out tokens.
    #[must_use]
    pub fn token_urls(&self) -> Vec<&str> {
        let schemes = self.document.root().and_then(|root| {
            let components = root.get("components")?;
            components.get("securitySchemes")?.as_object()
        });
        let flows = schemes.into_iter().flatten().filter_map(|(_, scheme)| {
            let scheme = self.document.resolve(&scheme.node);
            scheme.get("flows")?.as_object()
        });
        flows
            .flatten()
            .filter_map(|(_, flow)| flow.node.get("tokenUrl")?.as_str())
            .collect()
    }

    /// The methods that the document declares for a template, in capitals.
    #[must_use]
    pub fn methods_of(&self, template: &str) -> Vec<&str> {
        self.operations
            .iter()
            .filter(|operation| operation.path == template)
            .map(|operation| operation.method.as_str())
            .collect()
    }
}
