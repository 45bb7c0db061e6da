//! What a document has that a run can exercise, each part with its name and place.

use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::IndexMap;

use super::{Kind, fields, keywords, members};
use crate::{
    api::{Answer, Api, Body, Location, Operation, Parameter, Schema, StatusPattern},
    config::Filter,
    document::Place,
};

/// Something that a run can exercise.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Part {
    Operation(usize),
    Status(usize, StatusPattern),
    Parameter(usize, Location, String),
    /// A keyword of a parameter, or of a body by its media type; at a path of keywords.
    Keyword(usize, Location, String, String),
    /// A field of an answer's body, at a path of names. Answers of one operation that have the same schema (its errors,
    /// mostly) share their fields; the number names the schema.
    Field(usize, u64, String),
}

/// A part, and how often it was exercised.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) times: u64,
}

impl Part {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Operation(_) => Kind::Operations,
            Self::Status(..) => Kind::Statuses,
            Self::Parameter(..) => Kind::Parameters,
            Self::Keyword(..) => Kind::Keywords,
            Self::Field(..) => Kind::Fields,
        }
    }
}

/// The parts of all operations that a filter lets through, in the order of the document, none of them seen yet.
pub(super) fn of(api: &Api, filter: &Filter) -> IndexMap<Part, Seen> {
    let mut list = List {
        api,
        parts: IndexMap::new(),
    };
    for operation in &api.operations {
        if filter.lets_through(operation) {
            list.operation(operation);
        }
    }
    list.parts
}

/// Tells schemas apart by what they say.
pub(super) fn group(schema: &Schema) -> u64 {
    let mut hasher = DefaultHasher::new();
    schema.value.hash(&mut hasher);
    hasher.finish()
}

struct List<'a> {
    api: &'a Api,
    parts: IndexMap<Part, Seen>,
}

impl List<'_> {
    fn operation(&mut self, operation: &Operation) {
        let part = Part::Operation(operation.index);
        self.add(part, operation.label.clone(), &operation.place);
        for (pattern, answer) in &operation.answers {
            self.answer(operation, *pattern, answer);
        }
        for parameter in &operation.parameters {
            self.parameter(operation, parameter);
        }
        if let Some(body) = &operation.body {
            self.body(operation, body);
        }
    }

    fn answer(&mut self, operation: &Operation, pattern: StatusPattern, answer: &Answer) {
        let (index, label) = (operation.index, &operation.label);
        let name = format!("{label} → {pattern}");
        self.add(Part::Status(index, pattern), name, &answer.place);
        let schemas = answer.content.values();
        for schema in schemas.filter_map(|media| media.schema.as_ref()) {
            let group = group(schema);
            for field in fields::of(self.api, schema) {
                let name = format!("{label} → {pattern}, {}", field.path);
                self.add(Part::Field(index, group, field.path), name, &field.place);
            }
        }
    }

    fn parameter(&mut self, operation: &Operation, parameter: &Parameter) {
        let index = operation.index;
        let (location, name) = (parameter.location, &parameter.name);
        let whole = format!("{}, {location} `{name}`", operation.label);
        let part = Part::Parameter(index, location, name.clone());
        self.add(part, whole.clone(), &parameter.place);
        for site in keywords::of(self.api, &parameter.schema, true) {
            let name_of_site = format!("{whole}: {}", site.label);
            let part = Part::Keyword(index, location, name.clone(), site.path);
            self.add(part, name_of_site, &site.place);
        }
    }

    fn body(&mut self, operation: &Operation, body: &Body) {
        for (media_type, media) in &body.media {
            let Some(schema) = &media.schema else {
                continue;
            };
            let is_text = members::is_form(media_type);
            for site in keywords::of(self.api, schema, is_text) {
                let name = format!("{}, body: {}", operation.label, site.label);
                let media_type = media_type.clone();
                let part = Part::Keyword(operation.index, Location::Body, media_type, site.path);
                self.add(part, name, &site.place);
            }
        }
    }

    fn add(&mut self, part: Part, name: String, place: &Place) {
        self.parts.entry(part).or_insert_with(|| Seen {
            name,
            place: place.clone(),
            times: 0,
        });
    }
}
