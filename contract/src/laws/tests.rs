use std::time::Duration;

use serde_json::{Value, json};

use super::{ErrorBody, envelope, error_codes};
use crate::{
    api::Api,
    case::{Case, Phase},
    exchange::{Exchange, Failure, Received, Sent},
};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders:
    get:
      responses:
        '200': { description: All. }
        '404':
          description: None.
          x-error-codes: [ORDER_NOT_FOUND]
          headers: { X-Request-Id: { schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }
        '409':
          description: No.
          content: { application/json: { schema: { $ref: '#/components/schemas/Problem' } } }
        '503':
          description: Not now.
          content: { application/json: { schema: { type: object, required: [state] } } }
components:
  schemas:
    Problem:
      type: object
      required: [success, error]
      properties:
        success: { const: false }
        error:
          type: object
          required: [code]
          properties:
            code: { type: string }
            request_id: { type: string }
";

fn exchange(api: &Api, method: &str, status: u16, body: &Value) -> Exchange {
    let mut case = Case::new(
        "1".into(),
        api.operation("GET /orders").unwrap(),
        Phase::Laws,
        42,
    );
    case.method = method.into();
    Exchange {
        sent: Sent {
            method: method.into(),
            url: "http://127.0.0.1/orders".into(),
            headers: Vec::new(),
            body: None,
        },
        case,
        outcome: Ok(Received {
            status,
            headers: vec![
                ("content-type".into(), "application/json".into()),
                ("x-request-id".into(), "r1".into()),
            ],
            body: serde_json::to_vec(body).unwrap().into(),
            is_cut: false,
            elapsed: Duration::ZERO,
            http_version: "1.1",
        }),
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        verdicts: Vec::new(),
    }
}

type Look = fn(&Api, &Exchange, &Received) -> Option<Result<(), Box<Failure>>>;

/// `None`: the law had nothing to say; else the title of its failure, empty for none.
fn says(look: Look, api: &Api, method: &str, status: u16, body: &Value) -> Option<String> {
    let exchange = exchange(api, method, status, body);
    let said = look(api, &exchange, exchange.received().unwrap())?;
    Some(said.map_or_else(|failure| failure.title, |()| String::new()))
}

fn problem(code: &str) -> Value {
    json!({ "success": false, "error": { "code": code, "request_id": "r1" } })
}

#[test]
fn the_error_body_is_what_most_errors_share() {
    let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
    let body = ErrorBody::of(&api).unwrap();
    assert_eq!(body.code.as_deref(), Some("/error/code"));
    assert_eq!(body.request_ids, ["/error/request_id"]);
    assert_eq!(body.header.as_deref(), Some("x-request-id"));
    assert_eq!(body.place.line, 23);
}

#[test]
fn the_error_body_may_be_named_outright() {
    let text = format!(
        "x-error-envelope: {{ schema: '#/components/schemas/Problem', code: /error/kind, requestId: [] }}\n{}",
        DOCUMENT.trim_start()
    );
    let api = Api::from_text("shop.yaml", &text).unwrap();
    let body = ErrorBody::of(&api).unwrap();
    assert!(body.is_explicit && body.request_ids.is_empty());
    assert_eq!(body.code.as_deref(), Some("/error/kind"));
    assert_eq!(body.place.line, 1);
}

#[test]
fn a_code_that_the_status_does_not_list_is_found() {
    let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
    let look = error_codes::look;
    let known = problem("ORDER_NOT_FOUND");
    assert_eq!(says(look, &api, "GET", 404, &known).unwrap(), "");
    let other = problem("NOT_FOUND");
    assert_eq!(
        says(look, &api, "GET", 404, &other).unwrap(),
        "Undeclared error code"
    );
    let without = json!({ "message": "no" });
    assert!(!says(look, &api, "GET", 404, &without).unwrap().is_empty());
    assert_eq!(says(look, &api, "GET", 409, &other), None);
    assert_eq!(says(look, &api, "PUT", 404, &other), None);
    let failure = error_codes::look(&api, &exchange(&api, "GET", 404, &other), &{
        let exchange = exchange(&api, "GET", 404, &other);
        exchange.received().unwrap().clone()
    });
    assert_eq!(failure.unwrap().unwrap_err().place.line, 11);
}

#[test]
fn every_error_has_the_error_body_also_where_nothing_is_declared() {
    let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
    let look = envelope::look;
    let good = problem("ANY");
    for (method, status) in [("GET", 404), ("GET", 500), ("BREW", 405)] {
        assert_eq!(says(look, &api, method, status, &good).unwrap(), "");
        let bare = json!("Not found");
        assert_eq!(
            says(look, &api, method, status, &bare).unwrap(),
            "Error body breaks its schema"
        );
    }
    let succeeded = json!({ "success": true, "error": { "code": "A" } });
    assert!(!says(look, &api, "GET", 404, &succeeded).unwrap().is_empty());
    let mut other_id = good.clone();
    other_id["error"]["request_id"] = json!("r2");
    assert_eq!(
        says(look, &api, "GET", 404, &other_id).unwrap(),
        "Request id differs between body and header"
    );
    // Its body is another one, and a success has none of this.
    assert_eq!(says(look, &api, "GET", 503, &json!({ "state": 1 })), None);
    assert_eq!(says(look, &api, "GET", 200, &json!({})), None);
}
