//! Lists come in the order that is asked for: `sort=field` and `sort=-field`, for numbers and times.

use std::cmp::Ordering;

use jiff::Timestamp;
use serde_json::Value;

use super::{
    listing::{Listing, Position},
    shape,
    trial::{Outcome, Trial, fault},
    world::World,
};
use crate::{api::Location, case::Case};

pub(super) async fn check(
    world: &World<'_>,
    listing: &Listing,
    trial: &mut Trial<'_>,
    question: &Case,
) -> Outcome {
    let mut parameters = listing.operation.parameters_in(Location::Query);
    let sort = parameters.find(|known| {
        matches!(
            shape::plain(&known.name).as_str(),
            "sort" | "orderby" | "sortby"
        )
    });
    let Some(sort) = sort else {
        return Ok(());
    };
    let schema = world.run.api.schemas.follow(&sort.schema.value);
    let values = schema.get("enum").and_then(Value::as_array);
    for order in values.into_iter().flatten().filter_map(Value::as_str) {
        let mut question = question.clone();
        question.query.retain(|(name, _)| *name != sort.name);
        question.query.push((sort.name.clone(), order.to_owned()));
        let (sheet, _) = listing
            .sheet(world, trial, &question, &Position::Start, listing.longest())
            .await?;
        let (field, is_falling) = match order.strip_prefix('-') {
            Some(field) => (field, true),
            None => (order.trim_start_matches('+'), false),
        };
        let found: Option<Vec<_>> = sheet.rows.iter().map(|row| row.get(field)).collect();
        let pairs = found
            .iter()
            .flat_map(|values| values.iter().zip(values.iter().skip(1)));
        for (one, other) in pairs {
            let order = compare(one, other);
            let wrong = if is_falling {
                Ordering::Less
            } else {
                Ordering::Greater
            };
            if order == Some(wrong) {
                return fault(
                    "Rows come in another order",
                    format!(
                        "{} sorted by {sort}={}",
                        listing.operation.label,
                        question_value(&question, &sort.name),
                        sort = sort.name
                    ),
                    format!(
                        "`{field}` {}",
                        if is_falling { "falling" } else { "rising" }
                    ),
                    format!("{one} before {other}"),
                );
            }
        }
        let (again, _) = listing
            .sheet(world, trial, &question, &Position::Start, listing.longest())
            .await?;
        let keys = |rows: &[Value]| rows.iter().map(|row| listing.key(row)).collect::<Vec<_>>();
        let (first, second) = (keys(&sheet.rows), keys(&again.rows));
        let is_same_set =
            first.iter().all(|key| second.contains(key)) && first.len() == second.len();
        if is_same_set && first != second {
            return fault(
                "Order changes from one answer to the next",
                format!("{} sorted by {}, twice", listing.operation.label, sort.name),
                "the same rows in the same order",
                "the same rows in another order",
            );
        }
    }
    Ok(())
}

fn question_value<'q>(question: &'q Case, name: &str) -> &'q str {
    let found = question.query.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// Numbers and times; how texts are ordered, only the server's language knows.
fn compare(one: &Value, other: &Value) -> Option<Ordering> {
    if let (Some(one), Some(other)) = (one.as_i64(), other.as_i64()) {
        return Some(one.cmp(&other));
    }
    let time = |value: &Value| value.as_str()?.parse::<Timestamp>().ok();
    Some(time(one)?.cmp(&time(other)?))
}
