//! The `Link` header of a page (RFC 8288): its relations lead where they say.

use url::Url;

use super::{
    listing::{Listing, Position, Sheet, Style},
    trial::{Outcome, fault},
};
use crate::exchange::Received;

/// Holds the links of one page against where it stands among all rows.
pub(super) fn check(
    listing: &Listing,
    keys: &[String],
    limit: u64,
    position: &Position,
    sheet: &Sheet,
    received: &Received,
) -> Outcome {
    let Some(header) = received.header("link") else {
        return Ok(());
    };
    if listing.style != Style::Page {
        return Ok(());
    }
    let page = match position {
        Position::Number(number) => *number,
        _ => listing.first,
    };
    let rows = u64::try_from(keys.len()).unwrap_or(u64::MAX);
    let last = listing.first + rows.div_ceil(limit).max(1) - 1;
    let expected = [
        ("first", Some(listing.first)),
        (
            "prev",
            page.checked_sub(1).filter(|page| *page >= listing.first),
        ),
        ("next", sheet.next.as_ref().map(|_| page + 1)),
        ("last", Some(last)),
    ];
    for (relation, wanted) in expected {
        let Some(target) = target(header, relation) else {
            if relation == "next" && wanted.is_some() {
                return wrong(
                    listing,
                    page,
                    limit,
                    "a link `next`, for there is more",
                    "none",
                );
            }
            continue;
        };
        let Some(wanted) = wanted else {
            return wrong(
                listing,
                page,
                limit,
                &format!("no link `{relation}`"),
                &target,
            );
        };
        let led = listing.position_in(&target);
        if led.as_deref() != Some(wanted.to_string().as_str())
            && !(led.is_none() && wanted == listing.first)
        {
            return wrong(
                listing,
                page,
                limit,
                &format!("`{relation}` to lead to page {wanted}"),
                &target,
            );
        }
    }
    Ok(())
}

fn wrong(listing: &Listing, page: u64, limit: u64, expected: &str, found: &str) -> Outcome {
    fault(
        "Link leads elsewhere",
        format!("{} page {page}, limit {limit}", listing.operation.label),
        expected,
        found,
    )
}

/// The target of a relation.
fn target(header: &str, relation: &str) -> Option<String> {
    for part in header.split('<').skip(1) {
        let (target, parameters) = part.split_once('>')?;
        let mut parameters = parameters.split(';').map(str::trim);
        let is_it = parameters.any(|parameter| {
            let value = parameter.trim_end_matches([',', ' ']).strip_prefix("rel=");
            value.is_some_and(|value| {
                let mut names = value.trim_matches('"').split(' ');
                names.any(|name| name.eq_ignore_ascii_case(relation))
            })
        });
        if is_it {
            return Some(target.to_owned());
        }
    }
    None
}

/// The value of a query parameter in a target, absolute or not.
pub(super) fn query(target: &str, name: &str) -> Option<String> {
    // Only the query counts: any base does.
    let base = Url::parse("http://localhost/").ok()?;
    let url = base.join(target).ok()?;
    let mut pairs = url.query_pairs();
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_told_apart() {
        let header = "</a?page=1>; rel=\"first\", </a?page=3&x=a,b>; title=t; rel=\"next last\"";
        assert_eq!(target(header, "first").unwrap(), "/a?page=1");
        let next = target(header, "next").unwrap();
        assert_eq!(query(&next, "page").unwrap(), "3");
        assert_eq!(target(header, "last").unwrap(), next);
        assert_eq!(target(header, "prev"), None);
    }
}
