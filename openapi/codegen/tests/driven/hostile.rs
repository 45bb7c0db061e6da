//! Text that would like to leave its comment, its literal or its identifier. That this file's goldens compile is most
//! of the proof.

use std::sync::Arc;

use openapi_runtime as rt;
use serde_json::json;

use crate::goldens::hostile as api;
use crate::host::{Everyone, Somebody, ask};
use api::{
    MatchError, MatchOk, MatchRequest, Names, OperationsError, OperationsOk, OperationsRequest,
    Words,
};

impl api::FnTypesApi for Everyone {
    async fn r#match(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: MatchRequest,
    ) -> Result<MatchOk, MatchError> {
        let names = request.body;
        let body = Names {
            r#type: format!("{} {} {}", request.r#type, request.self_, request.input),
            a_b: names.a_b,
            c_d: request.quo_te,
            n1st: names.n1st,
            e_f: names.e_f,
            self_: names.self_,
            crate_: names.crate_,
            r#async: names.r#async,
            r#gen: names.r#gen,
            object: names.object,
            node: names.node,
            out: names.out,
            size: names.size,
            map: names.map,
            serializer: names.serializer,
            gruf6udfe: Some(names.gruf6udfe),
            words: names.words,
            option: names.option,
            string: names.string,
        };
        Ok(MatchOk::Ok {
            body,
            x_body: Some("x".to_owned()),
            body_: request.query_body,
        })
    }
}

impl api::TypesApi for Everyone {
    async fn operations(
        &self,
        _call: rt::PublicCall<Somebody>,
        _request: OperationsRequest,
    ) -> Result<OperationsOk, OperationsError> {
        Ok(OperationsOk::Ok { body: Words::Star })
    }
}

#[tokio::test]
async fn names_on_the_wire_are_the_documents() {
    let routes = api::routes(Arc::new(Everyone));
    let body = json!({
        "type": "t", "a\"b": "1", "1st": "2", "$e f": "3", "self": "4", "crate": "5", "async": "6", "gen": "7",
        "object": "8", "node": "9", "out": "10", "size": "11", "map": "12", "serializer": "13", "words": "new\nline",
        "option": {"some": "14"}, "string": {"vec": ["15"]}
    });
    let answer = ask(&routes, "POST /odd/any?quo%22te=%22*%2F&body=b&self=me")
        .json(&body)
        .send()
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let mut expected = body.clone();
    expected["type"] = json!("any me -1");
    expected["c*/-d"] = json!("\"*/");
    expected["größe"] = json!("*/ \" \\ \n {}");
    assert_eq!(answer.body, expected);
    assert_eq!(
        (answer.header("x-body"), answer.header("body")),
        (Some("x"), Some("b"))
    );
    let answer = ask(&routes, "GET /types").send().await;
    assert_eq!(answer.body, json!("*/"));
}

#[tokio::test]
async fn a_default_of_odd_characters_is_the_documents() {
    let routes = api::routes(Arc::new(Everyone));
    let answer = ask(&routes, "POST /odd/any")
        .json(&json!({"type": "t", "a\"b": "1"}))
        .send()
        .await;
    assert_eq!(
        answer.body["type"], "any \" */ \\ \n {} \u{202E} -1",
        "{answer:?}"
    );
}
