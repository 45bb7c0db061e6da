//! The messages that a server sends, as a document describes them: `webhooks`, and the schemas of `components` by name.

use indexmap::IndexMap;
use openapi_codegen::tree::Node;

use super::{ApiError, Direction, Media, Schema, Schemas, normalise::Normaliser};
use crate::document::Document;

/// What a document says of messages.
#[derive(Debug)]
pub struct Messages {
    /// The body of each webhook, when the document says what is in it, by the webhook's name.
    pub webhooks: IndexMap<String, Option<Schema>>,
    /// The schemas of `components`.
    pub components: IndexMap<String, Schema>,
    /// The schemas that they refer to.
    pub schemas: Schemas,
}

impl Messages {
    /// Collects them.
    ///
    /// # Errors
    /// [`ApiError`] with all problems, each with its place.
    pub fn of(document: &Document) -> Result<Self, ApiError> {
        // What the server sends is an answer to the one who receives it.
        let direction = Direction::Response;
        let mut normaliser = Normaliser::new(document);
        let mut webhooks = IndexMap::new();
        for operation in document.webhooks().values() {
            let body = operation.node.get("requestBody");
            let body = body.map(|node| document.resolve(node));
            let schema = body.and_then(schema_of);
            let schema = schema.map(|node| normaliser.schema(node, direction));
            webhooks.insert(operation.path.clone(), schema);
        }
        let components = document.root().and_then(|root| root.get("components"));
        let named = components.and_then(|components| components.get("schemas"));
        let named = named.and_then(Node::as_object).into_iter().flatten();
        let components = named
            .map(|(name, member)| (name.clone(), normaliser.schema(&member.node, direction)))
            .collect();
        let (schemas, problems) = normaliser.finish();
        if !problems.is_empty() {
            return Err(ApiError::Parts(problems));
        }
        Ok(Self {
            webhooks,
            components,
            schemas,
        })
    }
}

/// The schema of a body's JSON.
fn schema_of(body: &Node) -> Option<&Node> {
    let content = body.get("content")?.as_object()?;
    let json = content.iter().find(|(name, _)| Media::is_json(name))?;
    json.1.node.get("schema")
}
