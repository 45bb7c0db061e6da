//! No document makes the generator panic, hang or hide that something is wrong.
//!
//! Documents of the other tests are mutated, as text and as trees, with fixed seeds. A failure
//! names its seed, so it can be repeated.
#![expect(clippy::expect_used, reason = "a test that meets the unexpected fails")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use openapi_codegen::compile::compile;
use openapi_codegen::emit::emit;
use openapi_codegen::read::Document;
use serde_json::{Value, json};

/// `SplitMix64`: small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).expect("small");
        usize::try_from(self.next() % limit).expect("small")
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        list.get(self.below(list.len()))
            .expect("a list with something in it")
    }
}

/// Text that is likely to matter.
const WORDS: &[&str] = &[
    "type",
    "string",
    "object",
    "null",
    "~",
    "true",
    "-1",
    "1e400",
    "99999999999999999999",
    "0.1",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    ": ",
    "- ",
    "\n",
    "\t",
    "#",
    "&a ",
    "*a",
    "<<",
    "!!int ",
    "|\n",
    ">-\n",
    "$ref: '#/components/schemas/A'",
    "'#/'",
    "%zz",
    "~2",
    "\u{feff}",
    "\u{0}",
    "\u{202e}",
    "ü",
    "allOf",
    "oneOf",
    "const",
    "default",
    "x-source",
    "x-error-codes",
    "'200'",
    "'default'",
    "{id}",
    "//",
    "*/",
    "r#",
    "..",
    "? ",
];

fn documents() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["tests/cases/positive", "tests/cases/negative"] {
        let mut paths: Vec<_> = fs::read_dir(folder)
            .expect("cases")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        for path in paths
            .iter()
            .filter(|path| path.extension().is_some_and(|end| end == "yaml"))
        {
            // Expanding half a million nodes thousands of times would test patience only.
            if path.file_stem().is_some_and(|stem| stem == "alias_bomb") {
                continue;
            }
            found.push((name(path), fs::read_to_string(path).expect("text")));
        }
    }
    found
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

fn survive(seed: u64, name: &str, text: &str) {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let document = Document::from_text(name, &[(name, text)]);
        match compile(&document, "v1", &[]) {
            Ok(compiled) => {
                assert!(!emit(&compiled.api).is_empty());
            }
            Err(problems) => {
                assert!(problems.has_errors());
                assert!(!problems.to_string().is_empty());
                assert!(problems.items.is_sorted_by_key(|item| (
                    item.span.file,
                    item.span.line,
                    item.span.column
                )));
            }
        }
    }));
    assert!(outcome.is_ok(), "seed {seed}, {name}:\n{text}");
}

fn mutated_text(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        let at = random.below(lines.len());
        let other = random.below(lines.len());
        let word = *random.pick(WORDS);
        match random.below(6) {
            0 => {
                lines.remove(at);
            }
            1 => {
                let copy = lines.get(other).cloned().unwrap_or_default();
                lines.insert(at, copy);
            }
            2 => lines.swap(at, other),
            3 => lines.insert(at, word.to_owned()),
            _ => {
                let Some(line) = lines.get_mut(at) else {
                    continue;
                };
                let cut = random.below(line.chars().count() + 1);
                let kept: String = line.chars().take(cut).collect();
                let rest: String = line.chars().skip(cut + random.below(3)).collect();
                *line = format!("{kept}{word}{rest}");
            }
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n")
}

fn paths(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                paths(item, &format!("{at}/{index}"), out);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                paths(
                    member,
                    &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    out,
                );
            }
        }
        _ => {}
    }
}

fn mutated_tree(random: &mut Random, root: &Value) -> Value {
    let mut mutated = root.clone();
    for _ in 0..=random.below(2) {
        let mut places = Vec::new();
        paths(&mutated, "", &mut places);
        let at = random.pick(&places).clone();
        let from = random.pick(&places).clone();
        let copy = mutated.pointer(&from).cloned().unwrap_or_default();
        let key = at.rsplit('/').next().unwrap_or_default().to_owned();
        let new = match random.below(8) {
            0 => json!(null),
            1 => json!(-1),
            2 => json!([]),
            3 => json!({}),
            4 => json!({ "$ref": format!("#{from}") }),
            5 => json!(*random.pick(WORDS)),
            6 => json!({ "allOf": [copy, { "$ref": format!("#{at}") }] }),
            _ => copy,
        };
        if let Some(place) = mutated.pointer_mut(&at) {
            match (place, random.below(4)) {
                (Value::Object(members), 0) => {
                    members.insert(key, new);
                }
                (Value::Object(members), 1) if !members.is_empty() => {
                    let gone = random
                        .pick(&members.keys().cloned().collect::<Vec<_>>())
                        .clone();
                    members.remove(&gone);
                }
                (place, _) => *place = new,
            }
        }
    }
    mutated
}

#[test]
fn mutated_texts_never_panic() {
    let documents = documents();
    for seed in 0..1_500 {
        let mut random = Random(seed);
        let (name, text) = random.pick(&documents);
        survive(seed, name, &mutated_text(&mut random, text));
    }
}

#[test]
fn mutated_trees_never_panic() {
    let documents = documents();
    let mut trees = Vec::new();
    for (name, text) in &documents {
        let document = Document::from_text(name, &[(name, text)]);
        trees.extend(document.root().map(|root| (name, root.to_json())));
    }
    for seed in 0..2_500 {
        let mut random = Random(seed ^ 0xdead_beef);
        let (name, tree) = random.pick(&trees);
        let text = mutated_tree(&mut random, tree).to_string();
        survive(seed, &name.replace(".yaml", ".json"), &text);
    }
}

#[test]
fn long_chains_and_wide_documents_take_linear_time_and_no_deep_stack() {
    let mut text = String::from("openapi: 3.1.0
info: { title: Long, version: '1' }
paths:
  /a:
    get:
      operationId: getA
      tags: [A]
      responses:
        '200':
          description: Done.
          content: { application/json: { schema: { $ref: '#/components/schemas/P0' }, example: {} } }
components:
  schemas:
");
    for at in 0..3_000 {
        let next = at + 1;
        let to = |letter: char| format!("{{ $ref: '#/components/schemas/{letter}{next}' }}");
        let lines = [
            format!(
                "    P{at}: {{ type: object, properties: {{ n: {} }} }}",
                to('P')
            ),
            format!("    L{at}: {{ type: array, items: {} }}", to('L')),
            format!("    A{at}: {{ allOf: [{}, {{ type: object }}] }}", to('A')),
            format!("    R{at}: {}", to('R')),
        ];
        text.extend(lines.map(|line| line + "\n"));
    }
    text.extend(
        ["P3000", "L3000", "A3000", "R3000"]
            .map(|last| format!("    {last}: {{ type: object }}\n")),
    );
    survive(0, "long.yaml", &text);
}
