//! The file of a pact: written by the mock servers, compared with the one that is checked in.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{Contract, PROVIDER};

/// Runs every test of a consumer and compares what the mock servers wrote with `contract/pacts/`, or, under
/// `UPDATE_PACTS`, puts it there.
pub(crate) async fn fresh<T: Future<Output = ()>>(
    consumer: &'static str,
    all: impl FnOnce(Contract) -> T,
) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    all(Contract::in_folder(consumer, folder.path())).await;
    let name = format!("{consumer}-{PROVIDER}.json");
    let written = read(&folder.path().join(&name)).expect("the mock servers wrote a pact");
    let written = steady(&written);
    let kept = pacts().join(&name);
    if is_to_be_written() {
        fs::write(&kept, written).expect("the pact can be written");
        return;
    }
    assert!(
        read(&kept).is_some_and(|text| text == written),
        "contract/pacts/{name} is not what the tests of {consumer} write: run `make pacts` and look at the difference"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "a switch for people who changed a test, as other snapshot tests have it"
)]
fn is_to_be_written() -> bool {
    std::env::var_os("UPDATE_PACTS").is_some()
}

fn pacts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pacts")
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// The same pact with its members in alphabetical order and its interactions in the order of their descriptions: equal
/// tests write equal bytes.
fn steady(text: &str) -> String {
    let mut pact: Value = serde_json::from_str(text).expect("a pact is JSON");
    if let Some(interactions) = pact["interactions"].as_array_mut() {
        interactions.sort_by_key(|interaction| {
            (
                interaction["type"].to_string(),
                interaction["description"].to_string(),
            )
        });
    }
    let mut text = serde_json::to_string_pretty(&sorted(pact)).expect("JSON can be written");
    text.push('\n');
    text
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.into_iter().collect();
            let members = members.into_iter();
            Value::Object(members.map(|(name, value)| (name, sorted(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        value => value,
    }
}
