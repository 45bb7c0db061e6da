use std::net::Ipv4Addr;

use serde::Deserialize;

use super::*;
use crate::rules::{self, Rule};
use crate::{Date, Json, Uuid, Violations};

static KIND: Only = Only::text("card");

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
    only(deserializer, &KIND)
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
struct Nested {
    #[serde(default, deserialize_with = "read::<Present<List<Strict>>, _, _>")]
    ids: Option<Vec<Uuid>>,
    #[serde(default, deserialize_with = "read::<OrAbsent<Entries<Strict>>, _, _>")]
    days: Patch<Map<Date>>,
    #[serde(
        default,
        deserialize_with = "read::<Present<List<OrNull<Strict>>>, _, _>"
    )]
    hosts: Option<Vec<Option<Ipv4Addr>>>,
    #[serde(default, deserialize_with = "read::<Present<Boxed<Same>>, _, _>")]
    inner: Option<Box<Nested>>,
    #[serde(default, deserialize_with = "read::<Present<Same>, _, _>")]
    free: Option<Json>,
    #[serde(rename = "kind", deserialize_with = "kind")]
    _kind: (),
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(object(deserializer))
    }
}

fn reads(members: &str) -> bool {
    serde_json::from_str::<Nested>(&format!("{{\"kind\":\"card\"{members}}}")).is_ok()
}

#[test]
fn adaptors_are_put_together_like_the_types_they_read() {
    for good in [
        "",
        r#","ids":["0190a4c2-7d5b-7cc0-8000-000000000001"]"#,
        r#","days":null"#,
        r#","days":{"a":"2026-01-02"}"#,
        r#","hosts":[null,"127.0.0.1"]"#,
        r#","inner":{"kind":"card","inner":{"kind":"card"}}"#,
        r#","free":{"a":[1,{"b":null}]}"#,
    ] {
        assert!(reads(good), "{good}");
    }
    for bad in [
        r#","ids":null"#,
        r#","ids":[null]"#,
        r#","ids":["0190a4c27d5b7cc08000000000000001"]"#,
        r#","days":{"a":"2026-01-02","a":"2026-01-03"}"#,
        r#","days":{"a":null}"#,
        r#","days":{"a":"2026-01-02T00:00:00"}"#,
        r#","hosts":["::1"]"#,
        r#","inner":null"#,
        r#","inner":[null,null,null,null,null,"card"]"#,
        r#","free":{"a":1,"a":1}"#,
        r#","free":null,"free":null"#,
        r#","kind":"card""#,
        r#","other":1"#,
    ] {
        assert!(!reads(bad), "{bad}");
    }
    assert!(serde_json::from_str::<Nested>("{}").is_err());
    assert!(serde_json::from_str::<Nested>(r#"{"kind":"cash"}"#).is_err());
}

#[test]
fn a_constant_is_one_value_in_any_spelling() {
    let is = |rule: &Only, json: &str| {
        let mut out = Violations::new();
        let node = serde_json::from_str(json).unwrap();
        assert_eq!(rule.node(&node, &mut out).is_some(), out.is_empty());
        out.is_empty()
    };
    assert!(
        is(&Only::integer(1), "1") && is(&Only::integer(1), "1.0") && !is(&Only::integer(1), "2")
    );
    assert!(is(&Only::boolean(true), "true") && !is(&Only::boolean(true), "false"));
    assert!(is(&Only::null(), "null") && !is(&Only::null(), "0"));
    assert!(is(&KIND, r#""\u0063ard""#) && !is(&KIND, "null"));
}

#[test]
fn null_among_items_is_only_taken_where_it_is_meant() {
    let rule = rules::List::new(rules::Nullable::new(rules::Bool));
    let read = |json: &str| rule.node(&serde_json::from_str(json).unwrap(), &mut Violations::new());
    assert_eq!(read("[true,null]"), Some(vec![Some(true), None]));
    assert_eq!(read("[0]"), None);
}

#[test]
fn free_form_json_names_what_is_repeated() {
    let node = serde_json::from_str(r#"{"a":[{"b":1,"b":2}],"c":"x\u0000"}"#).unwrap();
    let mut out = Violations::new();
    assert!(rules::Anything.node(&node, &mut out).is_none());
    let found: Vec<_> = out
        .details()
        .iter()
        .map(|detail| detail.field.as_str())
        .collect();
    assert_eq!(found, ["a[0].b", "c"]);
}
