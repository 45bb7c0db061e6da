//! What is drawn for our own document.

use std::path::Path;

use url::Url;

use super::*;
use crate::{
    api::{Api, Location},
    case::{Mode, Payload},
    config::Settings,
    pool::Pool,
};

fn made(count: usize, seed: u64) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/v1.yaml");
    let api = Arc::new(Api::read(&path).unwrap());
    let pool = Pool::new(&api);
    let mut settings = Settings::new(Url::parse("http://127.0.0.1:1").unwrap());
    settings.seed = seed;
    let context = Context {
        api: &api,
        settings: &settings,
        pool: &pool,
        nonce: "n",
    };
    let new = |operation: &Arc<Operation>| Case::new("1".into(), operation, Phase::Random, seed);
    let operations = api.operations.iter();
    operations
        .flat_map(|operation| cases(context, operation, count, new))
        .collect()
}

fn texts(cases: &[Case]) -> Vec<String> {
    let cases = cases.iter();
    cases
        .map(|case| {
            format!(
                "{:?} {:?} {:?} {:?}",
                case.query, case.headers, case.body, case.origin
            )
        })
        .collect()
}

#[test]
fn the_seed_decides_what_is_drawn_and_bodies_are_what_they_claim_to_be() {
    let cases = made(6, 1);
    assert_eq!(texts(&cases), texts(&made(6, 1)));
    assert_ne!(texts(&cases), texts(&made(6, 2)));
    let negative = cases
        .iter()
        .filter(|case| case.origin.mode == Mode::Negative);
    assert!(negative.clone().count() > 20);
    assert!(cases.len() > 2 * negative.count());
    for case in &cases {
        let body = case.body.as_ref().and_then(Payload::json);
        let Some((value, declared)) = body.zip(case.operation.body.as_ref()) else {
            continue;
        };
        let schema = declared.media[0].schema.as_ref().unwrap();
        let is_wrong = case.origin.components.get(&Location::Body) == Some(&Mode::Negative);
        if !is_wrong && case.origin.mode == Mode::Positive {
            assert!(schema.takes(value), "{value}");
        }
        if is_wrong {
            assert!(!schema.takes(value), "{value} {:?}", case.origin);
        }
    }
}
