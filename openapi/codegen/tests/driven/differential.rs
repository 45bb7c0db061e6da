//! The fast path and the slow one of generated types, on many mutated bodies: what the fast path accepts, the slow one
//! accepts with the same value and without a violation.

use std::fmt::Debug;

use openapi_runtime::{Parse, Violations, body};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::everything::whole_item;
use crate::goldens::everything::{Defaults, ItemChange, ItemInput, ShapeInput, Tree};
use crate::goldens::petstore::NewPet;

/// A small deterministic generator (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).expect("a small bound"))
            .expect("a small number")
    }
}

fn odd_values() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(1.0),
        json!(0.5),
        json!(-1),
        json!(12),
        json!(u64::MAX),
        json!(""),
        json!("circle"),
        json!("oak"),
        json!("ABC"),
        json!("2026-01-02"),
        json!("2026-01-02T03:04:05+01:00"),
        json!("urn:uuid:00000000-0000-7000-8000-000000000001"),
        json!("00000000000070008000000000000001"),
        json!("::1"),
        json!("127.0.0.1"),
        json!("a\u{0}b"),
        json!([]),
        json!([null]),
        json!(["ABC", "ABC"]),
        json!({}),
        json!({"a": 1}),
        json!({"kind": "circle", "radius": 1}),
    ]
}

/// Changes one place of the value: another value, a member less or one more, an item twice.
fn mutate(value: &mut Value, random: &mut Random, odd: &[Value]) {
    let descend = random.below(4) > 0;
    match value {
        Value::Object(members) if descend && !members.is_empty() => {
            let name = members
                .keys()
                .nth(random.below(members.len()))
                .cloned()
                .expect("a member");
            match random.below(6) {
                0 => drop(members.remove(&name)),
                1 => drop(members.insert("surprise".to_owned(), json!(1))),
                _ => mutate(members.get_mut(&name).expect("the member"), random, odd),
            }
        }
        Value::Array(items) if descend && !items.is_empty() => {
            let index = random.below(items.len());
            if random.below(5) == 0 {
                items.push(items[index].clone());
            } else {
                mutate(&mut items[index], random, odd);
            }
        }
        other => *other = odd[random.below(odd.len())].clone(),
    }
}

/// Compares the two paths on mutations of `seed`; tells how many bodies the fast path took.
fn compare<T: Parse + DeserializeOwned + PartialEq + Debug>(seed: &Value) -> usize {
    let odd = odd_values();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut taken = 0;
    for round in 0..4000 {
        let mut mutated = seed.clone();
        for _ in 0..round % 3 {
            mutate(&mut mutated, &mut random, &odd);
        }
        let text = mutated.to_string();
        let mut violations = Violations::default();
        let slow = body::slow::<T>(text.as_bytes(), &mut violations).expect("JSON");
        let slow = slow.filter(|_| violations.is_empty());
        if let Some(fast) = body::fast::<T>(text.as_bytes()) {
            assert_eq!(Some(fast), slow, "{text}");
            taken += 1;
        }
        assert_eq!(slow.is_none(), !violations.is_empty(), "{text}");
    }
    taken
}

#[test]
fn what_the_fast_path_accepts_the_slow_one_reads_alike() {
    let tree = json!({"name": "a", "children": [{"name": "b", "type": "oak"}], "named": {"x": {"name": "c"}}});
    let taken = [
        compare::<ItemInput>(&whole_item()),
        compare::<ItemChange>(&json!({"name": "n", "note": null, "due": "2026-01-02T03:04:05Z"})),
        compare::<ShapeInput>(
            &json!({"kind": "rectangle", "width": 1, "height": 2, "filled": false}),
        ),
        compare::<Tree>(&tree),
        compare::<Defaults>(&json!({
            "flag": false, "small": 1, "float": 0.5, "choice": "left", "v4": "127.0.0.1", "v6": "::1", "on": "2026-01-02",
            "maybe": null, "nothing": "x", "list": ["a"], "map": {"a": 1}, "answer": 42, "agreed": true, "never": null
        })),
        compare::<NewPet>(
            &json!({"name": "Rex", "species": "dog", "bornOn": "2024-02-29", "weightKg": 3, "tags": ["a"]}),
        ),
    ];
    // A fast path that never took anything would agree with everything.
    assert!(taken.iter().all(|taken| *taken > 1000), "{taken:?}");
}

#[test]
fn what_serde_cannot_read_exactly_is_left_to_the_slow_path() {
    let with_extras = json!({"name": "a", "extras": {"kind": "k", "b": 2}}).to_string();
    assert!(body::fast::<Tree>(with_extras.as_bytes()).is_none());
    let read =
        body::slow::<Tree>(with_extras.as_bytes(), &mut Violations::default()).expect("JSON");
    assert_eq!(
        read.and_then(|tree| tree.extras)
            .and_then(|extras| extras.additional.get("b").copied()),
        Some(2)
    );
}
