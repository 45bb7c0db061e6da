//! What a run exercised of the document: operations, declared statuses, parameters.

use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::{
    api::{Api, Location, StatusPattern},
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
    /// What was never seen, each with its place.
    pub never: Vec<(String, Place)>,
}

impl Measure {
    /// Nothing seen yet.
    #[must_use]
    pub fn new(api: &Api) -> Self {
        let mut parts = IndexMap::new();
        let mut add = |part, name: String, place: &Place| {
            let place = place.clone();
            parts.insert(
                part,
                Seen {
                    name,
                    place,
                    times: 0,
                },
            );
        };
        for operation in &api.operations {
            let (index, label) = (operation.index, &operation.label);
            add(Part::Operation(index), label.clone(), &operation.place);
            for (pattern, answer) in &operation.answers {
                let name = format!("{label} → {pattern}");
                add(Part::Status(index, *pattern), name, &answer.place);
            }
            for parameter in &operation.parameters {
                let name = format!("{label}, {} `{}`", parameter.location, parameter.name);
                let part = Part::Parameter(index, parameter.location, parameter.name.clone());
                add(part, name, &parameter.place);
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
        if case.method != operation.method {
            return;
        }
        let index = operation.index;
        self.count(&Part::Operation(index));
        if let Some((pattern, _)) = operation.answer(received.status) {
            self.count(&Part::Status(index, pattern));
        }
        for parameter in &operation.parameters {
            let name = &parameter.name;
            let is_sent = match parameter.location {
                Location::Path => case.path.contains_key(name),
                Location::Query => case.query.iter().any(|(known, _)| known == name),
                Location::Header => exchange.sent.header(name).is_some(),
                Location::Cookie | Location::Body => {
                    case.cookies.iter().any(|(known, _)| known == name)
                }
            };
            if is_sent {
                self.count(&Part::Parameter(index, parameter.location, name.clone()));
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
        for (kind, is_kind) in KINDS {
            let of_kind = self.parts.iter().filter(|(part, _)| is_kind(part));
            let seen = of_kind.clone().filter(|(_, seen)| seen.times > 0).count();
            coverage.kinds.push((kind, of_kind.clone().count(), seen));
            let never = of_kind.filter(|(_, seen)| seen.times == 0);
            coverage
                .never
                .extend(never.map(|(_, seen)| (seen.name.clone(), seen.place.clone())));
        }
        coverage
    }
}

type IsKind = fn(&Part) -> bool;

const KINDS: [(&str, IsKind); 3] = [
    ("operations", |part| matches!(part, Part::Operation(_))),
    ("statuses", |part| matches!(part, Part::Status(..))),
    ("parameters", |part| matches!(part, Part::Parameter(..))),
];

impl Coverage {
    /// The part that was seen, in per cent, rounded down; 100 for a document without parts.
    #[must_use]
    pub fn percent(&self) -> usize {
        let (all, seen) = self
            .kinds
            .iter()
            .fold((0, 0), |(all, seen), kind| (all + kind.1, seen + kind.2));
        (seen * 100).checked_div(all).unwrap_or(100)
    }

    /// A table for people, and the list of what was never seen.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (kind, all, seen) in &self.kinds {
            let percent = (seen * 100).checked_div(*all).unwrap_or(100);
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {kind:<20} {seen:>5} of {all:>5}  {percent:>3} %");
        }
        let _ = writeln!(text, "  {:<20} {:>14}  {:>3} %", "all", "", self.percent());
        text
    }
}
