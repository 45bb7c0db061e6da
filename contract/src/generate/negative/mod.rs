//! Values that break a schema in exactly one way, each with the keyword that it breaks.

mod parts;
mod scalars;

use std::collections::HashSet;

use serde_json::Value;

use self::{
    parts::{arrays, objects},
    scalars::{numbers, texts, unlisted, wrong_types},
};
use super::{
    node::{At, Node},
    positive::{Idea, Room, Variant, described},
    shape::Kind,
    sites::{self, Site},
    values::{Maker, Style},
};

/// Every deviation that is worth trying, from everything that the schema takes. Each was held against the schema, and
/// breaks it.
pub fn deviations(maker: &mut Maker<'_>, room: Room) -> Vec<Variant> {
    let Some(full) = maker
        .valid(Style::Full)
        .or_else(|| maker.valid(Style::Usual))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut known = HashSet::new();
    let mut add = |variants: Vec<Variant>| {
        let news = variants
            .into_iter()
            .filter(|variant| known.insert(variant.value.to_string()));
        found.extend(news);
    };
    add(deviations_of(maker, &full, "", room));
    for branch in other_branches(maker, &full) {
        let before = maker.fixed.insert(branch.at.clone(), branch.index);
        // What lies beside the branch was tried already.
        add(deviations_of(maker, &branch.value, &branch.pointer, room));
        maker.set_branch(&branch.at, before);
    }
    found
}

/// The whole value with another branch of a choice.
struct Branch<'s> {
    value: Value,
    pointer: String,
    at: At<'s>,
    index: usize,
}

fn other_branches<'s>(maker: &mut Maker<'s>, full: &Value) -> Vec<Branch<'s>> {
    let mut found = Vec::new();
    for site in sites::walk(maker, full) {
        for choice in &site.shape.choices {
            for index in (0..choice.branches.len()).filter(|index| *index != choice.taken) {
                let before = maker.fixed.insert(choice.at.clone(), index);
                let part = maker.part(&site.node, Style::Full);
                maker.set_branch(&choice.at, before);
                let value = part.and_then(|part| sites::replaced(full, &site.pointer, part));
                if let Some(value) = value.filter(|value| maker.source.schema.takes(value)) {
                    found.push(Branch {
                        value,
                        pointer: site.pointer.clone(),
                        at: choice.at.clone(),
                        index,
                    });
                }
            }
        }
    }
    found
}

/// The deviations at a part of a value and below it.
fn deviations_of(maker: &mut Maker<'_>, full: &Value, within: &str, room: Room) -> Vec<Variant> {
    let mut found: Vec<Variant> = Vec::new();
    let sites = sites::walk(maker, full);
    for site in sites.iter().filter(|site| site.pointer.starts_with(within)) {
        let pruned = sites::around(&sites, full, &site.pointer);
        let base = if maker.source.schema.takes(&pruned) {
            &pruned
        } else {
            full
        };
        for idea in ideas(maker, site, room) {
            let Some(value) = sites::replaced(base, &site.pointer, idea.value) else {
                continue;
            };
            if maker.source.schema.takes(&value) {
                continue;
            }
            found.push(Variant {
                value,
                scenario: idea.scenario,
                description: described(&idea.description, &site.pointer),
                pointer: site.pointer.clone(),
                keyword: idea.keyword,
                place: idea.at.map(|at| maker.source.place(&at)),
            });
        }
    }
    found
}

fn ideas<'s>(maker: &mut Maker<'s>, site: &Site<'s>, room: Room) -> Vec<Idea<'s>> {
    let shape = &site.shape;
    let mut ideas = Vec::new();
    wrong_types(shape, &site.value, &mut ideas);
    if shape.values.is_some() {
        unlisted(shape, &site.value, &mut ideas);
        return ideas;
    }
    let lets = |kind| shape.kinds.is_some() && shape.lets(kind);
    if site.value.is_number() || lets(Kind::Integer) {
        numbers(shape, &mut ideas);
    }
    if site.value.is_string() || lets(Kind::String) {
        texts(maker, site, room, &mut ideas);
    }
    match &site.value {
        Value::Array(items) => arrays(maker, site, items, room, &mut ideas),
        Value::Object(members) => objects(maker, site, members, &mut ideas),
        _ => {}
    }
    for part in &site.node.parts {
        if let Some(not) = part.member("not")
            && let Some(value) = maker.part(&Node::from(not.clone()), Style::Usual)
        {
            ideas.push(Idea::new(
                value,
                "forbidden_value",
                "Value that `not` forbids",
                "not",
                Some(&not.at),
            ));
        }
    }
    ideas
}
