//! One disagreement each: exactly its rule, with the consumer, the interaction and both places.

use contract::pact::Rule;

use super::{Edit, findings, rules};

/// A rule, the change that brings it about, and a text of the message.
struct Case<'a> {
    rule: Rule,
    document: &'a [Edit<'a>],
    pact: &'a [Edit<'a>],
    says: &'a str,
}

macro_rules! case {
    ($rule:ident, document: [$($document:expr),*], pact: [$($pact:expr),*], $says:literal) => {
        Case { rule: Rule::$rule, document: &[$($document),*], pact: &[$($pact),*], says: $says }
    };
}

const CASES: &[Case<'_>] = &[
    case!(PathUnknown, document: [], pact: [("\"GET\",\n        \"path\": \"/boxes/b1\"", "\"GET\",\n        \"path\": \"/bins/b1\"")], "no path"),
    case!(MethodUnknown, document: [], pact: [("\"DELETE\"", "\"PATCH\"")], "GET, PUT, DELETE"),
    case!(PathParameterInvalid, document: [], pact: [("/boxes/b1", "/boxes/x1")], "`boxId` in the path"),
    case!(QueryUnknown, document: [], pact: [("\"page\": [\"1\"]", "\"page\": [\"1\"], \"sort\": [\"id\"]")], "`sort`"),
    case!(QueryMissing, document: [], pact: [("\"page\": [\"1\"], ", "")], "`page` is required"),
    case!(QueryInvalid, document: [], pact: [("\"page\": [\"1\"]", "\"page\": [\"0\"]")], "`page`: 0 is less"),
    case!(QueryInvalid, document: [], pact: [("labels,story", "labels,prices")], "`with`"),
    case!(HeaderUnknown, document: [], pact: [("\"X-Depot\"", "\"X-Mood\": [\"good\"], \"X-Depot\"")], "`X-Mood`"),
    case!(HeaderMissing, document: [], pact: [("\"X-Depot\": [\"north\"], ", "")], "`X-Depot` is required"),
    case!(HeaderInvalid, document: [], pact: [("north", "northern")], "longer than 5"),
    case!(CookieMissing, document: [], pact: [("seat=1", "sofa=1")], "`seat` is required"),
    case!(SecurityMissing, document: [], pact: [("\"Bearer x\"", "\"Basic x\"")], "token, or key and office"),
    case!(SecurityMissing, document: [], pact: [("{ \"office\": [\"7\"] }", "{}")], "token, or key and office"),
    case!(BodyMissing, document: [], pact: [(",\n        \"body\": { \"content\": { \"name\": \"lamps\" }, \"contentType\": \"application/json\", \"encoded\": false }", "")], "required"),
    case!(BodyUnknown, document: [("    delete:\n      security: []", "    post:\n      security: []")], pact: [("\"method\": \"DELETE\", \"path\": \"/boxes/b1\"", "\"method\": \"POST\", \"path\": \"/boxes/b1\", \"body\": { \"content\": 1, \"contentType\": \"application/json\" }")], "no body"),
    case!(MediaTypeUnknown, document: [], pact: [("\"X-Key\": [\"k\"], \"Content-Type\": [\"application/json\"]", "\"X-Key\": [\"k\"], \"Content-Type\": [\"text/csv\"]")], "text/csv"),
    case!(BodyInvalid, document: [], pact: [("\"name\": \"lamps\"", "\"name\": 5")], "body `$.name`"),
    case!(BodyInvalid, document: [], pact: [("{ \"name\": \"lamps\" }", "{ \"name\": \"lamps\", \"colour\": 1 }")], "colour"),
    case!(StatusUnknown, document: [], pact: [("\"status\": 200", "\"status\": 206")], "206"),
    case!(AnswerHeaderUnknown, document: [], pact: [("\"ETag\": [\"x1\"]", "\"ETag\": [\"x1\"], \"X-Mood\": [\"good\"]")], "`X-Mood`"),
    case!(AnswerHeaderInvalid, document: [], pact: [("\"ETag\": [\"x1\"]", "\"ETag\": [\"y1\"]")], "`ETag`"),
    case!(AnswerHeaderOptional, document: [], pact: [("\"ETag\": [\"x1\"]", "\"ETag\": [\"x1\"], \"X-Left\": [\"3\"]")], "`X-Left`"),
    case!(AnswerBodyUnknown, document: [], pact: [("\"response\": { \"status\": 204 }", "\"response\": { \"status\": 204, \"body\": { \"content\": {}, \"contentType\": \"application/json\" } }")], "no body"),
    case!(AnswerMediaTypeUnknown, document: [], pact: [("\"x1\"], \"Content-Type\": [\"application/json\"]", "\"x1\"], \"Content-Type\": [\"application/xml\"]")], "application/xml"),
    case!(FieldUnknown, document: [], pact: [("\"id\": \"b1\",", "\"id\": \"b1\", \"owner\": \"me\",")], "`$.owner`"),
    case!(FieldUnknown, document: [], pact: [("\"id\": \"b1\",", "\"id\": \"b1\", \"secret\": \"s\",")], "`$.secret`"),
    case!(FieldUnknown, document: [], pact: [("\"size\": 3", "\"size\": 3, \"depth\": 1")], "`$.parts[0].depth`"),
    case!(FieldInvalid, document: [], pact: [("\"weight\": 7", "\"weight\": \"7\"")], "needs string"),
    case!(FieldInvalid, document: [], pact: [("\"weight\": 7", "\"weight\": 700")], "maximum: 100"),
    case!(FieldInvalid, document: [], pact: [("\"FULL\"", "\"BROKEN\"")], "`$.state`"),
    case!(FieldInvalid, document: [("items:\n                oneOf:", "items:\n                description: x\n                oneOf:")], pact: [("\"size\": 3", "\"size\": true")], "`$.parts[0].size`"),
    case!(FieldOptional, document: [], pact: [("\"id\": \"b1\",", "\"id\": \"b1\", \"note\": \"n\",")], "`$.note`"),
    case!(MessageUnknown, document: [], pact: [("boxMoved", "boxBurnt")], "box.moved"),
    case!(MessageUndescribed, document: [("webhooks:\n  box.moved:", "x-webhooks:\n  box.moved:")], pact: [], "no `webhooks`"),
    case!(MessageFieldUnknown, document: [], pact: [("{ \"boxId\": \"b1\" }", "{ \"boxId\": \"b1\", \"to\": 1 }")], "message `$.to`"),
    case!(MessageFieldInvalid, document: [], pact: [("{ \"boxId\": \"b1\" }", "{ \"boxId\": 1 }")], "message `$.boxId`"),
    case!(MessageFieldOptional, document: [], pact: [("{ \"boxId\": \"b1\" }", "{ \"boxId\": \"b1\", \"by\": \"me\" }")], "message `$.by`"),
    case!(Unsupported, document: [], pact: [("Asynchronous/Messages\",\n      \"description\": \"somebody moved it\",\n      \"contents\"", "Synchronous/Messages\",\n      \"description\": \"somebody moved it\",\n      \"request\"")], "not compared"),
    case!(SchemaUnusable, document: [("name: { type: string, maxLength: 8 }", "name: { type: string, pattern: '(' }")], pact: [], "("),
];

#[test]
fn every_disagreement_is_found_alone_and_with_its_places() {
    for case in CASES {
        let found = findings(case.document, case.pact);
        assert_eq!(rules(&found), [case.rule], "{:?}: {found:#?}", case.pact);
        let finding = &found[0];
        assert!(finding.message.contains(case.says), "{finding:#?}");
        assert_eq!(finding.consumer, "office");
        assert_eq!(finding.pact.file, "office.json");
        assert!(finding.pact.line > 5, "{finding:#?}");
        if case.rule != Rule::Unsupported {
            let place = finding.document.as_ref().expect("a place in the document");
            assert_eq!(place.file, "depot.yaml");
        }
    }
}

#[test]
fn every_rule_has_a_case() {
    for rule in Rule::ALL {
        let tried = CASES.iter().any(|case| case.rule == *rule);
        assert!(tried, "{} is tried by no case", rule.id());
    }
}

#[test]
fn the_places_are_the_lines_of_both_sides() {
    let found = findings(&[], &[("\"weight\": 7", "\"weight\": \"7\"")]);
    assert_eq!(found[0].pact.line, 19);
    let line = super::DOCUMENT
        .lines()
        .position(|line| line.contains("weight: {"));
    assert_eq!(
        Some(found[0].document.as_ref().unwrap().line),
        line.map(|line| line + 1)
    );
    assert_eq!(found[0].subject, "GET /boxes/{boxId}");
    assert_eq!(found[0].interaction, "a box");
}
