//! What is said of answers because of what was asked.

use serde_json::json;

use super::{
    super::{Check, control, settle},
    Scene, read,
};
use crate::{
    api::{Location, StatusPattern},
    case::{Content, Expectation, Mode, Phase},
};

#[test]
fn negative_data_is_refused_unless_the_wire_makes_it_valid() {
    let query = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        read()
            .negative(Location::Query)
            .case(|case| case.query = pairs)
            .json(200, &json!({ "id": 1 }))
    };
    for (pairs, wanted) in [
        (&[("size", "0")][..], "ST201"),
        (&[("size", "many")], "ST201"),
        (&[("full", "perhaps")], "ST201"),
        (&[("size", "5")], ""),
        (&[("size", "0"), ("size", "5")], ""),
        (&[("full", "yes")], ""),
        (&[("undeclared", "x")], ""),
    ] {
        assert_eq!(query(pairs).codes().join(","), wanted, "{pairs:?}");
    }
    let path = read()
        .negative(Location::Path)
        .case(|case| case.path["id"] = "seven".to_owned())
        .json(200, &json!({ "id": 1 }));
    assert_eq!(path.codes(), ["ST201"]);
    let mut expected = query(&[("size", "0")]);
    let list = vec![StatusPattern::Class(2)];
    expected
        .rules
        .expected
        .insert(Check::NegativeDataRejection, list);
    assert!(expected.codes().is_empty());
}

#[test]
fn lists_and_objects_that_break_the_document_are_refused_where_they_were_made_here() {
    let codes = |about: &str, name: &str, text: &str, is_ours: bool| {
        let scene = read()
            .negative(Location::Query)
            .case(|case| {
                case.query = vec![(name.to_owned(), text.to_owned())];
                case.origin.parameter = Some(about.to_owned());
                case.origin.place = is_ours.then(|| case.operation.place.clone());
            })
            .json(200, &json!({ "id": 1 }));
        scene.codes().join(",")
    };
    for (about, name, text, wanted) in [
        ("tags", "tags", "a,c", "ST201"),
        ("tags", "tags", "a,b,a", "ST201"),
        ("tags", "tags", "b", ""),
        ("tags", "tags", "", ""),
        ("more", "more[least]", "0", "ST201"),
        ("more", "more[least]", "many", "ST201"),
        ("more", "more[least]", "1", ""),
        ("more", "more", "true", ""),
    ] {
        assert_eq!(codes(about, name, text, true), wanted, "{name}={text}");
        assert_eq!(codes(about, name, text, false), "", "{name}={text}");
    }
}

#[test]
fn negative_bodies_and_headers_are_refused() {
    let made = |depot: &str, body: Option<Content>| {
        let mut scene = Scene::new("createBox")
            .negative(Location::Body)
            .sent_header("X-Depot", depot)
            .header("location", "/1")
            .json(201, &json!({ "id": 1 }));
        if let Some(content) = body {
            scene = scene.body("application/json", content);
        }
        scene.codes().join(",")
    };
    let json = |value| Some(Content::Json(value));
    assert_eq!(made("ab", json(json!({ "label": "abc" }))), "");
    assert_eq!(made("ab", json(json!({ "label": "abcdef" }))), "ST201");
    assert_eq!(
        made("ab", json(json!({ "label": "a", "more": 1 }))),
        "ST201"
    );
    assert_eq!(
        made("ab", Some(Content::Bytes(b"{".to_vec().into()))),
        "ST201"
    );
    assert_eq!(made("ab", None), "ST201");
    assert_eq!(made(" a ", json(json!({ "label": "abc" }))), "ST201");
    let refused = Scene::new("createBox")
        .negative(Location::Body)
        .answered(400, "", "");
    assert!(refused.codes().is_empty());
}

#[test]
fn positive_data_is_accepted_unless_the_business_may_refuse() {
    for (status, wanted) in [
        (400, "ST202"),
        (402, "ST202"),
        (409, ""),
        (429, ""),
        (503, ""),
    ] {
        let scene = Scene::new("deleteBox").answered(status, "", "");
        let found = scene.of_check(Check::PositiveDataAcceptance);
        assert_eq!(found.join(","), wanted, "{status}");
    }
    let fixture = Scene::new("deleteBox")
        .answered(402, "", "")
        .expecting(Expectation::Status(vec![402]));
    assert!(fixture.codes().is_empty());
    for (status, wanted) in [(414, ""), (204, ""), (400, "ST202"), (406, "ST202")] {
        let long = Scene::new("deleteBox")
            .answered(status, "", "")
            .expecting(Expectation::MayRefuse(vec![414]));
        let found = long.of_check(Check::PositiveDataAcceptance);
        assert_eq!(found.join(","), wanted, "{status}");
    }
    let law = Scene::new("deleteBox")
        .answered(412, "", "")
        .case(|case| case.origin.phase = Phase::Laws);
    assert!(law.codes().is_empty());
}

#[test]
fn a_missing_header_is_refused() {
    let without = |name: &str, status| {
        let scene = Scene::new("createBox")
            .negative(Location::Header)
            .case(|case| {
                case.origin.scenario = "missing_parameter".to_owned();
                case.origin.parameter = Some(name.to_owned());
            });
        scene
            .answered(status, "", "")
            .of_check(Check::MissingRequiredHeader)
            .join(",")
    };
    assert_eq!(without("X-Depot", 400), "");
    assert_eq!(without("X-Depot", 201), "ST203");
    assert_eq!(without("X-Depot", 404), "ST203");
    assert_eq!(without("Authorization", 403), "ST203");
    assert_eq!(without("Authorization", 401), "");
}

#[test]
fn undeclared_methods_get_405_and_allow() {
    let tried = |method: &str, status| {
        read()
            .case(|case| {
                case.method = method.to_owned();
                case.origin.mode = Mode::Negative;
                case.origin.scenario = "unspecified_http_method".to_owned();
            })
            .answered(status, "", "")
    };
    assert!(
        tried("PUT", 405)
            .header("allow", "GET, DELETE")
            .codes()
            .is_empty()
    );
    assert_eq!(tried("PUT", 405).codes(), ["ST204"]);
    assert_eq!(tried("PUT", 200).codes(), ["ST204"]);
    assert!(tried("PUT", 404).codes().is_empty(), "the path is made up");
    assert!(
        tried("PUT", 401).codes().is_empty(),
        "callers are asked first"
    );
    assert!(tried("PUT", 429).codes().is_empty());
    let mut known = tried("PUT", 404);
    known.parameters.insert("path.id".to_owned(), json!(7));
    assert_eq!(known.codes(), ["ST204"]);
    assert!(
        tried("OPTIONS", 200)
            .header("allow", "GET, HEAD, DELETE")
            .codes()
            .is_empty()
    );
    assert_eq!(
        tried("OPTIONS", 200).header("allow", "GET").codes(),
        ["ST205"]
    );
    assert_eq!(
        tried("OPTIONS", 200)
            .header("allow", "get, delete, put")
            .codes(),
        ["ST205"]
    );
    assert!(
        tried("OPTIONS", 200).codes().is_empty(),
        "RFC 9110 does not ask for Allow here"
    );
    assert_eq!(tried("PUT", 500).codes(), ["ST101", "ST204"]);
}

#[test]
fn an_undeclared_content_type_fails_only_where_a_declared_one_succeeds() {
    let probe = Scene::new("createBox")
        .case(|case| {
            case.origin.mode = Mode::Negative;
            case.origin.scenario = "unsupported_content_type".to_owned();
        })
        .body("text/csv", Content::Json(json!({ "label": "a" })))
        .answered(500, "", "");
    let mut judged = probe.judged();
    assert_eq!(
        judged
            .failures()
            .map(|failure| failure.code)
            .collect::<Vec<_>>(),
        ["ST102"]
    );
    let request = control(&judged).unwrap();
    assert_eq!(
        request.body.as_ref().unwrap().media_type,
        "application/json"
    );
    let mut answer = probe.exchange.clone();
    answer.outcome.as_mut().unwrap().status = 201;
    settle(&mut judged, &answer);
    assert_eq!(judged.failures().count(), 1);
    answer.outcome.as_mut().unwrap().status = 500;
    settle(&mut judged, &answer);
    assert_eq!(judged.failures().count(), 0);
    assert!(control(&judged).is_none());
}

#[test]
fn what_was_deleted_is_gone_and_what_was_created_is_there() {
    let gone = |operation: &str, status| {
        Scene::new(operation)
            .expecting(Expectation::Gone {
                deleted_by: "DELETE /boxes/7 → 204".to_owned(),
            })
            .answered(status, "", "")
            .of_check(Check::UseAfterFree)
            .join(",")
    };
    assert_eq!(gone("readBox", 200), "ST301");
    assert_eq!(gone("readBox", 302), "ST301");
    assert_eq!(gone("readBox", 404), "");
    assert_eq!(gone("deleteBox", 204), "", "a second DELETE may succeed");
    let there = |status| {
        read()
            .expecting(Expectation::There {
                created_by: "POST /boxes → 201".to_owned(),
            })
            .answered(status, "", "")
            .of_check(Check::EnsureResourceAvailability)
            .join(",")
    };
    assert_eq!(there(404), "ST302");
    assert_eq!(there(403), "");
}

#[test]
fn credentials_that_are_missing_are_bad_data_and_odd_ones_may_be_good() {
    let about_credentials = || {
        let mut scene = read()
            .negative(Location::Header)
            .json(200, &json!({ "id": 1 }));
        scene.exchange.case.origin.location = Some(Location::Header);
        scene.exchange.case.origin.parameter = Some("authorization".to_owned());
        scene
    };
    assert_eq!(about_credentials().codes(), Vec::<&str>::new());
    let mut missing = about_credentials();
    missing.exchange.sent.headers.clear();
    assert_eq!(missing.codes(), ["ST201", "ST401"]);
}

#[test]
fn nobody_is_let_in_without_credentials_rights_or_property() {
    let asked = |expectation: Option<Expectation>, status| {
        let mut scene = read().json(status, &json!({ "id": 1 }));
        scene.exchange.case.origin.expectation = expectation;
        scene
            .codes()
            .into_iter()
            .filter(|code| code.starts_with("ST4"))
            .collect::<Vec<_>>()
            .join(",")
    };
    let nobody = || {
        Some(Expectation::Unauthenticated {
            defect: "no credentials".to_owned(),
        })
    };
    assert_eq!(asked(nobody(), 200), "ST401");
    assert_eq!(asked(nobody(), 401), "");
    assert_eq!(asked(nobody(), 404), "");
    let forbidden = || {
        Some(Expectation::Forbidden {
            lack: "a clerk".to_owned(),
        })
    };
    assert_eq!(asked(forbidden(), 200), "ST401");
    assert_eq!(asked(forbidden(), 403), "");
    let foreign = || {
        Some(Expectation::SomebodyElses {
            owner: "alice".to_owned(),
            caller: "bob".to_owned(),
        })
    };
    assert_eq!(asked(foreign(), 200), "ST402");
    assert_eq!(asked(foreign(), 404), "");
    let mut bare = read().json(200, &json!({ "id": 1 }));
    bare.exchange.sent.headers.clear();
    assert_eq!(bare.codes(), ["ST401"]);
    let mut open = Scene::new("open").json(200, &json!({ "a": 1 }));
    open.exchange.sent.headers.clear();
    assert!(open.codes().is_empty());
    let mut repeated = read()
        .answered(404, "application/json", "{}")
        .expecting(nobody().unwrap());
    repeated.exchange.case.origin.parent = Some("b".to_owned());
    assert_eq!(repeated.codes(), ["ST401"], "it succeeds with credentials");
}

#[test]
fn a_fixture_says_which_status_it_wants() {
    let fixture = |status| {
        Scene::new("deleteBox")
            .expecting(Expectation::Status(vec![204, 404]))
            .answered(status, "", "")
            .of_check(Check::Fixture)
            .join(",")
    };
    assert_eq!(fixture(204), "");
    assert_eq!(fixture(200), "ST901");
}
