//! What only looks like a disagreement: matchers, fewer fields, requests that are to be refused, older versions.

use contract::pact::{Rule, Severity};
use serde_json::{Value, json};

use super::{Edit, findings, rules};

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
fn a_schema_that_is_only_itself_ends_with_a_warning() {
    let endless: &[Edit<'_>] = &[
        (
            "            note: { type: string }",
            "            note: { $ref: '#/components/schemas/Knot' }",
        ),
        (
            "  schemas:\n",
            "  schemas:\n    Knot: { oneOf: [{ $ref: '#/components/schemas/Knot' }, { $ref: '#/components/schemas/Knot' }] }\n",
        ),
    ];
    let needs = ("\"id\": \"b1\",", "\"id\": \"b1\", \"note\": \"n\",");
    assert_eq!(rules(&findings(endless, &[needs])), [Rule::SchemaUnusable]);
}

#[test]
fn what_one_part_of_a_schema_forbids_the_others_cannot_allow() {
    let closed: &[Edit<'_>] = &[(
        "        - type: object\n          required: [state, parts]",
        "        - type: object\n          additionalProperties: false\n          required: [state, parts]",
    )];
    assert_eq!(
        rules(&findings(closed, &[])),
        [Rule::FieldUnknown, Rule::FieldUnknown]
    );
}
