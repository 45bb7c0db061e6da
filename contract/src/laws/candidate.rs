//! What could be sent as the body of an operation.

use serde_json::Value;

use super::world;
use crate::{
    api::{Operation, Schema},
    generate::{
        node::Source,
        values::{Maker, Style},
    },
    run::Run,
};

/// How a request is made.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) media_type: String,
    pub(super) body: Option<Value>,
    /// Whether texts are new for each request.
    pub(super) is_fresh: bool,
}

/// What could be sent, the likeliest to succeed first: the document's examples, then values made from the schema.
pub(super) fn all(run: &Run, operation: &Operation) -> Vec<Candidate> {
    let bodiless = Candidate {
        media_type: String::new(),
        body: None,
        is_fresh: false,
    };
    let Some((media_type, media)) = world::json_body(operation) else {
        return vec![bodiless];
    };
    let of = |body: &Value, is_fresh| Candidate {
        media_type: media_type.clone(),
        body: Some(body.clone()),
        is_fresh,
    };
    let examples = media.examples.iter();
    let mut candidates: Vec<_> = examples
        .flat_map(|example| [of(&example.value, true), of(&example.value, false)])
        .collect();
    if operation.body.as_ref().is_none_or(|body| !body.is_required) {
        candidates.push(bodiless);
    }
    if let Some(body) = media.schema.as_ref().and_then(|schema| made(run, schema)) {
        candidates.push(of(&body, true));
    }
    candidates
}

/// A small value that a schema takes.
pub(super) fn made(run: &Run, schema: &Schema) -> Option<Value> {
    let source = Source {
        schema,
        schemas: &run.api.schemas,
    };
    let mut maker = Maker::new(source, run.settings.seed, Vec::new(), Some(&run.pool));
    maker.valid(Style::Usual)
}
