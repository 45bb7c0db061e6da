//! Older versions of pacts, both forms of our own document, and where a server lives.

use contract::{
    api::{Api, Messages},
    pact::{self, Rule, Severity},
};
use serde_json::{Value, json};

use super::{DOCUMENT, Edit, findings, rules};

#[test]
fn versions_2_and_3_are_read_alike() {
    let api = Api::from_text("depot.yaml", DOCUMENT).unwrap();
    let messages = Messages::of(&api.document).unwrap();
    let request = |query: Value| {
        let mut request = json!({
            "method": "get", "path": "/boxes/b1", "query": query,
            "headers": { "authorization": "Bearer x", "x-depot": "north", "Cookie": "seat=1" },
        });
        request["query"] = query;
        request
    };
    let second = json!({
        "consumer": { "name": "old" }, "provider": { "name": "depot" },
        "interactions": [{
            "description": "a box", "providerState": "there is one",
            "request": request(json!("page=0&with=labels%2Cstory")),
            "response": {
                "status": 200, "body": { "weight": 700, "colour": 1 },
                "matchingRules": { "$.body.weight": { "match": "type" } },
            },
        }],
        "metadata": { "pactSpecification": { "version": "2.0.0" } },
    });
    let pact = pact::from_text("old.json", &second.to_string()).unwrap();
    let found = pact::check(&pact, &api, &messages);
    assert_eq!(
        rules(&found),
        [Rule::QueryInvalid, Rule::FieldUnknown],
        "{found:#?}"
    );

    let third = json!({
        "consumer": { "name": "old" }, "provider": { "name": "depot" },
        "interactions": [{
            "description": "a box",
            "request": request(json!({ "page": ["1"] })),
            "response": {
                "status": 200, "body": { "weight": 700, "state": "BROKEN" },
                "matchingRules": { "body": { "$.weight": { "matchers": [{ "match": "integer" }] } } },
            },
        }],
        "messages": [{
            "description": "box moved", "contents": { "boxId": 7 }, "metaData": {},
        }],
        "metadata": { "pactSpecification": { "version": "3.0.0" } },
    });
    let pact = pact::from_text("old.json", &third.to_string()).unwrap();
    let found = pact::check(&pact, &api, &messages);
    assert_eq!(
        rules(&found),
        [Rule::FieldInvalid, Rule::MessageFieldInvalid],
        "{found:#?}"
    );
}

#[test]
fn our_own_pacts_fit_both_forms_of_our_own_document() {
    use std::path::Path;

    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pacts = pact::read(&[here.join("pacts")]).unwrap();
    assert!(pacts.len() >= 3);
    for document in ["v1.yaml", "v1-3.0.json"] {
        let api = Api::read(&here.join("../openapi").join(document)).unwrap();
        let messages = Messages::of(&api.document).unwrap();
        for pact in &pacts {
            let found = pact::check(pact, &api, &messages);
            let bad = found
                .iter()
                .find(|finding| finding.severity > Severity::Note);
            assert!(bad.is_none(), "{document}: {bad:#?}");
        }
    }
}

#[test]
fn a_path_may_begin_with_that_of_the_server() {
    let server: &[Edit<'_>] = &[(
        "paths:\n",
        "servers: [{ url: 'https://depot.example/v1/' }]\npaths:\n",
    )];
    let below = |path: &str| {
        let called = format!("\"GET\",\n        \"path\": \"{path}\"");
        let edit = ("\"GET\",\n        \"path\": \"/boxes/b1\"", called.as_str());
        rules(&findings(server, &[edit]))
    };
    assert_eq!(below("/v1/boxes/b1"), []);
    assert_eq!(below("/boxes/b1"), []);
    assert_eq!(below("/v1/boxes/x1"), [Rule::PathParameterInvalid]);
    assert_eq!(below("/v2/boxes/b1"), [Rule::PathUnknown]);
}
