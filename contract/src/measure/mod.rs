//! What a run exercised of the document: operations, declared statuses, parameters, keywords of requests, fields of
//! answers.
//!
//! A keyword of a request is exercised when a value was sent that it refuses. A field of an answer is exercised when
//! it came. Both are counted for each operation: the same schema in two operations is two promises.

mod fields;
mod keywords;

use std::{
    collections::HashMap,
    fmt::Write as _,
    hash::{DefaultHasher, Hash, Hasher},
};

use indexmap::IndexMap;

use crate::{
    api::{Api, Location, Schema, StatusPattern},
    case::Mode,
    config::Filter,
    document::Place,
    exchange::Exchange,
};

/// Counts while a run goes on.
#[derive(Debug)]
pub struct Measure {
    parts: IndexMap<Part, Seen>,
}

/// Something that a run can exercise.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Part {
    Operation(usize),
    Status(usize, StatusPattern),
    Parameter(usize, Location, String),
    /// A keyword of a parameter, or of a body by its media type; at a path of keywords.
    Keyword(usize, Location, String, String),
    /// A field of an answer's body, at a path of names. Answers of one operation that have the same schema (its errors,
    /// mostly) share their fields; the number names the schema.
    Field(usize, u64, String),
}

/// The kinds of parts, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Kind {
    /// Operations that were called.
    Operations,
    /// Declared answers that came.
    Statuses,
    /// Parameters that were sent.
    Parameters,
    /// Keywords of requests that refused a value.
    Keywords,
    /// Fields of answers that came.
    Fields,
}

#[derive(Debug)]
struct Seen {
    name: String,
    place: Place,
    times: u64,
}

/// What was exercised, in kinds.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    /// Kind, parts that the document has, parts that were seen.
    pub kinds: Vec<(&'static str, usize, usize)>,
    /// What was never seen, each with its place, kind by kind.
    pub never: Vec<(String, Place)>,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Operations,
        Self::Statuses,
        Self::Parameters,
        Self::Keywords,
        Self::Fields,
    ];

    /// The name in tables and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Operations => "operations",
            Self::Statuses => "statuses",
            Self::Parameters => "parameters",
            Self::Keywords => "keywords",
            Self::Fields => "fields",
        }
    }
}

impl Part {
    fn kind(&self) -> Kind {
        match self {
            Self::Operation(_) => Kind::Operations,
            Self::Status(..) => Kind::Statuses,
            Self::Parameter(..) => Kind::Parameters,
            Self::Keyword(..) => Kind::Keywords,
            Self::Field(..) => Kind::Fields,
        }
    }
}

impl Measure {
    /// Nothing seen yet, of the operations that a filter lets through.
    #[must_use]
    pub fn new(api: &Api, filter: &Filter) -> Self {
        let mut parts = IndexMap::new();
        let mut add = |part, name: String, place: &Place| {
            let place = place.clone();
            parts.entry(part).or_insert(Seen {
                name,
                place,
                times: 0,
            });
        };
        for operation in api
            .operations
            .iter()
            .filter(|operation| filter.lets_through(operation))
        {
            let (index, label) = (operation.index, &operation.label);
            add(Part::Operation(index), label.clone(), &operation.place);
            for (pattern, answer) in &operation.answers {
                let name = format!("{label} → {pattern}");
                add(Part::Status(index, *pattern), name, &answer.place);
                for schema in answer
                    .content
                    .values()
                    .filter_map(|media| media.schema.as_ref())
                {
                    let group = group(schema);
                    for field in fields::of(api, schema) {
                        let name = format!("{label} → {pattern}, {}", field.path);
                        add(Part::Field(index, group, field.path), name, &field.place);
                    }
                }
            }
            for parameter in &operation.parameters {
                let (location, name) = (parameter.location, &parameter.name);
                let whole = format!("{label}, {location} `{name}`");
                let part = Part::Parameter(index, location, name.clone());
                add(part, whole.clone(), &parameter.place);
                for site in keywords::of(api, &parameter.schema, location) {
                    let name_of_site = format!("{whole}: {}", site.label);
                    let part = Part::Keyword(index, location, name.clone(), site.path);
                    add(part, name_of_site, &site.place);
                }
            }
            let media = operation.body.iter().flat_map(|body| &body.media);
            for (media_type, media) in media {
                let Some(schema) = &media.schema else {
                    continue;
                };
                for site in keywords::of(api, schema, Location::Body) {
                    let name = format!("{label}, body: {}", site.label);
                    let part = Part::Keyword(index, Location::Body, media_type.clone(), site.path);
                    add(part, name, &site.place);
                }
            }
        }
        Self { parts }
    }

    /// Takes an exchange into account.
    pub fn see(&mut self, exchange: &Exchange) {
        let case = &exchange.case;
        let operation = &case.operation;
        let Some(received) = exchange.received() else {
            return;
        };
        let index = operation.index;
        if case.method != operation.method {
            // Operations declare what other methods on their path are told.
            if received.status == 405
                && let Some((pattern, _)) = operation.answer(405)
            {
                self.count(&Part::Status(index, pattern));
            }
            return;
        }
        self.count(&Part::Operation(index));
        if let Some((pattern, answer)) = operation.answer(received.status) {
            self.count(&Part::Status(index, pattern));
            if let Some((value, media_type)) = received.json().zip(received.media_type())
                && let Some((_, media)) = answer.content.iter().find(|(name, _)| {
                    let essence = name.split(';').next().unwrap_or_default();
                    essence.eq_ignore_ascii_case(&media_type)
                })
                && let Some(schema) = &media.schema
            {
                let group = group(schema);
                fields::seen(&value, &mut |path| {
                    self.count(&Part::Field(index, group, path.to_owned()));
                });
            }
        }
        for parameter in &operation.parameters {
            let texts = keywords::texts(case, parameter);
            if texts.is_empty() {
                continue;
            }
            let (location, name) = (parameter.location, &parameter.name);
            self.count(&Part::Parameter(index, location, name.clone()));
            if case.origin.mode == Mode::Negative {
                for path in keywords::refusing_texts(parameter, &texts) {
                    self.count(&Part::Keyword(index, location, name.clone(), path));
                }
            }
        }
        if case.origin.mode == Mode::Negative
            && let Some(payload) = &case.body
            && let Some(value) = payload.json()
            && let Some(body) = &operation.body
            && let Some((media_type, media)) = body.media.get_key_value(&payload.media_type)
            && let Some(schema) = &media.schema
        {
            for path in keywords::refusing(schema, value) {
                self.count(&Part::Keyword(
                    index,
                    Location::Body,
                    media_type.clone(),
                    path,
                ));
            }
        }
    }

    fn count(&mut self, part: &Part) {
        if let Some(seen) = self.parts.get_mut(part) {
            seen.times += 1;
        }
    }

    /// What was seen so far.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for kind in Kind::ALL {
            let of_kind = self.parts.iter().filter(|(part, _)| part.kind() == kind);
            let seen = of_kind.clone().filter(|(_, seen)| seen.times > 0).count();
            coverage
                .kinds
                .push((kind.as_str(), of_kind.clone().count(), seen));
            let never = of_kind.filter(|(_, seen)| seen.times == 0);
            coverage
                .never
                .extend(never.map(|(_, seen)| (seen.name.clone(), seen.place.clone())));
        }
        coverage
    }
}

/// What must be seen at least, in per cent: of everything, or of single kinds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minimum {
    /// Of everything.
    pub all: Option<usize>,
    /// Of single kinds.
    pub kinds: HashMap<Kind, usize>,
}

impl Minimum {
    /// Reads `90` or `statuses=50,keywords=95`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let percent = |text: &str| {
            let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
            number
                .filter(|number| *number <= 100)
                .ok_or_else(|| format!("`{text}` is no number of per cent from 0 to 100"))
        };
        let mut minimum = Self::default();
        for part in text.split(',') {
            let Some((kind, number)) = part.split_once('=') else {
                minimum.all = Some(percent(part)?);
                continue;
            };
            let kind = Kind::ALL
                .into_iter()
                .find(|known| known.as_str() == kind.trim())
                .ok_or_else(|| {
                    let known = Kind::ALL.map(Kind::as_str).join(", ");
                    format!("`{kind}` is no part of the table: {known}")
                })?;
            minimum.kinds.insert(kind, percent(number)?);
        }
        Ok(minimum)
    }

    /// What a run did not reach, one line each.
    #[must_use]
    pub fn missed(&self, coverage: &Coverage) -> Vec<String> {
        let mut missed = Vec::new();
        let all = coverage.percent();
        if let Some(wanted) = self.all.filter(|wanted| all < *wanted) {
            missed.push(format!(
                "{all} % of the document was exercised, {wanted} % are asked for"
            ));
        }
        for (name, total, seen) in &coverage.kinds {
            let wanted = self.kinds.iter().find(|(kind, _)| kind.as_str() == *name);
            let reached = percent_of(*seen, *total);
            if let Some((_, wanted)) = wanted.filter(|(_, wanted)| reached < **wanted) {
                missed.push(format!(
                    "{reached} % of the {name} were exercised, {wanted} % are asked for"
                ));
            }
        }
        missed
    }
}

impl Coverage {
    /// The part that was seen, in per cent, rounded down; 100 for a document without parts.
    #[must_use]
    pub fn percent(&self) -> usize {
        let (all, seen) = self
            .kinds
            .iter()
            .fold((0, 0), |(all, seen), kind| (all + kind.1, seen + kind.2));
        percent_of(seen, all)
    }

    /// A table for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let (mut all, mut all_seen) = (0, 0);
        for (kind, total, seen) in &self.kinds {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "  {kind:<12} {seen:>6} of {total:>6}  {:>3} %",
                percent_of(*seen, *total)
            );
            all += total;
            all_seen += seen;
        }
        let _ = writeln!(
            text,
            "  {:<12} {all_seen:>6} of {all:>6}  {:>3} %",
            "all",
            self.percent()
        );
        text
    }
}

/// Tells schemas apart by what they say.
fn group(schema: &Schema) -> u64 {
    let mut hasher = DefaultHasher::new();
    schema.value.hash(&mut hasher);
    hasher.finish()
}

fn percent_of(seen: usize, all: usize) -> usize {
    (seen * 100).checked_div(all).unwrap_or(100)
}

#[cfg(test)]
mod tests;
