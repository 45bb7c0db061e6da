//! What only looks like a disagreement: matchers, fewer fields, requests that are to be refused, older versions.

use contract::pact::{Rule, Severity};
use serde_json::{Value, json};

use super::{DOCUMENT, Edit, findings, rules};

/// The findings for the answer of the first interaction under these matching rules.
fn with_rules(matching: &Value, pact: &[Edit<'_>]) -> Vec<Rule> {
    let matching = format!("\"status\": 200, \"matchingRules\": {{ \"body\": {matching} }}");
    let mut edits = vec![("\"status\": 200", matching.as_str())];
    edits.extend(pact);
    rules(&findings(&[], &edits))
}

fn one(path: &str, matcher: &Value) -> Value {
    json!({ path: { "combine": "AND", "matchers": [matcher] } })
}

#[test]
fn a_type_matcher_takes_an_example_beyond_the_bounds_and_no_other_type() {
    let any = one("$.weight", &json!({ "match": "type" }));
    assert_eq!(
        with_rules(&any, &[("\"weight\": 7", "\"weight\": 700")]),
        []
    );
    assert_eq!(
        with_rules(&any, &[("\"weight\": 7", "\"weight\": \"7\"")]),
        [Rule::FieldInvalid]
    );
    let around = one("$", &json!({ "match": "type" }));
    assert_eq!(with_rules(&around, &[("\"FULL\"", "\"SOMETHING\"")]), []);
}

#[test]
fn a_decimal_is_no_integer_and_an_integer_is_a_number() {
    let decimal = one("$.weight", &json!({ "match": "decimal" }));
    assert_eq!(with_rules(&decimal, &[]), [Rule::FieldInvalid]);
    let integer = one("$.weight", &json!({ "match": "integer" }));
    assert_eq!(with_rules(&integer, &[]), []);
    let as_number: &[Edit<'_>] = &[(
        "weight: { type: integer, maximum: 100 }",
        "weight: { type: number }",
    )];
    assert_eq!(rules(&findings(as_number, &[])), []);
}

#[test]
fn a_pattern_needs_one_of_the_words_of_the_schema() {
    let open = one(
        "$.state",
        &json!({ "match": "regex", "regex": "^(FULL|OPEN)$" }),
    );
    assert_eq!(with_rules(&open, &[]), []);
    let never = one("$.state", &json!({ "match": "regex", "regex": "^OPEN$" }));
    assert_eq!(
        with_rules(&never, &[("\"FULL\"", "\"OPEN\"")]),
        [Rule::FieldInvalid]
    );
}

#[test]
fn each_like_speaks_of_every_item() {
    let each = json!({
        "$.parts": { "combine": "AND", "matchers": [{ "match": "type", "min": 1 }] },
        "$.parts[*].*": { "combine": "AND", "matchers": [{ "match": "type" }] },
    });
    assert_eq!(with_rules(&each, &[]), []);
    // The kind decides which of the schemas is meant, even when any kind would do.
    let other = [(
        "\"kind\": \"LID\", \"size\": 3",
        "\"kind\": \"LID\", \"weight\": 3",
    )];
    assert_eq!(with_rules(&each, &other), [Rule::FieldUnknown]);
}

#[test]
fn fewer_fields_are_fine_and_so_is_no_body() {
    assert_eq!(
        rules(&findings(&[], &[("\"id\": \"b1\", \"weight\": 7, ", "")])),
        []
    );
    let body = "\"content\": {\n            \"id\": \"b1\", \"weight\": 7, \"state\": \"FULL\",\n            \"parts\": [{ \"kind\": \"LID\", \"size\": 3 }, { \"kind\": \"SIDE\", \"colour\": null }]\n          },";
    assert_eq!(rules(&findings(&[], &[(body, "")])), []);
}

#[test]
fn a_request_that_is_to_be_refused_may_be_malformed() {
    let malformed = ("\"name\": \"lamps\"", "\"name\": 5");
    assert_eq!(rules(&findings(&[], &[malformed])), [Rule::BodyInvalid]);
    assert_eq!(
        rules(&findings(
            &[],
            &[malformed, ("\"status\": 204", "\"status\": 400")]
        )),
        []
    );
    let stranger = ("\"Bearer x\"", "\"none\"");
    let refused: &[Edit<'_>] = &[(
        "        '404': { description: None. }",
        "        '401': { description: Who? }",
    )];
    let response = [
        stranger,
        ("\"status\": 200", "\"status\": 401"),
        (
            "\"headers\": { \"ETag\": [\"x1\"], \"Content-Type\": [\"application/json\"] },",
            "",
        ),
        (
            "\"content\": {\n            \"id\"",
            "\"gone\": {\n            \"id\"",
        ),
    ];
    assert_eq!(rules(&findings(refused, &response)), []);
}

#[test]
fn what_the_state_fills_in_is_not_held_against_the_schema() {
    let path = "\"method\": \"GET\", \"generators\": { \"path\": { \"type\": \"ProviderState\", \"expression\": \"/boxes/${id}\" }, \"query\": { \"page\": { \"type\": \"ProviderState\" } } },\n        \"path\": \"/boxes/example\"";
    let generated = [
        (
            "\"method\": \"GET\",\n        \"path\": \"/boxes/b1\"",
            path,
        ),
        ("\"page\": [\"1\"]", "\"page\": [\"some\"]"),
    ];
    assert_eq!(rules(&findings(&[], &generated)), []);
    let body = "\"generators\": { \"body\": { \"$.name\": { \"type\": \"RandomString\" } } }, \"body\": { \"content\": { \"name\": \"a name that is too long\" }";
    let generated = [("\"body\": { \"content\": { \"name\": \"lamps\" }", body)];
    assert_eq!(rules(&findings(&[], &generated)), []);
}

#[test]
fn versions_2_and_3_are_read_alike() {
    use contract::{
        api::{Api, Messages},
        pact,
    };

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
fn a_schema_that_refers_to_itself_ends() {
    let nested: &[Edit<'_>] = &[(
        "            note: { type: string }",
        "            note: { $ref: '#/components/schemas/Box' }",
    )];
    let needs = (
        "\"id\": \"b1\",",
        "\"id\": \"b1\", \"note\": { \"note\": { \"weight\": \"7\" } },",
    );
    let found = rules(&findings(nested, &[needs]));
    assert_eq!(
        found,
        [Rule::FieldOptional, Rule::FieldOptional, Rule::FieldInvalid]
    );
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

#[test]
fn a_pending_interaction_breaks_nothing() {
    let pending = [
        ("\"weight\": 7", "\"weight\": \"7\""),
        (
            "\"description\": \"a box\"",
            "\"description\": \"a box\", \"pending\": true",
        ),
    ];
    let found = findings(&[], &pending);
    assert_eq!(rules(&found), [Rule::FieldInvalid]);
    assert_eq!(found.first().unwrap().severity, Severity::Note);
}

#[test]
fn our_own_pacts_fit_both_forms_of_our_own_document() {
    use std::path::Path;

    use contract::{
        api::{Api, Messages},
        pact,
    };

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
