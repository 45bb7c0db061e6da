//! What a run exercised of the document: operations, declared statuses, parameters, keywords of requests, fields of
//! answers.
//!
//! A keyword of a request is exercised when a value was sent that it refuses. A field of an answer is exercised when
//! it came. Both are counted for each operation: the same schema in two operations is two promises.

mod coverage;
mod fields;
mod keywords;
mod members;
mod minimum;
mod parts;

use std::collections::HashMap;

use indexmap::IndexMap;

pub use coverage::{Coverage, Kind};
pub use minimum::Minimum;

use self::parts::{Part, Seen};
use crate::{
    api::{Api, Location, Operation, StatusPattern},
    case::{Case, Mode},
    config::Filter,
    exchange::{Exchange, Received},
};

/// Counts while a run goes on.
#[derive(Debug)]
pub struct Measure {
    parts: IndexMap<Part, Seen>,
    /// The operations of each path that declare what undeclared methods are told there, with that declaration.
    refusing: HashMap<String, Vec<(usize, StatusPattern)>>,
}

impl Measure {
    /// Nothing seen yet, of the operations that a filter lets through.
    #[must_use]
    pub fn new(api: &Api, filter: &Filter) -> Self {
        let parts = parts::of(api, filter);
        let mut refusing: HashMap<String, Vec<_>> = HashMap::new();
        for operation in &api.operations {
            if let Some((pattern, _)) = operation.answer(405) {
                let list = refusing.entry(operation.path.clone()).or_default();
                list.push((operation.index, pattern));
            }
        }
        Self { parts, refusing }
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
            // Operations declare what other methods on their path are told: all of them, the same.
            if received.status == 405 {
                let refusing = self.refusing.get(&operation.path);
                for (index, pattern) in refusing.cloned().unwrap_or_default() {
                    self.count(&Part::Status(index, pattern));
                }
            }
            return;
        }
        self.count(&Part::Operation(index));
        self.see_answer(operation, received);
        self.see_parameters(case);
        if case.origin.mode == Mode::Negative {
            self.see_refused_body(case);
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

    fn see_answer(&mut self, operation: &Operation, received: &Received) {
        let index = operation.index;
        let Some((pattern, answer)) = operation.answer(received.status) else {
            return;
        };
        self.count(&Part::Status(index, pattern));
        if let Some((value, media_type)) = received.json().zip(received.media_type())
            && let Some((_, media)) = answer.content.iter().find(|(name, _)| {
                let essence = name.split(';').next().unwrap_or_default();
                essence.eq_ignore_ascii_case(&media_type)
            })
            && let Some(schema) = &media.schema
        {
            let group = parts::group(schema);
            fields::seen(&value, &mut |path| {
                self.count(&Part::Field(index, group, path.to_owned()));
            });
        }
    }

    fn see_parameters(&mut self, case: &Case) {
        let index = case.operation.index;
        for parameter in &case.operation.parameters {
            let texts = keywords::texts(case, parameter);
            let members = members::of_parameter(case, parameter);
            if texts.is_empty() && members.is_empty() {
                continue;
            }
            let (location, name) = (parameter.location, &parameter.name);
            self.count(&Part::Parameter(index, location, name.clone()));
            if case.origin.mode == Mode::Negative {
                let refusing = if members.is_empty() {
                    keywords::refusing_texts(parameter, &texts)
                } else {
                    members::refusing_members(&parameter.schema, &members)
                };
                for path in refusing {
                    self.count(&Part::Keyword(index, location, name.clone(), path));
                }
            }
        }
    }

    fn see_refused_body(&mut self, case: &Case) {
        let (Some(payload), Some(body)) = (&case.body, &case.operation.body) else {
            return;
        };
        let essence = payload.media_type.split(';').next().unwrap_or_default();
        let declared = body.media.get_key_value(&payload.media_type);
        let Some((media_type, media)) = declared.or_else(|| body.media.get_key_value(essence))
        else {
            return;
        };
        let Some(schema) = &media.schema else { return };
        let form = || members::of_form(payload);
        let refusing = payload.json().map_or_else(
            || form().map(|members| members::refusing_members(schema, &members)),
            |value| Some(keywords::refusing(schema, value)),
        );
        let (index, media_type) = (case.operation.index, media_type.clone());
        for path in refusing.unwrap_or_default() {
            let part = Part::Keyword(index, Location::Body, media_type.clone(), path);
            self.count(&part);
        }
    }

    fn count(&mut self, part: &Part) {
        if let Some(seen) = self.parts.get_mut(part) {
            seen.times += 1;
        }
    }
}

#[cfg(test)]
mod tests;
