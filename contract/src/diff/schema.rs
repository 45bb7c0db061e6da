//! Two schemas, compared by what they mean, level by level.

use std::{cell::RefCell, collections::HashSet, rc::Rc};

use indexmap::IndexSet;
use openapi_codegen::tree::{Node, NodeId};

use super::{
    change::{Findings, Part, Places, Subject},
    keywords,
    lifecycle::{self, Today},
    rules::{self, Area, SchemaRule},
    shape::{Schemas, Shape},
};
use crate::document::Document;

/// So many pairs are compared at every place where they stand. Schemas that refer to each other many times over stand at
/// more places than anybody could count; from here on, each pair is compared once.
const EVERYWHERE: usize = 1_000;

/// An old schema and a new one.
type Pair = (NodeId, NodeId);

/// The two documents and what is known around a schema.
pub(super) struct Comparison<'a, 'd> {
    pub(super) old: &'d Document,
    pub(super) new: &'d Document,
    pub(super) today: &'a Today,
    pub(super) findings: &'a mut Findings,
}

/// Where the comparison of a schema is.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) area: Area,
    pub(super) subject: Subject,
    /// Pairs that are being compared further up: a schema that holds itself ends there.
    seen: HashSet<Pair>,
    /// Every pair that was compared in this part of the documents, and how many comparisons that took.
    met: Rc<RefCell<(HashSet<Pair>, usize)>>,
}

impl Spot {
    pub(super) fn new(area: Area, subject: Subject) -> Self {
        Self {
            area,
            subject,
            seen: HashSet::new(),
            met: Rc::default(),
        }
    }

    /// Whether a pair need not be compared here, since it was elsewhere and there are too many places.
    fn was_met(&self, pair: Pair) -> bool {
        let (pairs, count) = &mut *self.met.borrow_mut();
        *count += 1;
        !pairs.insert(pair) && *count > EVERYWHERE
    }

    fn part(&self, step: &str) -> Self {
        let mut spot = self.clone();
        spot.area = self.area.part();
        match &mut spot.subject.part {
            Part::Parameter { path, .. }
            | Part::RequestBody { path }
            | Part::Response { path, .. } => path.push(step.to_owned()),
            Part::Document | Part::Operation | Part::Header { .. } => {}
        }
        spot
    }
}

impl<'d> Comparison<'_, 'd> {
    pub(super) fn places(&self, old: Option<&Node>, new: Option<&Node>) -> Places {
        Places {
            old: old.map(|node| self.old.place(node)),
            new: new.map(|node| self.new.place(node)),
        }
    }

    pub(super) fn schema(&mut self, old: &[&'d Node], new: &[&'d Node], mut spot: Spot) {
        if let (Some(before), Some(after)) = (old.first(), new.first()) {
            let pair = (self.old.resolve(before).id, self.new.resolve(after).id);
            if !spot.seen.insert(pair) || spot.was_met(pair) {
                return;
            }
        }
        let before = Shape::of(self.old, old);
        let after = Shape::of(self.new, new);
        let places = self.places(
            old.first().map(|node| self.old.resolve(node)),
            new.first().map(|node| self.new.resolve(node)),
        );
        let level = keywords::Level {
            before: &before,
            after: &after,
            spot: &spot,
            places: &places,
        };
        let type_is_another = level.types(self.findings);
        if type_is_another {
            // What follows would only say the same again, keyword by keyword.
            return;
        }
        level.values(self.findings);
        level.bounds(self.findings);
        level.notes(self.findings);
        lifecycle::schema(self, &level);
        self.properties(&before, &after, &spot, &places);
        self.items(&before, &after, &spot, &places);
        let one_of = (&rules::ONE_OF_ADDED, &rules::ONE_OF_REMOVED);
        self.branches(&before.one_of, &after.one_of, one_of, &spot, &places);
        let any_of = (&rules::ANY_OF_ADDED, &rules::ANY_OF_REMOVED);
        self.branches(&before.any_of, &after.any_of, any_of, &spot, &places);
    }

    fn say(&mut self, rule: &SchemaRule, spot: &Spot, places: &Places, detail: &str) {
        self.findings
            .add_schema(rule, spot.area, &spot.subject, places.clone(), detail);
    }

    fn properties(&mut self, before: &Shape<'d>, after: &Shape<'d>, spot: &Spot, places: &Places) {
        let is_request = spot.area.is_request();
        // Clients need not send what only the server writes, and never see what only they write.
        let concerns = |document: &'d Document, schemas: &Schemas<'d>| {
            let shape = Shape::of(document, schemas);
            !(if is_request {
                shape.is_read_only
            } else {
                shape.is_write_only
            })
        };
        for (name, old) in &before.properties {
            let inner = spot.part(name);
            if let Some(new) = after.properties.get(name) {
                self.schema(old, new, inner.clone());
                let was = before.required.contains(name);
                let is = after.required.contains(name);
                if was != is && concerns(self.new, new) {
                    let rule = if is {
                        &rules::BECAME_REQUIRED
                    } else {
                        &rules::BECAME_OPTIONAL
                    };
                    let places = self.places(old.first().copied(), new.first().copied());
                    self.say(rule, &inner, &places, "");
                }
                continue;
            }
            if !concerns(self.old, old) {
                continue;
            }
            let rule = if is_request && after.is_closed {
                &rules::PROPERTY_REFUSED
            } else if before.required.contains(name) {
                &rules::PROPERTY_REMOVED_REQUIRED
            } else {
                &rules::PROPERTY_REMOVED_OPTIONAL
            };
            let places = Places {
                new: places.new.clone(),
                ..self.places(old.first().copied(), None)
            };
            self.say(rule, &inner, &places, "");
        }
        for (name, new) in &after.properties {
            if before.properties.contains_key(name) || !concerns(self.new, new) {
                continue;
            }
            let rule = if after.required.contains(name) {
                &rules::PROPERTY_ADDED_REQUIRED
            } else {
                &rules::PROPERTY_ADDED_OPTIONAL
            };
            let places = Places {
                old: places.old.clone(),
                ..self.places(None, new.first().copied())
            };
            self.say(rule, &spot.part(name), &places, "");
        }
        match (before.is_closed, after.is_closed) {
            (false, true) => self.say(&rules::ADDITIONAL_CLOSED, spot, places, ""),
            (true, false) => self.say(&rules::ADDITIONAL_OPENED, spot, places, ""),
            _ => {}
        }
        if !before.additional.is_empty() && !after.additional.is_empty() {
            self.schema(&before.additional, &after.additional, spot.part("*"));
        }
    }

    fn items(&mut self, before: &Shape<'d>, after: &Shape<'d>, spot: &Spot, places: &Places) {
        match (before.items.is_empty(), after.items.is_empty()) {
            (true, true) => {}
            (true, false) => self.say(&rules::ITEMS_SET, spot, places, ""),
            (false, true) => self.say(&rules::ITEMS_UNSET, spot, places, ""),
            (false, false) => self.schema(&before.items, &after.items, spot.part("[]")),
        }
    }

    /// Branches of a `oneOf` or `anyOf`: told apart by name, and what has none by what it says.
    fn branches(
        &mut self,
        before: &[&'d Node],
        after: &[&'d Node],
        (added, removed): (&SchemaRule, &SchemaRule),
        spot: &Spot,
        places: &Places,
    ) {
        if before.is_empty() && after.is_empty() {
            return;
        }
        // A choice where there was none forbids; none where there was a choice allows.
        if before.is_empty() || after.is_empty() {
            let rule = if before.is_empty() { removed } else { added };
            self.say(rule, spot, places, "the choice as a whole");
            return;
        }
        let mut unmatched: Vec<&Node> = after.to_vec();
        let mut gone: Vec<&Node> = Vec::new();
        for old in before {
            let same = unmatched
                .iter()
                .position(|new| match (name_of(old), name_of(new)) {
                    (Some(a), Some(b)) => a == b,
                    (None, None) => old.same_value(new),
                    _ => false,
                });
            match same {
                Some(at) => {
                    let new = unmatched.remove(at);
                    self.schema(&[*old], &[new], spot.clone());
                }
                None => gone.push(old),
            }
        }
        // A single unnamed branch on both sides is one that was edited.
        if let ([old], [new]) = (gone.as_slice(), unmatched.as_slice())
            && name_of(old).is_none()
            && name_of(new).is_none()
        {
            self.schema(&[*old], &[*new], spot.clone());
            return;
        }
        for old in gone {
            let places = self.places(Some(old), None);
            self.say(removed, spot, &places, name_of(old).unwrap_or_default());
        }
        for new in unmatched {
            let places = self.places(None, Some(new));
            self.say(added, spot, &places, name_of(new).unwrap_or_default());
        }
    }
}

/// The name that a branch goes by.
fn name_of(node: &Node) -> Option<&str> {
    let reference = node.get("$ref").and_then(Node::as_str);
    reference
        .and_then(|text| text.rsplit('/').next())
        .or_else(|| node.get("title").and_then(Node::as_str))
}

/// What stands in one list and not in the other, as text.
pub(super) fn missing(of: &[&Node], from: &[&Node]) -> Vec<String> {
    let unique: IndexSet<String> = of
        .iter()
        .filter(|value| !from.iter().any(|other| value.same_value(other)))
        .map(|value| value.brief())
        .collect();
    unique.into_iter().collect()
}
