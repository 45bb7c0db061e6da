//! What a recorded run noted about the document on its way.
//!
//! Schemathesis looks for addresses in the answers of its first phases, and writes the links that it makes of them among
//! the declared statuses. In the sequences that follow, such a status counts as declared. The finding is not lost: the
//! answer that the address was in has its own.

use std::collections::HashSet;

use serde_json::Value;
use url::{Origin, Url};

use super::{Bases, Recorded};
use crate::{
    api::{Api, Media},
    case::Phase,
    exchange::{Exchange, Received},
};

/// How many strings of a body are looked at.
const STRINGS: usize = 500;
/// Bodies that are longer than this many bytes are not looked into.
const BODY: usize = 1024 * 1024;

/// The statuses that count as declared since their answers pointed at something: label of the operation, status.
#[derive(Debug, Default)]
pub(super) struct Noticed(HashSet<(String, u16)>);

impl Noticed {
    /// What the first phases of a recording of Schemathesis showed.
    pub(super) fn of(
        api: &Api,
        bases: &Bases,
        entries: &[Recorded],
        exchanges: &[Option<Exchange>],
    ) -> Self {
        let first = entries.iter().zip(exchanges);
        let first = first.filter(|(entry, _)| !entry.is_own && !is_of_a_sequence(entry));
        let pointing = first.filter_map(|(entry, exchange)| {
            let (exchange, received) = (exchange.as_ref()?, entry.received.as_ref()?);
            let operation = &exchange.case.operation;
            let is_undeclared = operation.answer(received.status).is_none();
            let points = is_undeclared && points(api, bases, entry, received);
            points.then(|| (operation.label.clone(), received.status))
        });
        Self(pointing.collect())
    }

    /// Whether a request's status was noted before.
    pub(super) fn is_declared_since(&self, entry: &Recorded, exchange: &Exchange) -> bool {
        is_of_a_sequence(entry)
            && !entry.is_own
            && exchange.status().is_some_and(|status| {
                let key = (exchange.case.operation.label.clone(), status);
                self.0.contains(&key)
            })
    }
}

fn is_of_a_sequence(entry: &Recorded) -> bool {
    entry.phase == Some(Phase::Stateful)
}

/// Whether an answer points at a thing that the document reads: with `Location`, or with an address in its body.
fn points(api: &Api, bases: &Bases, entry: &Recorded, received: &Received) -> bool {
    let home = origin(&entry.sent.url);
    let is_here = |address: &str| {
        (address.starts_with('/') && !address.starts_with("//"))
            || (address.starts_with("http") && origin(address) == home)
    };
    let leads = |address: &str| is_here(address) && bases.reads(api, address);
    let location = received.header("location").unwrap_or_default();
    if leads(location.trim()) {
        return true;
    }
    let media_type = received.header("content-type").unwrap_or_default();
    if !(200..400).contains(&received.status)
        || received.body.len() > BODY
        || !Media::is_json(media_type)
    {
        return false;
    }
    let body: Option<Value> = serde_json::from_slice(&received.body).ok();
    body.is_some_and(|body| strings(&body).take(STRINGS).any(leads))
}

fn origin(url: &str) -> Option<Origin> {
    Url::parse(url).ok().map(|url| url.origin())
}

/// The strings of a body; of an array those of the first item, because items are alike.
fn strings(body: &Value) -> impl Iterator<Item = &str> {
    let mut left = vec![body];
    std::iter::from_fn(move || {
        while let Some(value) = left.pop() {
            match value {
                Value::String(text) => return Some(text.as_str()),
                Value::Object(members) => left.extend(members.values()),
                Value::Array(items) => left.extend(items.first()),
                _ => {}
            }
        }
        None
    })
}
