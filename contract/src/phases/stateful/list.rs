//! What was created stands in the list of its kind, where the list says that it is whole.

use serde_json::Value;

use super::PHASE;
use crate::{
    checks::Check,
    exchange::{Exchange, Failure, Received},
    expression::text_of,
    phases::thing::{Thing, said},
    run::{Run, Stop},
};

/// Names under which lists say that there is more.
const MORE: [&str; 10] = [
    "hasnext",
    "hasmore",
    "next",
    "nextcursor",
    "nextpage",
    "nextpagetoken",
    "nexttoken",
    "nextlink",
    "nexturl",
    "cursor",
];
/// Names under which lists say how many there are.
const TOTALS: [&str; 4] = ["total", "totalcount", "totalitems", "count"];
/// A list of so many items without a word about more may be a page.
const PAGE: usize = 10;
/// So deep is a list looked into.
const DEPTH: usize = 3;

/// Reads the list of a thing's kind as its owner.
pub(super) async fn holds(run: &Run, thing: &Thing) -> Result<(), Stop> {
    let Some(list) = thing.list(run, PHASE) else {
        return Ok(());
    };
    let rules = run.settings.checks_of(list);
    let check = Check::EnsureResourceAvailability;
    if !rules.is_on(check) || !thing.is_owners(run, list) {
        return Ok(());
    }
    let (Some(id), Some(mut case)) = (thing.id(run), thing.case(run, list, PHASE)) else {
        return Ok(());
    };
    "List what was created".clone_into(&mut case.origin.description);
    let Some(exchange) = run.probe(case).await? else {
        return Ok(());
    };
    let failure = is_missing(&exchange, &id).then(|| Failure {
        check,
        code: "ST302",
        title: "Created resource not found".to_owned(),
        message: format!(
            "The list is whole and does not have `{id}`\nExpected: what was created\nCreated by: {}\nListed by: {}",
            thing.creation(),
            said(&exchange)
        ),
        place: list.place.clone(),
        key: "list".to_owned(),
    });
    run.verdict(exchange, check, failure).await?;
    Ok(())
}

fn is_missing(exchange: &Exchange, id: &str) -> bool {
    let Some(received) = exchange.received().filter(|received| received.is_success()) else {
        return false;
    };
    let Some(body) = received.json() else {
        return false;
    };
    !has(&body, id) && is_whole(received, &body)
}

/// Whether an id stands anywhere in an answer. A number is one only under a name of ids: others are counts.
pub(in crate::phases) fn has(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Array(items) => items.iter().any(|item| has(item, wanted)),
        Value::Object(members) => members.iter().any(|(name, member)| {
            let names_it = name.to_ascii_lowercase().ends_with("id");
            (names_it && member.is_number() && text_of(member) == wanted) || has(member, wanted)
        }),
        _ => false,
    }
}

/// Whether a list has everything: it has items, and nothing about it speaks of more.
fn is_whole(received: &Received, body: &Value) -> bool {
    let link = received.header("link").unwrap_or_default();
    if link.contains("next") {
        return false;
    }
    let Some(count) = items(body, DEPTH) else {
        return false;
    };
    let mut is_whole = true;
    let mut says_total = false;
    look(body, DEPTH, &mut |name, value| {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if MORE.contains(&name.as_str()) {
            is_whole &= matches!(value, Value::Null | Value::Bool(false)) || value == "";
            says_total = true;
        }
        if TOTALS.contains(&name.as_str())
            && let Some(total) = value.as_u64()
        {
            is_whole &= usize::try_from(total).is_ok_and(|total| total <= count);
            says_total = true;
        }
    });
    is_whole && (says_total || count < PAGE)
}

/// How many items the list has: the first array that is found.
fn items(body: &Value, depth: usize) -> Option<usize> {
    match body {
        Value::Array(items) => Some(items.len()),
        Value::Object(members) => {
            let depth = depth.checked_sub(1)?;
            members.values().find_map(|member| items(member, depth))
        }
        _ => None,
    }
}

fn look(body: &Value, depth: usize, found: &mut impl FnMut(&str, &Value)) {
    let (Value::Object(members), Some(depth)) = (body, depth.checked_sub(1)) else {
        return;
    };
    for (name, value) in members {
        found(name, value);
        look(value, depth, found);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;

    fn whole(body: &Value) -> bool {
        let received = Received {
            status: 200,
            headers: Vec::new(),
            body: Vec::new().into(),
            is_cut: false,
            elapsed: Duration::ZERO,
            http_version: "1.1",
        };
        is_whole(&received, body)
    }

    #[test]
    fn an_id_is_found_wherever_it_stands_and_a_count_is_none() {
        assert!(has(&json!({ "data": [{ "id": "7" }] }), "7"));
        assert!(has(&json!({ "data": [{ "orderId": 7 }] }), "7"));
        assert!(!has(&json!({ "data": [], "total": 7 }), "7"));
    }

    #[test]
    fn a_list_is_whole_when_nothing_speaks_of_more() {
        assert!(whole(&json!([1, 2])));
        assert!(whole(
            &json!({ "data": [], "meta": { "total": 0, "hasNext": false } })
        ));
        assert!(!whole(&json!({ "data": [1], "meta": { "hasNext": true } })));
        assert!(!whole(&json!({ "data": [1], "next_cursor": "x" })));
        assert!(!whole(&json!({ "items": [1], "total": 2 })));
        assert!(!whole(&json!({ "name": "no list" })));
        assert!(!whole(&json!([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])));
    }
}
