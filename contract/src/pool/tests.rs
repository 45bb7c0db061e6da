//! What answers teach, and what is forgotten.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::{
    case::{Case, Phase},
    exchange::{Exchange, Received, Sent},
};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /v1/orders:
    get: { responses: { '200': { description: All. } } }
    post: { responses: { '201': { description: Made. } } }
  /v1/orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { responses: { '200': { description: One. } } }
    delete: { responses: { '204': { description: Gone. } } }
  /v1/orders/{id}/lines/{lineNumber}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: lineNumber, in: path, required: true, schema: { type: integer } }
    get: { responses: { '200': { description: One. } } }
  /v1/reports:
    get:
      parameters:
        - { name: order_id, in: query, schema: { type: string } }
        - { name: customerId, in: query, schema: { type: string } }
      responses: { '200': { description: All. } }
";

fn pool() -> (Arc<Api>, Pool) {
    let api = Arc::new(Api::from_text("shop.yaml", DOCUMENT).unwrap());
    let pool = Pool::new(&api);
    (api, pool)
}

fn learn(
    api: &Api,
    pool: &Pool,
    label: &str,
    status: u16,
    body: &Value,
    location: Option<&str>,
    path: &[(&str, &str)],
) {
    let operation = api.operation(label).unwrap();
    let mut case = Case::new("1".into(), operation, Phase::Coverage, 42);
    for (name, value) in path {
        case.path.insert((*name).to_owned(), (*value).to_owned());
    }
    let mut headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    headers.extend(location.map(|text| ("location".to_owned(), text.to_owned())));
    pool.learn(&Exchange {
        case,
        sent: Sent {
            method: operation.method.clone(),
            url: String::new(),
            headers: Vec::new(),
            body: None,
        },
        outcome: Ok(Received {
            status,
            headers,
            body: serde_json::to_vec(body).unwrap().into(),
            is_cut: false,
            elapsed: Duration::ZERO,
            http_version: "1.1",
        }),
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        verdicts: Vec::new(),
    });
}

fn value(api: &Api, pool: &Pool, label: &str, name: &str) -> Option<String> {
    let operation = api.operation(label).unwrap();
    let parameter = operation.parameters.iter().find(|known| known.name == name);
    pool.value_for(operation, parameter.unwrap())
}

#[test]
fn what_a_collection_lists_is_read_but_not_changed() {
    let (api, pool) = pool();
    let list = json!({ "data": [{ "id": "a", "customer": { "id": "c1" } }, { "id": "b" }] });
    learn(&api, &pool, "GET /v1/orders", 200, &list, None, &[]);
    assert_eq!(
        value(&api, &pool, "GET /v1/orders/{id}", "id").unwrap(),
        "a"
    );
    assert_eq!(value(&api, &pool, "DELETE /v1/orders/{id}", "id"), None);
    let label = "GET /v1/reports";
    assert_eq!(value(&api, &pool, label, "order_id").unwrap(), "a");
    assert_eq!(value(&api, &pool, label, "customerId").unwrap(), "c1");
}

#[test]
fn what_was_made_here_may_be_deleted_and_is_forgotten_then() {
    let (api, pool) = pool();
    let made = json!({ "id": "n" });
    learn(&api, &pool, "POST /v1/orders", 201, &made, None, &[]);
    let delete = "DELETE /v1/orders/{id}";
    assert_eq!(value(&api, &pool, delete, "id").unwrap(), "n");
    learn(&api, &pool, delete, 204, &Value::Null, None, &[("id", "n")]);
    assert_eq!(value(&api, &pool, delete, "id"), None);
    assert_eq!(value(&api, &pool, "GET /v1/reports", "order_id"), None);
}

#[test]
fn a_location_names_every_parameter_of_its_path() {
    let (api, pool) = pool();
    let location = Some("https://shop.example/base/v1/orders/o%201/lines/7?x=1");
    let none = Value::Null;
    learn(&api, &pool, "POST /v1/orders", 201, &none, location, &[]);
    let label = "GET /v1/orders/{id}/lines/{lineNumber}";
    assert_eq!(value(&api, &pool, label, "lineNumber").unwrap(), "7");
    assert_eq!(value(&api, &pool, label, "id").unwrap(), "o 1");
}

#[test]
fn memory_is_bounded_and_refusals_teach_nothing() {
    let (api, pool) = pool();
    let refused = json!({ "id": "never" });
    learn(&api, &pool, "POST /v1/orders", 409, &refused, None, &[]);
    assert_eq!(value(&api, &pool, "GET /v1/orders/{id}", "id"), None);
    for number in 0..100 {
        let made = json!({ "id": number.to_string(), "note": "x" });
        learn(&api, &pool, "GET /v1/orders/{id}", 200, &made, None, &[]);
    }
    let operation = api.operation("GET /v1/orders/{id}").unwrap();
    let values = pool.values_for(operation, &operation.parameters[0]);
    assert_eq!(values.len(), KEPT);
    assert_eq!(values[0], "99");
}
